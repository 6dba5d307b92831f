"""Patterns too rich to be spelled out: found by an anchor in the automaton, then read to both sides.

An anchor is a run of neighbouring elements, spelled out, that is rare in English. Where it stands, the elements before and
after it are tried on the text; every reading that fits the whole pattern is a match.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from glossary.patterns import lazy
from glossary.termbase.forms import Binding, Word, merged


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


_STRING = 8e-6  # what a string of the automaton costs, against the likelihood that it stands at a place
_decoded = json.JSONDecoder().raw_decode  # json.loads takes three times as long for a short text
_Index = dict[str, list[tuple[str, Binding]]]


class Element:
    """What may stand at a place of a pattern, indexed by the words that its options begin and end with.

    It is given as it is stored, and read when it is first asked: most elements never are.
    """

    __slots__ = ("_by_first", "_by_last", "_stored")

    def __init__(self, stored: str) -> None:
        self._stored = stored
        self._by_first: _Index | None = None
        self._by_last: _Index | None = None

    def beginning(self, word: str) -> Sequence[tuple[str, Binding]]:
        """The options that begin with a word; those that are empty for the empty word."""
        if self._by_first is None:
            self._by_first = _indexed(_decoded(self._stored)[0], 0)
        return self._by_first.get(word, ())

    def ending(self, word: str) -> Sequence[tuple[str, Binding]]:
        """The options that end with a word; those that are empty for the empty word."""
        if self._by_last is None:
            self._by_last = _indexed(_decoded(self._stored)[0], -1)
        return self._by_last.get(word, ())


def _indexed(options: Sequence[tuple[str, Binding]], at: int) -> _Index:
    indexed: _Index = {}
    for option in options:
        indexed.setdefault(option[0].split(" ")[at], []).append(option)
    return indexed


class Elements(dict[int, Element]):
    """The elements by number, each made when it is first asked for from what `stored` gives."""

    def __init__(self, stored: Callable[[int], str]) -> None:
        self._stored = stored

    def __missing__(self, number: int) -> Element:
        element = self[number] = Element(self._stored(number))
        return element


def readings(
    data: str, start: int, end: int, elements: Elements, shape: Sequence[int], first: int, last: int, binding: Binding
) -> list[Reading]:
    """Every way in which a pattern stands around an anchor at `start:end`.

    Args:
        data: folded text.
        elements: what `shape` refers to by number.
        shape: the elements of the pattern; the anchor covers those from `first` up to `last`.
        binding: what the anchor binds.
    """
    lefts = _left(data, start, elements, shape, first - 1)
    if not lefts:
        return []
    found = []
    for high, right in _right(data, end, elements, shape, last):
        for low, left in lefts:
            together = merged((*left, binding, *right))
            if together is not None:
                found.append(Reading(low, high, together))
    return found


_Sides = list[tuple[int, tuple[Binding, ...]]]


def _left(data: str, at: int, elements: Elements, shape: Sequence[int], index: int) -> _Sides:
    """How the elements up to `index` stand before a place: where they begin, and what they bind."""
    if index < 0:
        return [(at, ())]
    element = elements[shape[index]]
    found = _left(data, at, elements, shape, index - 1) if element.ending("") else []
    if not at or data[at - 1] != " ":
        return found
    for word in _endings(data[data.rfind(" ", 0, at - 1) + 1 : at - 1]):
        for text, binding in element.ending(word):
            start = at - 1 - len(text)
            if start >= 0 and data.startswith(text, start) and (start == 0 or not data[start - 1].isalnum()):
                found += [(low, (*bindings, binding)) for low, bindings in _left(data, start, elements, shape, index - 1)]
    return found


def _right(data: str, at: int, elements: Elements, shape: Sequence[int], index: int) -> _Sides:
    """How the elements from `index` on stand behind a place: where they end, and what they bind."""
    if index == len(shape):
        return [(at, ())]
    element = elements[shape[index]]
    found = _right(data, at, elements, shape, index + 1) if element.beginning("") else []
    if data[at : at + 1] != " ":
        return found
    stop = data.find(" ", at + 1)
    for word in _beginnings(data[at + 1 : stop if stop >= 0 else len(data)]):
        for text, binding in element.beginning(word):
            end = at + 1 + len(text)
            if data.startswith(text, at + 1) and (end == len(data) or not data[end].isalnum()):
                found += [(high, (binding, *bindings)) for high, bindings in _right(data, end, elements, shape, index + 1)]
    return found


def _beginnings(word: str) -> Sequence[str]:
    """The word and what of it stands before a mark: "people's" and "people"."""
    if word.isalnum() or not word:
        return (word,) if word else ()
    return [word, *[word[:at] for at in range(1, len(word)) if not word[at].isalnum()]]


def _endings(word: str) -> Sequence[str]:
    """The word and what of it stands after a mark."""
    if word.isalnum() or not word:
        return (word,) if word else ()
    return [word, *[word[at:] for at in range(1, len(word)) if not word[at - 1].isalnum()]]


class Rarity:
    """How likely words are in English, by a table of the common ones: enough to choose good anchors."""

    _RARE, _NUMBER = 2e-6, 1e-3

    def __init__(self) -> None:
        from pathlib import Path

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
        import random

        chance = random.Random(0)
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
    left, right = _edges(reversed(elements[:first]), at=-1), _edges(elements[last:], at=0)
    return Sides(frozenset(map(tail, left)), frozenset(map(head, right)))


def _edges(elements: Iterable[Sequence[Word]], at: int) -> set[bytes]:
    """The first (0) or last (-1) words of what may stand next; none if nothing need stand there.

    What consists of small words and may be missing is passed over, as `following` and `preceding` pass over it.
    """
    words: set[bytes] = set()
    for element in elements:
        words_here = [word.text.encode("latin-1", "replace").split() for word in element]
        if not all(words_here) and all(map(PASSED.issuperset, words_here)):
            continue
        words.update(word.text.split(" ")[at].encode("latin-1", "replace") for word in element if word.text)
        if all(word.text for word in element):
            return words
    return set()


PASSED = frozenset((b"a", b"an", b"and", b"for", b"in", b"of", b"on", b"the", b"to"))
_LONGEST_WORD = 64
_HEAD = lazy(rb"[a-z0-9]{0,64}")
_TAIL = lazy(rb"[a-z0-9]{0,64}\Z")


def head(data: bytes, start: int = 0) -> bytes:
    """The letters and digits that begin at a place: a word up to its first mark."""
    found = _HEAD.match(data, start)
    return found.group() if found else b""


def tail(data: bytes, end: int | None = None) -> bytes:
    """The letters and digits that end at a place: a word after its last mark."""
    end = len(data) if end is None else end
    low = max(0, end - _LONGEST_WORD)
    word = data[max(low, data.rfind(b" ", low, end) + 1) : end]
    if word.isalnum():
        return word
    found = _TAIL.search(word)
    return found.group() if found else b""


def following(data: bytes, end: int) -> tuple[bytes, ...]:
    """The words after a place up to the first that is not small; none if no blank stands there."""
    words: tuple[bytes, ...] = ()
    while data[end : end + 1] == b" ":
        word = head(data, end + 1)
        words += (word,)
        if word not in PASSED:
            break
        end += 1 + len(word)
    return words


def preceding(data: bytes, start: int) -> tuple[bytes, ...]:
    """The words before a place back to the last that is not small; none if no blank stands there."""
    words: tuple[bytes, ...] = ()
    while data[start - 1 : start] == b" ":
        word = tail(data, start - 1)
        words += (word,)
        if word not in PASSED:
            break
        start -= 1 + len(word)
    return words
