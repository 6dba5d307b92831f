"""Units: the lines, paragraphs or sentences of a text, with what the fix made of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from glossary.edits import Edit, Revision, Skipped

_BREAKS = str.maketrans("\r\n\t", "   ")


class Unit(NamedTuple):
    """A stretch of a text, without line breaks, and what became of it. Places of edits are code points of `text`."""

    text: str
    fixed: str
    edits: tuple[Edit, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True)
class Projection:
    """Leads places of a text before its edits to places after them."""

    edits: Sequence[Edit]
    starts: Sequence[int]
    shifts: Sequence[int]

    @classmethod
    def of(cls, edits: Sequence[Edit]) -> Projection:
        """The projection of edits that ascend and are disjoint."""
        shifts = [0]
        for edit in edits:
            shifts.append(shifts[-1] + len(edit.after) - (edit.end - edit.start))
        return cls(edits, [edit.start for edit in edits], shifts)

    def place(self, offset: int) -> int:
        """The place after the edits; from inside an edit, the end of its replacement."""
        index = bisect_right(self.starts, offset - 1)
        if index and offset < self.edits[index - 1].end:
            return self.edits[index - 1].end + self.shifts[index]
        return offset + self.shifts[index]


def cut(revision: Revision, spans: Iterable[tuple[int, int]]) -> Iterator[Unit]:
    """A revision in units at these ascending spans of its text before. An edit that runs over a border belongs where it starts."""
    projection = Projection.of(revision.applied)
    starts = projection.starts
    places = [item.edit.start for item in revision.skipped]
    for start, end in spans:
        text = revision.before[start:end].translate(_BREAKS).rstrip()
        fixed = revision.after[projection.place(start) : projection.place(end)].translate(_BREAKS).rstrip()
        edits = revision.applied[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
        skipped = revision.skipped[bisect_right(places, start - 1) : bisect_right(places, end - 1)]
        yield Unit(
            text, fixed,
            tuple(_moved(edit, -start) for edit in edits),
            tuple(Skipped(_moved(item.edit, -start), item.reason) for item in skipped),
        )  # fmt: skip


def read(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The stretches of a text at these spans, without line breaks, with a space between."""
    return " ".join(text[start:end].translate(_BREAKS).rstrip() for start, end in spans)


def merged(units: Sequence[Unit]) -> Unit:
    """Several units as one, with a space between."""
    edits: list[Edit] = []
    skipped: list[Skipped] = []
    shift = 0
    for unit in units:
        edits += [_moved(edit, shift) for edit in unit.edits]
        skipped += [Skipped(_moved(item.edit, shift), item.reason) for item in unit.skipped]
        shift += len(unit.text) + 1
    return Unit(" ".join(unit.text for unit in units), " ".join(unit.fixed for unit in units), tuple(edits), tuple(skipped))


def _moved(edit: Edit, by: int) -> Edit:
    return edit._replace(start=edit.start + by, end=edit.end + by)
