"""Document and Segment: prose with a map back to the file it came from.

Edits are made in the document's `text`: for text formats that is the decoded file itself, so a place in it is a place in
the file; for containers (docx, xliff) it is the prose that was taken out, and the format writes it back.
"""

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from glossary.documents.replacement import Pair
    from glossary.documents.tracking import Tracking
    from glossary.edits import Edit


class Piece(NamedTuple):
    """A stretch of a segment that stands unbroken in the document: `size` code points from `start` on, at `place` there.

    Where the document writes it in another way (`&amp;`, `\\u4e2d`), `width` is how many code points it takes there; such a
    piece is replaced whole. What stands in the document between two pieces is markup, and stays; where characters of the
    segment belong to no piece, the markup before the next piece stands for them (a line break).
    """

    start: int
    place: int
    size: int
    width: int = 0

    @property
    def end(self) -> int:
        """Where it ends in the segment."""
        return self.start + self.size

    @property
    def place_end(self) -> int:
        """Where it ends in the document."""
        return self.place + (self.width or self.size)


class Segment(NamedTuple):
    """A stretch of prose that is matched as one: `text`, and where its pieces stand in the document's text.

    `name` is given in containers, where places count in the segment. `source` is the Chinese beside it in bilingual formats.
    `escape` writes new text as the document needs it at a place.
    """

    text: str
    pieces: tuple[Piece, ...]
    name: str | None = None
    source: str | None = None
    escape: Callable[[str, int], str] | None = None
    pairs: "tuple[Pair, ...]" = ()

    def place(self, offset: int, *, end: bool = False) -> int:
        """The place in the document of an offset of the segment; with `end`, of the end of a span."""
        index = bisect_right(self.pieces, offset - 1 if end and offset else offset, key=lambda piece: piece.start) - 1
        piece = self.pieces[max(0, index)]
        if offset >= piece.end:
            return piece.place_end
        return piece.place + (offset - piece.start if not piece.width else 0)

class Writer(Protocol):
    """What a format does with edits of a document: the new file, as bytes."""

    def __call__(self, edits: "list[Edit]", tracking: "Tracking" = ..., /) -> bytes: ...


class Document(NamedTuple):
    """A file that was read. `text` is what places count in; `write` makes the new file from edits in it.

    `write([])` gives the bytes that were read.
    """

    path: str
    text: str
    segments: tuple[Segment, ...]
    write: Writer
    format: str = "text"
    languages: tuple[str, str] = ("zh", "en")

    @property
    def bilingual(self) -> bool:
        """Whether the segments carry their source."""
        return any(segment.source is not None for segment in self.segments)

    @property
    def places(self) -> dict[str, int]:
        """Where each named segment begins in the text; empty for text formats."""
        return {segment.name: segment.pieces[0].place for segment in self.segments if segment.name is not None}

    def sample(self, size: int = 20000) -> str:
        """The first prose of the document, about `size` code points of it."""
        parts = []
        for segment in self.segments:
            parts.append(segment.text[:size])
            size -= len(segment.text)
            if size <= 0:
                break
        return "\n".join(parts)


def whole(text: str) -> Segment:
    """A segment that is all of a text."""
    return Segment(text, (Piece(0, 0, len(text)),))
