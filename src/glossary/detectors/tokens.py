"""The tokens of a text, numbered, so that what is notable is looked up and repetitions are found at the speed of C."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from glossary.patterns import lazy

_MARKS = ",.;:()\"“”[]!?"
_BLANKS = str.maketrans(_MARKS, " " * len(_MARKS))
_NEWLINE = "."  # a mark: no token is called so
_WORD = lazy(r"[A-Za-z]{2,30}")
_SPREAD = 2654435761  # odd, so that numbers stay distinct in 32 bits; few of their bytes are zero
_MOST = 500_000  # tokens that are remembered


class Vocabulary:
    """What is known of tokens, from one text to the next: a number for each whatever its case, and the notable words in it."""

    def __init__(self, is_notable: Callable[[str], bool]) -> None:
        self._is_notable = is_notable
        self._numbers: dict[str, int] = {}
        self._lower: dict[str, int] = {}
        self._notable: dict[str, list[str]] = {}  # of tokens that have any

    def read(self, tokens: Sequence[str]) -> tuple[array[int], frozenset[str]]:
        """The number of each token, and the notable words, in the letters a to z and the case they stand in."""
        if len(self._numbers) > _MOST:
            self._numbers, self._lower, self._notable = {}, {}, {}  # new ones: tokens of texts under way keep the old
        different = set(tokens)
        for token in different.difference(self._numbers):
            self._learn(token)
        notable = frozenset(word for token in self._notable.keys() & different for word in self._notable[token])
        return array("I", map(self._numbers.__getitem__, tokens)), notable

    def _learn(self, token: str) -> None:
        self._numbers[token] = self._lower.setdefault(token.lower(), (len(self._lower) + 1) * _SPREAD & 0xFFFFFFFF)
        words = [token] if token.isascii() and token.isalpha() and 1 < len(token) <= 30 else _WORD.findall(token)
        if notable := list(filter(self._is_notable, words)):
            self._notable[token] = notable

    @property
    def lower(self) -> Mapping[str, int]:
        """The numbers of the tokens read by now, by their lower case."""
        return self._lower


class Tokens:
    """What stands between blanks and marks in a text, line after line."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._row, self.notable = vocabulary.read(without_marks(text).replace("\n", f" {_NEWLINE} ").split())
        self._numbers = vocabulary.lower

    def repeating_lines(self, longest: int, links: Collection[str]) -> list[int]:
        """The numbers, from 0, of the lines in which a run of tokens stands again, at most `longest` tokens further on.

        Between the run and its repetition there is nothing, or one of the links.
        """
        row, width, size = self._row, self._row.itemsize, len(self._row)
        stored = row.tobytes()
        newline = self._numbers.get(_NEWLINE, 0)
        ends = list(_items(stored, newline.to_bytes(width, sys.byteorder), width)) if newline else []
        joining = {self._numbers.get(link, 0) for link in links}
        whole = int.from_bytes(stored, "little")
        found = set()
        for distance in range(1, min(longest + 1, size)):
            # zero where a token stands again at this distance
            same = (whole ^ whole >> 8 * width * distance).to_bytes(len(stored), "little")
            least = distance if distance < 2 else distance - 1
            done = 0
            for at in _items(same, bytes(width * least), width):
                if at < done or row[at] == newline:
                    continue
                if row[at + least] in joining or same.startswith(bytes(width * distance), width * at):
                    line = bisect_right(ends, at)
                    found.add(line)
                    done = ends[line] if line < len(ends) else size
        return sorted(found)


def without_marks(text: str) -> str:
    """The text with blanks for the marks that end a token."""
    if text.isascii():
        return text.translate(_BLANKS)
    for mark in _MARKS:
        text = text.replace(mark, " ")
    return text


def _items(stored: bytes, wanted: bytes, width: int) -> Iterator[int]:
    """The numbers of the items, each `width` bytes, at which some bytes stand."""
    at = stored.find(wanted)
    while at >= 0:
        if at % width == 0:
            yield at // width
            at = stored.find(wanted, at + width)
        else:
            at = stored.find(wanted, at + width - at % width)
