"""The strings of the automaton once more, as a table: for a short text, looking up is done before an automaton is loaded.

What begins and ends at the edges of words is looked up, word after word while anything begins so. The answer is that of the
automaton, less what does not stand at such edges.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

from glossary.matching.automaton import Hits
from glossary.patterns import lazy

_EDGE = lazy(rb"[^0-9A-Za-z_\xaa\xb2\xb3\xb5\xb9\xba\xbc-\xbe\xc0-\xd6\xd8-\xf6\xf8-\xff]")  # not alphanumeric in Latin-1


class Index(NamedTuple):
    """All strings, a table of their numbers by hash, and a bit for the hash of everything that one of them begins with."""

    offsets: Sequence[int]
    strings: bytes | memoryview
    table: Sequence[int]  # number + 1 at the hash of a string or the next free place after it; 0 where there is none
    beginnings: bytes | memoryview

    @classmethod
    def of(cls, strings: Sequence[bytes]) -> Index:
        """The index of some strings; the place of each is its number."""
        offsets = array("I", [0])
        size = 1 << (2 * len(strings) + 2).bit_length()
        table = array("I", bytes(4 * size))
        bits = bytearray(size)
        for number, string in enumerate(strings):
            offsets.append(offsets[-1] + len(string))
            place = crc32(string) & (size - 1)
            while table[place]:
                place = (place + 1) & (size - 1)
            table[place] = number + 1
            for end in (0, *_edges(string), len(string)):
                bit = crc32(string[:end]) & (8 * size - 1)
                bits[bit >> 3] |= 1 << (bit & 7)
        return cls(offsets, b"".join(strings), table, bytes(bits))

    def find(self, data: bytes) -> Hits:
        """Every string that stands in the data from the edge of a word to the edge of a word."""
        beginnings, last_bit = self.beginnings, 8 * len(self.beginnings) - 1
        edges = [*_edges(data), len(data)]
        hits: Hits = []
        start = 0
        for first, edge in enumerate(edges):
            for at in range(first, len(edges)):
                end = edges[at]
                string = data[start:end]
                code = crc32(string)
                bit = code & last_bit
                if not beginnings[bit >> 3] >> (bit & 7) & 1:
                    break
                number = self._number(code, string)
                if number is not None:
                    hits.append((start, end, number))
            start = edge + 1
        return hits

    def _number(self, code: int, string: bytes) -> int | None:
        last = len(self.table) - 1
        place = code & last
        while found := self.table[place]:
            if self.strings[self.offsets[found - 1] : self.offsets[found]] == string:
                return found - 1
            place = (place + 1) & last
        return None


def _edges(data: bytes) -> Iterable[int]:
    return (match.start() for match in _EDGE.finditer(data))
