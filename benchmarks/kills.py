"""Runs that are killed: a batch run at random moments, then called again; a worker of a Dask cluster in the middle.

Each must end with the very bytes of the undisturbed run.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import batch
import material
import memory
from timing import table

RUNS, CLUSTERS, ROWS = 10, 2, 3_000


def measure() -> list[dict[str, Any]]:
    """One row for each kill: when it was, how many parts were finished, and whether the end is equal."""
    chance = random.Random(time.time_ns())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lists = material.lists(10_000)
        source, _ = batch.written(folder / "in.jsonl", lists, 5_000, ROWS)
        options = (*batch.TERMS, "-t", str(material.term_file(folder / "terms.csv", lists)), "--part-size", "500000", str(source))
        local, dask = ((*batch.WAYS[way], *options) for way in ("2 processes", "Dask, 2 workers"))
        whole = folder / "whole"
        start = time.monotonic()
        _finish([*local, str(whole)])
        seconds = time.monotonic() - start
        expected = _contents(whole)
        rows: list[dict[str, Any]] = []
        while len(rows) < RUNS:
            moment, parts = chance.uniform(0, seconds), chance.randrange(1, len(expected))
            ready = _after(moment) if len(rows) % 2 else _parts(folder / "out", parts)  # start-up too, and while parts are written
            row = _killed("run", folder / "out", [*local], ready, os.kill, expected)
            rows += [row] if row["code"] == -signal.SIGKILL else []  # or it was done by then
        middle = _parts(folder / "out", len(expected) // 2)
        rows += [_killed("worker", folder / "out", [*dask], middle, _kill_worker, expected) for _ in range(CLUSTERS)]
    assert all(row["equal"] for row in rows), rows
    return rows


def _killed(
    what: str, output: Path, command: list[str], ready: Callable[[], bool], kill: Callable[[int, int], None], expected: dict[str, bytes]
) -> dict[str, Any]:
    """Start a run, kill it or a worker once it is ready, let it end or call it again, and compare."""
    shutil.rmtree(output, ignore_errors=True)
    start = time.monotonic()
    process = subprocess.Popen([*command, str(output)], stderr=subprocess.DEVNULL)
    while not ready() and process.poll() is None:
        time.sleep(0.002)
    if process.poll() is None:
        kill(process.pid, signal.SIGKILL)
    moment, finished = time.monotonic() - start, len(_contents(output))
    code = process.wait()
    if what == "run":
        _finish([*command, str(output)])
    return {
        "killed": what, "after_s": moment, "parts_then": finished, "parts": len(expected), "code": code, "seconds": time.monotonic() - start,
        "equal": _contents(output) == expected,
    }  # fmt: skip


def _after(seconds: float) -> Callable[[], bool]:
    due = time.monotonic() + seconds
    return lambda: time.monotonic() >= due


def _parts(output: Path, count: int) -> Callable[[], bool]:
    return lambda: sum(1 for _ in output.glob("part-*")) >= count


def _kill_worker(pid: int, number: int) -> None:
    """Kill the process below another that holds most memory: a worker."""
    os.kill(max((child for child in memory.tree(pid) if child != pid), key=memory.resident), number)


def _finish(command: list[str]) -> None:
    subprocess.run(command, stderr=subprocess.DEVNULL, check=True)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("part-*")}


def show(rows: list[dict[str, Any]]) -> str:
    return table(("killed", "after s", "parts then", "of parts", "exit code", "all s", "equal"), [list(row.values()) for row in rows])


if __name__ == "__main__":
    print(show(measure()))
