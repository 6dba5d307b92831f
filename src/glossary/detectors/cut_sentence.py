"""A sentence cut by a full stop after a word that cannot end one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.detectors.passage import Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy

RULE = Rule(
    name="cut-sentence",
    title="Cut sentence",
    what="A full stop follows an article, “and”, or a noun with a dangling “of” or “in”: “guided by the. The spirit of …”.",
    why="Engines translate in pieces and close each piece; what followed was lost or stands in the next sentence.",
    severity=Severity.WARNING,
    safety=Safety.NONE,
    safety_reason="Something is missing that only the source has.",
    examples=(
        ("We should be guided by the. The spirit of the meeting is clear.", ""),
        ("The office is located in. It is composed of officers.", ""),
        ("It is what he was made of. See vitamin A. The end.", "It is what he was made of. See vitamin A. The end."),
    ),
)

_ENDS = Cues((
    *(" the.", " an.", " and.", " is located in.", " are located in.", " was located in.", " is composed of.", " consists of."),
    *(f"{noun} of." for noun in ("director", "secretary", "department", "bureau", "spirit", "implementation", "construction", "principle")),
))
CUES = (_ENDS,)
_AFTER = lazy(r"\s+[A-Z]|\s*$|\s*\n")
_QUOTED = lazy(r"[\"“‘'`(]\w*\.?$")
_SPOKEN = lazy(r"\b(?:word|article|conjunction|letter)s? (?:\w+ )?$", re.I)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every stop after a word that needs another; the span is the word and the stop."""
    text = passage.text
    for start, end in passage.places(_ENDS):
        start += text[start] == " "
        if _AFTER.match(text, end) and not _mentioned(text, start):
            yield RULE.finding(text, start, end, f"the sentence is cut after “{text[start : end - 1]}”")


def _mentioned(text: str, start: int) -> bool:
    """Whether the word is spoken of, as in: the article "the"."""
    return bool(_QUOTED.search(text, max(0, start - 2), start) or _SPOKEN.search(text, max(0, start - 30), start))
