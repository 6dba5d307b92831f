"""A slogan with a number whose noun is left in the singular: 四种形态 read as “four shape”."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.detectors.passage import Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy

RULE = Rule(
    name="number-slogan",
    title="Number slogan",
    what="A quotation that is nothing but a number and a singular: “four shape”, “two responsibility”.",
    why="Chinese officialese counts points in slogans, and has no plural. Readers cannot tell what the four are.",
    severity=Severity.WARNING,
    safety=Safety.NONE,
    safety_reason="Shown only: the official English, or what is counted, has to be looked up.",
    examples=(
        ("They made good use of the “four shape”.", ""),
        (
            "They spoke of the “two sessions”, a “two child” policy, a “five-star” hotel and a “two way” street.",
            "They spoke of the “two sessions”, a “two child” policy, a “five-star” hotel and a “two way” street.",
        ),
    ),
)

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SLOGAN = Cues(f"{mark}{word} " for mark in '"“‘' for number in _NUMBERS for word in (number, number.capitalize()))
CUES = (_SLOGAN,)
_SINGULAR = lazy(r"[\"“‘](\w+) ([a-z]{3,})([\"”’])(?!\w)")
_CLOSING = {'"': '"', "“": "”", "‘": "’"}
# What English has after a number as it stands: plurals without an s, parts and measures, halves of compounds.
_USUAL = frozenset(
    "children people men women police staff data media feet percent hundred thousand million billion trillion dozen "
    "year month week day hour minute second mile meter metre foot inch pound dollar yuan point part page word step stage story storey "
    "speed star way child parent person man woman state party family car door seat wheel wheeler bedroom room player "
    "fold faced legged sided tiered track lane level tier figure digit dimensional quarter third fifth half time tone "
    "rural more less other and plus minus little thing each all down out over under not".split()
)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every such quotation; the span is what stands in it."""
    text = passage.text
    for match in passage.matches(_SLOGAN, _SINGULAR):
        noun = match.group(2)
        if match.group(3) != _CLOSING[text[match.start()]] or noun in _USUAL or (noun.endswith("s") and not noun.endswith("ss")):
            continue
        start, end = match.start(1), match.end(2)
        yield RULE.finding(text, start, end, f"“{text[start:end]}” reads like a Chinese slogan with a number; say what is counted")
