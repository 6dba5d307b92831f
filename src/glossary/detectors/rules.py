"""The table of detectors: a file here and a row below is all a new one needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from glossary.detectors import deprecated_term
from glossary.detectors.rule import Rule
from glossary.findings import Finding
from glossary.matching.matcher import Matcher


class SegmentDetector(Protocol):
    """A module that looks at one segment at a time."""

    RULE: Rule

    def detect(self, text: str, matcher: Matcher) -> Iterable[Finding]: ...


SEGMENT_DETECTORS: tuple[SegmentDetector, ...] = (deprecated_term,)


def rules() -> dict[str, Rule]:
    """Every rule by name."""
    return {detector.RULE.name: detector.RULE for detector in SEGMENT_DETECTORS}
