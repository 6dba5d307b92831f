"""Document and Segment: prose with a map back to the file it came from.

Edits are made in the document's `text`: for text formats that is the decoded file itself, so a place in it is a place in
the file; for containers (docx, xliff) each segment's text is all there is, and the format writes it back.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from glossary.findings import Edit


class Piece(NamedTuple):
    """A stretch of a segment that stands unbroken in the document: `size` code points from `start` on, at `place` there."""

    start: int
    place: int
    size: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of prose that is matched as one: `text`, and where its pieces stand in the document's text.

    `name` is given in containers, where places count in the segment. `source` is the Chinese beside it in bilingual formats.
    """

    text: str
    pieces: tuple[Piece, ...]
    name: str | None = None
    source: str | None = None

    def place(self, offset: int, *, end: bool = False) -> int:
        """The place in the document of an offset of the segment; with `end`, of the end of a span."""
        at = offset - 1 if end and offset else offset
        index = max(0, bisect_right(self.pieces, at, key=lambda piece: piece.start) - 1)
        piece = self.pieces[index]
        return piece.place + offset - piece.start


class Writer(Protocol):
    """What a format does with edits of a document: the new file, as bytes."""

    def __call__(self, edits: list[Edit], /) -> bytes: ...


@dataclass(frozen=True)
class Document:
    """A file that was read. `text` is what places count in; `write` makes the new file from edits in it."""

    path: str
    text: str
    segments: tuple[Segment, ...]
    write: Writer
    format: str = "text"
    languages: tuple[str, str] = field(default=("zh", "en"))

    @property
    def bilingual(self) -> bool:
        """Whether the segments carry their source."""
        return any(segment.source is not None for segment in self.segments)


def whole(text: str) -> Segment:
    """A segment that is all of a text."""
    return Segment(text, (Piece(0, 0, len(text)),))
