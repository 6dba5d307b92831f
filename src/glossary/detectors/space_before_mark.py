"""A blank before a comma, a stop or a hyphen, inside a decimal, or inside a time of day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.addresses import in_address
from glossary.detectors.passage import Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.wordlists import words

RULE = Rule(
    name="space-before-mark",
    title="Space before a mark",
    what="A blank stands before a comma, stop or hyphen that belongs to the word before it, as in “real -time”.",
    why="Translation engines cut Chinese text at its marks and put the pieces together with blanks.",
    severity=Severity.WARNING,
    safety=Safety.SAFE,
    safety_reason="Safe before a comma and in compounds that are known to be written with a hyphen. Unsafe elsewhere: a hyphen between "
    "blanks may be a dash.",
    examples=(
        ("The station has real -time monitoring.", "The station has real-time monitoring."),
        ("The police , the courts and the schools took part.", "The police, the courts and the schools took part."),
        ("He came - as always - late, with short- and long-term plans.", "He came - as always - late, with short- and long-term plans."),
    ),
)

_MARKS = ",.;:!?"
_STOPS = Cues(f" {mark}" for mark in _MARKS)
_HYPHENS = Cues((" -", "- "))
_COLONS = Cues(f": {digit}" for digit in "012345")
CUES = (_STOPS, _HYPHENS, _COLONS)
_AFTER_STOP = ("", " ", "\n", "\r", "”", '"')
_LEFT = lazy(r"[A-Za-z]+$|\d+$")
_RIGHT = lazy(r"[A-Za-z]+")
_DECIMAL = lazy(r"(?<=\d) \.(?=\d+ ?(?:%|percent|per cent|million|billion|trillion|yuan|kilomet|meters|metres|tons|degrees))")
_CLOCK = lazy(r"(?<=\d): (?=[0-5]\d ?[ap]\.?m\b)")
_NUMBERS = frozenset("one two three four five six seven eight nine ten hundred".split())
_SUSPENDED = frozenset("and or to but nor".split())


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every blank that stands before its mark; the span is the blank and the mark."""
    text = passage.text
    for at, end in passage.places(_STOPS):
        finding = _before_stop(text, at, end)
        if finding is not None:
            yield finding
    for at, end in passage.places(_HYPHENS):
        if text[at] == "-" and text[at - 1 : at] == " ":
            continue  # found with the blank before it
        finding = _hyphen(text, at, end + text.startswith(" - ", at))
        if finding is not None:
            yield finding
    for match in passage.matches(_STOPS, _DECIMAL):
        yield RULE.finding(text, *match.span(), "a decimal is cut by a space", ".", safety=Safety.UNSAFE)
    for match in passage.matches(_COLONS, _CLOCK):
        yield RULE.finding(text, *match.span(), "a time of day is cut by a space", ":")


def _before_stop(text: str, start: int, end: int) -> Finding | None:
    mark = text[end - 1]
    while start and text[start - 1] in " \t\xa0":
        start -= 1
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (start and (before.isalnum() or before in ")]”\"%’'")) or after not in _AFTER_STOP or in_address(text, start, end):
        return None
    if mark not in _MARKS or (mark == "." and text[end : end + 2] in (" .", ". ")):
        return None  # a character beyond Latin-1 is no question mark
    if mark == ":" and before.isdigit() and text[end + 1 : end + 2].isdigit():
        return None  # a score: 5 : 3
    safety = Safety.SAFE if mark == "," and before.isalnum() and after == " " else Safety.UNSAFE
    severity = Severity.WARNING if mark in ",.;" else Severity.INFO
    return RULE.finding(text, start, end, f"a space stands before “{mark}”", mark, safety=safety, severity=severity)


def _hyphen(text: str, start: int, end: int) -> Finding | None:
    left = _LEFT.search(text, max(0, start - 24), start)
    right = _RIGHT.match(text, end)
    if left is None or right is None or in_address(text, start, end):
        return None
    mark = text[start:end]
    known = is_compound(left.group(), right.group(), exact=mark == " - ")
    if known and not (mark == "- " and right.group().lower() in _SUSPENDED):
        return RULE.finding(text, start, end, f"a space stands in “{left.group()}-{right.group()}”", "-")
    chained = text[max(0, left.start() - 2) : left.start()] == " -"  # year -on -year
    if known or mark != " -" or not (chained or _looks_joined(text, left, right)):
        return None
    message = f"a space stands before the hyphen of “{left.group()}-{right.group()}”, or the dash wants one after it"
    return RULE.finding(text, start, end, message, "-", safety=Safety.UNSAFE, severity=Severity.INFO)


def is_compound(left: str, right: str, *, exact: bool = False) -> bool:
    """Whether two words are known to be joined by a hyphen; with `exact`, these two and not only one of them."""
    known = words("compounds")
    left, right = left.lower(), right.lower()
    if f"{left}-{right}" in known or (not exact and (f"{left}-*" in known or f"*-{right}" in known)):
        return True
    return (left.isdigit() or left in _NUMBERS) and f"0-{right}" in known


def _looks_joined(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """A blank before but none after, between two words in lower case, and no other such mark in the line: hardly a dash."""
    if len(left.group()) < 3 or len(right.group()) < 3 or not (left.group() + right.group()).islower():
        return False
    low = text.rfind("\n", 0, left.start()) + 1
    return text.count("- ", max(low, left.start() - 200), right.end() + 200) == 0
