"""The table of report formats: a file here and a row below is all a new one needs."""

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
    ReportFormat("concise", "glossary.reports.concise", "a line for each finding, for editors and grep"),
    ReportFormat("json", "glossary.reports.json", "for programs: glossary/check/1"),
    ReportFormat("jsonl", "glossary.reports.jsonl", "for programs: a finding a line"),
    ReportFormat("sarif", "glossary.reports.sarif", "SARIF 2.1.0, for code scanning"),
    ReportFormat("github", "glossary.reports.github", "annotations of GitHub Actions"),
    ReportFormat("gitlab", "glossary.reports.gitlab", "GitLab Code Quality"),
    ReportFormat("rdjson", "glossary.reports.rdjson", "reviewdog"),
    ReportFormat("rdjsonl", "glossary.reports.rdjsonl", "reviewdog, a finding a line"),
    ReportFormat("checkstyle", "glossary.reports.checkstyle", "Checkstyle XML, for build servers"),
    ReportFormat("junit", "glossary.reports.junit", "JUnit XML, for build servers"),
    ReportFormat("markdown", "glossary.reports.markdown", "for a pull request"),
    ReportFormat("html", "glossary.reports.html", "a page to read"),
)


def names() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(known.name for known in FORMATS)


def render(name: str, run: Run, *, color: bool = False) -> Iterator[str]:
    """A report in pieces of text. `name` is one of `names()`."""
    module = next(known.module for known in FORMATS if known.name == name)
    pieces: Iterator[str] = importlib.import_module(module).render(run, color)
    return pieces
