"""SARIF 2.1.0, for code scanning: rules with help, results with fixes and fingerprints. Columns are code points, as it declares."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from glossary.detectors.rule import Rule
from glossary.detectors.rules import rules
from glossary.findings import Finding, Severity, fingerprints
from glossary.positions import Range
from glossary.reports.result import CheckedFile, Run, offered

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"


def render(run: Run, color: bool) -> Iterator[str]:
    """One SARIF log with one run."""
    used = [rule for name, rule in rules().items() if name in run.by_rule()]
    index = {rule.name: number for number, rule in enumerate(used)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "glossary", "version": run.version, "rules": [_rule(rule) for rule in used]}},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that paths are relative to."}}},
                "invocations": [_invocation(run)],
                "results": [result for file in run.files for result in _results(file, index)],
                "properties": {"termbase": run.digest},
            }
        ],
    }
    yield json.dumps(log, ensure_ascii=False, indent=1)
    yield "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    text = f"{rule.what} {rule.why}"
    return {
        "id": rule.name,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": text},
        "help": {"text": f"{text} The fix: {rule.safety_reason}", "markdown": f"{text}\n\n**The fix.** {rule.safety_reason}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _invocation(run: Run) -> dict[str, Any]:
    """Says that files could not be read: a log without results must not look like a clean run."""
    broken = [{"level": "error", "message": {"text": file.error}, "locations": [_location(file, None)]} for file in run.broken]
    return {"executionSuccessful": not broken, **({"toolExecutionNotifications": broken} if broken else {})}


def _results(file: CheckedFile, index: dict[str, int]) -> Iterator[dict[str, Any]]:
    for finding, span, key in zip(file.findings, file.ranges(), fingerprints(file.findings), strict=True):
        result = {
            "ruleId": finding.rule,
            **({"ruleIndex": index[finding.rule]} if finding.rule in index else {}),
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [_location(file, span, finding)],
            "partialFingerprints": {"primaryLocationLineHash": f"{_line_hash(file, span)}:1", "glossary/v1": key},
            "properties": {
                "concept": finding.concept, "zh": finding.zh, "origin": finding.origin.value, "safety": finding.safety.value,
                "authority": finding.authority,
            },
        }  # fmt: skip
        if offered(finding):
            result["fixes"] = [_fix(file, span, replacement) for replacement in offered(finding)]
        yield result


def _line_hash(file: CheckedFile, span: Range) -> str:
    line = file.lines.line(span.start.line)
    return hashlib.blake2b(" ".join(file.text[line.start : line.end].split()).encode(), digest_size=8).hexdigest()


def _location(file: CheckedFile, span: Range | None, finding: Finding | None = None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(file.path)}
    if span is not None:
        physical["region"] = _region(span)
    if finding is not None and finding.segment:
        return {"physicalLocation": physical, "logicalLocations": [{"name": finding.segment}]}
    return {"physicalLocation": physical}


def _artifact(path: str) -> dict[str, Any]:
    file = Path(path)
    return {"uri": file.as_uri()} if file.is_absolute() else {"uri": quote(file.as_posix()), "uriBaseId": _ROOT}


def _region(span: Range) -> dict[str, int]:
    return {
        "startLine": span.start.line, "startColumn": span.start.column, "endLine": span.end.line, "endColumn": span.end.column,
    }  # fmt: skip


def _fix(file: CheckedFile, span: Range, replacement: str) -> dict[str, Any]:
    return {
        "description": {"text": f"Write “{replacement}”" if replacement else "Delete it"},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(file.path),
                "replacements": [{"deletedRegion": _region(span), "insertedContent": {"text": replacement}}],
            }
        ],
    }
