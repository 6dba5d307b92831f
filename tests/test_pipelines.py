"""What runs in pipelines: the hooks, the action and the template say what the command line understands."""

import os
import re
import shlex
import shutil
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


def test_pre_commit_blocks_fixes_and_passes(tmp_path):
    """pre-commit itself, with a commit of a repository of hooks; the environment it would install is the one that is here."""
    pytest.importorskip("pre_commit")
    hooks, articles, programs = (tmp_path / name for name in ("hooks", "articles", "programs"))
    for folder in (hooks, articles, programs):
        folder.mkdir()
    (programs / "glossary").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m glossary "$@"\n')
    (programs / "glossary").chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"PATH": f"{programs}{os.pathsep}{environment['PATH']}", "PRE_COMMIT_HOME": str(tmp_path / "home"), "GIT_CONFIG_GLOBAL": os.devnull}

    def git(folder, *arguments):
        command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)

    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "hooks"]):
        assert git(hooks, *command).returncode == 0
    revision = git(hooks, "rev-parse", "HEAD").stdout.strip()

    def use(*names):
        chosen = "".join(f"      - {{id: {name}, language: system}}\n" for name in names)
        (articles / ".pre-commit-config.yaml").write_text(f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n{chosen}")

    def commit():
        git(articles, "add", ".")
        done = git(articles, "commit", "-qm", "article")
        return done.returncode, done.stdout + done.stderr

    git(articles, "init", "-q")
    (articles / "terms.csv").write_text("id,zh,preferred,deprecated\nlaw,政法委,Political and Legal Affairs Commission,politics and law committee\n", encoding="utf-8")
    (articles / "glossary.toml").write_text("builtin = false\ntermbases = ['terms.csv']\nexclude = ['draft.txt']\n")
    for name in ("one.md", "新 闻.txt", "draft.txt", "LICENSE", "code.py"):
        (articles / name).write_text("The politics and law committee met.\n")
    use("glossary")
    assert subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=articles, env=environment, capture_output=True).returncode == 0
    code, said = commit()
    assert code != 0
    assert "one.md:1:5: error: deprecated-term[law]" in said
    assert not any(name in said for name in ("draft.txt", "LICENSE", "code.py"))
    use("glossary-fix", "glossary")
    code, said = commit()
    assert code != 0
    assert "files were modified by this hook" in said
    assert "one.md: 1 correction" in said
    assert git(articles, "rev-parse", "HEAD").returncode != 0
    assert commit()[0] == 0
    assert [(articles / name).read_text()[:10] for name in ("one.md", "新 闻.txt", "draft.txt")] == ["The Politi", "The Politi", "The politi"]


def test_the_action_pastes_no_input_into_a_script():
    text = (ROOT / "action.yml").read_text("utf-8")
    scripts = re.findall(r"run: \|\n((?:        .*\n)+)|run: (?!\|)(.*)\n", text)
    assert scripts
    assert not any("${{" in part for script in scripts for part in script)
