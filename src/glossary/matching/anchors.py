"""Anchors: the runs of elements by which the patterns that are too rich to be spelled out are found.

An anchor is a run of neighbouring elements, spelled out, that is rare in English. This is settled once, when a term base is
compiled; `structure` reads the rest of a pattern around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from math import prod
from pathlib import Path
from random import Random
from typing import NamedTuple

from glossary.matching.structure import PASSED, head, tail
from glossary.termbase.bindings import Binding, merged
from glossary.termbase.forms import Word

_STRING = 8e-6  # what a string of the automaton costs, against the likelihood that it stands at a place


class Anchor(NamedTuple):
    """A wording of the elements `first` to `last` (half open) of a pattern, and what it binds."""

    text: str
    first: int
    last: int
    binding: Binding


class Rarity:
    """How likely words are in English, by a table of the common ones: enough to choose good anchors."""

    _RARE, _NUMBER = 2e-6, 1e-3

    def __init__(self) -> None:
        path = Path(__file__).parents[1] / "english" / "frequency.tsv"
        lines = path.read_text("utf-8").splitlines()[1:]
        self._runs: dict[str, float] = {}
        self._elements: dict[int, tuple[Sequence[Word], float]] = {}  # by identity: few are many times in use
        self._likelihood = {word: int(count) / 1e6 for word, count in (line.split("\t") for line in lines)}

    def of(self, text: str) -> float:
        """The likelihood of a run of words."""
        known = self._runs.get(text)
        if known is None:
            known = prod(self._likelihood.get(word, self._NUMBER if word.isdigit() else self._RARE) for word in text.split())
            self._runs[text] = known
        return known

    def of_element(self, element: Sequence[Word]) -> float:
        """The likelihood that one of the words of an element stands at a place."""
        known = self._elements.get(id(element))
        if known is None:
            known = self._elements[id(element)] = element, sum(self.of(word.text) for word in element)
        return known[1]

    def edges(self, words: Iterable[bytes]) -> float:
        """The likelihood that one of some words stands at a place."""
        return sum(self.of(word.decode("latin-1")) for word in words)

    def sample(self) -> bytes:
        """Common words in a fixed random order, each as often as in English: what an automaton is laid out for."""
        chance = Random(0)
        return " ".join(chance.choices(list(self._likelihood), list(self._likelihood.values()), k=50_000)).encode("latin-1", "replace")


def anchors(elements: Sequence[Sequence[Word]], rarity: Rarity, most: int = 2000, longest: int = 5) -> list[Anchor]:
    """The anchors of a pattern: of all runs of elements that begin and end with one that must be there, the one that costs least.

    Every string of the automaton costs a little memory; every place in a text where one stands costs time. How likely a
    run is in a text is the product of how likely its elements are: it need not be spelled out to be weighed.
    """
    likelihoods = [rarity.of_element(element) for element in elements]
    needed = [all(word.text for word in element) for element in elements]
    best: tuple[float, int, int] | None = None
    for first in range(len(elements)):
        if not needed[first]:
            continue
        likelihood, count = 1.0, 1
        for last in range(first + 1, min(len(elements), first + longest) + 1):
            likelihood *= likelihoods[last - 1]
            count *= len(elements[last - 1])
            if count > most and best is not None:
                break
            cost = likelihood + _STRING * count
            if needed[last - 1] and (best is None or cost < best[0]):
                best = (cost, first, last)
    return _spelled(elements[best[1] : best[2]], best[1], best[2]) if best else []


def _spelled(run: Sequence[Sequence[Word]], first: int, last: int) -> list[Anchor]:
    found = []
    for words in product(*run):
        binding = merged(word.binding for word in words if word.binding)
        if binding is not None:
            found.append(Anchor(" ".join(word.text for word in words if word.text), first, last, tuple(binding.items())))
    return found


class Sides(NamedTuple):
    """The edges of the words that may stand left and right of an anchor; none where nothing need stand there."""

    left: frozenset[bytes]
    right: frozenset[bytes]

    def rarer(self, rarity: Rarity) -> Sides:
        """Only the side that is rarer in English."""
        if self.left and (not self.right or rarity.edges(self.left) < rarity.edges(self.right)):
            return Sides(self.left, frozenset())
        return Sides(frozenset(), self.right)


def sides(elements: Sequence[Sequence[Word]], first: int, last: int) -> Sides:
    """What must stand beside the anchors that cover the elements `first` to `last`."""
    left = _edges([[word.text.split()[::-1] for word in element] for element in reversed(elements[:first])])
    right = _edges([[word.text.split() for word in element] for element in elements[last:]])
    return Sides(frozenset(map(tail, left)), frozenset(map(head, right)))


def _edges(elements: Iterable[Sequence[Sequence[str]]]) -> set[bytes]:
    """The nearest words of what may stand next, the elements and their words counted from the anchor; none if nothing need stand there.

    Small words are passed over, as `following` and `preceding` pass over them, unless nothing else comes.
    """
    edges: set[bytes] = set()
    small: set[bytes] = set()  # the last of the small words where there were no others yet
    bare = True  # nothing at all need have come yet
    for element in elements:
        here: set[bytes] = set()
        for words in element:
            encoded = [word.encode("latin-1", "replace") for word in words]
            telling = next((word for word in encoded if word not in PASSED), None)
            if telling is not None:
                edges.add(telling)
            elif encoded:
                here.add(encoded[-1])
        empty = not all(element)
        if not empty and not here:
            return edges
        bare = bare and empty
        small = small | here if empty else here
    return set() if bare else edges | small
