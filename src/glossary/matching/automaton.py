"""The one place that knows which Aho-Corasick engine is installed.

daachorse stores its automaton, so a run need not build it. Where it has no wheel, ahocorasick_rs finds the same and is
built at every start. benchmarks/engines.py compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

# (start, end, number of the pattern), overlapping, in bytes of the haystack
Hits = list[tuple[int, int, int]]
_STORED, _BUILT = b"D", b"A"


class Automaton:
    """All occurrences of all patterns in one pass. Patterns must be distinct and not empty."""

    def __init__(self, find: Callable[[bytes], Hits], stored: bytes | memoryview) -> None:
        self.find = find
        self.stored = stored

    @classmethod
    def build(cls, patterns: Sequence[bytes], sample: bytes = b"") -> Automaton:
        """Build from patterns; the place of a pattern in the sequence is its number.

        A sample of the text that will be searched lets the engine lay its states out for it: a fifth faster, same result.
        """
        if not patterns:
            return cls(_nothing, b"")
        try:
            import daachorse
        except ImportError:
            return cls(_ahocorasick(patterns), _BUILT + b"\n".join(patterns))
        engine = daachorse.DoubleArrayAhoCorasick(list(patterns), corpus=[sample] if sample else None)
        return cls(engine.find_overlapping, _STORED + engine.serialize())

    @classmethod
    def load(cls, stored: bytes | memoryview) -> Automaton:
        """Restore from `stored`.

        Raises:
            ValueError: it is damaged, or made by an engine that is not installed.
        """
        if not stored:
            return cls(_nothing, b"")
        kind, rest = bytes(stored[:1]), bytes(memoryview(stored)[1:])
        if kind == _BUILT:
            return cls(_ahocorasick(rest.split(b"\n")), stored)
        try:
            import daachorse
        except ImportError:
            raise ValueError("stored by an engine that is not installed") from None
        return cls(daachorse.DoubleArrayAhoCorasick.deserialize(rest).find_overlapping, stored)


def _nothing(_haystack: bytes) -> Hits:
    return []


def _ahocorasick(patterns: Sequence[bytes]) -> Callable[[bytes], Hits]:
    import ahocorasick_rs

    engine = ahocorasick_rs.BytesAhoCorasick(patterns)

    def find(haystack: bytes) -> Hits:
        return [(start, end, number) for number, start, end in engine.find_matches_as_indexes(haystack, overlapping=True)]

    return find
