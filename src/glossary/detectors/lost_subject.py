"""A sentence whose speaker was lost on the way: “No stressed that”, “And pointed out that”."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.detectors.passage import Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy

RULE = Rule(
    name="lost-subject",
    title="Lost subject",
    what="A verb of saying has no speaker before it, or only a stray “No” or “And”.",
    why="Chinese leaves out a subject that was named before, and engines read the name 安 or 努 as a word: readers cannot tell who spoke.",
    severity=Severity.WARNING,
    safety=Safety.NONE,
    safety_reason="Only a person knows who spoke. A stray “No” right after a full name is taken out when asked for.",
    examples=(
        ("The meeting was long. No stressed that this year is important.", ""),
        ("And pointed out that the first is to strengthen leadership.", ""),
        (
            "Dr. No said that he agreed. And then he pointed out that it rained.",
            "Dr. No said that he agreed. And then he pointed out that it rained.",
        ),
    ),
)

_SAID = ("stressed", "pointed out", "emphasized", "emphasised", "demanded", "requested", "required")
_SAYING = f"(?:{'|'.join(_SAID)})"
_NO = lazy(rf"No (?:also |further )?(?:{_SAYING}|said that)\b")
_BARE = lazy(
    rf"(?:And|Also|Then) (?:also )?(?:{_SAYING}|proposed|hoped|expressed|put forward|affirmed) (?:that|the|on|his|her|their|heartfelt|"
    rf"strict|clear|specific)\b"
    r"|(?:Pointed out|Stressed|Emphasi[sz]ed|Demanded|Requested) that\b|Said that (?:the|it|in|we|he|she|they|this)\b"
)
_STRAY = Cues(f"No {verb}" for verb in ("also ", "further ", *_SAID, "said that"))
_OPENING = Cues((
    *(
        f"{word} {verb}"
        for word in ("And", "Also", "Then")
        for verb in ("also ", *_SAID, "proposed", "hoped", "expressed", "put forward", "affirmed")
    ),
    *(f"{verb.capitalize()} that" for verb in (*_SAID, "said")),
))
CUES = (_STRAY, _OPENING)
_START = lazy(r"(?:^|[.!?;。”\"\n])\s*$")
_NAME_BEFORE = lazy(r"[A-Z][a-z]+ (?:[A-Z][a-z]+ )?$")
_TITLE_BEFORE = lazy(r"\b(?:Dr|Doctor|Mr|Mrs|Ms|Agent) ?\.? $")


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every verb of saying without its speaker; the span is the stray word and the verb."""
    text = passage.text
    for match in passage.matches(_STRAY, _NO):
        low = max(0, match.start() - 40)
        if _TITLE_BEFORE.search(text, low, match.start()):
            continue
        if _START.search(text, low, match.start()):
            yield RULE.finding(text, *match.span(), "the sentence has lost its subject: “No” is left of a name")
        elif _NAME_BEFORE.search(text, low, match.start()):
            rest = match.group()[3:]
            yield RULE.finding(text, *match.span(), "a stray “No” stands between the name and the verb", rest, safety=Safety.UNSAFE)
    for match in passage.matches(_OPENING, _BARE):
        if _START.search(text, max(0, match.start() - 10), match.start()):
            yield RULE.finding(text, *match.span(), "the sentence has lost its subject: who said so?")
