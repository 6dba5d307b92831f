"""Garbles that are ordinary English. Words by the frequency table of the toolkit, pairs of words by wordsegment's, where installed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from functools import cache

from glossary.findings import Severity
from glossary.linting.rules import Problem
from glossary.linting.sources import Base
from glossary.matching.anchors import Rarity
from glossary.pinyin import is_word
from glossary.termbase.concept import Concept

FUNCTION_WORDS = frozenset(
    (
        "a about above after again against all also am among an and any are as at be because been before being below between "
        "both but by can could did do does doing down during each every few for from further had has have having he her here "
        "hers him his how i if in into is it its itself just may me might more most must my no nor not of off on once only or "
        "other our ours out over own same shall she should so some such than that the their theirs them themselves then there "
        "these they this those through to too under until up upon us very was we well were what when where which while who whom "
        "whose why will with within without would you your yours"
    ).split()
)
_COMMON_WORD = 1e-5
_COMMON_PAIR = 150_000  # of 10**12 running words of the web


def lint(base: Base) -> Iterator[Problem]:
    """Garbles that an ordinary English text would hold."""
    rarity = Rarity()
    pairs = _pairs()
    for garble in base.garbles:
        for wording in garble.wordings:
            found = _ordinary(garble.concept, wording, rarity, pairs)
            if found:
                severity, what = found
                yield garble.problem("common-english", f"'{wording}', a wording of '{garble.short}', {what}", severity)
                break


def _ordinary(concept: Concept, wording: str, rarity: Rarity, pairs: Mapping[str, float]) -> tuple[Severity, str] | None:
    words = wording.split(" ")
    guarded = bool(concept.unless or concept.only_if)
    if all(word in FUNCTION_WORDS for word in words):
        return Severity.ERROR, "consists of small words only; take it out, or write what makes it a garble"
    if len(words) == 1:
        if rarity.of(wording) >= _COMMON_WORD and not concept.only_if:
            return Severity.ERROR, "is one common word; take it out, or lengthen it to what betrays the translation"
        if not guarded and not is_word(wording):  # Chinese left in Latin letters carries it
            return Severity.WARNING, "is one word, which must carry the error alone; lengthen it, or guard it with unless or only-if"
    if len(words) == 2 and not guarded and pairs.get(wording, 0) >= _COMMON_PAIR:
        return Severity.WARNING, "is common in English of all kinds; lengthen it, or guard it with unless or only-if"
    return None


@cache
def _pairs() -> Mapping[str, float]:
    with contextlib.suppress(ImportError):
        import wordsegment

        wordsegment.load()
        pairs: Mapping[str, float] = wordsegment.BIGRAMS
        return pairs
    return {}
