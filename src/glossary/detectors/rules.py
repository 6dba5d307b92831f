"""The tables of detectors: a file here and a row below is all a new one needs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Protocol

from glossary import patterns
from glossary.detectors import (
    censor_mark,
    chinese_enumeration,
    composed_title,
    cut_sentence,
    deprecated_term,
    doubled_words,
    full_width_mark,
    fused_name,
    inconsistent_term,
    large_number,
    leftover_chinese,
    lost_digits,
    lost_subject,
    missing_space,
    name_case,
    number_slogan,
    party_case,
    space_before_mark,
    title_order,
    turned_quotation_mark,
    unbalanced_quotation,
)
from glossary.detectors.passage import NAME, Passage, Scanner
from glossary.detectors.rule import Rule
from glossary.documents.document import Segment
from glossary.findings import Finding
from glossary.matching.cache import kept
from glossary.matching.matcher import Matcher
from glossary.storage import packed, unpacked


class SegmentDetector(Protocol):
    """A module that looks at one segment at a time."""

    RULE: Rule

    def detect(self, passage: Passage, matcher: Matcher) -> Iterable[Finding]: ...


class DocumentDetector(Protocol):
    """A module that looks at all segments of a document; it gives each finding with its passage, placed in it."""

    RULE: Rule

    def detect(self, passages: Sequence[Passage], text: str, matcher: Matcher) -> Iterable[tuple[Passage, Finding]]: ...


class HasRule(Protocol):
    """A module with a rule."""

    RULE: Rule


SEGMENT_DETECTORS: tuple[SegmentDetector, ...] = (
    deprecated_term,
    censor_mark,
    chinese_enumeration,
    composed_title,
    cut_sentence,
    doubled_words,
    full_width_mark,
    large_number,
    leftover_chinese,
    lost_digits,
    lost_subject,
    missing_space,
    name_case,
    number_slogan,
    party_case,
    space_before_mark,
    title_order,
    turned_quotation_mark,
    unbalanced_quotation,
)
DOCUMENT_DETECTORS: tuple[DocumentDetector, ...] = (fused_name, inconsistent_term)


_PACKAGE = os.path.dirname(os.path.dirname(__file__))
_CUED = ("", "detectors", "titles", "english/lists")  # where the cues come from


@cache
def _scanner() -> Scanner:
    """The scanner, and at the same time what was made of the detectors' expressions: both are kept in one file."""
    modules = (*SEGMENT_DETECTORS, *DOCUMENT_DETECTORS)
    cues = [NAME, *(cues for module in modules for cues in getattr(module, "CUES", ()))]

    def make() -> bytes:
        return packed((patterns.stored(), Scanner.store(cues)))

    expressions, strings = unpacked(kept("detectors", (os.path.join(_PACKAGE, name) for name in _CUED), make))
    patterns.supply(expressions)
    return Scanner(cues, strings)


def passage_of(segment: Segment) -> Passage:
    """A segment, ready for every detector of the tables."""
    return Passage(segment, _scanner())


def rules() -> dict[str, Rule]:
    """Every rule by name."""
    from glossary.detectors import missing_term, unused_suppression  # they look at more than a text: its Chinese, the other findings

    modules: tuple[HasRule, ...] = (*SEGMENT_DETECTORS, *DOCUMENT_DETECTORS, missing_term, unused_suppression)
    return {module.RULE.name: module.RULE for module in modules}
