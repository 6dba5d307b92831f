"""Terms of the Chinese source that the English does not have, in any approved form."""

from __future__ import annotations

import re

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


def count(text: str, forms: list[str]) -> int:
    """How often folded forms stand in a text, on word boundaries, disjoint, the longest first."""
    data = Folded(text).data.decode("latin-1")
    if not forms:
        return 0
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})(?![^\W_])")
    return sum(1 for _ in pattern.finditer(data))


def likely_place(text: str, preferred: str, share: float) -> tuple[int, int]:
    """Where a missing term most likely stands: the stretch with most of its words, or the sentence at its share of the text."""
    wanted = {word.lower() for word in _WORD.findall(preferred)}
    words = list(_WORD.finditer(text))
    size = max(1, len(wanted) + 2)
    best: tuple[int, int, int] | None = None
    for first in range(len(words)):
        window = [word for word in words[first : first + size] if word.group().lower() in wanted]
        score = len({word.group().lower() for word in window})
        if window and window[0] is words[first] and (best is None or score > best[0]):
            best = (score, window[0].start(), window[-1].end())
    if best is not None and best[0] * 2 > len(wanted):
        return best[1], best[2]
    sentences = [match.span() for match in re.finditer(r"\S[^.!?]*[.!?]?", text)]
    at = share * len(text)
    return next(((low, high) for low, high in sentences if high >= at), (0, len(text)))


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
