"""Times that can be compared: things take turns, each round in another order, and medians count.

In one process the processor's time is taken, which other programs on the machine disturb least; of whole processes both it
and the time on the clock.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

LONG = 8.0  # seconds
# an installed program has its modules compiled: so has the one that is measured
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Done(NamedTuple):
    """Medians of a process: seconds on the clock and of the processor, and what it printed last."""

    clock: float
    processor: float
    output: bytes


def take_turns(things: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """Median processor seconds of each call."""
    taken: dict[str, list[float]] = {name: [] for name in things}
    names = list(things)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            start = time.process_time()
            things[name]()
            taken[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def processes(commands: Mapping[str, Sequence[str]], rounds: int, folder: Path) -> dict[str, Done]:
    """Run whole processes in turns, each once before to fill its caches. One that takes longer than `LONG` is then run once."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    outputs: dict[str, bytes] = {}
    names = list(commands)
    for number in range(rounds + 1):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            if number > 1 and taken[name][0][0] > LONG:
                continue
            clock, processor, outputs[name] = run(commands[name], folder, (0, 1, 2, 65))
            if number:
                taken[name].append((clock, processor))
    return {name: Done(*(statistics.median(column) for column in zip(*times, strict=True)), outputs[name]) for name, times in taken.items()}


def run(command: Sequence[str], folder: Path, allowed: tuple[int, ...] = (0,)) -> tuple[float, float, bytes]:
    """Clock seconds, processor seconds and output of one process."""
    out = folder / "benchmark.out"
    with out.open("wb") as file:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=file, stderr=subprocess.STDOUT, env=_ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    output = out.read_bytes()
    if process.returncode not in allowed:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{output[-2000:].decode(errors='replace')}")
    return clock, usage.ru_utime + usage.ru_stime, output


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Columns for the terminal; numbers to the right."""
    cells = [list(head), *([_cell(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    formats = ["<", *">" * (len(head) - 1)]
    lines = ["  ".join(f"{cell:{side}{width}}" for cell, side, width in zip(line, formats, widths, strict=True)) for line in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if not isinstance(value, float):
        return str(value)
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"
