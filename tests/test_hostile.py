"""Hostile input: an end in good time and memory, with the findings or with one clear error."""

import io
import re
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from conftest import make_termbase

import glossary
from glossary import config
from glossary.documents import encoding
from glossary.errors import ConfigError


def limited(code, seconds, mebibytes=1500):
    """Run code in a process of its own, within processor time and memory."""

    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, preexec_fn=limit, cwd=Path(__file__).parent)
    assert done.returncode == 0, done.stderr[-2000:] or f"ended by signal {-done.returncode}"
    return done.stdout


START = "import glossary\nfrom conftest import make_termbase\ntermbase = make_termbase(('a', 'good form', 'bad form'))\nfrom glossary.matching.cache import matcher_of\nmatcher = matcher_of(termbase)\n"


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("'bad form ' * 20_000", 20_000),
        ("'x' * 1_000_000", 0),
        ("'bad form' + ' ' * 1_000_000 + 'bad form'", 2),
        ("'bad form. ' + '(' * 1_000_000", 1),
        ("'“' * 50_000 + 'bad form'", 1),
        ("('\\n' * 1_000_000) + 'bad form'", 1),
        ("'bad ' * 200_000", 0),
        ("'bad-' * 200_000 + 'form'", 0),
        ("'A. ' * 100_000 + 'bad form'", 1),
    ],
)
def test_hostile_text_ends_in_time_and_memory(text, findings):
    code = START + f"settings = glossary.Settings(select=('deprecated-term',))\nprint(len(glossary.check({text}, matcher, settings=settings)))"
    assert int(limited(code, 30)) == findings


UNITS = (
    "x", "a ", "A. ", "a.", "A,B", "a!", "a-", "1,", "1 ", "“a", "”", "(", "'", '"a" ', "\n", "a\n", "的", "！", "…", " .", ", ", "\u00a0", "`", "a`b ",
    "the the ", "Mr. ", "100 million ", "first, ", "Zhang Wei ", "ZhangWei", "secretary of the ", "glossary: ignore ", "http://", "e\u0301",
)  # fmt: skip


def test_no_rule_looks_for_ever():
    """All rules on 16 KB of each unit: what takes the square of its text needs minutes for it."""
    code = START + (
        f"for unit in {UNITS!r}:\n"
        "    try: glossary.check('Some English words stand here first. ' + unit * (16_000 // len(unit)), matcher)\n"
        "    except glossary.UsageError: pass\n"
    )
    limited(code, 25)


def test_a_document_of_more_than_a_gibibyte_is_refused(tmp_path, monkeypatch):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(encoding.LARGEST + 1)
    with pytest.raises(glossary.DocumentError, match="larger than 1 GiB; split it, or use glossary batch"):
        glossary.read_document(tmp_path / "a.txt")
    monkeypatch.setattr(encoding, "LARGEST", 1000)
    assert encoding.read_stream(io.BytesIO(b"x" * 1000)) == b"x" * 1000
    with pytest.raises(glossary.DocumentError, match="standard input: larger than"):
        encoding.read_stream(io.BytesIO(b"x" * 1001))


@pytest.mark.parametrize("entry", ["(" + "|".join(f"a{n}" for n in range(2000)) + ")" + "(" + "|".join(f"b{n}" for n in range(2000)) + ")", "(a|b|c|d) " * 40, "(" * 5000, "[a] " * 60, "((a|b) (c|d)) " * 30, "(" + "|".join(["a b c~"] * 3000) + ")", "[" * 300 + "a" + "]" * 300])
def test_notation_that_explodes_is_refused_or_stays_small(entry):
    start = time.process_time()
    try:
        termbase = make_termbase(("a", "good", entry.strip()))
        glossary.check("some words", termbase)
    except glossary.GlossaryError as error:
        assert "\n" not in str(error)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlf", b'<xliff version="1.2"><file source-language="zh" target-language="en"><body>' + b"<group>" * 100_000),
        ("a.xlf", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><xliff>&b;</xliff>'),
        ("a.tmx", b"<tmx>" * 50_000),
        ("a.html", b"<div>" * 20_000 + b"bad form"),
        ("a.md", b"> " * 3_000 + b"bad form"),
        ("a.md", b"[" * 20_000 + b"bad form"),
        ("a.jsonl", b"[" * 100_000),
        ("a.csv", b'"' * 100_001),
        ("a.po", b'msgid "' * 20_000),
    ],
)
def test_hostile_documents_end_in_time_and_memory(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    code = START + (
        f"try: print(len(glossary.check_document(glossary.read_document({str(tmp_path / name)!r}), matcher)))\n"
        "except glossary.GlossaryError as error: print(error)"
    )
    assert limited(code, 60)


def workbook(sheet, more=()):
    """A workbook with the XML of one sheet."""
    from openpyxl import Workbook

    made = io.BytesIO()
    Workbook().save(made)
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
        for name, data in more:
            new.writestr(name, data)
    return packed.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
NAMES = '<row r="1">' + "".join(CELL.format(f"{column}1", name) for column, name in zip("ABC", ("id", "zh", "preferred"), strict=True)) + "</row>"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "' + "x" * 1000 + '">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 9)) + "]>"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xlsx", lambda: workbook(SHEET.format(""), [("xl/big.xml", bytes(300 << 20))]), "would unpack to 300 MiB"),
        ("a.xlsx", lambda: workbook(SHEET.format(f'<dimension ref="A1:XFD1048576"/><sheetData>{NAMES}</sheetData>')), ""),
        ("a.xlsx", lambda: workbook(SHEET.format(f'<sheetData>{NAMES}<row r="99999999">{CELL.format("A99999999", "x")}</row></sheetData>')), "more than 5,000,000 cells"),
        ("a.xlsx", lambda: workbook(SHEET.format("<sheetData>" + NAMES + "".join(f'<row r="{n}">{CELL.format(f"XFD{n}", "x")}</row>' for n in range(2, 900)) + "</sheetData>")), "more than 5,000,000 cells"),
        ("a.xlsx", lambda: workbook(ENTITIES + SHEET.format(f"<sheetData><row>{CELL.format('A1', '&a8;')}</row></sheetData>")), "not an XLSX workbook|first sheet is empty|there is no column|unknown column"),
        ("a.tbx", lambda: b"<tbx><text><body><termEntry><langSet xml:lang='en'>" + b"<tig>" * 200_000, "nested more than 200 deep"),
        ("a.tmx", lambda: b"<tmx>" + b"<tu>" * 200_000, "nested more than 200 deep"),
    ],
)  # fmt: skip
def test_hostile_term_files_are_refused_in_time_and_memory(tmp_path, name, data, message):
    (tmp_path / name).write_bytes(data())
    code = (
        "import glossary\nfrom glossary.termbase import files\nfrom pathlib import Path\n"
        f"try: print('read', len(files.parse(Path({str(tmp_path / name)!r})).concepts))\n"
        "except glossary.GlossaryError as error: print(error)"
    )
    assert re.search(message or "read 0", limited(code, 30))


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000, "a." * 5000 + "b = 1"])
def test_a_hostile_configuration_is_refused(tmp_path, text):
    (tmp_path / "glossary.toml").write_text(text)
    with pytest.raises(ConfigError):
        config.read(str(tmp_path / "glossary.toml"))


# what fuzzing found


def test_an_edit_of_markup_alone_is_none():
    document = glossary.parse_document(b"# p\n\nsome words\n, and more\n", "a.md")
    revision = glossary.fix_document(document, make_termbase(("a", "good form", "bad form")))
    assert [(edit.before, edit.after) for edit in revision.applied if edit.before == edit.after] == []
    assert [each.reason for each in revision.skipped] == ["what it would change is markup, which is kept"]


def test_a_word_file_whose_parts_begin_before_it():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name in ("[Content_Types].xml", "word/document.xml"):
            out.writestr(name, "<a/>" * 100)
    data = made.getvalue()
    with pytest.raises(glossary.DocumentError, match="is damaged"):
        glossary.parse_document(data[300:], "a.docx")


def test_xliff_with_a_file_inside_a_target():
    unit = b'<file original="a"><body><trans-unit id="1"><source>x</source><target>a bad %sform</target></trans-unit></body></file>'
    data = b'<xliff version="1.2">' + unit % (unit % b"") + b"</xliff>"
    document = glossary.parse_document(data, "a.xlf")
    revision = glossary.fix_document(document, make_termbase(("a", "good form", "bad form")))
    glossary.parse_document(document.write(list(revision.applied)), "a.xlf")


def test_xliff_with_a_unit_inside_a_target():
    data = (
        b'<xliff version="1.2"><file original="a"><body><trans-unit id="1"><source>x</source><target>bad form <trans-unit id="2">'
        b"<source>y</source><target>bad form</target></trans-unit></target></trans-unit></body></file></xliff>"
    )
    document = glossary.parse_document(data, "a.xlf")
    assert document.write([]) == data


def test_tmx_with_a_unit_inside_a_segment():
    data = b'<tmx><body><tu><tu><tuv xml:lang="en"><seg>a bad form</seg></tuv></tu></tu></body></tmx>'
    termbase = make_termbase(("a", "good form", "bad form"))
    document = glossary.parse_document(data, "a.tmx")
    revision = glossary.fix_document(document, termbase)
    assert document.write(list(revision.applied)) == data.replace(b"bad form", b"good form")


@pytest.mark.parametrize(
    ("data", "prose"), [(b"<p>one<![>two</p>", ["onetwo"]), (b"one<![", ["one<!["]), (b"<p>x<![if IE]>y<![endif]></p>", ["xy"])]
)
def test_html_with_a_section_without_a_name(data, prose):
    assert [segment.text for segment in glossary.parse_document(data, "a.html").segments] == prose


def test_a_word_alone_on_its_line_is_not_taken_out_of_a_paragraph():
    document = glossary.parse_document(b"-\na\na\n.\na\na:", "a.md")
    revision = glossary.fix_document(document, make_termbase(("a", "good form", "bad form")))
    assert "it would leave an empty line inside a paragraph" in [each.reason for each in revision.skipped]
    again = glossary.parse_document(document.write(list(revision.applied)), "a.md")
    assert not glossary.fix_document(again, make_termbase(("a", "good form", "bad form"))).applied
