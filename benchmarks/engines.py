"""The two engines of matching/automaton.py side by side: python benchmarks/engines.py

Every engine must find the same number of places, which is counted beforehand by the term lists alone.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import material
from timing import table, take_turns

from glossary.matching.anchors import Rarity
from glossary.text import Folded


def measure(counts: tuple[int, ...] = (1_000, 10_000, 100_000), size: int = 2_000_000, rounds: int = 7) -> list[dict[str, Any]]:
    """One row for each engine and number of renderings."""
    import ahocorasick_rs
    import daachorse

    rows = []
    sample = Rarity().sample()
    for count in counts:
        lists = material.lists(count)
        patterns = [text.encode() for text in lists.renderings]
        text, garbles = material.sparse(size, lists)
        data = Folded(text).data
        makers = {
            "daachorse": lambda patterns=patterns: daachorse.DoubleArrayAhoCorasick(patterns),
            "daachorse, laid out for English": lambda patterns=patterns: daachorse.DoubleArrayAhoCorasick(patterns, corpus=[sample]),
            "ahocorasick_rs": lambda patterns=patterns: ahocorasick_rs.BytesAhoCorasick(patterns),
        }
        built, engines = {}, {}
        for name, make in makers.items():
            start = time.process_time()
            engines[name] = make()
            built[name] = time.process_time() - start
        finds = {name: _find(engine, data) for name, engine in engines.items()}
        found = {name: len(find()) for name, find in finds.items()}
        assert len(set(found.values())) == 1 and min(found.values()) >= garbles, found
        times = take_turns(finds, rounds)
        for name, engine in engines.items():
            stored = engine.serialize() if hasattr(engine, "serialize") else b""
            rows.append(
                {
                    "engine": name, "renderings": count, "found": found[name], "build_s": built[name],
                    "mb_per_s": len(data) / times[name] / 1e6, "stored_mb": len(stored) / 1e6 or None,
                    "reload_ms": _reload(stored) if stored else None,
                }
            )  # fmt: skip
    return rows


def _find(engine: Any, data: bytes) -> Callable[[], Any]:
    if hasattr(engine, "find_overlapping"):
        return lambda: engine.find_overlapping(data)
    return lambda: engine.find_matches_as_indexes(data, overlapping=True)


def _reload(stored: bytes) -> float:
    import daachorse

    times = []
    for _ in range(5):
        start = time.process_time()
        daachorse.DoubleArrayAhoCorasick.deserialize(stored)
        times.append(time.process_time() - start)
    return 1000 * statistics.median(times)


def show(rows: list[dict[str, Any]]) -> str:
    head = ("engine", "renderings", "found", "build s", "MB/s", "stored MB", "reload ms")
    return table(head, [list(row.values()) for row in rows])


if __name__ == "__main__":
    print(show(measure()))
