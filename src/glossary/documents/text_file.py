"""Plain text: paragraphs between blank lines. A line break inside a paragraph is a space."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from glossary.documents.document import Document, Piece, Segment
from glossary.documents.encoding import decode
from glossary.patterns import lazy

if TYPE_CHECKING:
    from glossary.documents.tracking import Tracking
    from glossary.edits import Edit

_BLANK_LINE = lazy(r"\n[ \t\r]*\n")
_BLOCK = 1 << 18  # paragraphs are matched in blocks of about this many code points: no match crosses a blank line


def read(data: bytes, name: str) -> Document:
    """Read a text file; its text is the whole decoded file."""
    decoded = decode(data, name)
    text = decoded.text

    def write(edits: list[Edit], *_tracking: Tracking) -> bytes:
        from glossary.edits import replay

        return decoded.encode(replay(text, edits))

    return Document(name, text, tuple(blocks(text)), write)


def blocks(text: str) -> Iterator[Segment]:
    """The text in segments cut at blank lines, each as large as is good for matching."""
    start = 0
    while len(text) - start > _BLOCK:
        cut = _BLANK_LINE.search(text, start + _BLOCK)
        if cut is None:
            break
        yield Segment(text[start : cut.end()], (Piece(0, start, cut.end() - start),))
        start = cut.end()
    yield Segment(text[start:], (Piece(0, start, len(text) - start),))
