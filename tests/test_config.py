"""Configuration: found upwards, refused with a hint, and in force where it should be."""

import json
import tomllib

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import glossary
from glossary import config as configuration
from glossary.cli.main import cli
from glossary.findings import Severity


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    return tmp_path


def test_the_nearest_folder_upwards_decides(folder):
    assert configuration.find() is None
    (folder / "pyproject.toml").write_text("[tool.glossary]\nunsafe = true\n")
    assert configuration.load().path == "../pyproject.toml"
    assert configuration.load().unsafe
    (folder / "glossary.toml").write_text("unsafe = false\n")
    assert configuration.load().path == "../glossary.toml"
    (folder / "sub" / "pyproject.toml").write_text("[tool.other]\n")
    assert configuration.load().path == "../glossary.toml"
    (folder / "sub" / "glossary.toml").write_text("")
    assert configuration.load().path == "glossary.toml"


def test_paths_are_from_the_file(folder):
    (folder / "glossary.toml").write_text('termbases = ["a.csv", "/b.csv"]\nstyle = "style.csv"\nbaseline = "known.json"\n')
    found = configuration.load()
    assert found.term_files == ("../a.csv", "/b.csv", "../style.csv")
    assert found.baseline == "../known.json"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('ignroe = ["x"]', "there is no key 'ignroe'; did you mean 'ignore'?"),
        ("fail_on = 'error'", "there is no key 'fail_on'; did you mean 'fail-on'?"),
        ("xyz = 1", "there is no key 'xyz'; known are termbases, builtin,"),
        ("unsafe = 'yes'", 'unsafe is "yes"; write true or false'),
        ("jobs = -1", "jobs is -1; write a whole number, 0 or more"),
        ("jobs = true", "jobs is true; write a whole number"),
        ("select = 'one'", 'select is "one"; write a list of texts'),
        ("select = [1]", "select is [1]; write a list of texts"),
        ("severity = 'bad'", 'severity is "bad"; write error, warning or info'),
        ("[severities]\nx = 'off'", 'severities is {"x": "off"}; write a table'),
        ("[per-file.'*.md']\nignroe = []", "there is no key 'per-file.'*.md'.ignroe'; did you mean 'ignore'?"),
        ("[per-file.'*.md']\njobs = 2", "there is no key 'per-file.'*.md'.jobs'; it holds for all files; set it at the top"),
        ("per-file = 3", "per-file is 3; write a table"),
        ("[extensions]\nstory = 'text'", "'story' has no dot; write '.story'"),
        ("[extensions]\n'.story' = 'tex'", "there is no document format 'tex'; known are text"),
        ("a = ", "not TOML: "),
    ],
)
def test_mistakes_are_refused_in_one_line(folder, content, message):
    (folder / "glossary.toml").write_text(content + "\n")
    done = CliRunner().invoke(cli, ["config"])
    assert isinstance(done.exception, glossary.GlossaryError)
    assert message in str(done.exception)
    assert str(done.exception).startswith("../glossary.toml: ")
    assert "\n" not in str(done.exception)


@pytest.mark.parametrize("content", ["tool = 3\n#tool.glossary", "[tool]\nglossary = 3\n#tool.glossary"])
def test_a_pyproject_that_is_not_what_it_should_be(folder, content):
    (folder / "pyproject.toml").write_text(content)
    with pytest.raises(glossary.GlossaryError, match="is not a table"):
        configuration.load()


@given(st.text(max_size=60))
def test_any_text_is_a_configuration_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "glossary.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    try:
        configuration.read(str(path))
    except glossary.GlossaryError as error:
        assert str(error).startswith(str(path))


def test_per_file_settings_add_up_in_order(folder):
    (folder / "glossary.toml").write_text(
        "ignore = ['a']\n[severities]\nx = 'error'\n"
        "[per-file.'letters/']\nignore = ['b']\nquotations = false\nseverities = { y = 'info' }\n"
        "[per-file.'*.md']\nselect = ['c']\nquotations = true\n"
    )
    found = configuration.load()
    plain, letter, both = (found.settings(f"../{name}") for name in ("x.txt", "letters/deep/x.txt", "letters/x.md"))
    assert (plain.ignore, plain.quotations) == (("a",), True)
    assert (letter.ignore, letter.quotations, letter.severities) == (("a", "b"), False, {"x": Severity.ERROR, "y": Severity.INFO})
    assert (both.select, both.quotations) == (("c",), True)
    assert found.settings("-") == found.settings()


def test_exclude_is_as_in_gitignore(folder):
    (folder / "glossary.toml").write_text("exclude = ['/drafts/', '*.old.txt', '!keep.old.txt']\nbuiltin = false\n")
    for name in ("a.txt", "x.old.txt", "keep.old.txt", "drafts/b.txt", "more/drafts/c.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    found = configuration.load()
    assert list(found.files([".."])) == ["../a.txt", "../keep.old.txt", "../more/drafts/c.txt"]
    assert list(found.files(["../drafts/b.txt"])) == ["../drafts/b.txt"]
    assert list(found.files(["../drafts/b.txt", "../a.txt"], force_exclude=True)) == ["../a.txt"]
    (folder / "glossary.toml").write_text("exclude = ['*']\n")
    assert list(configuration.load().files([".."])) == []


def test_term_files_of_the_configuration_are_no_articles(folder):
    (folder / "glossary.toml").write_text("termbases = ['terms.csv']\n")
    (folder / "terms.csv").write_text("id,zh,preferred\n")
    (folder / "a.txt").write_text("x")
    assert list(configuration.load().files([".."])) == ["../a.txt"]


def test_more_endings(folder):
    (folder / "glossary.toml").write_text("[extensions]\n'.story' = 'text'\n")
    (folder / "a.story").write_text("x")
    found = configuration.load()
    assert list(found.files([".."])) == ["../a.story"]
    assert found.format_of("X.STORY") == "text"


def test_what_config_shows_reads_back_the_same(folder):
    content = "termbases = ['a.csv']\nignore = ['x \"y\"']\n[severities]\nz = 'info'\n[per-file.'*.md']\nunsafe = true\n"
    (folder / "sub" / "glossary.toml").write_text(content)
    shown = CliRunner().invoke(cli, ["config"]).output
    assert '# glossary.toml\ntermbases = ["a.csv"]  # glossary.toml\nbuiltin = true  # default\n' in shown
    found = configuration.load()
    (folder / "sub" / "glossary.toml").write_text(shown)
    again = configuration.load()
    assert {key: getattr(again, key.attribute) for key in configuration.KEYS} == {key: getattr(found, key.attribute) for key in configuration.KEYS}
    rows = json.loads(CliRunner().invoke(cli, ["config", "x.md", "--format", "json"]).output)
    assert rows["values"]["unsafe"]["value"] is True
    assert rows["values"]["ignore"] == {"value": ['x "y"'], "from": "glossary.toml"}


def test_the_schema_says_what_the_reader_says(folder):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(CliRunner().invoke(cli, ["config", "--schema"]).output)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for content in (
        "jobs = 2", "jobs = -1", "unsafe = 1", "severity = 'info'", "severity = 'x'", "nothing = 1", "exclude = ['a']", "exclude = 'a'",
        "[per-file.'*']\nunsafe = true", "[per-file.'*']\njobs = 1", "[severities]\na = 'error'", "[severities]\na = 1", "style = 'a'", "style = []",
    ):  # fmt: skip
        (folder / "glossary.toml").write_text(content)
        try:
            configuration.load()
            accepted = True
        except glossary.GlossaryError:
            accepted = False
        assert validator.is_valid(tomllib.loads(content)) == accepted, content


def test_every_key_has_its_field_and_its_line_in_the_docs():
    from conftest import ROOT

    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    for key in configuration.KEYS:
        assert hasattr(configuration.Config(), key.attribute)
        assert f"`{key.name}`" in page
