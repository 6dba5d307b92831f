"""Terms of the Chinese source that the English does not have, in any approved form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.detectors.rule import Rule
from glossary.findings import Finding, Origin, Safety, Severity
from glossary.patterns import lazy
from glossary.text import Folded

RULE = Rule(
    name="missing-term",
    title="Term of the source not rendered",
    what="The source names a title, body, campaign, document or slogan, and its English has none of the approved forms.",
    why="What is not rendered as approved is either garbled in a way that no list has, or left out.",
    severity=Severity.WARNING,
    safety=Safety.NONE,
    safety_reason="Where the term belongs in the sentence is for a person to say.",
    examples=(),
)

_WORD = lazy(r"[^\W\d_]{3,}")
_SENTENCE = lazy(r"[^.!?]+")
_SMALL = frozenset({"the", "and", "for", "cpc"})
_CLAUSE = lazy(r"[^\s,.;:!?][^,.;:!?]*")


def count(text: str, forms: list[str]) -> int:
    """How often folded forms stand in a text, on word boundaries, disjoint, the longest first."""
    data = Folded(text).data.decode("latin-1")
    if not forms:
        return 0
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})(?![^\W_])")
    return sum(1 for _ in pattern.finditer(data))


def is_spread(text: str, forms: list[str]) -> bool:
    """Whether all words of one of some folded forms stand in one sentence: “secretary of its Commission”, “the bureau's director”."""
    sentences = [_stems(match.group()) for match in _SENTENCE.finditer(text)]
    return any(len(words) > 1 and any(words <= found for found in sentences) for words in map(_stems, forms))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in _WORD.findall(text.lower())) - _SMALL


def likely_place(text: str, preferred: str, share: float, taken: Sequence[tuple[int, int]] = ()) -> tuple[int, int]:
    """Where a missing term most likely stands: the stretch with most of its words, else the clause at its share of the text.

    What is `taken` stands for something else; only where nothing is free is it pointed at again.
    """
    wanted = {word.lower() for word in _WORD.findall(preferred)}
    words = [word for word in _WORD.finditer(text) if _is_free(word.span(), taken)]
    size = max(1, len(wanted) + 2)
    best: tuple[int, int, int] | None = None
    for first in range(len(words)):
        window = [word for word in words[first : first + size] if word.group().lower() in wanted]
        score = len({word.group().lower() for word in window})
        better = bool(window) and window[0] is words[first] and (best is None or score > best[0])
        if better and _is_free((window[0].start(), window[-1].end()), taken):
            best = (score, window[0].start(), window[-1].end())
    if best is not None and best[0] * 2 > len(wanted):
        return best[1], best[2]
    at = share * len(text)
    clauses = [match.span() for match in _CLAUSE.finditer(text) if match.group().count(" ") > 1] or [(0, len(text))]
    free = [clause for clause in clauses if _is_free(clause, taken)] or [word.span() for word in words] or clauses
    return min(free, key=lambda place: max(place[0] - at, at - place[1], 0))


def _is_free(place: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return all(place[1] <= low or high <= place[0] for low, high in taken)


def finding(text: str, start: int, end: int, concept: str, zh: str, preferred: str, authority: str, note: str) -> Finding:
    """The finding for a term that is missing."""
    return Finding(
        rule=RULE.name,
        severity=RULE.severity,
        safety=RULE.safety,
        origin=Origin.DETECTOR,
        start=start,
        end=end,
        text=text[start:end],
        message=f"the source has {zh} here; its approved English “{preferred}” is not in the translation",
        replacements=(),
        concept=concept,
        zh=zh,
        authority=authority,
        note=note,
    )
