"""In one process: find-all and check against the bare automaton, and where the time goes: python benchmarks/throughput.py

`bare` is the engine alone over bytes that are lower-case already. What is found is counted and must be what was put in.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import material
from timing import table, take_turns

import glossary
from glossary.matching.automaton import Automaton
from glossary.text import Folded

TERMS_ONLY = glossary.Settings(select=("deprecated-term",), suppressions=False)


def measure(counts: tuple[int, ...] = (1_000, 10_000, 100_000), size: int = 1_000_000, rounds: int = 7) -> list[dict[str, Any]]:
    """One row for each number of renderings, size of document and kind of quotation mark."""
    rows = []
    for count in counts:
        lists = material.lists(count)
        with tempfile.TemporaryDirectory() as folder:
            matcher = glossary.matcher_from_files(material.term_file(Path(folder) / "terms.csv", lists), builtin=False)
        find = Automaton.build([text.encode() for text in lists.renderings]).find
        for length in (5_000, 256_000):
            for curly in (False, True):
                made = [material.sparse(length, lists, seed=number, curly=curly) for number in range(max(2, size // length))]
                texts = [each.text for each in made]
                garbles = sum(each.garbles for each in made)
                row = _row(texts, matcher, find, rounds)
                matches = sum(len(matcher.matches(text)) for text in texts)
                findings = sum(len(glossary.check(text, matcher, settings=TERMS_ONLY)) for text in texts)
                assert matches == findings == garbles, (matches, findings, garbles)
                rows.append({"renderings": count, "document": length, "text": "curly" if curly else "straight", "found": garbles, **row})
    return rows


def builtin(size: int = 60_000, rounds: int = 3) -> list[dict[str, Any]]:
    """The same with the built-in term base: sparse text is clean articles, dense the garbled ones."""
    matcher = glossary.matcher_from_files()
    find = Automaton.load(matcher._compiled.automaton).find
    clean = "\n\n".join(path.read_text("utf-8") for path in sorted((material.CORPORA / "clean").glob("*.txt")))
    rows = []
    for name, text in (("clean", clean[:size]), ("dense", material.dense(size)[:size])):
        row = _row(_documents(text), matcher, find, rounds)
        rows.append({"renderings": matcher.rendering_count, "document": 5_000, "text": name, "found": len(matcher.matches(text)), **row})
    return rows


def _documents(text: str) -> list[str]:
    parts, length = [[]], 0
    for paragraph in text.split("\n\n"):
        parts[-1].append(paragraph)
        length += len(paragraph)
        if length > 5000:
            parts.append([])
            length = 0
    return ["\n\n".join(part) for part in parts if part]


def _row(texts: list[str], matcher: glossary.Matcher, find: Any, rounds: int) -> dict[str, Any]:
    plain = [text.lower().encode("latin-1", "replace") for text in texts]
    megabytes = sum(map(len, plain)) / 1e6
    times = take_turns(
        {
            "bare": lambda: [find(text) for text in plain],
            "fold": lambda: [Folded(text) for text in texts],
            "matches": lambda: [matcher.matches(text) for text in texts],
            "check_terms": lambda: [glossary.check(text, matcher, settings=TERMS_ONLY) for text in texts],
            "check_all": lambda: [glossary.check(text, matcher) for text in texts],
            "fix": lambda: [glossary.fix(text, matcher) for text in texts],
        },
        rounds,
    )
    speeds = {f"{name}_mb_per_s": megabytes / seconds for name, seconds in times.items() if name in ("bare", "matches", "check_all", "fix")}
    return {**speeds, **{f"{name}_of_bare": times["bare"] / times[name] for name in ("fold", "matches", "check_terms", "check_all")}}


def show(rows: list[dict[str, Any]]) -> str:
    speeds = ("bare MB/s", "matches", "check", "fix")
    head = ("renderings", "document", "text", "found", *speeds, "fold/bare", "matches/bare", "terms/bare", "all/bare")
    return table(head, [list(row.values()) for row in rows])


if __name__ == "__main__":
    print(show(measure()))
    print()
    print(show(builtin()))
