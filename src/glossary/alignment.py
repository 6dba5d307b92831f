"""Which part of the hypothesis answers to which part of the reference and of the source.

Line by line where the counts agree and nothing says otherwise; then paragraphs, then sentences, aligned by the words they share
(by length where one side is Chinese); the whole document where neither fits. What was merged is told, never hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from glossary.errors import UsageError
from glossary.patterns import lazy

By = Literal["lines", "paragraphs", "sentences", "document"]
Span = tuple[int, int]
Weigh = Literal["words", "length"]  # what two units have in common is counted in

_BLANK_LINE = lazy(r"\n[ \t\r]*\n\s*")
_SENTENCE = lazy(r"(?:[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|[。！？][”’」』]?)")
_ABBREVIATION = lazy(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|No|Nos|St|vs|e\.g|i\.e|[A-Z])\.\s*$")
_WORD = lazy(r"[\u4e00-\u9fff]|[^\W_]+")
_EMPTY = frozenset("a an the and or of in on at to for by with from as is are was were be been it its this that he she they".split())

# (units of one side, units of the other) that may answer to each other
_BEADS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 0), (0, 1))
_BAND = 30
_CELLS = 250_000  # steps of the dynamic programme beyond which a text is too long to align
_MERGE = 0.12  # what each unit more in a bead costs, as a share of its words
_DOUBT, _SLIP = 0.15, 0.8  # how much likelier a neighbour must be, line by line, and over a stretch, to be believed
_LEAST = 0.2


class Alignment(NamedTuple):
    """For each row the units of each text, as half-open ranges; the spans that the ranges count; what was merged, in words."""

    by: By
    spans: list[list[Span]]
    rows: list[tuple[Span, ...]]
    notes: tuple[str, ...]


def lines(text: str) -> list[Span]:
    """The spans of the lines of a text, without their line breaks; a line break at the end begins no line."""
    spans = []
    start = 0
    while (end := text.find("\n", start)) >= 0:
        spans.append((start, end))
        start = end + 1
    return [*spans, (start, len(text))] if start < len(text) else spans


def paragraphs(text: str) -> list[Span]:
    """The stretches between blank lines; where there are none, the lines."""
    if not _BLANK_LINE.search(text.strip()):
        return [span for span in lines(text) if text[slice(*span)].strip()]
    spans = []
    start = 0
    for match in _BLANK_LINE.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    return [span for span in (*spans, (start, len(text))) if text[slice(*span)].strip()]


def sentences(text: str) -> list[Span]:
    """The sentences of a text, each inside one paragraph."""
    spans = []
    for low, high in paragraphs(text):
        start = low
        for match in _SENTENCE.finditer(text, low, high):
            if not _ABBREVIATION.search(text, max(low, match.start() - 8), match.end()):
                spans.append((start, match.end()))
                start = match.end()
        spans.append((start, high))
    return [span for span in spans if text[slice(*span)].strip()]


_SPLITS: dict[By, Callable[[str], list[Span]]] = {"lines": lines, "paragraphs": paragraphs, "sentences": sentences}


def align(english: Mapping[str, str], chinese: str | None, by: By | None = None) -> Alignment:
    """Align texts into rows.

    Args:
        english: the texts in English by their names, the reference first; every row has a part of each.
        chinese: the source, if there is one.
        by: the units to align; the first that fit if None.

    Raises:
        UsageError: lines are asked for and their counts differ, or a text is too long to align otherwise.
    """
    names = [*english, *(["source"] if chinese is not None else [])]
    texts = [*english.values(), *([chinese] if chinese is not None else [])]
    weighs: list[Weigh] = ["words"] * len(english)
    if chinese is not None:
        weighs.append("length")
    if by in (None, "lines"):
        found = _by_lines(texts, weighs, strict=by == "lines")
        if found is not None:
            return found
    for unit in ("paragraphs", "sentences"):
        if by in (None, unit):
            found = _by_units(names, texts, weighs, unit, strict=by is not None)
            if found is not None:
                return found
    spans = [[(0, len(text))] for text in texts]
    notes = () if by else ("the texts share no order of lines, paragraphs or sentences",)
    return Alignment("document", spans, [((0, 1),) * len(texts)], notes)


def _by_lines(texts: Sequence[str], weighs: Sequence[Weigh], strict: bool) -> Alignment | None:
    """Line by line, with blank lines or, if only that fits, without."""
    spans = [lines(text) for text in texts]
    full = [[span for span in found if text[slice(*span)].strip()] for text, found in zip(texts, spans, strict=True)]
    for found in (spans, full):
        if len({len(each) for each in found}) > 1:
            continue
        if strict or not any(_slipped(texts, found, other) for other in range(1, len(texts)) if weighs[other] == "words"):
            return Alignment("lines", found, [((n, n + 1),) * len(texts) for n in range(len(found[0]))], ())
    if strict:
        counts = ", ".join(str(len(found)) for found in full)
        raise UsageError(f"the texts have {counts} lines; lines are aligned one by one, so leave --align out or choose paragraphs")
    return None


def _slipped(texts: Sequence[str], spans: Sequence[list[Span]], other: int) -> bool:
    """Whether over some stretch the lines are clearly more like their partners' neighbours than like their partners."""
    first = [_words(texts[0][slice(*span)]) for span in spans[0]]
    second = [_words(texts[other][slice(*span)]) for span in spans[other]]
    likeness = [_dice(one, two) for one, two in zip(first, second, strict=True)]
    for step in (1, -1):
        run = 0.0
        for n, words in enumerate(first):
            beside = n + step
            known = len(words) > 3 and 0 <= beside < len(second)
            run = max(0.0, run + (_dice(words, second[beside]) - likeness[n] if known else 0.0) - _DOUBT)
            if run > _SLIP:
                return True
    return False


def _by_units(names: Sequence[str], texts: Sequence[str], weighs: Sequence[Weigh], unit: By, strict: bool) -> Alignment | None:
    """Units aligned with those of the first text, then reduced to the borders that all texts share."""
    spans = [_SPLITS[unit](text) for text in texts]
    units = [[text[slice(*span)] for span in found] for text, found in zip(texts, spans, strict=True)]
    if not all(units):
        return None
    borders: list[dict[int, int]] = []
    for other, weigh in zip(units[1:], weighs[1:], strict=True):
        if other == units[0] or (len(other) == len(units[0]) and weigh == "length"):
            borders.append({n: n for n in range(len(other) + 1)})
            continue
        found = _path(units[0], other, weigh)
        if found is None:
            if strict:
                raise UsageError(f"the texts are too long to align by {unit}; give files that are aligned line by line")
            return None
        borders.append(dict(found))
    shared = sorted(set(range(len(units[0]) + 1)).intersection(*borders))
    rows = [((low, high), *((border[low], border[high]) for border in borders)) for low, high in pairwise(shared)]
    if not strict and not _fits(units, rows, weighs):
        return None
    return Alignment(unit, spans, rows, tuple(_notes(names, rows, unit)))


def _fits(units: Sequence[Sequence[str]], rows: Sequence[tuple[Span, ...]], weighs: Sequence[Weigh]) -> bool:
    """Whether the rows are not much coarser than the units, and their texts have words in common."""
    if len(rows) < 0.5 * min(map(len, units)) or len(rows) < min(2, max(map(len, units))):
        return False
    for other in range(1, len(units)):
        if weighs[other] == "words":
            likeness = [
                _dice(_words(" ".join(units[0][slice(*row[0])])), _words(" ".join(units[other][slice(*row[other])]))) for row in rows
            ]  # fmt: skip
            if sum(likeness) < _LEAST * len(likeness):
                return False
    return True


def _notes(names: Sequence[str], rows: Sequence[tuple[Span, ...]], unit: By) -> Iterator[str]:
    """What was merged: every row that is not one unit of each text."""
    for number, row in enumerate(rows, 1):
        if any(high - low != 1 for low, high in row):
            parts = ("none" if low == high else str(low + 1) if high - low == 1 else f"{low + 1}-{high}" for low, high in row)
            told = ", ".join(f"{part} of the {name}" for part, name in zip(parts, names, strict=True))
            yield f"row {number}: {unit} {told}"


def _words(text: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(text.lower()) if word not in _EMPTY)


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _path(first: Sequence[str], second: Sequence[str], weigh: Weigh) -> list[tuple[int, int]] | None:
    """The borders of the best alignment, (place in the first, place in the second). None if it would take too long.

    A bead is worth the words that its sides share, less a part of the words of what it merges.
    """
    rows, columns = len(first), len(second)
    band = _BAND + abs(rows - columns)
    if rows * min(columns, 2 * band) * len(_BEADS) > _CELLS * 8:
        return None
    if weigh == "words":
        one, other = list(map(_words, first)), list(map(_words, second))
        sizes, others = [words.total() for words in one], [words.total() for words in other]
    else:
        one = other = []
        sizes, others = [len(_WORD.findall(text)) for text in first], [len(_WORD.findall(text)) for text in second]
        scale = sum(sizes) / max(1, sum(others))
        others = [size * scale for size in others]  # type: ignore[misc]
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for row in range(rows + 1):
        middle = row * columns // max(1, rows)
        for column in range(max(0, middle - band), min(columns, middle + band) + 1):
            top: tuple[float, int, int] | None = best.get((row, column)) if row == column == 0 else None
            for down, right in _BEADS:
                before = best.get((row - down, column - right))
                if before is None or row < down or column < right:
                    continue
                size = sum(sizes[row - down : row]), sum(others[column - right : column])
                if not (down and right):
                    value = -0.5
                elif weigh == "words":
                    left, beside = _sum(one[row - down : row]), _sum(other[column - right : column])
                    value = (left & beside).total() - _MERGE * (down + right - 2) * sum(size) / 2
                else:
                    value = min(size) - _MERGE * (down + right - 2) * sum(size) / 2
                if top is None or before[0] + value > top[0]:
                    top = (before[0] + value, down, right)
            if top is not None:
                best[row, column] = top
    place = (rows, columns)
    borders = [place]
    while place != (0, 0):
        _, down, right = best[place]
        place = (place[0] - down, place[1] - right)
        borders.append(place)
    borders.reverse()
    # a unit that answers to nothing joins the row before it, at the very start the row after it
    return [(0, 0), *((low, high) for low, high in dict(borders).items() if low)]


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    parts = list(counters)
    return parts[0] if len(parts) == 1 else sum(parts, Counter())
