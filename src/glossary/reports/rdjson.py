"""reviewdog's diagnostic format: columns are UTF-8 bytes, counted from 1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from glossary.findings import Finding
from glossary.positions import Range, Unit
from glossary.reports.result import CheckedFile, Run, name_of, offered

SOURCE = {"name": "glossary"}


def render(run: Run, color: bool) -> Iterator[str]:
    """One DiagnosticResult."""
    yield json.dumps({"source": SOURCE, "diagnostics": list(diagnostics(run))}, ensure_ascii=False, indent=1)
    yield "\n"


def diagnostics(run: Run) -> Iterator[dict[str, Any]]:
    """Each finding, and each file that could not be read, as a Diagnostic."""
    for file in run.files:
        if file.error:
            location = {"path": Path(file.path).as_posix()}
            yield {"message": file.error, "location": location, "severity": "ERROR", "code": {"value": "not-checked"}}
        for finding, span in zip(file.findings, file.ranges(Unit.UTF8), strict=True):
            yield _diagnostic(file, finding, span)


def _diagnostic(file: CheckedFile, finding: Finding, span: Range) -> dict[str, Any]:
    place = {"start": span.start._asdict(), "end": span.end._asdict()}
    diagnostic: dict[str, Any] = {
        "message": finding.message,
        "location": {"path": Path(file.path).as_posix(), "range": place},
        "severity": finding.severity.value.upper(),
        "code": {"value": name_of(finding)},
        "original_output": f"{finding.rule}: {finding.message}",
    }
    if offered(finding):
        diagnostic["suggestions"] = [{"range": place, "text": replacement} for replacement in offered(finding)]
    return diagnostic
