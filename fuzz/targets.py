"""What is fuzzed: bytes in, and nothing but a GlossaryError may come out. Each target also says what must hold of what it made.

A mistake that is found here becomes a test in tests/, with the input that showed it; the corpus stays as small as `SEEDS`.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import glossary
from glossary import config
from glossary.batch.tables import part_of
from glossary.documents.formats import parse
from glossary.errors import GlossaryError
from glossary.edits import replay
from glossary.matching.cache import loads
from glossary.matching.compiler import compile_termbase
from glossary.matching.matcher import Matcher
from glossary.termbase import files, notation
from glossary.text import Folded

_WORK = Path(tempfile.mkdtemp(prefix="glossary-fuzz-"))
_TERMS = (
    "id,zh,preferred,deprecated,kind,fix\n"
    "law,政法委,Political and Legal Affairs Commission,(politics|political) and law committee~,organisation,safe\n"
)
_ARTICLE = (
    "He’s secretary of the politics  and\nlaw committee, “the political and law committee's” office.\n\n"
    "See https://x.cn/law committee\n"
)
_SUBTITLES = b"1\n00:00:01,000 --> 00:00:02,000\npolitics and\nlaw committee\n\n"


class Target(NamedTuple):
    """A function of bytes, and inputs to start from."""

    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


def _matcher() -> glossary.Matcher:
    path = _WORK / "terms.csv"
    path.write_text(_TERMS, encoding="utf-8")
    return glossary.matcher_from_files(path, builtin=False)


MATCHER = _matcher()
BARE = files.load(builtin=False)


def _document(format: str, same: bool = True) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        document = parse(data, f"fuzzed.{format}", format)
        written = document.write([])
        assert not same or written == data, "a document without edits came back changed"
        revision = glossary.fix_document(document, MATCHER)
        again = parse(document.write(list(revision.applied)), f"fuzzed.{format}", format)
        assert not glossary.fix_document(again, MATCHER).applied, "fixing twice made new edits"

    return run


def _archive(parts: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return packed.getvalue()


def _word_file(document: str | bytes) -> bytes:
    return _archive({"[Content_Types].xml": _types("word/document.xml", "wordprocessingml.document"), "word/document.xml": document})


def _workbook(sheet: str | bytes) -> bytes:
    types = _types("xl/workbook.xml", "spreadsheetml.sheet")
    return _archive(
        {
            "[Content_Types].xml": types, "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"), "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml": sheet,
        }
    )  # fmt: skip


def _term_file(ending: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        path = _WORK / f"fuzzed{ending}"
        path.write_bytes(data)
        concepts = files.parse(path).concepts
        written = files.dumps(concepts, BARE, "csv")
        (_WORK / "again.csv").write_bytes(written.data)
        assert [each.id for each in files.parse(_WORK / "again.csv").concepts] == [each.id for each in concepts], "a concept is lost"

    return run


def _notation(data: bytes) -> None:
    entry = data.decode("utf-8", "ignore")
    for each in notation.split(entry):
        assert notation.parse(each).count >= 1


def _term_base(data: bytes) -> None:
    entries = notation.split(data.decode("utf-8", "ignore"))
    for each in entries:
        notation.parse(each)
    termbase = BARE.with_concepts([glossary.Concept("law", ("政法委",), "Political and Legal Affairs Commission", deprecated=entries)])
    glossary.fix(_ARTICLE, Matcher(compile_termbase(termbase)))


def _config(data: bytes) -> None:
    path = _WORK / ("pyproject.toml" if b"[tool" in data else "glossary.toml")
    path.write_bytes(data)
    found = config.read(str(path))
    found.settings("article.txt")
    found.excludes("article.txt")


def _text(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")
    folded = Folded(text)
    for at in range(0, len(folded.data), 7):
        if folded.data[at : at + 1] not in (b" ", b"?"):
            assert Folded(text[folded.span(at, at + 1)[0]]).data == folded.data[at : at + 1], "a place leads to another character"
    revision = glossary.fix(text, MATCHER, settings=glossary.Settings(unsafe=True))
    assert replay(text, revision.applied) == revision.after
    assert not glossary.fix(revision.after, MATCHER, settings=glossary.Settings(unsafe=True)).applied, "fixing twice made new edits"


def _table(format: str, ending: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        part = part_of(data, format, ending)
        frame = part.frame()
        part.joined(frame[[]].assign(error=None), ())

    return run


def _cache(data: bytes) -> None:
    try:
        loads(data)
    except ValueError:
        return


def _types(part: str, kind: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/{part}" '
        f'ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
    )


def _relation(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    )


_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = (
    f'<workbook xmlns="{_SHEETS}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="terms" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_SHEET = (
    f'<worksheet xmlns="{_SHEETS}"><sheetData><row r="1">'
    + "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("id", "zh", "preferred"))
    + '</row><row r="2"><c t="inlineStr"><is><t>law</t></is></c><c t="str"><v>政法委</v></c><c><v>2018</v></c></row></sheetData></worksheet>'
)
_TBX = (
    '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="law"><note>n</note>'
    '<langSec xml:lang="zh-Hans"><termSec><term>政法委</term></termSec></langSec><langSec xml:lang="en"><termSec><term>Commission</term>'
    '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec><termSec><term>law committee</term>'
    '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec></conceptEntry></body></text></tbx>'
)
_UTX = (
    "#UTX 1.20; zh/en;\n#src\ttgt\tterm status\tconcept ID\tcomment\n政法委\tCommission\tapproved\tlaw\t\n"
    "政法委\tlaw committee\tforbidden\tlaw\tx\n"
)
_WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>the politics and '
    "</w:t></w:r><w:ins><w:r><w:t>law</w:t></w:r></w:ins><w:r><w:t> committee</w:t></w:r></w:p></w:body></w:document>"
)
_XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh-CN" '
    'target-language="en"><body><trans-unit id="1"><source>政法委</source><target>the politics <g id="1">and law</g> committee'
    "</target></trans-unit></body></file></xliff>"
)
_TMX = (
    '<tmx version="1.4"><header srclang="zh-CN"/><body><tu><tuv xml:lang="zh"><seg>政法委</seg></tuv><tuv xml:lang="en">'
    "<seg>politics and law committee</seg></tuv></tu></body></tmx>"
)

TARGETS: dict[str, Target] = {
    "text": Target(_text, (_ARTICLE.encode(), "《politics》 and law\u00a0committee—x".encode())),
    "notation": Target(_notation, (b"(a|b [c]) d~ [e|f] ; g -> h?", b"{level} law committee~", b"[[x] (y|(z|w))]")),
    "term-base": Target(_term_base, (b"(a|b [c]) d~ [e|f] ; politics and -> h?", b"(law|laws) committee~; secretary of [the]")),
    "configuration": Target(_config, (b'select = ["a"]\n[severities]\nx = "error"\n', b"[tool.glossary]\nunsafe = true\n")),
    "document-text": Target(_document("text"), (_ARTICLE.encode(), b"\xef\xbb\xbfa\r\nb", _ARTICLE.encode("utf-16"))),
    "document-markdown": Target(
        _document("markdown"), (b"# T\n\n- politics and **law** committee\n\n```\nx\n```\n[a](b)\n", b"---\na: b\n---\n> x\n")
    ),
    "document-html": Target(
        _document("html"), (b"<p>politics and <b>law</b> committee&amp;<!-- x --><pre>y</pre>", b"<table><tr><td>a<br>b")
    ),
    "document-docx": Target(lambda data: _document("docx", same=False)(_word_file(data)), (_WORD.encode(),)),
    "document-archive": Target(_document("docx"), (_word_file(_WORD),)),
    "document-xliff": Target(_document("xliff"), (_XLIFF.encode(),)),
    "document-tmx": Target(_document("tmx"), (_TMX.encode(),)),
    "document-po": Target(_document("po"), ('msgid "政法委"\nmsgstr "politics and "\n"law committee"\n'.encode(),)),
    "document-subtitles": Target(_document("subtitles"), (_SUBTITLES, b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n")),
    "document-csv": Target(_document("csv"), (b'a,b\n"politics and law committee",x\n', b"a\tb\n1\t2\n")),
    "document-jsonl": Target(_document("jsonl"), (b'{"text": "politics and law committee"}\n',)),
    "terms-csv": Target(_term_file(".csv"), (_TERMS.encode(),)),
    "terms-tsv": Target(_term_file(".tsv"), (_TERMS.replace(",", "\t").encode(),)),
    "terms-xlsx": Target(lambda data: _term_file(".xlsx")(_workbook(data)), (_SHEET.encode(),)),
    "terms-tbx": Target(_term_file(".tbx"), (_TBX.encode(),)),
    "terms-tmx": Target(_term_file(".tmx"), (_TMX.encode(),)),
    "terms-utx": Target(_term_file(".utx"), (_UTX.encode(),)),
    "table-jsonl": Target(_table("jsonl", ".jsonl"), (b'{"text": "a", "n": [1, {"x": null}]}\n{bad\n',)),
    "table-csv": Target(_table("csv", ".csv"), (b'id,text\n1,"a\nb"\n2\n',)),
    "compiled-cache": Target(_cache, (b"glossary compiled term base 1 \n" + b"\0" * 100,)),
}


def call(name: str, data: bytes) -> None:
    """Run a target; a GlossaryError is a right answer, if it is one that a user can read."""
    try:
        TARGETS[name].run(data)
    except GlossaryError as error:
        assert str(error).strip(), "an error without a message"
