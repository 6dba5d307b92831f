"""一是 … 二是 … read as “One is to … Two is to …”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.detectors.passage import Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy

RULE = Rule(
    name="chinese-enumeration",
    title="Chinese enumeration",
    what="Points are counted with “one is to”, “two must”, “three is to” instead of first, second, third.",
    why="一是, 二是 and 一要, 二要 open the points of a speech; read literally they look like statements about one and two.",
    severity=Severity.WARNING,
    safety=Safety.UNSAFE,
    safety_reason="“First,” and “second,” are right, but what follows often needs a subject. Only flagged where two points of the series "
    "stand close together.",
    examples=(
        ("One must keep the books, two must open the gates.", "First, we must keep the books, second, we must open the gates."),
        (
            "One must be careful. One is to leave and the other is to stay.",
            "One must be careful. One is to leave and the other is to stay.",
        ),
    ),
)

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_POINT = lazy(
    r"(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight)(?: (?:is )?to (?=[a-z])| (?=must\b|should\b|"
    r"need to\b|needs to\b))"
)
_COUNTED = Cues(
    f"{word} {verb}"
    for number in _NUMBERS
    for word in (number, number.capitalize())
    for verb in ("is to", "to ", "must", "should", "need")
)
CUES = (_COUNTED,)
_OPENING = lazy(r"(?:^|[.,:;!?”\"\n–—-]|that|and|,)\s*$")
_REACH = 900  # code points between two points of one series


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every point of a series of two or more; the span is the number and its verb."""
    text = passage.text
    points = []
    for match in passage.matches(_COUNTED, _POINT):
        if text[max(0, match.start() - 1) : match.start()].isalnum() or not _OPENING.search(text, max(0, match.start() - 6), match.start()):
            continue
        points.append(match)
    series: list[re.Match[str]] = []
    for match in points:
        if series and _rank(match) == _rank(series[-1]) + 1 and match.start() - series[-1].end() < _REACH:
            series.append(match)
            continue
        yield from _findings(text, series)
        series = [match]
    yield from _findings(text, series)


def _rank(match: re.Match[str]) -> int:
    return _NUMBERS.index(match.group().split()[0].lower())


def _findings(text: str, series: list[re.Match[str]]) -> Iterator[Finding]:
    if len(series) < 2:
        return
    for match in series:
        ordinal = _ORDINALS[_rank(match)]
        if match.group()[0].isupper():
            ordinal = ordinal.capitalize()
        modal = text.startswith(("must", "should", "need"), match.end())
        after = f"{ordinal}, we " if modal else f"{ordinal}, "
        yield RULE.finding(text, *match.span(), f"“{match.group().strip()}” counts points as Chinese does; English has “{ordinal}”", after)
