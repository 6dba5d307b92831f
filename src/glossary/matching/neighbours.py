"""What may stand beside an anchor: from the word that does stand there to the patterns that may be there.

A pattern is read around its anchor only where the word beside the anchor belongs to it. A common anchor has a hundred patterns,
so they are not asked one by one: a table by the hash of anchor, side and word gives those few that the word belongs to.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import Self
from zlib import crc32


class Neighbours:
    """The entries of every hash, one hash after the other; those of one hash ascend."""

    __slots__ = ("entries", "offsets")

    def __init__(self, offsets: Sequence[int], entries: Sequence[int]) -> None:
        self.offsets = offsets
        self.entries = entries

    @classmethod
    def of(cls, pairs: Collection[tuple[int, bool, bytes, int]]) -> Self:
        """The table of some pairs: the number of the anchor, whether the word is on its right, the word, and the entry."""
        last = (1 << max(len(pairs) - 1, 1).bit_length() - 1) - 1
        buckets: list[list[int]] = [[] for _ in range(last + 1)]
        for anchor, on_right, word, entry in pairs:
            buckets[crc32(word, 2 * anchor + on_right) & last].append(entry)
        offsets = array("I", accumulate(map(len, buckets), initial=0))
        entries = array("I")
        for bucket in buckets:
            entries.extend(sorted(bucket))
        return cls(offsets, entries)

    def beside(self, anchor: int, on_right: bool, words: Iterable[bytes], of: range) -> list[int]:
        """The entries to which one of some words belongs, of those that the anchor has."""
        offsets, entries = self.offsets, self.entries
        last = len(offsets) - 2
        found = []
        for word in words:
            place = crc32(word, 2 * anchor + on_right) & last
            low, high = offsets[place], offsets[place + 1]
            if low < high:
                found += [entry for entry in entries[low:high] if entry in of]
        return found
