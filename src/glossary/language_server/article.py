"""An open document as it was checked: its text, its findings, and what the editor shows of them."""

from __future__ import annotations

import os
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
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
from glossary.language_server.segments import Segments, Wanted, cut
from glossary.language_server.texts import Text
from glossary.matching.matcher import Matcher

SOURCE = "glossary"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_FORMATS = {"markdown": "markdown", "html": "html", "plaintext": "text", "text": "text"}


@dataclass(frozen=True)
class Article:
    """A version of an open document as it was checked, with what was found in it."""

    text: Text
    document: Document
    findings: tuple[Finding, ...]

    def touching(self, start: int, end: int) -> list[Finding]:
        """The findings that a span touches, an empty one at their edge too."""
        at = bisect_left(self.findings, start, key=lambda finding: finding.end)
        found = []
        while at < len(self.findings) and self.findings[at].start <= end:
            found.append(self.findings[at])
            at += 1
        return found

    @cached_property
    def diagnostics(self) -> list[types.Diagnostic]:
        """The findings as the editor shows them."""
        return [self.diagnostic(finding) for finding in self.findings]

    def diagnostic(self, finding: Finding) -> types.Diagnostic:
        """A finding as the editor shows it."""
        return types.Diagnostic(
            range=self.text.range(finding.start, finding.end),
            severity=_SEVERITIES[finding.severity],
            code=finding.concept or finding.rule,
            source=SOURCE,
            message=finding.message,
        )

    def fixes(self, matcher: Matcher, config: Config, segments: Segments, wanted: Wanted) -> list[types.TextEdit]:
        """The safe edits of the whole document; disjoint, since overlapping edits are an error in editors.

        Raises:
            Stale: `wanted` says no before the end.
        """
        revision = fix_document(self.document, matcher, config.settings(path_of(self.text.uri)), passage_check=segments.check(wanted))
        return [types.TextEdit(self.text.range(edit.start, edit.end), edit.after) for edit in revision.applied]


def check(text: Text, matcher: Matcher, config: Config, segments: Segments, wanted: Wanted) -> Article:
    """Check a text of the editor. One that cannot be read as its format, is excluded, or is Chinese, has no findings.

    Raises:
        Stale: `wanted` says no before the end.
    """
    path = path_of(text.uri)
    data = text.content.replace("\ufeff", " ", 1).encode("utf-8", "replace")  # a byte-order mark would be taken off, and shift all places
    name = config.format_of(path) or (None if PurePath(path).suffix else _FORMATS.get(text.language or ""))
    document, found = parse(b"", "none.txt", "text"), []
    if not config.excludes(path):
        try:
            read = cut(parse(data, path, name))
            found = check_document(read, matcher, config.settings(path), passage_check=segments.check(wanted))
            document = read
        except GlossaryError:
            pass  # what the file is, a check of it says
    segments.keep(document)
    # in containers, such as an XLIFF file opened as text, places are not those of the editor
    shown = [finding for finding in found if finding.severity.rank >= config.severity.rank and finding.segment is None]
    article = Article(text, document, tuple(shown))
    _ = article.diagnostics  # made here, beside the event loop
    return article


def path_of(uri: str) -> str:
    """The path of a file URI; of another, such as that of an unsaved document, what stands for one."""
    parts = urlsplit(uri)
    path = unquote(parts.path)
    if parts.scheme == "file" and os.name == "nt":
        path = path.lstrip("/")
    return path or uri
