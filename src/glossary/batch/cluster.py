"""Where parts are worked on, on several machines: Dask. The compiled term base goes to each worker once, parts as bytes.

Parts are kept by the scheduler until they are done, so those of a worker that is lost are done by another.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator
from typing import Any

from glossary.batch.tables import RawPart
from glossary.batch.work import Outcome, Task, Terms, work
from glossary.errors import UsageError
from glossary.matching.matcher import Matcher
from glossary.termbase.termbase import TermBase

_AHEAD = 3  # parts that wait for each thread of a worker
_NAME = "glossary"


class Cluster:
    """The workers of a Dask scheduler, or of a local cluster that is started for this run."""

    def __init__(self, task: Task, terms: Terms, scheduler: str, count: int) -> None:
        try:
            importlib.import_module("distributed")
        except ImportError:
            raise UsageError("--scheduler needs Dask: pip install 'glossary[dask]'") from None
        self._task, self._terms, self._scheduler, self._count = task, terms, scheduler, count

    def outcomes(self, parts: Iterator[RawPart]) -> Iterator[tuple[RawPart, Outcome]]:
        dask: Any = importlib.import_module("distributed")
        where: Any = self._scheduler
        try:
            if where == "local":
                where = dask.LocalCluster(
                    n_workers=self._count, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR
                )  # fmt: skip
            client = dask.Client(where, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"{self._scheduler}: no Dask scheduler answers here: {error}") from None
        try:
            client.register_plugin(_plugin(self._task, self._terms), name=_NAME)
            running: dict[str, RawPart] = {}
            done = dask.as_completed(loop=client.loop)
            for part in parts:
                future = client.submit(_work, part.data, key=f"{_NAME}-{id(self)}-{part.number}", pure=False)
                running[future.key] = part._replace(data=b"")
                done.add(future)
                while len(running) >= _AHEAD * max(1, sum(client.nthreads().values())):
                    yield self._next(done, running)
            while running:
                yield self._next(done, running)
        finally:
            client.close()
            if self._scheduler == "local":
                where.close()

    def _next(self, done: Any, running: dict[str, RawPart]) -> tuple[RawPart, Outcome]:
        future = next(done)
        part = running.pop(future.key)
        try:
            outcome = future.result()
        except importlib.import_module("distributed.scheduler").KilledWorker:
            raise UsageError(
                f"part {part.number} ended every worker that took it, perhaps for want of memory; run it again to go on, "
                "with more memory for each worker"
            ) from None
        future.release()
        return part, outcome


class _Held:
    """The term base of a worker: what it was sent, instead of files."""

    def __init__(self, matcher: Matcher, termbase: TermBase | None) -> None:
        self.matcher, self.termbase = matcher, termbase


def _plugin(task: Task, terms: Terms) -> Any:
    from distributed import WorkerPlugin

    class Installed(WorkerPlugin):
        """Keeps task and term base on each worker, also on those that come later."""

        def __init__(self) -> None:
            self.task = task
            self.terms = _Held(terms.matcher, terms.termbase if task.do == "score" else None)

    return Installed()


def _work(data: bytes) -> Outcome:
    held: Any = importlib.import_module("distributed").get_worker().plugins[_NAME]
    return work(held.task, held.terms, data)
