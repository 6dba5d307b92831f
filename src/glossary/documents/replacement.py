"""Replacements: new text in place of a span of a segment, as its document is to have it, with the markup kept."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from glossary.documents.document import Piece, Segment
from glossary.documents.spread import spread
from glossary.text import Span


class Pair(NamedTuple):
    """Two marks in the document that go with the last word between them: Markdown's `**` may not stand around nothing."""

    opening: Span
    closing: Span


class Replacement(NamedTuple):
    """`text` to stand at a span of the document, or what of it stands at one unbroken stretch."""

    start: int
    end: int
    text: str


def shares(segment: Segment, start: int, end: int, new: str) -> list[Replacement]:
    """`new` in place of a span of the segment, cut at the markup inside it: one share for each stretch between tags."""
    touched = _stretches(segment, start, end)
    alone = len(touched) > 1 and segment.text[touched[-1].start : touched[-1].end].isspace()
    if alone and not new and start and segment.text[start - 1].isspace():
        start, end = start - 1, end - 1  # a deletion takes the blank before: the one behind may stand behind a closing tag
        touched = _stretches(segment, start, end)
    if not touched:
        place = segment.place(start, end=True)
        return [Replacement(place, place, new)]
    low, high = touched[0].start, touched[-1].end  # beyond the span where a piece is replaced whole
    new = segment.text[low:start] + new + segment.text[end:high]
    cuts = [Span(one.end - low, other.start - low) for one, other in pairwise(touched)]
    texts = spread(segment.text[low:high], cuts, new) if cuts else [new]
    return [Replacement(stretch.place, stretch.place_end, text) for stretch, text in zip(touched, texts, strict=True)]


def _stretches(segment: Segment, start: int, end: int) -> list[Piece]:
    """What of the pieces a span touches; pieces that meet in the document are one."""
    found: list[Piece] = []
    for piece in segment.pieces[max(0, bisect_right(segment.pieces, start, key=lambda piece: piece.start) - 1) :]:
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


def placed(segment: Segment, start: int, end: int, new: str, document: str) -> Replacement:
    """`new` in place of a span of the segment, as the document is to have it: escaped, and with the markup kept."""
    if segment.escape is None and len(segment.pieces) == 1:
        place = segment.pieces[0].place - segment.pieces[0].start
        return Replacement(place + start, place + end, new)
    parts: list[Replacement] = []
    for share in shares(segment, start, end, new):
        if parts:
            parts.append(Replacement(parts[-1].end, share.start, document[parts[-1].end : share.start]))
        parts.append(share if segment.escape is None else share._replace(text=segment.escape(share.text, share.start)))
    for pair in sorted(segment.pairs, key=lambda pair: pair.closing.start - pair.opening.end):
        parts = _without(pair, parts)
    return Replacement(parts[0].start, parts[-1].end, "".join(part.text for part in parts))


def _without(pair: Pair, parts: list[Replacement]) -> list[Replacement]:
    """The parts of a replacement without a pair of marks, if they leave nothing between them."""
    low, high = parts[0].start, parts[-1].end
    if pair.opening.end < low or pair.closing.start > high:
        return parts
    fine = [Replacement(pair.opening.start, low, "")] if pair.opening.start < low else []
    for part in parts:
        fine += _cut(part, [*pair.opening, *pair.closing])
    if pair.closing.end > high:
        fine.append(Replacement(high, pair.closing.end, ""))
    between = [part for part in fine if part.start >= pair.opening.end and part.end <= pair.closing.start]
    if any(part.text for part in between) or (pair.opening.end > low and not between):
        return parts
    return [part._replace(text="") if _within(part, pair.opening) or _within(part, pair.closing) else part for part in fine]


def _within(part: Replacement, mark: Span) -> bool:
    return mark.start <= part.start < part.end <= mark.end


def _cut(part: Replacement, places: list[int]) -> list[Replacement]:
    """A part cut at marks inside it: marks stand in markup only, never in new text."""
    edges = [part.start, *(place for place in places if part.start < place < part.end), part.end]
    if len(edges) == 2:
        return [part]
    return [Replacement(low, high, part.text[low - part.start : high - part.start]) for low, high in pairwise(edges)]
