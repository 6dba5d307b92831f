"""The Communist Party of China written with a small letter."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.detectors.passage import Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Origin, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy

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

_WORD = Cues(("party",))
CUES = (_WORD,)
_PARTY = lazy(
    r"\bparty (?=(?:working |general |primary )?(?:committees?|branch(?:es)?|building|constitution|discipline|schools?|congress|"
    r"secretar(?:y|ies)|groups?|organi[sz]ations?|cells?|spirit|style|conduct|affairs|lectures?|central|regulations|"
    r"history (?:study|learning|education)|members? and (?:cadres|officials|the masses)|member cadres|and government (?:leaders|officials|"
    r"departments|organs|cadres)|and state leaders|flag|emblem|dues|character|governance)\b)"
    r"|(?<=\bthe )party (?=and (?:the )?(?:country|state|people)\b)"
    r"|(?<=\bthe )party(?=['’]s (?:principle|purpose|line|policies|mass line|leadership|absolute leadership|guiding|"
    r"democratic centralism|original aspiration|founding|innovative theor|political|constitution|discipline|ethnic|"
    r"basic line|general secretary|national congress|\d{2}th|twentieth|nineteenth|eighteenth))"
    r"|(?<=the leadership of the )party\b|(?<=by the )party and the people\b|(?<=\bloyal to the )party\b|(?<=\bloyalty to the )party\b"
    r"|(?<=\bguardian of the )party\b|(?<=\bguardians of the )party\b"
)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Each small letter that should be a capital."""
    text = passage.text
    for start, end in passage.places(_WORD):
        if not _PARTY.match(text, start) or matcher.foreign(text, start, end):
            continue
        yield Finding(
            rule=RULE.name,
            severity=RULE.severity,
            safety=RULE.safety,
            origin=Origin.DETECTOR,
            start=start,
            end=end,
            text=text[start:end],
            message="the Communist Party of China takes a capital: “Party”",
            replacements=("Party",),
        )
