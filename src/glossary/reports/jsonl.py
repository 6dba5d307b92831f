"""JSON Lines: one finding a line as in the JSON report, with its path; files that could not be read; a summary last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from glossary.reports.json import SCHEMA, as_object, file_object
from glossary.reports.result import Run


def render(run: Run, color: bool) -> Iterator[str]:
    """A line for each finding and each broken file, and one for the run; `type` tells them apart."""
    for file in run.files:
        stored = file_object(file)
        if file.error:
            yield _line({"type": "error", "path": file.path, "error": file.error})
        for finding in stored["findings"]:
            yield _line({"type": "finding", "path": file.path, **finding})
    whole = as_object(run, files=())
    yield _line({"type": "summary", "schema": SCHEMA, "version": run.version, "termbase": whole["termbase"], **whole["summary"]})


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _line(stored: dict[str, Any]) -> str:
    return _encoded(stored) + "\n"
