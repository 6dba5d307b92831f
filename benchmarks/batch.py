"""Batch runs, as whole processes: one process and two, threads, Dask; start-up, and memory against the number of rows.

Where it is not said otherwise: terms only, 10,000 renderings, one garble in 200 words, all of which must be found.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import material
import memory
from timing import run, table

import glossary

SMALL = ("--part-size", "500000")  # so that the last parts keep all workers busy
TERMS = ("--no-builtin", "--select", "deprecated-term")
COMMAND = (sys.executable, "-W", "ignore", "-m", "glossary", "batch")
# not part of the program, since they measured worse than processes
THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from glossary.batch import run, work
from glossary.cli.main import main
class Threads:
    def __init__(self, task, terms, count):
        terms.matcher
        self.work, self.count = lambda part: (part, work.work(task, terms, part.data)), count
    def outcomes(self, parts):
        with ThreadPoolExecutor(self.count) as pool:
            yield from pool.map(self.work, parts)
run._workers = lambda task, terms, count, scheduler: Threads(task, terms, count)
main()
"""
WAYS: dict[str, Sequence[str]] = {
    "1 process": (*COMMAND, "-j", "1"),
    "2 processes": (*COMMAND, "-j", "2"),
    "2 threads": (sys.executable, "-c", THREADS, "batch", "-j", "2"),
    "Dask, 1 worker": (*COMMAND, "-j", "1", "--scheduler", "local"),
    "Dask, 2 workers": (*COMMAND, "-j", "2", "--scheduler", "local"),
}
LOCAL = ("1 process", "2 processes")
_ONCE = ("Dask, 1 worker", "Dask, 2 workers")  # of several rounds only in the first: they start slowly


class Input(NamedTuple):
    """Rows to check, how, and what must be found if that is known."""

    label: str
    path: Path
    rows: int
    garbles: int | None
    options: tuple[str, ...]
    ways: Sequence[str]
    rounds: int = 1


def measure(full: bool = False) -> list[dict[str, Any]]:
    """One row for each input and way to work; of several rounds the median. Whatever the way, as much is found."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for given in _inputs(folder, full):
            taken: dict[str, list[dict[str, Any]]] = {way: [] for way in given.ways}
            for number in range(given.rounds):
                for way in (*given.ways[number % len(given.ways) :], *given.ways[: number % len(given.ways)]):
                    if not (number and way in _ONCE):
                        taken[way].append(_once(folder, given, WAYS[way]))
            found = {each["findings"] for runs in taken.values() for each in runs}
            assert found == {given.garbles} if given.garbles is not None else len(found) == 1, (found, given)
            assert all(each["rows"] == given.rows for runs in taken.values() for each in runs), given
            for way, runs in taken.items():
                middle = {key: statistics.median(each[key] for each in runs) for key in runs[0]}
                rows.append({"input": given.label, "way": way, "runs": len(runs), **middle})
            print(show(rows[-len(taken) :]), flush=True)
            given.path.unlink()
    return rows


def _once(folder: Path, given: Input, command: Sequence[str]) -> dict[str, Any]:
    output = folder / "out"
    shutil.rmtree(output, ignore_errors=True)
    with memory.watched() as peak:
        clock, processor, _ = run([*command, *given.options, str(given.path), str(output)], folder)
    counts = json.loads((output / "_manifest.json").read_text("utf-8"))["counts"]
    return {"rows": counts["rows"], "findings": counts["findings"], "clock_s": clock, "processor_s": processor, "peak_mib": peak() / 2**20}


def _inputs(folder: Path, full: bool) -> Iterator[Input]:
    lists = material.lists(10_000)
    terms = (*TERMS, "-t", str(material.term_file(folder / "terms.csv", lists)))
    glossary.matcher_from_files(terms[-1], builtin=False)  # from here on both are in the cache
    glossary.matcher_from_files()

    def made(label: str, length: int, count: int, options: tuple[str, ...], ways: Sequence[str], rounds: int = 1) -> Input:
        path, garbles = written(folder / "in.jsonl", lists, length, count)
        return Input(label, path, count, garbles if options[: len(terms)] == terms else None, options, ways, rounds)

    yield made("one row (start-up)", 200, 1, terms, list(WAYS))
    yield made("one row, all rules and built-in terms (start-up)", 200, 1, (), list(WAYS))
    yield made("articles of 5 KB, all rules and built-in terms", 5_000, 3_000, SMALL, list(WAYS), 3)
    yield made("articles of 5 KB", 5_000, 20_000, (*terms, *SMALL), list(WAYS), 3)
    for count in (20_000, 200_000, *((2_000_000,) if full else ())):
        yield made("rows of 200 characters", 200, count, terms, list(WAYS) if count == 200_000 else LOCAL)


def written(path: Path, lists: material.Lists, length: int, count: int) -> tuple[Path, int]:
    """A table of so many texts as JSON Lines, and how many garbles are in it."""
    kinds = [material.sparse(length, lists, seed=seed) for seed in range(min(count, 2_000))]
    garbles = 0
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            kind = kinds[number % len(kinds)]
            garbles += kind.garbles
            out.write(json.dumps({"id": number, "text": kind.text}) + "\n")
    return path, garbles


def show(rows: list[dict[str, Any]]) -> str:
    return table(("input", "way", "runs", "rows", "findings", "clock s", "processor s", "peak MiB"), [list(row.values()) for row in rows])


if __name__ == "__main__":
    print(show(measure("--full" in sys.argv)))
