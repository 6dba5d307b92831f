"""The table of report formats: a file here and a row below is all a new one needs."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import NamedTuple

from glossary.reports.result import Run


class ReportFormat(NamedTuple):
    """A format: its name, the module with `render(run, color) -> Iterator[str]`, and what it is for."""

    name: str
    module: str
    use: str


FORMATS = (
    ReportFormat("text", "glossary.reports.text", "for people"),
    ReportFormat("json", "glossary.reports.json", "for programs: glossary/check/1"),
)


def names() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(known.name for known in FORMATS)


def render(name: str, run: Run, *, color: bool = False) -> Iterator[str]:
    """A report in pieces of text. `name` is one of `names()`."""
    module = next(known.module for known in FORMATS if known.name == name)
    pieces: Iterator[str] = importlib.import_module(module).render(run, color)
    return pieces
