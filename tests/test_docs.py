"""Every command that README, docs and --help show runs, in a folder that has what they name."""

import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile

import click
import openpyxl
import pytest
from conftest import ROOT

from glossary.cli.main import cli

PAGES = ["README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
GARBLED = "He is secretary of the politics and law committee of the county.\n\nThe vast masses were told.\n"
# what is not run: it waits for an editor, a person or a change, needs the network, or changes the machine
NOT_RUN = re.compile(r"glossary lsp|--watch|glossary review|parquet|--test-set|~/\.|glossary revert|reviewdog|--log|dask|spark|tcp://|s3://")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```|((?:^    .*\n)+)", re.MULTILINE | re.DOTALL)


def shown(text):
    """The lines of code blocks that begin with `glossary`."""
    for block in BLOCK.finditer(text):
        if block[1] in ("yaml", "toml", "lua", "js", "elisp", "make", "json"):
            continue
        yield from commands(block[2] or block[3])


def commands(text):
    """The lines that begin with `glossary`, whole, without a comment or what is said beside them."""
    for line in text.replace("\\\n", " ").splitlines():
        if re.match(r"\s*(\$ )?glossary [a-z-]", line):
            yield re.split(r"\s+# |\s{3,}(?=\S)", line.strip().removeprefix("$ "))[0]


def helps(group=cli, path=("glossary",)):
    """The help of every command, with its path."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from helps(command, (*path, name))
        else:
            yield (*path, name), command.help or ""


COMMANDS = sorted({line for page in PAGES for line in shown((ROOT / page).read_text("utf-8"))} | {line for _, text in helps() for line in commands(text)})


ENGLISH = (
    "article.txt", "article.md", "articles/one.txt", "hypothesis.txt", "mt.txt", "edited.txt", "post-edited.txt", "reference.txt", "output.txt",
    "one.txt", "other.txt", "mine.txt", "fixed.txt", "mt/a.txt", "edited/a.txt", "corpora/01/mt.txt", "corpora/01/human.txt",
    "corpora/01/hypothesis.en.txt", "corpora/01/reference.en.txt",
)  # fmt: skip
HOUSE = """id,zh,preferred,admitted,deprecated,kind,fix,severity,unless,only-if,note,authority,since,until
convergence-media-center,融媒体中心,convergence media center,,fusion media center,,safe,,,,,house,,
"""
CHINESE = ("article.zh.txt", "chinese.txt", "source.txt", "original.txt", "zh/a.txt", "corpora/01/source.zh.txt")


def _word(path):
    """The least that is a Word document."""
    namespace = "http://schemas.openxmlformats.org"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{namespace}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        parts.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{namespace}/package/2006/relationships"><Relationship Id="r1" Target="word/document.xml" Type="{namespace}/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        )
        parts.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{namespace}/package/2006/relationships"></Relationships>')
        parts.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{namespace}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>The politics and law committee met.</w:t></w:r></w:p></w:body></w:document>',
        )


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    """A folder with the files that the examples name; the term base is small, so that they are quick."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "terms").mkdir()
    (folder / "terms" / "base.csv").write_text(
        "id,zh,preferred,deprecated,kind,fix\n"
        "political-legal-affairs-commission,政法委,Political and Legal Affairs Commission,(politics|political) and law committee,organisation,safe\n"
        "political-legal-commission,法委,Legal Commission,law council,organisation,safe\n"
        "secretary,书记,secretary,clerk secretary,title,safe\n"
        "public,人民群众,the public,the (broad|vast) masses,phrase,unsafe\n",
        encoding="utf-8",
    )
    for name in ("house.csv", "outlet.csv", "ours.csv", "our-terms.csv", "before.csv", "after.csv", "theirs.csv", "glossaries/ours.csv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(HOUSE, encoding="utf-8")
    (folder / "glossary.toml").write_text("builtin = false\ntermbases = ['terms/base.csv']\n")
    for name in ENGLISH:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(GARBLED)
    for name in CHINESE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("他是县政法委书记。\n\n告诉人民群众。\n", encoding="utf-8")
    row = {"mt": GARBLED, "hypothesis": GARBLED, "human": GARBLED, "reference": GARBLED, "text": GARBLED, "body": GARBLED}
    (folder / "pairs.jsonl").write_text(json.dumps(row) + "\n")
    for name in ("pairs", "crawl"):
        (folder / name).mkdir()
        shutil.copy(folder / "pairs.jsonl", folder / name / "part.jsonl")
    (folder / "articles.jsonl.gz").write_bytes(gzip.compress((folder / "pairs.jsonl").read_bytes()))
    for name in ("theirs.xlsx", "theirs.tbx"):
        subprocess.run([sys.executable, "-m", "glossary", "terms", "export", "-o", name], cwd=folder, check=True)
    sheet = openpyxl.load_workbook(folder / "theirs.xlsx")
    for cell in sheet.active[1]:
        cell.value = {"zh": "Chinese", "preferred": "English"}.get(cell.value, cell.value)
    sheet.save(folder / "theirs.xlsx")
    _word(folder / "article.docx")
    (folder / "known.json").write_text('{"schema": "glossary/baseline/1", "files": {}}')
    shutil.copy(folder / "known.json", folder / "glossary-baseline.json")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@y.z", "commit", "-qm", "x"], ["update-ref", "refs/remotes/origin/main", "HEAD"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, env=environment)
    program = folder / ".bin" / "glossary"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m glossary "$@"\n')
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_shown_runs(command, material, tmp_path):
    if NOT_RUN.search(command):
        pytest.skip("waits for an editor, a person or a network")
    folder = tmp_path / "here"
    shutil.copytree(material, folder)
    environment = {**os.environ, "PATH": f"{folder / '.bin'}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr


def test_what_the_readme_shows_is_what_is_printed(tmp_path):
    shown = re.search(r"^    article\.txt:3.*\n(?:    .*\n)+", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)[0]
    line = shown.splitlines()[1].strip()
    (tmp_path / "article.txt").write_text(f"One.\n\n{line}\n")
    done = subprocess.run([sys.executable, "-m", "glossary", "check", "article.txt"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.startswith(re.sub(r"^    ", "", shown, flags=re.MULTILINE)), done.stdout


@pytest.mark.parametrize(("path", "text"), [pytest.param(*row, id="-".join(row[0])) for row in helps()])
def test_every_help_shows_an_example_of_its_command(path, text):
    assert re.search(rf"\x08\n(.*\n)*.*\b{' '.join(path)}\b", text)


def test_configuration_in_the_docs_is_valid(tmp_path):
    from glossary import config

    blocks = re.findall(r"^```toml\n(.*?)^```", (ROOT / "docs" / "configuration.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        path = tmp_path / "glossary.toml"
        path.write_text(block, encoding="utf-8")
        assert config.read(str(path)).termbases
        assert tomllib.loads(block)


def test_the_manual_has_a_page_for_every_command(tmp_path):
    pytest.importorskip("click_man")
    done = subprocess.run([sys.executable, ROOT / "docs" / "man.py", tmp_path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} >= {"glossary.1"} | {"-".join(path) + ".1" for path, _ in helps()}
    page = (tmp_path / "glossary-check.1").read_text("utf-8")
    assert re.search(r"^\.nf\nglossary check article\.txt\n", page, re.MULTILINE)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell, tmp_path):
    done = subprocess.run([sys.executable, "-m", "glossary", "completion", shell], capture_output=True, text=True)
    assert "_GLOSSARY_COMPLETE" in done.stdout
    if shutil.which(shell) and shell == "bash":
        program = done.stdout + '\nCOMP_WORDS=(glossary check --format g); COMP_CWORD=3; _glossary_completion glossary; printf "%s\\n" "${COMPREPLY[@]}"'
        (tmp_path / "glossary").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m glossary "$@"\n')
        (tmp_path / "glossary").chmod(0o755)
        environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
        completed = subprocess.run([shell, "-c", program], env=environment, capture_output=True, text=True)
        assert completed.stdout.split() == ["github", "gitlab"], completed.stderr
