"""Prose: a segment in the making. A reader says what stands where, in order, and takes the segment."""

from __future__ import annotations

from collections.abc import Callable

from glossary.documents.document import Piece, Segment
from glossary.documents.replacement import Pair
from glossary.text import Span

OBJECT = "\ufffc"  # stands for what is not prose (code, a picture): nothing matches across it


class Prose:
    """Collects the pieces of a segment of a raw text."""

    def __init__(self, raw: str, escape: Callable[[str, int], str] | None = None) -> None:
        self._raw = raw
        self._escape = escape
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._pairs: list[Pair] = []
        self._size = 0

    def plain(self, start: int, end: int, text: str | None = None) -> None:
        """A stretch that reads as it stands, or as another text of the same length (a space for a line break)."""
        if end <= start:
            return
        text = self._raw[start:end] if text is None else text
        if self._pieces and not self._pieces[-1].width and self._pieces[-1].place_end == start and self._pieces[-1].end == self._size:
            last = self._pieces.pop()
            self._pieces.append(Piece(last.start, last.place, last.size + len(text)))
        else:
            self._pieces.append(Piece(self._size, start, len(text)))
        self._add(text)

    def coded(self, start: int, end: int, text: str) -> None:
        """A stretch that is written in a code: an entity, an escape. What stands for nothing is markup."""
        if text:
            self._pieces.append(Piece(self._size, start, len(text), end - start))
            self._add(text)

    def stand_in(self, text: str) -> None:
        """What the markup that follows reads as: a space for a line break, `OBJECT` for code."""
        self._add(text)

    def pair(self, opening: Span, closing: Span) -> None:
        """Two marks that may not stand around nothing."""
        self._pairs.append(Pair(opening, closing))

    def segment(self, name: str | None = None, source: str | None = None) -> Segment | None:
        """The segment; none if there is nothing to read."""
        text = "".join(self._texts)
        if not self._pieces or not any(char.isalnum() for char in text):
            return None
        return Segment(text, tuple(self._pieces), name, source, self._escape, tuple(self._pairs))

    def text(self) -> str:
        """What was collected so far."""
        return "".join(self._texts)

    def _add(self, text: str) -> None:
        self._texts.append(text)
        self._size += len(text)
