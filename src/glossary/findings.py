"""The values that flow through the toolkit: Finding, Edit, Revision. Nothing here knows how they were made."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """2 for an error, 1 for a warning, 0 for information."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}


class Safety(StrEnum):
    """Whether a replacement may be applied unseen (`safe`), when asked for (`unsafe`), or never (`none`)."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    NONE = "none"


class Origin(StrEnum):
    """What a finding rests on: a listed garble, a literal reading predicted from the Chinese, or a detector."""

    LISTED = "listed"
    PREDICTED = "predicted"
    DETECTOR = "detector"


class Finding(NamedTuple):
    """Something wrong at a span of a text.

    `start` and `end` are code points of the text that was checked, half open; `text` is what stands there.
    Each of `replacements` is what would stand there instead, best first; the span already covers an article that has to go.
    In containers `segment` names the unit, which begins at `segment_start` of the text.
    """

    rule: str
    severity: Severity
    safety: Safety
    origin: Origin
    start: int
    end: int
    text: str
    message: str
    replacements: tuple[str, ...] = ()
    concept: str | None = None
    zh: str | None = None
    authority: str = ""
    note: str = ""
    segment: str | None = None
    segment_start: int = 0

    def fingerprint(self, occurrence: int = 0) -> str:
        """A key that does not change when lines move: rule, concept, text, and how often the same came before."""
        return _fingerprint(*_alike(self), occurrence)


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """One fingerprint for each finding of a file, in order; equal findings are told apart by their count."""
    seen: dict[tuple[str, str, str], int] = {}
    result = []
    for finding in findings:
        key = _alike(finding)
        seen[key] = seen.get(key, -1) + 1
        result.append(_fingerprint(*key, seen[key]))
    return result


def _alike(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.concept or "", " ".join(finding.text.split()).casefold()


def _fingerprint(rule: str, concept: str, text: str, occurrence: int) -> str:
    from hashlib import blake2b

    return blake2b(f"{rule}\x1f{concept}\x1f{text}\x1f{occurrence}".encode(), digest_size=8).hexdigest()


class Edit(NamedTuple):
    """Replace `before`, which stands at `start:end`, by `after`."""

    start: int
    end: int
    before: str
    after: str
    safety: Safety
    rule: str
    concept: str | None = None


class Skipped(NamedTuple):
    """An edit that was not applied, and why."""

    edit: Edit
    reason: str


class Revision(NamedTuple):
    """A text before and after its edits. Replaying `applied` on `before` gives `after`; their spans are disjoint and ascend."""

    before: str
    after: str
    applied: tuple[Edit, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the text differs."""
        return self.before != self.after


def replay(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made. They must ascend, be disjoint and fit the text.

    Raises:
        ValueError: an edit overlaps the one before it, or its `before` is not what stands at its span.
    """
    parts: list[str] = []
    at = 0
    for edit in edits:
        if edit.start < at or text[edit.start : edit.end] != edit.before:
            raise ValueError(f"the edit at {edit.start}:{edit.end} does not fit the text")
        parts += (text[at : edit.start], edit.after)
        at = edit.end
    return "".join((*parts, text[at:]))


def united(edits: Iterable[Edit]) -> list[Edit]:
    """The edits, but a deletion that begins where the edit before it ends is one with that: what markup is between has one place."""
    result: list[Edit] = []
    for edit in edits:
        if result and not edit.after and result[-1].end == edit.start:
            last = result.pop()
            edit = last._replace(end=edit.end, before=last.before + edit.before)
        result.append(edit)
    return result
