"""Patterns too rich to be spelled out: found by an anchor in the automaton (`anchors`), then read to both sides.

Where an anchor stands, the elements before and after it are tried on the text; every reading that fits the whole pattern
is a match.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from glossary.patterns import lazy
from glossary.storage import packed, unpacked
from glossary.termbase.bindings import Binding, merged


class Reading(NamedTuple):
    """A place in folded text that a whole pattern fits, and what its words bind."""

    start: int
    end: int
    binding: dict[str, str]


_Index = dict[str, list[tuple[str, Binding]]]


class Element:
    """What may stand at a place of a pattern, indexed by the words that its options begin and end with.

    It is given as `stored` makes it, and unpacked when a word is asked for that stands in it: most elements never are.
    """

    __slots__ = ("_by_first", "_by_last", "_stored", "optional")

    def __init__(self, stored: bytes) -> None:
        self.optional = stored[0] != 0  # whether nothing need stand there
        self._stored = stored
        self._by_first: _Index | None = None
        self._by_last: _Index | None = None

    @staticmethod
    def stored(options: Iterable[tuple[str, Binding]]) -> bytes:
        """Texts and what they bind, as bytes."""
        options = list(options)
        return bytes([not all(text for text, _ in options)]) + packed(options)

    def beginning(self, word: str) -> Sequence[tuple[str, Binding]]:
        """The options that begin with a word."""
        if self._by_first is None:
            if word.encode() not in self._stored:
                return ()
            self._by_first = self._indexed(0)
        return self._by_first.get(word, ())

    def ending(self, word: str) -> Sequence[tuple[str, Binding]]:
        """The options that end with a word."""
        if self._by_last is None:
            if word.encode() not in self._stored:
                return ()
            self._by_last = self._indexed(-1)
        return self._by_last.get(word, ())

    def _indexed(self, at: int) -> _Index:
        indexed: _Index = {}
        for option in unpacked(self._stored[1:]):
            indexed.setdefault(option[0].split(" ")[at], []).append(option)
        return indexed


class Elements(dict[int, Element]):
    """The elements by number, each made when it is first asked for from what `stored` gives."""

    def __init__(self, stored: Callable[[int], bytes]) -> None:
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
    found = _left(data, at, elements, shape, index - 1) if element.optional else []
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
    found = _right(data, at, elements, shape, index + 1) if element.optional else []
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


PASSED = frozenset((b"a", b"an", b"and", b"for", b"in", b"of", b"on", b"the", b"to"))
_LONGEST_WORD = 64
_BLANK = 0x20
_HEAD = lazy(rb"[a-z0-9]{0,64}")
_TAIL = lazy(rb"[a-z0-9]{0,64}\Z")


def head(data: bytes, start: int = 0) -> bytes:
    """The letters and digits that begin at a place: a word up to its first mark."""
    stop = data.find(b" ", start, start + _LONGEST_WORD)
    word = data[start:stop] if stop >= 0 else data[start : start + _LONGEST_WORD]
    if word.isalnum():
        return word
    found = _HEAD.match(word)
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
    size = len(data)
    while end < size and data[end] == _BLANK:
        word = head(data, end + 1)
        words += (word,)
        if word not in PASSED:
            break
        end += 1 + len(word)
    return words


def preceding(data: bytes, start: int) -> tuple[bytes, ...]:
    """The words before a place back to the last that is not small; none if no blank stands there."""
    words: tuple[bytes, ...] = ()
    while start and data[start - 1] == _BLANK:
        word = tail(data, start - 1)
        words += (word,)
        if word not in PASSED:
            break
        start -= 1 + len(word)
    return words
