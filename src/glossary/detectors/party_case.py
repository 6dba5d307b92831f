"""The Communist Party of China written with a small letter."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.detectors.passage import Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher

RULE = Rule(
    name="party-case",
    title="Capital Party",
    what="“party” in lower case where the words around it show that the Communist Party of China is meant: party committee, party branch, "
    "party building.",
    why="The Party has a capital in official English, which tells it from other parties and from a party of visitors.",
    severity=Severity.WARNING,
    safety=Safety.SAFE,
    safety_reason="Safe: only in phrases that name its bodies and its work, never in a sentence or paragraph about a foreign country.",
    examples=(
        ("The county party committee and two party branches met.", "The county Party committee and two Party branches met."),
        ("They studied the party's democratic centralism.", "They studied the Party's democratic centralism."),
        ("He is a loyal guardian of the party.", "He is a loyal guardian of the Party."),
        ("The party committees of Vietnam met.", "The party committees of Vietnam met."),
        ("Li and his party arrived for the birthday party.", "Li and his party arrived for the birthday party."),
    ),
)

_PARTY = "party"
_WORK = (
    "committee", "committees", "branch", "branches", "building", "constitution", "discipline", "school", "schools", "congress",
    "secretary", "secretaries", "group", "groups", "organization", "organizations", "organisation", "organisations", "cell", "cells",
    "spirit", "style", "conduct", "affairs", "lecture", "lectures", "central", "regulations", "history study", "history learning",
    "history education", "members and cadres", "member and cadres", "members and officials", "members and the masses", "member cadres",
    "and government leaders", "and government officials", "and government departments", "and government organs",
    "and government cadres", "and state leaders", "flag", "emblem", "dues", "character", "governance",
)  # fmt: skip
_ITS = (
    "principle", "purpose", "line", "policies", "mass line", "leadership", "absolute leadership", "guiding", "democratic centralism",
    "original aspiration", "founding", "innovative theor", "political", "constitution", "discipline", "ethnic", "basic line",
    "general secretary", "national congress", "twentieth", "nineteenth", "eighteenth",
    *(f"{number:02}th" for number in range(100)),
)  # fmt: skip
_LOYAL = ("the leadership of the", "loyal to the", "loyalty to the", "guardian of the", "guardians of the")
_WHOLE = Cues((
    *(f"{_PARTY} {lead}{work}" for lead in ("", "working ", "general ", "primary ") for work in _WORK),
    *(f"the {_PARTY} and {article}{other}" for article in ("", "the ") for other in ("country", "state", "people")),
    *(f"{loyal} {_PARTY}" for loyal in _LOYAL),
    f"by the {_PARTY} and the people",
))  # fmt: skip
_STEMS = Cues(f"the {_PARTY}{mark}s {its}" for mark in "'’" for its in _ITS)
CUES = (_WHOLE, _STEMS)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Each small letter that should be a capital."""
    text, done = passage.text, 0
    for first, _ in sorted([*passage.words(_WHOLE), *passage.places(_STEMS)]):
        start = text.index(_PARTY, first)
        end = start + len(_PARTY)
        if start < done or (first and text[first - 1].isalnum()) or matcher.foreign(text, start, end):
            continue
        done = end
        yield RULE.finding(text, start, end, "the Communist Party of China takes a capital: “Party”", "Party")
