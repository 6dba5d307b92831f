"""Findings as errors of the MQM framework (themqm.org): types, severities, and a weighted score per 1,000 words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from glossary.findings import Finding, Severity

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "neutral"}
WEIGHTS = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}

RESOURCE = "Terminology: inconsistent with terminology resource"
USE = "Terminology: inconsistent use of terminology"
WRONG = "Terminology: wrong term"
CONVENTIONS = "Linguistic conventions"
# a rule that is not here breaks a linguistic convention
TYPES = {
    "deprecated-term": RESOURCE, "missing-term": RESOURCE, "inconsistent-term": USE, "title-order": WRONG, "fused-name": WRONG,
    "leftover-chinese": "Accuracy: untranslated", "large-number": "Accuracy: mistranslation", "lost-digits": "Accuracy: omission",
    "lost-subject": "Accuracy: omission", "cut-sentence": "Accuracy: omission",
}  # fmt: skip


class Issue(NamedTuple):
    """A finding as MQM sees it."""

    type: str
    severity: str


@dataclass(frozen=True, slots=True)
class RowQuality:
    """The issues of a row's three texts, and how many words each has."""

    before: tuple[Issue, ...]
    after: tuple[Issue, ...]
    reference: tuple[Issue, ...]
    words: tuple[int, int, int]


class Quality(NamedTuple):
    """The issues of a text by type and severity, their weight, and the weight per 1,000 words."""

    counts: dict[Issue, int]
    weight: int
    words: int

    @property
    def rate(self) -> float:
        """Penalty points per 1,000 words; 0 is best."""
        return 1000 * self.weight / self.words if self.words else 0.0


def issues(findings: Iterable[Finding]) -> tuple[Issue, ...]:
    """Findings as issues."""
    return tuple(Issue(TYPES.get(finding.rule, CONVENTIONS), SEVERITIES[finding.severity]) for finding in findings)


def qualities(rows: Sequence[RowQuality]) -> dict[str, Quality]:
    """The quality of the hypothesis (`before`), the fixed text (`after`) and the reference."""
    found = {}
    for place, name in enumerate(("before", "after", "reference")):
        counts = Counter(issue for row in rows for issue in getattr(row, name))
        weight = sum(WEIGHTS[issue.severity] * count for issue, count in counts.items())
        found[name] = Quality(dict(sorted(counts.items())), weight, sum(row.words[place] for row in rows))
    return found
