"""Asterisks in the place of censored words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.detectors.passage import Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy

RULE = Rule(
    name="censor-mark",
    title="Censor mark",
    what="Three or more asterisks stand where a word should be.",
    why="Some engines mask 共 or 政府 in the source before they translate: “The Central *** Weidong District Committee”.",
    severity=Severity.WARNING,
    safety=Safety.UNSAFE,
    safety_reason="Before a Party committee the masked word is nearly always 共 (CPC); elsewhere nobody knows, and there is no fix. Lines "
    "of asterisks, passwords, ratings and swear words are left alone.",
    examples=(
        ("He is secretary of the *** County Committee.", "He is secretary of the CPC County Committee."),
        ("The Sichuan Provincial People's * * * issued a plan.", ""),
        ("* * *", "* * *"),
    ),
)

_STARS = Cues(("**", "* *"))
CUES = (_STARS,)
_MASK = lazy(r"\*(?: ?\*){2,9}")
_BODY = lazy(
    r" (?:(?:[A-Z][a-z]+ ){0,3}(?:Provincial|Municipal|County|District|City|Township|Town|Village|Party|Central)? ?(?:Committee|Party "
    r"Branch)|Party|Central)\b"
)
_RATED = lazy(r" ?(?:hotel|restaurant|star|rating|rated|review|album|movie|film)", re.I)
_PASSWORD = lazy(r"(?:password|pin|key|code|rated|rating)(?:\W+(?:is|was|by))?\W*$", re.I)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every mask between words of one line."""
    text = passage.text
    for match in passage.matches(_STARS, _MASK):
        start, end = match.span()
        if text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum() or text[end : end + 1] == "*":
            continue
        low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        before, after = text[low:start].rstrip(), text[end : high if high >= 0 else len(text)].strip()
        if not (before[-1:].isalpha() or before.endswith(("'s", "’s", "“", '"'))) or not after[:1].isalpha():
            continue
        if _RATED.match(text, end) or _PASSWORD.search(before):
            continue
        if _BODY.match(text, end):
            yield RULE.finding(text, start, end, f"“{match.group()}” masks a word, here most likely 共: CPC", "CPC")
        else:
            yield RULE.finding(text, start, end, f"“{match.group()}” masks a word that the source has")
