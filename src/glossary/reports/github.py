"""Annotations of GitHub Actions. GitHub shows ten errors, ten warnings and ten notices a step: the rest goes to the log, and is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from glossary.findings import Finding, Severity
from glossary.positions import Range
from glossary.reports.result import CheckedFile, Run, in_words, name_of

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SHOWN = 10


def render(run: Run, color: bool) -> Iterator[str]:
    """A workflow command for each finding, the gravest first, then those that GitHub would drop as plain lines."""
    shown: Counter[str] = Counter()
    for file in run.broken:
        if shown["error"] < _SHOWN:
            yield f"::error file={_property(_path(file))},title=not checked::{_data(file.error or '')}\n"
            shown["error"] += 1
    cut: list[tuple[CheckedFile, Finding, Range]] = []
    rows = run.worst_first()
    # one notice is kept for the count of what is cut
    room = {"error": _SHOWN, "warning": _SHOWN, "notice": _SHOWN - 1}
    for file, finding, span in rows:
        kind = _KINDS[finding.severity]
        if shown[kind] >= room[kind]:
            cut.append((file, finding, span))
            continue
        shown[kind] += 1
        yield _annotation(kind, file, finding, span)
    if cut:
        more = in_words(finding for _, finding, _ in cut)
        yield f"::notice title=glossary::{more} more, not shown as annotations: they are listed in the log of this step\n"
        yield "::group::Findings that are not shown as annotations\n"
        for file, finding, span in cut:
            # a line that begins with the path cannot be taken for a workflow command
            text = " ".join(finding.message.split())
            yield f" {_path(file)}:{span.start.line}:{span.start.column}: {finding.severity.value}: {name_of(finding)} {text}\n"
        yield "::endgroup::\n"


def _annotation(kind: str, file: CheckedFile, finding: Finding, span: Range) -> str:
    places = [f"file={_property(_path(file))}", f"line={span.start.line}", f"endLine={span.end.line}"]
    if span.start.line == span.end.line:  # GitHub takes columns on one line only
        places += [f"col={span.start.column}", f"endColumn={span.end.column}"]
    places.append(f"title={_property(name_of(finding))}")
    return f"::{kind} {','.join(places)}::{_data(finding.message)}\n"


def _path(file: CheckedFile) -> str:
    return Path(file.path).as_posix()  # without ./, which GitHub does not find


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
