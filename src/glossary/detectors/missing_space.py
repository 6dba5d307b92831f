"""A blank left out after a stop, a comma or a colon, or between a month and its day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.addresses import in_address, token
from glossary.detectors.passage import DIGITS, LETTERS, Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.wordlists import frequent

RULE = Rule(
    name="missing-space",
    title="Missing space",
    what="Two words stand together with only a punctuation mark between them.",
    why="Chinese marks carry their own blank; translation engines and web pages drop it, and sentences run into each other.",
    severity=Severity.WARNING,
    safety=Safety.SAFE,
    safety_reason="Safe between ordinary words. Unsafe where the next word is in lower case after a full stop. Never in addresses, file "
    "names, decimals, abbreviations and identifiers.",
    examples=(
        ("The meeting ended.Afterwards, participants visited the hall.", "The meeting ended. Afterwards, participants visited the hall."),
        ("On March 5,he visited the county.", "On March 5, he visited the county."),
        ("The U.S.Army site is at www.army.mil, see e.g.the map.", "The U.S.Army site is at www.army.mil, see e.g.the map."),
    ),
)

_GAP = lazy(r"[.!?;:,][”\")\]]?(?=[^\W\d_])")
_MARKS = Cues(
    mark + after
    for mark in ".!?;:,"
    for after in (
        *LETTERS,
        *filter(str.isalpha, map(chr, range(0x80, 0x100))),
        *"\")]",
        "?",  # what is beyond Latin-1, a quotation mark or a letter
    )
)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_LABELS = ("Time", "Date", "Published", "Author", "Source", "Editor")
_DATED = Cues(word + digit for word in (*_MONTHS, *(f"{label}:" for label in _LABELS)) for digit in DIGITS)
CUES = (_MARKS, _DATED)
_BEFORE_DIGIT = lazy(rf"(?:{'|'.join(_MONTHS)})(?=\d{{1,2}}(?:st|nd|rd|th)?\b)|(?:{'|'.join(_LABELS)}):(?=\d)")
_BEFORE = lazy(r"(?:[^\W_][\w’'-]*[^\W_]|[^\W_])$")
_AFTER = lazy(r"[^\W\d_]+")
# A file or site name ends so; a word after the stop in lower case is a sentence only if it is one of the second kind.
_ENDINGS = frozenset("net js py com org cn io md txt csv pdf doc docx xls xlsx ppt jpg png gif mp3 mp4 exe zip html htm php asp aspx "
                     "jar".split())
_OPENERS = frozenset("the we and but they this these there when after while since".split())
_CLAUSE = frozenset("the we it to a an in on he she they this that first one if when do be anyone everyone how what who why not no "
                    "strengthen improve".split())


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every mark that wants a blank after it; the span is the mark."""
    text = passage.text
    for match in passage.matches(_MARKS, _GAP):
        safety = _safety(text, match)
        if safety is not None:
            yield RULE.finding(text, *match.span(), f"a space is missing after “{match.group()}”", match.group() + " ", safety=safety)
    for match in passage.matches(_DATED, _BEFORE_DIGIT):
        if not text[max(0, match.start() - 1) : match.start()].isalnum():
            yield RULE.finding(text, *match.span(), f"a space is missing after “{match.group()}”", match.group() + " ")


def _safety(text: str, match: re.Match[str]) -> Safety | None:
    """How sure it is that a blank is missing; None if it is not."""
    start, end = match.span()
    mark = text[start]
    found = _BEFORE.search(text, max(0, start - 40), start)
    following = _AFTER.match(text, end)
    if following is None or in_address(text, start, end) or (end - start > 1 and not _closes(text, start + 1)):
        return None
    after = following.group()
    if found is None:
        tail = text[start - 1 : start]
        return Safety.SAFE if tail in "%)”…" and tail and after[0].isupper() and after[1:].islower() else None
    before = found.group()
    if mark == ".":
        return _after_stop(text, before, after, following.end())
    if mark in "!?":
        if len(before) < 2 or not (after[1:].islower() or after in ("A", "I")):
            return None
        return Safety.SAFE if after[0].isupper() else Safety.UNSAFE
    low, high = token(text, start, end)
    if mark == ":":
        if len(before) < 3 or not before.isalpha() or text.count(":", low, high) > 1 or not after[1:].islower():
            return None
        return Safety.SAFE if (after[0].isupper() and before.lower() != "re") or after in _CLAUSE else None
    if len(after) < 2 or (len(before) < 2 and not before.isdigit()) or (before.isdigit() and not after.islower()):
        return None
    if mark == ";" and text[found.start() - 1 : found.start()] in ("&", "#"):
        return None
    return None if text.count(mark, low, high) > 2 and not before.isdigit() and high - low < 24 else Safety.SAFE


def _after_stop(text: str, before: str, after: str, end: int) -> Safety | None:
    year = before.isdigit() and len(before) == 4
    if not year and (len(before) < 2 or not before.replace("-", "").replace("’", "").replace("'", "").isalpha()):
        return None
    following = text[end : end + 1]
    if after.islower():
        return Safety.UNSAFE if after in _OPENERS and before.islower() and len(before) > 2 and following == " " else None
    if before[0].isupper() and after.lower() not in frequent():
        return None  # One.Tel
    if not (after[1:].islower() or (after in ("A", "I") and following == " ")) or after.lower() in _ENDINGS:
        return None
    if before.lower().startswith(after.lower()[:4]) or before.isupper():
        return None  # threading.Thread, U.S.Army
    if following == "(" or (following == "." and text[end + 1 : end + 2].isalpha()):
        return None  # os.Path(, system.Out.print
    return Safety.SAFE


def _closes(text: str, at: int) -> bool:
    """Whether the quotation mark or bracket at a place ends something on its line."""
    line = text.rfind("\n", 0, at) + 1
    mark = text[at]
    if mark == '"':
        return text.count('"', line, at) % 2 == 1
    opener = {"”": "“", ")": "(", "]": "["}[mark]
    return text.count(opener, line, at) > text.count(mark, line, at)
