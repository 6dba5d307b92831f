"""Titles before a name, in Chinese order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.detectors.passage import CAPITALS, Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.pinyin import is_name

RULE = Rule(
    name="title-order",
    title="Titles in Chinese order",
    what="A post with its body stands before the name without a comma: “director of the county reservoir office Yang Suqin”.",
    why="Chinese puts every title before the name; in English a long title follows it between commas, and readers lose the name "
    "at the end of the list.",
    severity=Severity.WARNING,
    safety=Safety.NONE,
    safety_reason="Where the titles begin, and whether they belong to one person, only a person can tell.",
    examples=(
        ("The director of the county reservoir office Yang Suqin attended the meeting.", ""),
        (
            "Yang Suqin, director of the county office, met Mayor Li Ming.",
            "Yang Suqin, director of the county office, met Mayor Li Ming.",
        ),
    ),
)

# The ends of the words for bodies, in either case: bureau, Bureau, Sub-bureau.
_BODIES = Cues(
    f"{end} {letter}"
    for end in (
        "ureau ommittee epartment ffice ranch overnment ommission enter ederation orps etachment rigade tation eam roup ongress "
        "onference ourt rocuratorate"
    ).split()
    for letter in CAPITALS
)
CUES = (_BODIES,)
_NAME = lazy(r"([A-Z][a-z]+) ([A-Z][a-z]+)\b")
_TITLE = lazy(
    r"\b(?:secretary|director|deputy|minister|chairman|chairwoman|chief|head|president|member|captain|commissar|magistrate|mayor|"
    r"governor|leader|inspector)\b[^,.;:!?\n]{0,100} of\b"
    r"[^.;:!?\n]{0,120}$",
    re.I,
)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every name that follows a body whose post was named before it; the span is the name."""
    text = passage.text
    for at, end in passage.places(_BODIES):
        name = _NAME.match(text, end - 1)
        if name and is_name(*name.groups()) and _TITLE.search(text, max(0, at - 160), at):
            message = f"the titles stand before the name in Chinese order; write “{name.group()},” and the titles after it"
            yield RULE.finding(text, *name.span(), message)
