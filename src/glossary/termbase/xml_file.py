"""XML term files: what is read of them all, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from glossary.errors import TermBaseError

_DEEPEST = 200  # elements within elements: what looks at all that stands in each would take the square of it
_AT_ONCE = 1 << 20


def root(path: Path, kind: str, *names: str) -> ElementTree.Element:
    """The root element of a file of a kind, which has one of the names.

    Raises:
        TermBaseError: it cannot be read, is not well formed or too deep, declares entities, or has another root.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TermBaseError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise TermBaseError(f"{path}: declares entities, which are not read; save it without them")
    try:
        found = _parsed(path, data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise TermBaseError(f"{path}: not well-formed XML: {error}") from None
    if local(found) not in names:
        raise TermBaseError(f"{path}: not {kind}, its root is <{local(found)}>")
    return found


def local(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _parsed(path: Path, data: bytes) -> ElementTree.Element:
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    found: list[ElementTree.Element] = []
    depth = 0
    for at in range(0, len(data), _AT_ONCE):
        parser.feed(data[at : at + _AT_ONCE])
        for event, element in parser.read_events():
            found = found or [element]
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise TermBaseError(f"{path}: nested more than {_DEEPEST} deep; this is no term file")
    parser.close()
    return found[0]
