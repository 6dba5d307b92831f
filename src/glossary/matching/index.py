"""The strings of the automaton once more, as a table: for a short text, looking up is done before an automaton is loaded.

What begins and ends at the edges of words is looked up, word after word while anything begins so. The answer is that of the
automaton, less what does not stand at such edges.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Self
from zlib import crc32

from glossary.matching.automaton import Hits
from glossary.patterns import lazy

_EDGE = lazy(rb"[^0-9A-Za-z_\xaa\xb2\xb3\xb5\xb9\xba\xbc-\xbe\xc0-\xd6\xd8-\xf6\xf8-\xff]")  # not alphanumeric in Latin-1


class Index:
    """All strings, a table of their numbers by hash, and a bit for the hash of everything that one of them begins with.

    `table` has number + 1 at the hash of a string or the next free place after it, and 0 where there is none.
    """

    __slots__ = ("beginnings", "offsets", "strings", "table")

    def __init__(
        self, offsets: Sequence[int], strings: bytes | memoryview, table: Sequence[int], beginnings: bytes | memoryview
    ) -> None:
        self.offsets = offsets
        self.strings = strings
        self.table = table
        self.beginnings = beginnings

    @classmethod
    def of(cls, strings: Sequence[bytes]) -> Self:
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
        offsets, strings, table, beginnings = self.offsets, self.strings, self.table, self.beginnings
        last, last_bit = len(table) - 1, 8 * len(beginnings) - 1
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
                place = code & last
                while found := table[place]:
                    if strings[offsets[found - 1] : offsets[found]] == string:
                        hits.append((start, end, found - 1))
                        break
                    place = (place + 1) & last
            start = edge + 1
        return hits


def _edges(data: bytes) -> list[int]:
    return [match.start() for match in _EDGE.finditer(data)]
