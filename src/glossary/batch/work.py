"""What is done with a part: rows in, rows and counts out, the same on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from glossary.batch.tables import UNREADABLE, part_of
from glossary.errors import GlossaryError
from glossary.frames import check_frame, fix_frame, require_columns, text_error
from glossary.matching.cache import matcher_from_files
from glossary.matching.matcher import Matcher
from glossary.settings import Settings
from glossary.termbase.files import load
from glossary.termbase.termbase import TermBase

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Terms:
    """Where a worker gets the term base from; it is read when it is first needed and then kept."""

    paths: tuple[str, ...] = ()
    builtin: bool = True

    def __reduce__(self) -> tuple[Any, ...]:
        return Terms, (self.paths, self.builtin)  # a process reads them itself: the compiled form is mapped from the cache

    @cached_property
    def matcher(self) -> Matcher:
        """For a check and a fix."""
        return matcher_from_files(*self.paths, builtin=self.builtin)

    @cached_property
    def termbase(self) -> TermBase:
        """For scoring, which looks at the approved forms too."""
        return load(*self.paths, builtin=self.builtin)


@dataclass(frozen=True)
class Task:
    """What to do with every part, and with which columns."""

    do: str
    text: str = "text"
    hypothesis: str = "hypothesis"
    reference: str = "reference"
    source: str | None = None
    fixed: str | None = None
    metrics: tuple[str, ...] = ("BLEU", "chrF2")
    keep_text: bool = False
    settings: Settings = field(default_factory=Settings)
    format: str = "jsonl"
    ending: str = ".jsonl"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are worked on."""
        if self.do == "score":
            return tuple(name for name in (self.hypothesis, self.reference, self.source, self.fixed) if name is not None)
        return (self.text,)


class Outcome(NamedTuple):
    """A part that is done: the file to write, and counts that add up over parts."""

    data: bytes
    counts: dict[str, int]
    sums: dict[str, tuple[list[float], list[float]]]


def work(task: Task, terms: Terms, data: bytes) -> Outcome:
    """Do the task with a part.

    Raises:
        UsageError: the part lacks a column that is worked on.
    """
    part = part_of(data, task.format, task.ending)
    frame = part.frame()
    unreadable = frame[UNREADABLE].tolist() if UNREADABLE in frame.columns else [None] * len(frame)
    readable = [number for number, error in enumerate(unreadable) if error is None]
    if readable:
        require_columns(frame, *task.columns)
    rows, sums = ACTIONS[task.do](frame.iloc[readable], task, terms)
    results = rows.reindex(range(len(frame))).astype(object)
    results = results.where(results.notna(), None)
    for number, error in enumerate(unreadable):
        if error is not None:
            results.at[number, "error"] = error
    counts = Counter(rows=len(frame), errors=sum(error is not None for error in results["error"]))
    for column in ("findings", "applied", "skipped"):
        if column in results.columns:
            counts[column] = sum(len(cell) for cell in results[column] if cell is not None)
    if "applied" in results.columns:
        counts["changed"] = sum(bool(cell) for cell in results["applied"])
    return Outcome(part.joined(results, () if task.keep_text else task.columns), dict(counts), sums)


_Sums = dict[str, tuple[list[float], list[float]]]


def _check(frame: pd.DataFrame, task: Task, terms: Terms) -> tuple[pd.DataFrame, _Sums]:
    return check_frame(_at_least(frame, task), task.text, termbase=terms.matcher, settings=task.settings), {}


def _fix(frame: pd.DataFrame, task: Task, terms: Terms) -> tuple[pd.DataFrame, _Sums]:
    return fix_frame(_at_least(frame, task), task.text, termbase=terms.matcher, settings=task.settings), {}


def _score(frame: pd.DataFrame, task: Task, terms: Terms) -> tuple[pd.DataFrame, _Sums]:
    frame = _at_least(frame, task)
    must = [name for name in task.columns if name != task.source]
    errors = [_row_error(row, must) for row in frame[must].to_dict("records")]
    good = [number for number, error in enumerate(errors) if error is None]
    try:
        scored, sums = _scored(frame.iloc[good], task, terms)
    except Exception:  # which row it is shows when each is scored alone
        scored, sums = None, {}
        for number in good:
            try:
                one, more = _scored(frame.iloc[[number]], task, terms)
            except Exception as problem:
                known = isinstance(problem, GlossaryError)
                errors[number] = str(problem) if known else f"internal error: {type(problem).__name__}: {problem}"
                continue
            scored = one if scored is None else _stacked(scored, one)
            sums = added(sums, more)
    results = frame[[]] if scored is None else scored.reindex(frame.index)
    return results.assign(error=errors), sums


def _row_error(row: dict[str, Any], columns: Sequence[str]) -> str | None:
    return next((f"{name}: {error}" for name in columns if (error := text_error(row[name]))), None)


def _scored(frame: pd.DataFrame, task: Task, terms: Terms) -> tuple[pd.DataFrame, _Sums]:
    from glossary.scoring import score_frame

    if frame.empty:
        columns = ["fixed", *(f"{name}_{what}" for name in task.metrics for what in ("before", "after", "delta"))]
        return frame.reindex(columns=columns), {}
    result = score_frame(
        frame, task.hypothesis, task.reference, task.fixed, source=task.source, termbase=terms.termbase, settings=task.settings,
        metrics=task.metrics, test=None,
    )  # fmt: skip
    return result, result.attrs["sums"]


def _stacked(above: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    above.attrs, below.attrs = {}, {}
    return pd.concat([above, below])


def _at_least(frame: pd.DataFrame, task: Task) -> pd.DataFrame:
    """A frame without a readable row may lack the columns."""
    return frame if len(frame) else frame.reindex(columns=list(task.columns))


def added(one: _Sums, other: _Sums) -> _Sums:
    """Sums of two sets of rows put together."""
    result = dict(one)
    for name, pair in other.items():
        known = result.get(name)
        result[name] = pair if known is None else (_sum(known[0], pair[0]), _sum(known[1], pair[1]))
    return result


def _sum(one: list[float], other: list[float]) -> list[float]:
    return [a + b for a, b in zip(one, other, strict=True)]


ACTIONS: dict[str, Callable[[Any, Task, Terms], tuple[Any, _Sums]]] = {"check": _check, "fix": _fix, "score": _score}


def actions() -> Sequence[str]:
    """What can be done with a part."""
    return tuple(ACTIONS)
