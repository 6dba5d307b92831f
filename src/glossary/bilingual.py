"""What the Chinese source says about the findings in its English.

The flow: source and English are aligned; in each pair the terms of the source are found. A predicted garble whose Chinese
stands there is sure, one whose Chinese does not is dropped; a term without approved rendering is a finding of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from glossary.alignment import align
from glossary.detectors import missing_term
from glossary.documents.document import Document
from glossary.findings import Finding, Origin, Safety
from glossary.matching.source import SourceMatcher, SourceTerm
from glossary.termbase.forms import approved_forms
from glossary.termbase.termbase import TermBase
from glossary.text import fold

# a phrase, or a kind of document, is rendered in more ways than a list holds; these are named
_NAMED = frozenset({"title", "organisation", "slogan", "campaign", "document", "rank", "media"})

# in a list of posts the words of a title, or of a body, stand apart from each other
_PARTED = frozenset({"title", "organisation"})


class Pair(NamedTuple):
    """A stretch of the English, code points of the document, and the Chinese that it renders."""

    start: int
    end: int
    source: str


class Source:
    """The Chinese side of a document, read with a term base."""

    def __init__(self, pairs: Sequence[Pair], termbase: TermBase) -> None:
        matcher = SourceMatcher(termbase)
        self._termbase = termbase
        self._pairs = [(pair, matcher.terms(pair.source)) for pair in pairs]
        self._approved: dict[str, list[str]] = {}

    def confirmed(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings as the source has it: predictions made sure or dropped, the rest as they are."""
        return [kept for finding in findings if (kept := self._confirmed(finding)) is not None]

    def missing(self, text: str, findings: Sequence[Finding]) -> list[Finding]:
        """The terms that stand in the source and in no approved form in the English beside it, flagged garbles aside.

        Each is at a place of its own, apart from the findings that there are.
        """
        return [found for pair, terms in self._pairs for found in self._missing(text, pair, terms, findings)]

    def _confirmed(self, finding: Finding) -> Finding | None:
        if finding.origin is not Origin.PREDICTED:
            return finding
        for pair, terms in self._pairs:
            if pair.start < finding.end and finding.start < pair.end:
                if all(term.concept.id != finding.concept for term in terms):
                    continue
                safety = Safety.SAFE if len(finding.replacements) == 1 else Safety.UNSAFE
                return finding._replace(safety=safety, message=f"{finding.message}; the source has {finding.zh}")
        return None

    def _missing(self, text: str, pair: Pair, terms: list[SourceTerm], findings: Sequence[Finding]) -> Iterator[Finding]:
        english = text[pair.start : pair.end]
        flagged = Counter(f.concept for f in findings if f.start < pair.end and pair.start < f.end)
        taken = [(f.start - pair.start, f.end - pair.start) for f in findings if f.start < pair.end and pair.start < f.end]
        seen: set[str] = set()
        for term in terms:
            concept = term.concept
            if concept.kind not in _NAMED or concept.id in seen or (concept.kind == "document" and concept.preferred.islower()):
                continue
            seen.add(concept.id)
            forms = self._forms(concept.id)
            if flagged[concept.id] or missing_term.count(english, forms):
                continue
            if concept.kind in _PARTED and missing_term.is_spread(english, forms):
                continue
            start, end = missing_term.likely_place(english, term.preferred, term.start / max(1, len(pair.source)), taken)
            taken.append((start, end))
            start, end = pair.start + start, pair.start + end
            yield missing_term.finding(text, start, end, concept.id, term.zh, term.preferred, concept.authority, concept.note)

    def _forms(self, concept: str) -> list[str]:
        """The approved forms of a concept, folded, with a plural each."""
        known = self._approved.get(concept)
        if known is None:
            forms = {fold(form) for form in approved_forms(self._termbase.concepts[concept], self._termbase)} - {""}
            known = self._approved[concept] = sorted({*forms, *(f"{form}s" for form in forms)})
        return known


def pairs_of(document: Document, source: str | None) -> list[Pair]:
    """What of the English renders what of the Chinese: by segment in bilingual formats, otherwise aligned."""
    if source is None:
        return [
            Pair(segment.place(0), segment.place(len(segment.text), end=True), segment.source)
            for segment in document.segments
            if segment.source
        ]
    found = align({"English": document.text}, source)
    english, chinese = found.spans
    pairs = []
    for (low, high), (first, last) in found.rows:
        if low < high and first < last:
            pairs.append(Pair(english[low][0], english[high - 1][1], source[chinese[first][0] : chinese[last - 1][1]]))
    return pairs
