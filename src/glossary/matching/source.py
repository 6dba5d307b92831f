"""Terms in Chinese text: every concept whose Chinese stands there, longest first, without overlap."""

from __future__ import annotations

from typing import NamedTuple

from glossary.chinese import simplified
from glossary.matching.automaton import Automaton
from glossary.termbase.concept import Concept
from glossary.termbase.forms import chinese_forms
from glossary.termbase.termbase import TermBase


class SourceTerm(NamedTuple):
    """A term at a span of a Chinese text, code points, with the approved English for this very form of it."""

    start: int
    end: int
    zh: str
    concept: Concept
    preferred: str


class SourceMatcher:
    """Finds the Chinese of a term base. Traditional text is folded to simplified."""

    def __init__(self, termbase: TermBase) -> None:
        forms: dict[str, list[tuple[Concept, str]]] = {}
        for concept in termbase:
            for zh, preferred in chinese_forms(concept, termbase):
                forms.setdefault(simplified(zh), []).append((concept, preferred))
        self._terms = list(forms.values())
        self._find = Automaton.build([zh.encode("utf-32-le") for zh in forms]).find

    def terms(self, text: str) -> list[SourceTerm]:
        """The terms of a text: disjoint, in order, the longest where several overlap, then the leftmost."""
        folded = simplified(text)
        hits = self._find(folded.encode("utf-32-le"))
        spans = sorted(((s // 4, e // 4, n) for s, e, n in hits if s % 4 == 0), key=lambda hit: (hit[0] - hit[1], hit[0]))
        taken = bytearray(len(text))
        found = []
        for start, end, number in spans:
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            concept, preferred = self._terms[number][0]
            found.append(SourceTerm(start, end, text[start:end], concept, preferred))
        found.sort(key=lambda term: term.start)
        return found


def source_terms(text: str, termbase: TermBase) -> list[SourceTerm]:
    """The terms of one Chinese text; for many texts make a SourceMatcher once."""
    return SourceMatcher(termbase).terms(text)
