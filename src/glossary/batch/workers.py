"""Where parts are worked on, on this machine: in this process, or in several.

Processes measured better than threads (docs/scale.md): most of the work is Python's own. They share the compiled term base,
which is mapped from the cache.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from glossary.batch.tables import RawPart
from glossary.batch.work import Outcome, Task, Terms, work
from glossary.errors import UsageError

_AHEAD = 2  # parts that wait for each worker: enough to keep it busy, and a bound to memory


class Workers(Protocol):
    """Something that works on parts, and gives each back when it is done, in any order, holding few at a time."""

    def outcomes(self, parts: Iterator[RawPart]) -> Iterator[tuple[RawPart, Outcome]]: ...


class ThisProcess:
    """One part after the other."""

    def __init__(self, task: Task, terms: Terms) -> None:
        self._task, self._terms = task, terms

    def outcomes(self, parts: Iterator[RawPart]) -> Iterator[tuple[RawPart, Outcome]]:
        for part in parts:
            yield part, work(self._task, self._terms, part.data)


class Processes:
    """Several processes, which end with this one however it ends."""

    def __init__(self, task: Task, terms: Terms, count: int) -> None:
        self._task, self._terms, self._count = task, terms, count

    def outcomes(self, parts: Iterator[RawPart]) -> Iterator[tuple[RawPart, Outcome]]:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self._count, context, _start, (self._task, self._terms)) as pool:
            running: dict[Future[Outcome], RawPart] = {}
            try:
                for part in parts:
                    running[pool.submit(_work, part.data)] = part._replace(data=b"")
                    while len(running) >= self._count * _AHEAD:
                        yield from _finished(running)
                while running:
                    yield from _finished(running)
            except BrokenProcessPool:
                raise UsageError("a worker ended early, perhaps for want of memory; run it again to go on, with fewer --workers") from None
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


def _finished(running: dict[Future[Outcome], RawPart]) -> Iterator[tuple[RawPart, Outcome]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield running.pop(future), future.result()


def _start(task: Task, terms: Terms) -> None:
    global _job
    _job = (task, terms)
    threading.Thread(target=_end_with_parent, daemon=True).start()


_job: tuple[Task, Terms]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(data: bytes) -> Outcome:
    return work(*_job, data)
