"""HTML: the prose of each block; tags, attributes, comments, script, style and code are left alone.

A match may run across inline tags (`<b>politics</b> and law committee`); what is inserted goes between them. The standard
library's tokenizer tells where tags and text begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape as escaped
from html import unescape
from html.parser import HTMLParser

from glossary.documents.document import Document, Segment
from glossary.documents.encoding import Decoded, decode
from glossary.documents.prose import OBJECT, Prose
from glossary.documents.tracking import Tracking
from glossary.edits import Edit, replay
from glossary.errors import DocumentError
from glossary.patterns import lazy

_INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite data del dfn em font i ins label mark q rp rt ruby s small span strike strong sub sup "
        "time tt u wbr"
    ).split()
)
_OBJECTS = frozenset("code kbd samp var img svg math object canvas audio video picture input button select textarea".split())
_CODE = frozenset("pre script style template iframe noembed noframes xmp plaintext".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CHARSET = lazy(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_BLANK = str.maketrans("\r\n\t\f", "    ")
_REFERENCE = lazy(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);?")


def read(data: bytes, name: str) -> Document:
    """Read an HTML file; its text is the whole decoded file.

    Raises:
        DocumentError: it is not UTF-8 and does not say what it is.
    """
    decoded = _decode(data, name)
    text = decoded.text

    def write(edits: list[Edit], tracking: Tracking = Tracking()) -> bytes:  # noqa: B008
        new = replay(text, edits)
        return decoded.mark + new.encode(decoded.encoding, "xmlcharrefreplace") if edits else data

    return Document(name, text, tuple(segments(text)), write, "html")


def _decode(data: bytes, name: str) -> Decoded:
    found = _CHARSET.search(data[:4096])
    charset = found.group(1).decode().lower() if found else ""
    if not charset or charset in ("utf-8", "utf8") or data[:2] in (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb"):
        return decode(data, name)
    charset = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252"}.get(charset, charset)
    try:
        text = data.decode(charset)
        if text.encode(charset) == data:
            return Decoded(text, charset, b"")
    except (LookupError, UnicodeError):
        pass
    raise DocumentError(f"{name}: says it is {charset} but is not; save it as UTF-8")


def segments(text: str, start: int = 0, end: int | None = None) -> Iterator[Segment]:
    """The prose of a stretch of HTML, one segment for each block."""
    end = len(text) if end is None else end
    walker = _Walker(text, start, end)
    walker.feed(text[start:end])
    walker.close()
    walker.finish()
    return iter(walker.segments)


class _Walker(HTMLParser):
    """Notes where each event begins; an event ends where the next begins."""

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(convert_charrefs=False)
        self.segments: list[Segment] = []
        self._text = text
        self._end = end
        self._is_xml = text.startswith("<?xml")
        self._lines = [start, *(start + match.end() for match in re.finditer("\n", text[start:end]))]
        self._prose = Prose(text, _escape)
        self._text_from = -1
        self._hidden: list[str] = []  # open elements whose content is no prose, and those inside them

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _mark(self, *, text: bool = False) -> None:
        """An event begins here: what came before it, if it was text, is complete."""
        here = self._here()
        if self._text_from >= 0 and (not text or self._hidden):
            self._take(self._text_from, here)
            self._text_from = -1
        if text and self._text_from < 0:
            self._text_from = here

    def _take(self, start: int, end: int) -> None:
        if self._hidden:
            return
        at = start
        for match in _REFERENCE.finditer(self._text, start, end):
            reads = unescape(match.group())
            if reads == match.group() or match.end() > end:
                continue
            self._plain(at, match.start())
            self._prose.coded(match.start(), match.end(), reads)
            at = match.end()
        self._plain(at, end)

    def _plain(self, start: int, end: int) -> None:
        self._prose.plain(start, end, self._text[start:end].translate(_BLANK))

    def _block(self) -> None:
        segment = self._prose.segment()
        if segment is not None:
            self.segments.append(segment)
        self._prose = Prose(self._text, _escape)

    def finish(self) -> None:
        if self._text_from >= 0:
            self._take(self._text_from, self._end)
        self._block()

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """`<![…>`. Without a name, on which Python 3.11 gives up, it is a comment, as browsers have it."""
        place = self.getpos()
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            self.lineno, self.offset = place
            self.handle_comment("")
            return self.rawdata.find(">", i) + 1 or -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._mark()
        if self._hidden:
            if tag == self._hidden[0] and tag not in _VOID:
                self._hidden.append(tag)
            return
        if tag in _OBJECTS:
            self._prose.stand_in(OBJECT)
        elif tag == "br":
            self._prose.stand_in(" ")
        elif tag not in _INLINE:
            self._block()
        if tag not in _VOID and (tag in _OBJECTS or tag in _CODE or ("translate", "no") in attrs):
            self._hidden.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._hidden and self._hidden[-1] == tag and (self._is_xml or tag in ("svg", "math")):
            self._hidden.pop()  # in HTML only foreign elements close themselves

    def handle_endtag(self, tag: str) -> None:
        self._mark()
        if self._hidden:
            if tag == self._hidden[0]:
                self._hidden.pop()
            return
        if tag not in _INLINE and tag not in _OBJECTS and tag != "br":
            self._block()

    def handle_data(self, data: str) -> None:
        self._mark(text=True)

    def handle_entityref(self, name: str) -> None:
        self._mark(text=True)

    def handle_charref(self, name: str) -> None:
        self._mark(text=True)

    def handle_comment(self, data: str) -> None:
        self._mark()

    def handle_decl(self, decl: str) -> None:
        self._mark()

    def handle_pi(self, data: str) -> None:
        self._mark()

    def unknown_decl(self, data: str) -> None:
        self._mark()


def _escape(text: str, place: int) -> str:
    return escaped(text, quote=False)
