"""GitLab's Code Quality report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from glossary.findings import Severity, fingerprints
from glossary.reports.result import Run

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(run: Run, color: bool) -> Iterator[str]:
    """A JSON list of issues. Fingerprints are unique in the report, and stay when lines move."""
    issues: list[dict[str, Any]] = []
    for file in run.files:
        path = Path(file.path).as_posix()
        if file.error:
            issues.append(_issue("not-checked", file.error, path, "blocker", (1, 1), "error"))
        for finding, span, key in zip(file.findings, file.ranges(), fingerprints(file.findings), strict=True):
            lines = span.start.line, span.end.line
            issues.append(_issue(finding.rule, finding.message, path, _SEVERITIES[finding.severity], lines, key))
    yield json.dumps(issues, ensure_ascii=False, indent=1)
    yield "\n"


def _issue(rule: str, message: str, path: str, severity: str, lines: tuple[int, int], key: str) -> dict[str, Any]:
    return {
        "description": message,
        "check_name": rule,
        "fingerprint": hashlib.blake2b(f"{path}\0{key}".encode(), digest_size=16).hexdigest(),
        "severity": severity,
        "location": {"path": path, "lines": {"begin": lines[0], "end": lines[1]}},
    }
