"""Offsets to lines and columns and back, in the units of other programs. Only here are UTF-16 units and bytes counted.

| who | line from | column from | unit |
|---|---|---|---|
| text, json, github, SARIF (declared as unicodeCodePoints), checkstyle | 1 | 1 | code points |
| rdjson | 1 | 1 | UTF-8 bytes |
| language server | 0 | 0 | UTF-16 units, or UTF-8 bytes where the editor agrees |

The end of a range is exclusive everywhere.
"""

from enum import StrEnum
from typing import NamedTuple

from glossary.text import LineIndex


class Unit(StrEnum):
    """What a column counts."""

    CODE_POINTS = "utf-32"
    UTF16 = "utf-16"
    UTF8 = "utf-8"

    def size(self, text: str) -> int:
        """How many of these units a text takes."""
        if self is Unit.CODE_POINTS or text.isascii():
            return len(text)
        if self is Unit.UTF8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


class Range(NamedTuple):
    """From a place up to, and without, another."""

    start: Place
    end: Place


class Positions:
    """The places of a text in one unit. CRLF, LF and CR end a line; the line break belongs to the line it ends."""

    def __init__(self, text: str, unit: Unit, lines: LineIndex | None = None) -> None:
        self._text = text
        self._unit = unit
        self._lines = lines or LineIndex(text)
        self._plain = unit is Unit.CODE_POINTS or text.isascii()
        self._last = (0, 0, 0)  # start of a line, an offset in it, the units between: places are asked for in order

    def place(self, offset: int) -> Place:
        """The place of an offset in code points."""
        line, column = self._lines.place(offset)
        if self._plain:
            return Place(line, column)
        start = offset - column + 1
        known_start, known, units = self._last
        if known_start != start or known > offset:
            known, units = start, 0
        units += self._unit.size(self._text[known:offset])
        self._last = (start, offset, units)
        return Place(line, units + 1)

    def range(self, start: int, end: int) -> Range:
        """The range of a span of code points."""
        return Range(self.place(start), self.place(end))

    def offset(self, place: Place) -> int:
        """The offset of a place. What lies past the end of a line, or of the text, is its end; half a character is its start."""
        if place.line > len(self._lines):
            return len(self._text)
        start, end = self._lines.line(max(1, place.line))
        units = max(0, place.column - 1)
        if self._plain:
            return min(start + units, end)
        line = self._text[start:end]
        if self._unit is Unit.UTF8:
            return start + len(line.encode("utf-8", "surrogatepass")[:units].decode("utf-8", "ignore"))
        return start + len(line.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))
