"""XML as events with places: what begins and ends where in the raw text. Nothing is expanded, fetched or made anew.

The standard library's expat reads. A file that declares entities is refused, so is one nested deeper than any document.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from glossary.documents.encoding import Decoded, decode
from glossary.errors import DocumentError
from glossary.patterns import lazy

_DECLARED = lazy(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]+)[\"']")
_DEEPEST = 500


class Kind(Enum):
    """What an event is."""

    START = 1
    END = 2
    TEXT = 3
    OTHER = 4


class Event(NamedTuple):
    """A tag or a stretch of text at `start:end` of the raw text, code points.

    `name` is `{namespace}local`, or the text as it reads; `attributes` are those of a start tag; `coded` is set in CDATA.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: dict[str, str] = {}  # noqa: RUF012
    cdata: bool = False

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition("}")[2]

    @property
    def namespace(self) -> str:
        """The namespace, empty if there is none."""
        return self.name[1:].rpartition("}")[0]


def decoded(data: bytes, name: str) -> Decoded:
    """The raw text of an XML file, by its byte-order mark or declaration.

    Raises:
        DocumentError: the encoding is unknown or wrong.
    """
    found = _DECLARED.match(data)
    encoding = found.group(1).decode().lower() if found else "utf-8"
    if encoding in ("utf-8", "utf8", "us-ascii", "utf-16"):
        return decode(data, name)
    try:
        text = data.decode(encoding)
        if text.encode(encoding) == data:
            return Decoded(text, encoding, b"")
    except (LookupError, UnicodeError):
        pass
    raise DocumentError(f"{name}: says it is {encoding} but is not; save it as UTF-8")


def encoded(text: str, like: Decoded) -> bytes:
    """A raw text in the encoding of the file; what that lacks becomes a character reference."""
    return like.mark + text.encode(like.encoding, "xmlcharrefreplace")


def escape(text: str) -> str:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def events(raw: str, name: str) -> Iterator[Event]:
    """The events of an XML text, in order; together they cover it.

    Raises:
        DocumentError: it is not well formed, declares entities or is nested too deep.
    """
    seen: list[tuple[Kind, int, str, dict[str, str], bool]] = []
    parser = expat.ParserCreate("utf-8", "}")
    parser.ordered_attributes = False
    parser.buffer_text = False
    depth = 0
    cdata = False

    def add(kind: Kind, name: str = "", attributes: dict[str, str] | None = None) -> None:
        seen.append((kind, parser.CurrentByteIndex, name, attributes or {}, cdata))

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise DocumentError(f"{name}: nested more than {_DEEPEST} deep at line {parser.CurrentLineNumber}; this is no document")
        add(Kind.START, tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        add(Kind.END, tag)

    def open_cdata() -> None:
        nonlocal cdata
        add(Kind.OTHER)
        cdata = True

    def close_cdata() -> None:
        nonlocal cdata
        cdata = False
        add(Kind.OTHER)

    def entity(*_: object) -> NoReturn:
        raise DocumentError(f"{name}: declares entities at line {parser.CurrentLineNumber}; write them out and remove the declarations")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: add(Kind.TEXT, text)
    parser.StartCdataSectionHandler = open_cdata
    parser.EndCdataSectionHandler = close_cdata
    parser.EntityDeclHandler = entity
    parser.CommentHandler = parser.DefaultHandler = lambda text: add(Kind.OTHER)
    parser.ProcessingInstructionHandler = lambda target, text: add(Kind.OTHER)
    data = raw.encode("utf-8", "surrogatepass")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DocumentError(f"{name}: not well-formed XML at line {error.lineno}: {expat.ErrorString(error.code)}") from None
    yield from _placed(seen, data, raw)


def _placed(seen: list[tuple[Kind, int, str, dict[str, str], bool]], data: bytes, raw: str) -> Iterator[Event]:
    """The events with places in code points, each ending where the next begins."""
    plain = raw.isascii()
    last = place = 0
    places = []
    for _, byte, *_rest in seen:
        place += byte - last if plain else len(data[last:byte].decode("utf-8", "surrogatepass"))
        last = byte
        places.append(place)
    places.append(len(raw))
    for index, (kind, _, name, attributes, cdata) in enumerate(seen):
        if kind in (Kind.START, Kind.END):
            name = "{" + name if "}" in name else name
            attributes = {("{" + key if "}" in key else key): value for key, value in attributes.items()}
        yield Event(kind, places[index], places[index + 1], name, attributes, cdata)
