"""Finding: what a check gives. Nothing here knows how it was made."""

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

    def placed(self, start: int, end: int, segment: str | None, segment_start: int) -> "Finding":
        """The finding at another place, otherwise the same; much faster than `_replace`."""
        return Finding._make((*self[:4], start, end, *self[6:13], segment, segment_start))

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
