"""What may stand beside an anchor: a filter that answers in a moment, and never says no to what is there.

A pattern is read around its anchor only where the word beside the anchor can belong to it. The pairs of anchor and word
are kept as hashed bits: some eight bits a pair, so that one place in ten is read in vain.
"""

from __future__ import annotations

from collections.abc import Collection
from zlib import crc32


class Neighbours:
    """Pairs of an anchor, or of a pattern, by number, and a word on one side of it."""

    __slots__ = ("_mask", "bits")

    def __init__(self, bits: bytes | memoryview) -> None:
        self.bits = bits
        self._mask = 8 * len(bits) - 1

    @classmethod
    def of(cls, pairs: Collection[tuple[int, bool, bytes]]) -> Neighbours:
        """The set of some pairs: number, whether the word is on the right, the word."""
        bits = bytearray(1 << max(len(pairs) - 1, 1).bit_length())
        mask = 8 * len(bits) - 1
        for number, on_right, word in pairs:
            place = crc32(word, 2 * number + on_right) & mask
            bits[place >> 3] |= 1 << (place & 7)
        return cls(bytes(bits))

    def may_stand(self, number: int, on_right: bool, words: tuple[bytes, ...]) -> bool:
        """Whether one of some words may stand on this side."""
        for word in words:
            place = crc32(word, 2 * number + on_right) & self._mask
            if self.bits[place >> 3] >> (place & 7) & 1:
                return True
        return False
