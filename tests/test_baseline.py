"""Known findings stay known when lines move and texts are edited; a new one is always reported. And: only changed lines."""

import json
import subprocess

import pytest
from click.testing import CliRunner

from glossary import baseline as baselines
from glossary.changes import Changes
from glossary.cli.main import cli
from glossary.errors import GlossaryError

TERMS = "id,zh,preferred,deprecated\npublic,群众,the public,the vast masses\nlaw,政法委,Political and Legal Affairs Commission,political and law committee\n"
ARTICLE = """The governor met the vast masses in the old square on Monday.

Later the political and law committee held a long meeting. The vast masses were told of it by radio.

Flowers were given to the vast masses by the school choir.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "glossary.toml").write_text('builtin = false\ntermbases = ["terms.csv"]\n')
    (tmp_path / "a.txt").write_text(ARTICLE)
    return tmp_path


def check(*arguments):
    done = CliRunner().invoke(cli, ["check", "--format", "json", *arguments], catch_exceptions=False)
    (file,) = json.loads(done.stdout)["files"]
    return done.exit_code, [(each["line"], each["text"]) for each in file["findings"]]


def test_exactly_the_new_finding_is_reported(folder):
    assert check("a.txt", "--baseline", "known.json", "--update-baseline") == (0, [])
    assert check("a.txt", "--baseline", "known.json") == (0, [])
    edited = "A new first paragraph.\n\nAnd a second.\n\n" + ARTICLE.replace("The vast masses were told", "The public were told")
    edited += "\nNobody had asked the vast masses about the road.\n"
    (folder / "a.txt").write_text(edited)
    assert check("a.txt", "--baseline", "known.json") == (1, [(11, "the vast masses")])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("met the vast masses in the old square", "met the vast masses in the new square", []),
        ("met the vast masses in", "met\nthe vast masses\nin", []),
        ("by radio.", "by radio; “the vast masses” cheered.", [(3, "the vast masses")]),
        ("political and law committee held", "Political and Legal Affairs Commission held", []),
        ("Flowers were given to the vast masses by the school choir.", "Bread was sold to the vast masses at noon near a bridge.", [(5, "the vast masses")]),
        ("The governor met", "The political and law committee met", [(1, "political and law committee")]),
    ],
)
def test_a_known_sentence_may_be_edited_a_new_one_is_new(folder, old, new, expected):
    check("a.txt", "--baseline", "known.json", "--update-baseline")
    (folder / "a.txt").write_text(ARTICLE.replace(old, new))
    assert check("a.txt", "--baseline", "known.json")[1] == expected


def test_the_same_sentence_twice_is_known_as_often_as_it_was(folder):
    sentence = "He met the vast masses.\n\n"
    (folder / "a.txt").write_text(sentence * 2)
    check("a.txt", "--baseline", "known.json", "--update-baseline")
    (folder / "a.txt").write_text(sentence * 3)
    assert check("a.txt", "--baseline", "known.json") == (1, [(5, "the vast masses")])


def test_updating_keeps_other_files_and_forgets_those_that_are_gone(folder):
    for name in ("b.txt", "c.txt"):
        (folder / name).write_text("He met the vast masses.\n")
    CliRunner().invoke(cli, ["check", ".", "--baseline", "known.json", "--update-baseline"])
    (folder / "c.txt").unlink()
    (folder / "a.txt").write_text("Fine.\n")
    check("a.txt", "--baseline", "known.json", "--update-baseline")
    assert list(json.loads((folder / "known.json").read_text("utf-8"))["files"]) == ["b.txt"]


def test_the_baseline_is_from_its_own_folder(folder, monkeypatch):
    check("a.txt", "--baseline", "known.json", "--update-baseline")
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    assert check("../a.txt", "--baseline", "../known.json") == (0, [])


def test_a_baseline_is_sorted_and_a_line_a_finding(folder):
    check("a.txt", "--baseline", "known.json", "--update-baseline")
    text = (folder / "known.json").read_text("utf-8")
    assert sum(line.lstrip().startswith('{"rule"') for line in text.splitlines()) == 4
    assert baselines.read("known.json").dumps() == text
    assert baselines.Baseline("x").dumps() == '{"schema": "glossary/baseline/1", "files": {}}\n'
    assert json.loads(baselines.Baseline("x").dumps())


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "x"}', '{"schema": "glossary/baseline/1", "files": {"a": [{"x": 1}]}}'])
def test_what_is_no_baseline(folder, content):
    (folder / "known.json").write_text(content)
    with pytest.raises(GlossaryError, match=r"known\.json: not a baseline"):
        baselines.read("known.json")
    with pytest.raises(GlossaryError, match="no such file; make it with --update-baseline"):
        baselines.read("none.json")


def git(*arguments):
    subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(folder):
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    return folder


def test_only_changed_lines(repository):
    assert check_all() == []
    (repository / "a.txt").write_text("New.\n\nHe met the vast masses.\n\n" + ARTICLE)
    (repository / 'b "ü.txt').write_text("The vast masses.\n")
    (repository / "sub").mkdir()
    (repository / "sub" / "c d.txt").write_text("ok\n")
    assert check_all() == [("a.txt", 3), ('b "ü.txt', 1)]
    git("add", ".")
    git("commit", "-qm", "second")
    assert check_all() == []
    assert check_all("HEAD~1") == [("a.txt", 3), ('b "ü.txt', 1)]
    (repository / "sub" / "c d.txt").write_text("ok\nThe vast masses\nof the vast\nmasses\n")
    (repository / 'b "ü.txt').write_text("\nThe vast masses.\n")
    assert check_all() == [("sub/c d.txt", 2), ("sub/c d.txt", 3)]


def check_all(revision="HEAD"):
    done = CliRunner().invoke(cli, ["check", ".", "--format", "json", "--diff-only", revision], catch_exceptions=False)
    return [(file["path"].removeprefix("./"), each["line"]) for file in json.loads(done.stdout)["files"] for each in file["findings"]]


def test_a_deleted_line_changes_no_other(repository):
    (repository / "a.txt").write_text(ARTICLE.split("\n\n", 1)[1])
    assert check_all() == []


def test_a_file_git_takes_for_binary_is_changed_wholly(repository):
    (repository / "w.txt").write_bytes("One.\n\nThe vast masses.\n".encode("utf-16"))
    git("add", ".")
    git("commit", "-qm", "wide")
    (repository / "w.txt").write_bytes("Two.\n\nThe vast masses.\n".encode("utf-16"))
    assert check_all() == [("w.txt", 3)]


@pytest.mark.parametrize("revision", ["none", "--output=x"])
def test_a_revision_that_is_none(repository, revision):
    with pytest.raises(GlossaryError):
        Changes(revision)
    assert not (repository / "x").exists()


def test_no_repository(folder, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    with pytest.raises(GlossaryError, match="not a git repository"):
        Changes("HEAD")
