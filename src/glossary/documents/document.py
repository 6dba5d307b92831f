"""Document and Segment: prose with a map back to the file it came from.

Edits are made in the document's `text`: for text formats that is the decoded file itself, so a place in it is a place in
the file; for containers (docx, xliff) it is the prose that was taken out, and the format writes it back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from glossary.documents.spread import spread
from glossary.findings import Edit
from glossary.text import Span

if TYPE_CHECKING:
    from datetime import datetime


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


class Pair(NamedTuple):
    """Two marks in the document that go with the last word between them: Markdown's `**` may not stand around nothing."""

    opening: Span
    closing: Span


class Replacement(NamedTuple):
    """`text` to stand at a span of the document."""

    start: int
    end: int
    text: str


class Share(NamedTuple):
    """What a replacement makes of one unbroken stretch of the document."""

    start: int
    end: int
    text: str


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
    pairs: tuple[Pair, ...] = ()

    def place(self, offset: int, *, end: bool = False) -> int:
        """The place in the document of an offset of the segment; with `end`, of the end of a span."""
        index = bisect_right(self.pieces, offset - 1 if end and offset else offset, key=lambda piece: piece.start) - 1
        piece = self.pieces[max(0, index)]
        if offset >= piece.end:
            return piece.place_end
        return piece.place + (offset - piece.start if not piece.width else 0)

    def shares(self, start: int, end: int, new: str) -> list[Share]:
        """`new` in place of a span of the segment, cut at the markup inside it: one share for each stretch between tags."""
        touched = self._stretches(start, end)
        alone = len(touched) > 1 and self.text[touched[-1].start : touched[-1].end].isspace()
        if alone and not new and start and self.text[start - 1].isspace():
            start, end = start - 1, end - 1  # a deletion takes the blank before: the one behind may stand behind a closing tag
            touched = self._stretches(start, end)
        if not touched:
            place = self.place(start, end=True)
            return [Share(place, place, new)]
        low, high = touched[0].start, touched[-1].end  # beyond the span where a piece is replaced whole
        new = self.text[low:start] + new + self.text[end:high]
        cuts = [Span(one.end - low, other.start - low) for one, other in pairwise(touched)]
        texts = spread(self.text[low:high], cuts, new) if cuts else [new]
        return [Share(stretch.place, stretch.place_end, text) for stretch, text in zip(touched, texts, strict=True)]

    def _stretches(self, start: int, end: int) -> list[Piece]:
        """What of the pieces a span touches; pieces that meet in the document are one."""
        found: list[Piece] = []
        for piece in self.pieces[max(0, bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1) :]:
            if piece.start >= end:
                break
            if piece.end <= start:
                continue
            if not piece.width:
                low, high = max(start, piece.start), min(end, piece.end)
                piece = Piece(low, piece.place + low - piece.start, high - low)
            if found and found[-1].place_end == piece.place and found[-1].end == piece.start:
                last = found.pop()
                piece = Piece(last.start, last.place, piece.end - last.start, piece.place_end - last.place)
            found.append(piece)
        return found

    def placed(self, start: int, end: int, new: str, document: str) -> Replacement:
        """`new` in place of a span of the segment, as the document is to have it: escaped, and with the markup kept."""
        if self.escape is None and len(self.pieces) == 1:
            place = self.pieces[0].place - self.pieces[0].start
            return Replacement(place + start, place + end, new)
        parts: list[Share] = []
        for share in self.shares(start, end, new):
            if parts:
                parts.append(Share(parts[-1].end, share.start, document[parts[-1].end : share.start]))
            parts.append(share if self.escape is None else share._replace(text=self.escape(share.text, share.start)))
        for pair in sorted(self.pairs, key=lambda pair: pair.closing.start - pair.opening.end):
            parts = _without(pair, parts)
        return Replacement(parts[0].start, parts[-1].end, "".join(part.text for part in parts))


def _without(pair: Pair, parts: list[Share]) -> list[Share]:
    """The parts of a replacement without a pair of marks, if they leave nothing between them."""
    low, high = parts[0].start, parts[-1].end
    if pair.opening.end < low or pair.closing.start > high:
        return parts
    fine = [Share(pair.opening.start, low, "")] if pair.opening.start < low else []
    for part in parts:
        fine += _cut(part, [*pair.opening, *pair.closing])
    if pair.closing.end > high:
        fine.append(Share(high, pair.closing.end, ""))
    between = [part for part in fine if part.start >= pair.opening.end and part.end <= pair.closing.start]
    if any(part.text for part in between) or (pair.opening.end > low and not between):
        return parts
    return [part._replace(text="") if _within(part, pair.opening) or _within(part, pair.closing) else part for part in fine]


def _within(part: Share, mark: Span) -> bool:
    return mark.start <= part.start < part.end <= mark.end


def _cut(part: Share, places: list[int]) -> list[Share]:
    """A part cut at marks inside it: marks stand in markup only, never in new text."""
    edges = [part.start, *(place for place in places if part.start < place < part.end), part.end]
    if len(edges) == 2:
        return [part]
    return [Share(low, high, part.text[low - part.start : high - part.start]) for low, high in pairwise(edges)]


class Tracking(NamedTuple):
    """How a format that can track changes is to write edits; the others write them plainly.

    `accept` writes them plainly here too. `comment` gives the text of a margin comment for an edit, empty for none.
    """

    author: str = "glossary"
    date: datetime | None = None
    accept: bool = False
    comment: Callable[[Edit], str] | None = None


class Writer(Protocol):
    """What a format does with edits of a document: the new file, as bytes."""

    def __call__(self, edits: list[Edit], tracking: Tracking = ..., /) -> bytes: ...


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
