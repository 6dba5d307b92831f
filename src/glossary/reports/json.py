"""The JSON report, `glossary/check/1`: what other programs rely on (docs/design.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from glossary.findings import Finding, fingerprints
from glossary.reports.result import CheckedFile, Run

SCHEMA = "glossary/check/1"


def render(run: Run, color: bool) -> Iterator[str]:
    """One JSON object for the run, a finding a line."""
    whole = as_object(run, files=())
    yield "{\n" + "".join(f" {_dumps(key)}: {_dumps(whole[key])},\n" for key in ("schema", "version", "termbase"))
    yield ' "files": ['
    for number, file in enumerate(run.files):
        stored = file_object(file)
        findings = ",\n".join("   " + _dumps(each) for each in stored.pop("findings"))
        comma = "," if number else ""
        yield f"{comma}\n  {_dumps(stored)[:-1]}, \"findings\": [" + (f"\n{findings}\n  ]}}" if findings else "]}")
    yield f'\n ],\n "summary": {_dumps(whole["summary"])}\n}}\n'


_dumps = json.JSONEncoder(ensure_ascii=False).encode


def as_object(run: Run, files: Iterable[CheckedFile] | None = None) -> dict[str, Any]:
    """The run as it stands in JSON; `files` are those that are listed, all unless given."""
    return {
        "schema": SCHEMA,
        "version": run.version,
        "termbase": {"digest": run.digest, "concepts": run.concepts, "renderings": run.renderings},
        "files": [file_object(file) for file in (run.files if files is None else files)],
        "summary": {
            "files": len(run.files),
            "words": run.words,
            "findings": run.findings,
            "by_rule": run.by_rule(),
            "by_severity": run.by_severity(),
        },
    }


def file_object(file: CheckedFile) -> dict[str, Any]:
    """One file as it stands in JSON."""
    keys = fingerprints(file.findings)
    return {
        "path": file.path,
        "error": file.error,
        "findings": [finding_object(file, finding, key) for finding, key in zip(file.findings, keys, strict=True)],
    }


def finding_object(file: CheckedFile, finding: Finding, fingerprint: str) -> dict[str, Any]:
    """One finding as it stands in JSON; lines and columns count from 1, offsets from 0, in code points; in containers in the segment."""
    line, column = file.place(finding, finding.start)
    end_line, end_column = file.place(finding, finding.end)
    stored = {
        "rule": finding.rule, "origin": finding.origin, "concept": finding.concept, "zh": finding.zh,
        "severity": finding.severity, "start": finding.start - finding.segment_start, "end": finding.end - finding.segment_start,
        "line": line, "column": column, "end_line": end_line, "end_column": end_column,
        "text": finding.text, "message": finding.message, "replacements": list(finding.replacements),
        "safety": finding.safety, "authority": finding.authority, "note": finding.note, "fingerprint": fingerprint,
    }  # fmt: skip
    if finding.segment is not None:
        stored["segment"] = finding.segment
    return stored
