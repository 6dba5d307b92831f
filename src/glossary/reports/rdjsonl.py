"""reviewdog's diagnostic format as JSON Lines: each line is a Diagnostic with its source."""

from __future__ import annotations

import json
from collections.abc import Iterator

from glossary.reports.rdjson import SOURCE, diagnostics
from glossary.reports.result import Run


def render(run: Run, color: bool) -> Iterator[str]:
    """One Diagnostic a line."""
    for diagnostic in diagnostics(run):
        yield json.dumps({**diagnostic, "source": SOURCE}, ensure_ascii=False, separators=(",", ":")) + "\n"
