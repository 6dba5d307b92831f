"""The report for people: place, the line with the span marked, what is wrong, the replacement, the authority."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.findings import Finding, Severity
from glossary.reports.result import CheckedFile, Run, choices_of, name_of, place_of
from glossary.text import is_western

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_WIDTH = 96


def render(run: Run, color: bool) -> Iterator[str]:
    """The findings one after the other, then a line that counts them."""
    for file in run.files:
        for finding in file.findings:
            yield from _finding(file, finding, color)
    yield _summary(run, color) + "\n"


def _finding(file: CheckedFile, finding: Finding, color: bool) -> Iterator[str]:
    severity = _paint(finding.severity.value, _COLORS[finding.severity], color)
    yield f"{_paint(place_of(file, finding), '1', color)}: {severity}: {name_of(finding)}\n"
    text, start, end = _excerpt(file, finding)
    yield f"    {text[:start]}{_paint(text[start:end], '4', color)}{text[end:]}\n"
    yield f"    {' ' * _columns(text[:start])}{_paint('^' * max(1, _columns(text[start:end])), _COLORS[finding.severity], color)}\n"
    yield f"    {finding.message}\n"
    if finding.replacements:
        yield f"    {_paint('fix', '32', color)} ({finding.safety.value}): {choices_of(finding)}\n"
    if finding.note:
        yield f"    note: {finding.note}\n"
    if finding.authority:
        yield f"    authority: {finding.authority}\n"
    yield "\n"


def _excerpt(file: CheckedFile, finding: Finding) -> tuple[str, int, int]:
    """The line of a finding, cut to what fits, and the span in it. A span over several lines is shown in one."""
    first, _ = file.lines.place(finding.start)
    last, _ = file.lines.place(max(finding.start, finding.end - 1))
    low, high = file.lines.line(first).start, file.lines.line(last).end
    spare = max(20, _WIDTH - (finding.end - finding.start))
    left = max(low, finding.start - spare // 2)
    right = min(high, finding.end + spare - (finding.start - left))
    left = _word_edge(file.text, left, low, -1)
    right = _word_edge(file.text, right, high, 1)
    before, after = "…" if left > low else "", "…" if right < high else ""
    text = before + file.text[left:right].replace("\r", " ").replace("\n", " ").replace("\t", " ") + after
    return text, finding.start - left + len(before), finding.end - left + len(before)


def _word_edge(text: str, at: int, limit: int, step: int) -> int:
    for _ in range(20):
        if at == limit or text[at - 1 if step < 0 else at].isspace():
            break
        at += step
    return at


def _columns(text: str) -> int:
    if is_western(text):
        return len(text)
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _summary(run: Run, color: bool) -> str:
    files = f"{len(run.files)} file{'s' * (len(run.files) != 1)}"
    if not run.findings:
        return f"{files} checked, nothing found."
    counts = run.counted()
    fixable = sum(finding.safety == "safe" and len(finding.replacements) == 1 for file in run.files for finding in file.findings)
    text = f"{counts} in {files}" + (f"; {fixable} can be fixed with 'glossary fix'." if fixable else ".")
    return _paint(text, "1", color)


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color and text else text
