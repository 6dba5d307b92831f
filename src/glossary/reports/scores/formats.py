"""The table of formats for scores: a file here and a row below is all a new one needs."""

from __future__ import annotations

import importlib
import importlib.util
from typing import NamedTuple

from glossary.errors import UsageError
from glossary.scoring import Scores


class ScoreFormat(NamedTuple):
    """A format: its name, the module with `render(scores, segments) -> str`, and what it is for."""

    name: str
    module: str
    use: str


FORMATS = (
    ScoreFormat("table", "glossary.reports.scores.table", "for people"),
    ScoreFormat("json", "glossary.reports.scores.json", "for programs: glossary/score/1"),
    ScoreFormat("csv", "glossary.reports.scores.csv", "for spreadsheets"),
    ScoreFormat("markdown", "glossary.reports.scores.markdown", "for an issue or a README"),
    ScoreFormat("latex", "glossary.reports.scores.latex", "for a paper: a booktabs table"),
)


def names() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(known.name for known in FORMATS)


def render(name: str, scores: Scores, *, segments: bool = False) -> str:
    """A report of scores; with `segments` those that can also list every segment. `name` is one of `names()`."""
    module = next(known.module for known in FORMATS if known.name == name)
    text: str = importlib.import_module(module).render(scores, segments)
    return text


def require_drawing(plot: str | None) -> None:
    """Say before the work starts what would stop a report or a plot.

    Raises:
        UsageError: what draws is not installed, or the plot is neither .svg nor .png.
    """
    if plot and not plot.lower().endswith((".svg", ".png")):
        raise UsageError(f"{plot}: a plot is .svg or .png")
    missing = [name for name in ("jinja2", "matplotlib") if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(f"the report needs {' and '.join(missing)}; install them with: pip install 'glossary[report]'")


def page(scores: Scores) -> str:
    """The report as an HTML page that needs nothing else."""
    text: str = importlib.import_module("glossary.reports.scores.page").render(scores)
    return text


def plot(scores: Scores, path: str) -> bytes:
    """The chart of before and after, as the file's ending says: .svg or .png."""
    data: bytes = importlib.import_module("glossary.reports.scores.charts").image(scores, path.lower()[-3:])
    return data
