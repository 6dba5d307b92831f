"""Markdown, for a pull request comment or a job summary: what was found in short, then a table for each file."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.patterns import lazy
from glossary.reports.result import CheckedFile, Run

_SPECIAL = lazy(r"([\\`*_{}\[\]<>#|~])")
_MOST = 200  # a comment on GitHub holds 65,536 characters


def render(run: Run, color: bool) -> Iterator[str]:
    """The report; at most 200 findings are listed, and it says how many are left out."""
    counts = run.counted()
    yield f"**glossary**: {counts or 'nothing found'} in {len(run.files)} file{'s' * (len(run.files) != 1)}\n"
    for file in run.broken:
        yield f"\n- not checked: {_plain(file.error or '')}\n"
    listed = 0
    for file in run.files:
        if file.findings and listed < _MOST:
            yield from _table(file, _MOST - listed)
            listed += len(file.findings)
    if run.findings > _MOST:
        yield f"\n{run.findings - _MOST} more findings are not listed.\n"


def _table(file: CheckedFile, room: int) -> Iterator[str]:
    yield f"\n### {_plain(file.path)}\n\n| line | severity | found | write | Chinese |\n|---:|---|---|---|---|\n"
    for finding, span in list(zip(file.findings, file.ranges(), strict=True))[:room]:
        write = " or ".join(_plain(each) or "(nothing)" for each in finding.replacements) or _plain(finding.message)
        yield f"| {span.start.line} | {finding.severity.value} | {_plain(finding.text)} | {write} | {_plain(finding.zh or '')} |\n"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
