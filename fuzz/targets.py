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
from glossary.findings import replay
from glossary.matching.cache import loads
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


def _document(format: str, same: bool = True) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        document = parse(data, f"fuzzed.{format}", format)
        written = document.write([])
        assert not same or written == data, "a document without edits came back changed"
        revision = glossary.fix_document(document, MATCHER)
        again = parse(document.write(list(revision.applied)), f"fuzzed.{format}", format)
        assert not glossary.fix_document(again, MATCHER).applied, "fixing twice made new edits"

    return run


def _docx(data: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("[Content_Types].xml", _TYPES)
        out.writestr("_rels/.rels", _RELATIONS)
        out.writestr("word/document.xml", data)
    _document("docx", same=False)(packed.getvalue())


def _term_file(ending: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        path = _WORK / f"fuzzed{ending}"
        path.write_bytes(data)
        files.parse(path)

    return run


def _notation(data: bytes) -> None:
    entry = data.decode("utf-8", "ignore")
    for each in notation.split(entry):
        assert notation.parse(each).count >= 1


def _config(data: bytes) -> None:
    path = _WORK / "glossary.toml"
    path.write_bytes(data)
    config.read(str(path)).settings("article.txt")


def _text(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")
    folded = Folded(text)
    for at in range(0, len(folded.data), 7):
        if folded.data[at : at + 1] not in (b" ", b"?"):
            assert Folded(text[folded.span(at, at + 1).start]).data == folded.data[at : at + 1], "a place leads to another character"
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


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
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
    "configuration": Target(_config, (b'select = ["a"]\n[severities]\nx = "error"\n', b"[tool.glossary]\nunsafe = true\n")),
    "document-text": Target(_document("text"), (_ARTICLE.encode(), b"\xef\xbb\xbfa\r\nb", _ARTICLE.encode("utf-16"))),
    "document-markdown": Target(
        _document("markdown"), (b"# T\n\n- politics and **law** committee\n\n```\nx\n```\n[a](b)\n", b"---\na: b\n---\n> x\n")
    ),
    "document-html": Target(
        _document("html"), (b"<p>politics and <b>law</b> committee&amp;<!-- x --><pre>y</pre>", b"<table><tr><td>a<br>b")
    ),
    "document-docx": Target(_docx, (_WORD.encode(),)),
    "document-xliff": Target(_document("xliff"), (_XLIFF.encode(),)),
    "document-tmx": Target(_document("tmx"), (_TMX.encode(),)),
    "document-po": Target(_document("po"), ('msgid "政法委"\nmsgstr "politics and "\n"law committee"\n'.encode(),)),
    "document-subtitles": Target(_document("subtitles"), (_SUBTITLES, b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n")),
    "document-csv": Target(_document("csv"), (b'a,b\n"politics and law committee",x\n', b"a\tb\n1\t2\n")),
    "document-jsonl": Target(_document("jsonl"), (b'{"text": "politics and law committee"}\n',)),
    "terms-csv": Target(_term_file(".csv"), (_TERMS.encode(),)),
    "terms-tsv": Target(_term_file(".tsv"), (_TERMS.replace(",", "\t").encode(),)),
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
