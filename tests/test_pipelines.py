"""What runs in pipelines: the hooks, the action and the template say what the command line understands."""

import re
import shlex
import subprocess
import sys

import pytest
from click.testing import CliRunner
from conftest import ROOT

from glossary.cli.main import cli


def commands(name):
    return re.findall(r"(?:entry: |- |run: |^\s+)(glossary (?:check|fix) .*)$", (ROOT / name).read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", [".pre-commit-hooks.yaml", "action.yml", "templates/gitlab.yml", "docs/ci.md"])
def test_options_that_are_used_exist(name):
    found = commands(name)
    assert found
    for command in found:
        words = [word for word in shlex.split(re.sub(r'"?\$\{?[\w\[\]@]+\}?"?', "", command.partition("|")[0]), comments=True)[1:] if word != "--"]
        shown = CliRunner().invoke(cli, [words[0], "--help"]).output
        for word in words[1:]:
            if word.startswith("-"):
                assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", shown), (command, word)


def test_the_hooks_block_fix_and_pass(tmp_path):
    (tmp_path / "terms.csv").write_text("id,zh,preferred,deprecated\nlaw,政法委,Political and Legal Affairs Commission,politics and law committee\n", encoding="utf-8")
    (tmp_path / "glossary.toml").write_text("builtin = false\ntermbases = ['terms.csv']\nexclude = ['b.txt']\n")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The politics and law committee met.\n")
    check, fix = (shlex.split(entry) for entry in re.findall(r"entry: glossary (.*)", (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")))

    def run(arguments):
        return subprocess.run([sys.executable, "-m", "glossary", *arguments, "a.txt", "b.txt"], cwd=tmp_path, capture_output=True).returncode

    assert [run(check), run(fix), run(fix), run(check)] == [1, 1, 0, 0]
    assert "Political" in (tmp_path / "a.txt").read_text()
    assert "politics" in (tmp_path / "b.txt").read_text()


def test_the_action_pastes_no_input_into_a_script():
    text = (ROOT / "action.yml").read_text("utf-8")
    scripts = re.findall(r"run: \|\n((?:        .*\n)+)|run: (?!\|)(.*)\n", text)
    assert scripts
    assert not any("${{" in part for script in scripts for part in script)
