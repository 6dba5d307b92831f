"""A batch run: cut the input into parts, have each worked on, keep each once.

The flow: `tables` cuts, the ledger says which parts are finished, `workers` or `cluster` work on the others, the ledger keeps
them. Only this process writes.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NamedTuple

from glossary.batch.ledger import Ledger
from glossary.batch.tables import RawPart, Table, table_of
from glossary.batch.work import ACTIONS, Task, Terms
from glossary.batch.workers import Processes, ThisProcess, Workers
from glossary.errors import DocumentError, UsageError
from glossary.matching.matcher import Matcher
from glossary.version import VERSION

PART = 4 << 20  # bytes: some 800 articles


class Progress(NamedTuple):
    """How far a run is: the share of the input that is done, parts, and rows of this run and of all."""

    share: float
    parts: int
    rows: int
    total_rows: int


def run_batch(
    input: str | Path,
    output: str | Path,
    task: Task,
    terms: Terms = Terms(),  # noqa: B008
    *,
    workers: int = 1,
    scheduler: str | None = None,
    part_size: int = PART,
    restart: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> dict[str, Any]:
    """Check, fix or score a table of any size, in memory that does not grow with it.

    A run that was stopped goes on where its finished parts end if it is called again in the same way.

    Args:
        input: a table, or a folder of tables of one format: Parquet, JSON Lines (also .gz, .zst), CSV.
        output: a folder, which gets parts in the format of the input and `_manifest.json`.
        task: what to do, and with which columns.
        terms: the term files.
        workers: how many processes; with a scheduler, how many workers a local cluster gets.
        scheduler: `tcp://…` of a Dask scheduler, or `local` for a cluster of Dask on this machine.
        part_size: how many bytes of input are a part.
        restart: forget the finished parts of an earlier run.
        progress: called after each part.

    Returns:
        The manifest.

    Raises:
        UsageError: the table lacks a column, or the folder holds another run.
        DocumentError: the input cannot be read, or the output not be written.
        TermBaseError: a term file cannot be used.
    """
    if task.do not in ACTIONS:
        raise UsageError(f"there is no '{task.do}' to do; known are {', '.join(ACTIONS)}")
    table = table_of(str(input))
    task = replace(task, format=table.format.name, ending=table.ending)
    matcher = terms.matcher
    states = _states(table)
    ledger = Ledger(Path(output), _identity(task, matcher, states, part_size), table.ending, restart=restart)
    started = time.monotonic()
    known = ledger.counts().get("rows", 0)
    count = 0
    latest = 0.0

    def unfinished() -> Iterator[RawPart]:
        nonlocal count, latest
        for part in table.parts(part_size):
            count = part.number + 1
            if part.number in ledger:
                latest = part.share
            else:
                yield part

    for part, outcome in _workers(task, terms, workers, scheduler).outcomes(unfinished()):
        ledger.keep(part.number, part.path, outcome)
        latest = max(latest, part.share)
        if progress is not None:
            rows = ledger.counts()["rows"]
            progress(Progress(latest, len(ledger), rows - known, rows))
    if _states(table) != states:
        raise DocumentError(f"{input}: changed while it was read; do it anew with --restart")
    ledger.forget_from(count)
    versions = {"glossary": VERSION, "python": platform.python_version(), "pandas": importlib.metadata.version("pandas")}
    more = {"versions": versions, "parts": count, "counts": ledger.counts(), "seconds": round(time.monotonic() - started, 1)}
    if task.do == "score":
        more["metrics"] = _scores(ledger)
    return ledger.write_manifest("complete", more)


def _workers(task: Task, terms: Terms, workers: int, scheduler: str | None) -> Workers:
    if scheduler is not None:
        from glossary.batch.cluster import Cluster

        return Cluster(task, terms, scheduler, workers)
    return Processes(task, terms, workers) if workers > 1 else ThisProcess(task, terms)


def _identity(task: Task, matcher: Matcher, states: list[list[Any]], part_size: int) -> dict[str, Any]:
    settings = {key: list(value) if isinstance(value, tuple) else value for key, value in task.settings._asdict().items()}
    settings["severities"] = {key: str(value) for key, value in sorted(task.settings.severities.items())}
    columns = {key: value for key, value in asdict(task).items() if key not in ("settings", "do")}
    return {
        "version": VERSION, "do": task.do, "columns": {**columns, "metrics": list(task.metrics)},
        "settings": {**settings, "digest": hashlib.blake2b(json.dumps(settings).encode(), digest_size=16).hexdigest()},
        "termbase": {"digest": matcher.digest, "concepts": matcher.concept_count, "renderings": matcher.rendering_count},
        "part_size": part_size, "input": states,
    }  # fmt: skip


def _states(table: Table) -> list[list[Any]]:
    """Name, size and date of each file: an input that changes is another input."""
    try:
        return [[path.name, path.stat().st_size, path.stat().st_mtime_ns] for path in table.files]
    except OSError as error:
        raise DocumentError(f"{error.filename}: vanished while it was read; what is finished is kept") from None


def _scores(ledger: Ledger) -> list[dict[str, Any]]:
    """The scores of all rows together, made of their summed statistics as they would be in one run."""
    from glossary.scoring import metrics

    found = []
    for name, sums in ledger.sums().items():
        before, after = (float(metrics.raw_score(name, each)) for each in sums)
        found.append({"name": name, "before": before, "after": after, "delta": after - before, "better": metrics.metric(name).better})
    return found
