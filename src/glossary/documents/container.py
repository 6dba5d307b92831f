"""Containers: files whose prose stands in many small units. What is checked is the prose alone, unit after unit.

The document's text is the units' text with blank lines between; edits in it are led back to the raw text of the file, so
that everything else in the file stays as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable

from glossary.documents.document import Document, Piece, Segment
from glossary.documents.replacement import placed
from glossary.documents.tracking import Tracking
from glossary.edits import Edit, replay, united

_GAP = "\n\n"


def joined(units: Iterable[Segment]) -> tuple[str, tuple[Segment, ...]]:
    """The text of a container and its segments: each unit whole, under a name of its own."""
    segments = []
    names: Counter[str] = Counter()
    place = 0
    for unit in units:
        name = unit.name or "?"
        names[name] += 1
        if names[name] > 1:
            name = f"{name}#{names[name]}"
        segments.append(Segment(unit.text, (Piece(0, place, len(unit.text)),), name, unit.source))
        place += len(unit.text) + len(_GAP)
    return _GAP.join(segment.text for segment in segments), tuple(segments)


def by_unit(edits: Iterable[Edit], segments: tuple[Segment, ...]) -> dict[int, list[Edit]]:
    """The edits of each unit, by its number, with places that count in the unit."""
    starts = [segment.pieces[0].place for segment in segments]
    found: dict[int, list[Edit]] = {}
    for edit in edits:
        number = bisect_right(starts, edit.start) - 1
        start = starts[number]
        found.setdefault(number, []).append(edit._replace(start=edit.start - start, end=edit.end - start))
    return {number: united(inside) for number, inside in found.items()}


def document(path: str, data: bytes, raw: str, units: list[Segment], encode: Callable[[str], bytes], format: str) -> Document:
    """A container whose file is text: `units` have their pieces in `raw`, and `encode` makes the file of a new raw text."""
    text, segments = joined(units)

    def write(edits: list[Edit], tracking: Tracking = Tracking()) -> bytes:  # noqa: B008
        made = []
        for number, inside in by_unit(edits, segments).items():
            for edit in inside:
                start, end, after = placed(units[number], edit.start, edit.end, edit.after, raw)
                made.append(edit._replace(start=start, end=end, before=raw[start:end], after=after))
        return encode(replay(raw, made)) if made else data

    return Document(path, text, segments, write, format)
