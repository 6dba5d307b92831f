"""Patterns too rich to be spelled out: found by an anchor in the automaton, then read to both sides.

An anchor is a run of neighbouring elements, spelled out, that is rare in English. Where it stands, the elements before and
after it are tried on the text; every reading that fits the whole pattern is a match.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from glossary.termbase.forms import Binding, Word, merged

Elements = Sequence[Sequence[tuple[str, Binding]]]


class Reading(NamedTuple):
    """A place in folded text that a whole pattern fits, and what its words bind."""

    start: int
    end: int
    binding: dict[str, str]


class Anchor(NamedTuple):
    """A wording of the elements `first` to `last` (half open) of a pattern, and what it binds."""

    text: str
    first: int
    last: int
    binding: Binding


def readings(data: str, start: int, end: int, elements: Elements, first: int, last: int, binding: Binding) -> list[Reading]:
    """Every way in which a pattern stands around an anchor at `start:end`, which covers the elements `first` to `last`."""
    lefts = list(_left(data, start, elements, first - 1))
    if not lefts:
        return []
    found = []
    for high, right in _right(data, end, elements, last):
        for low, left in lefts:
            together = merged((*left, binding, *right))
            if together is not None:
                found.append(Reading(low, high, together))
    return found


def _left(data: str, at: int, elements: Elements, index: int) -> Iterator[tuple[int, tuple[Binding, ...]]]:
    if index < 0:
        yield at, ()
        return
    for text, binding in elements[index]:
        if not text:
            yield from _left(data, at, elements, index - 1)
            continue
        start = at - 1 - len(text)
        if start >= 0 and data[at - 1] == " " and data.startswith(text, start) and (start == 0 or not data[start - 1].isalnum()):
            for low, bindings in _left(data, start, elements, index - 1):
                yield low, (*bindings, binding)


def _right(data: str, at: int, elements: Elements, index: int) -> Iterator[tuple[int, tuple[Binding, ...]]]:
    if index == len(elements):
        yield at, ()
        return
    for text, binding in elements[index]:
        if not text:
            yield from _right(data, at, elements, index + 1)
            continue
        end = at + 1 + len(text)
        if data.startswith(text, at + 1) and data[at] == " " and (end == len(data) or not data[end].isalnum()):
            for high, bindings in _right(data, end, elements, index + 1):
                yield high, (binding, *bindings)


class Rarity:
    """How likely a word is in English, guessed from how often the term base uses it: enough to choose good anchors."""

    _COMMON = frozenset(
        (
            "a an the of and to in for on with by at from as or be is are was were it its this that these those all our their we "
            "they his her work people new good well do does make take go come up out one two three four five six seven eight "
            "nine ten not no more"
        ).split()
    )

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self._total = sum(counts.values()) + 1

    def of(self, text: str) -> float:
        """The likelihood of a run of words."""
        likelihood = 1.0
        for word in text.split():
            likelihood *= 0.02 if word in self._COMMON else (self._counts.get(word, 0) + 1) / self._total
        return likelihood


def anchors(elements: Sequence[Sequence[Word]], rarity: Rarity, most: int = 150, longest: int = 3) -> list[Anchor]:
    """The anchors of a pattern: of all runs of elements that must be there, the one whose wordings are rarest together."""
    best: tuple[float, list[Anchor]] | None = None
    size = len(elements)
    for first in range(size):
        for last in range(first + 1, min(size, first + longest) + 1):
            run = elements[first:last]
            if any(not word.text for element in run for word in element):
                break
            count = 1
            for element in run:
                count *= len(element)
            if count > most and best is not None:
                break
            found = _spelled(run, first, last)
            cost = sum(rarity.of(anchor.text) for anchor in found) + 1e-7 * len(found)
            if best is None or cost < best[0]:
                best = (cost, found)
    return best[1] if best else []


def _spelled(run: Sequence[Sequence[Word]], first: int, last: int) -> list[Anchor]:
    found = []
    for words in product(*run):
        binding = merged(word.binding for word in words)
        if binding is not None:
            found.append(Anchor(" ".join(word.text for word in words), first, last, tuple(binding.items())))
    return found
