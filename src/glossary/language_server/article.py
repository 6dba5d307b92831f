"""An open document as it was checked: its text, its findings, and places in the editor's units."""

from __future__ import annotations

import os
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from lsprotocol import types

from glossary.checker import check_document
from glossary.config import Config
from glossary.documents.document import Document
from glossary.documents.formats import parse
from glossary.errors import GlossaryError
from glossary.findings import Finding, Severity
from glossary.fixer import fix_document
from glossary.matching.matcher import Matcher
from glossary.positions import Place, Positions, Unit

SOURCE = "glossary"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_FORMATS = {"markdown": "markdown", "html": "html", "plaintext": "text", "text": "text"}


@dataclass(frozen=True)
class Article:
    """A version of an open document, with what was found in it."""

    version: int | None
    document: Document
    findings: tuple[Finding, ...]
    positions: Positions

    def range(self, start: int, end: int) -> types.Range:
        """A span as the editor counts."""
        low, high = self.positions.range(start, end)
        return types.Range(types.Position(low.line - 1, low.column - 1), types.Position(high.line - 1, high.column - 1))

    def offset(self, position: types.Position) -> int:
        """The offset of a position of the editor."""
        return self.positions.offset(Place(position.line + 1, position.character + 1))

    def touching(self, start: int, end: int) -> list[Finding]:
        """The findings that a span touches, an empty one at their edge too."""
        at = bisect_left(self.findings, start, key=lambda finding: finding.end)
        found = []
        while at < len(self.findings) and self.findings[at].start <= end:
            found.append(self.findings[at])
            at += 1
        return found

    def diagnostics(self) -> list[types.Diagnostic]:
        """The findings as the editor shows them."""
        return [self.diagnostic(finding) for finding in self.findings]

    def diagnostic(self, finding: Finding) -> types.Diagnostic:
        """A finding as the editor shows it."""
        return types.Diagnostic(
            range=self.range(finding.start, finding.end),
            severity=_SEVERITIES[finding.severity],
            code=finding.concept or finding.rule,
            source=SOURCE,
            message=finding.message,
        )

    def fixes(self, matcher: Matcher, config: Config, path: str) -> list[types.TextEdit]:
        """The safe edits of the whole document; disjoint, since overlapping edits are an error in editors."""
        revision = fix_document(self.document, matcher, config.settings(path))
        return [types.TextEdit(self.range(edit.start, edit.end), edit.after) for edit in revision.applied]


def check(text: str, version: int | None, path: str, language: str | None, matcher: Matcher, config: Config, unit: Unit) -> Article:
    """Check a text of the editor. One that cannot be read as its format, or is Chinese, has no findings."""
    data = text.replace("\ufeff", " ", 1).encode("utf-8", "replace")  # a byte-order mark would be taken off, and shift all places
    name = config.format_of(path) or (None if PurePath(path).suffix else _FORMATS.get(language or ""))
    try:
        document = parse(data, path, name)
        settings = config.settings(path)
        excluded = config.excludes(path)
        found = [] if excluded else check_document(document, matcher, settings)
    except GlossaryError:
        document, found = parse(b"", "none.txt", "text"), []
    # in containers, such as an XLIFF file opened as text, places are not those of the editor
    shown = [finding for finding in found if finding.severity.rank >= config.severity.rank and finding.segment is None]
    return Article(version, document, tuple(shown), Positions(text, unit))


def path_of(uri: str) -> str:
    """The path of a file URI; of another, such as that of an unsaved document, what stands for one."""
    parts = urlsplit(uri)
    path = unquote(parts.path)
    if parts.scheme == "file" and os.name == "nt":
        path = path.lstrip("/")
    return path or uri
