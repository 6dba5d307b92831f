"""A replacement made to agree with its place: capitals, articles, possessives, doubled words.

`agree` takes the bare replacement of a garble and returns the span and the text that an editor would have written there.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from glossary.english.articles import indefinite
from glossary.english.case import SMALL_WORDS, capitalize, is_headline, is_upper, title_case, uncapitalize
from glossary.patterns import lazy
from glossary.text import has_paragraph_break

_OPENING, _BLANKS, _NO_WORD = "\"“‘'(", " \t\n\r\xa0", (",", ".", ";", ":", ")", "”")
_PREVIOUS = lazy(r"([^\W_][\w'’]*)([ \t\n\r\xa0]+)([\"“‘'(]*)$")
_NEXT = lazy(r"([\"”’')]*)([ \t\n\r\xa0]+)([^\W\d_][\w]*)")
_POSSESSIVE = lazy(r"['’]s?\b|['’](?=\s)")
_SENTENCE_START = lazy(r"(?:^|\n)[\"“‘'(\[>#*\- \t]*$|[.!?。！？][\"”’')\]]*\s*[\"“‘'(\[]*$")
_STOP_AFTER_WORD = lazy(r"(\w+)[.]([\"”’')\]]*\s*[\"“‘'(\[]*)$")
_STOPS = frozenset(("", ",", ".", ";", ":"))
_LONG_LINE = 240  # code points; no headline
_ARTICLES = frozenset({"the", "a", "an"})
_PREPOSITIONS = frozenset(
    ("of by to from in with for at under through against between among within behind toward towards into and").split()
)
# After these a replacement keeps its own "the"; after a possessive or a demonstrative it loses it.
_DETERMINERS = frozenset(
    (
        "my our your his her its their whose this that these those some any each every no many several more most few both one two three"
    ).split()
)
_ADJECTIVE = lazy(r"(?:al|ic|ive|ous|ern|ese|ary|ful|less|ble|rural|urban|local|poor|young|old)$", re.I)
_BODY = lazy(
    r"\b(?:Commission|Committee|Department|Bureau|Sub-bureau|Office|Group|Federation|Ministry|Administration|League|Court|Procuratorate|"
    r"Association|Center|Centre|Congress|Conference|Council|Government|Corps|Detachment|Brigade|Secretariat|Academy|Agency|Authority|Party)\b"
)


class Agreement(NamedTuple):
    """Where a replacement goes and how it reads there; `sure` is false where a person should look."""

    start: int
    end: int
    replacement: str
    sure: bool


def agree(text: str, start: int, end: int, replacement: str, *, organisation: bool = False, title: bool = False) -> Agreement:
    """Fit a replacement into its place.

    Args:
        text: the text that holds the garble.
        start, end: the span of the garble, code points.
        replacement: the approved form as it stands in the middle of a sentence; empty to delete.
        organisation: the form names a body, which takes "the" after a preposition.
        title: the form is a post, which takes capitals before a capitalised name if the garble had them.
    """
    if not replacement:
        return _delete(text, start, end)
    garble = text[start:end]
    sure = _balanced(garble)
    previous = _previous(text, start)
    start, replacement, fits = _article(text, start, replacement, previous, organisation)
    sure = sure and fits
    end, replacement = _seam(text, end, replacement)
    replacement = _case(text, start, end, garble, replacement, title)
    return Agreement(start, end, replacement, sure)


class _Previous(NamedTuple):
    """The word before a garble, where it begins, and whether a quotation mark or bracket stands between them."""

    word: str
    start: int
    quoted: bool


def _previous(text: str, start: int) -> _Previous | None:
    low = max(0, start - 60)
    unquoted = text[low:start].rstrip(_OPENING)
    before = unquoted.rstrip(_BLANKS)
    if before == unquoted or before.endswith(_NO_WORD):
        return None
    word = before.rsplit(None, 1)[-1] if before else ""
    if word.isalnum():  # nearly always: the expression is for the rest
        return _Previous(word, low + len(before) - len(word), low + len(unquoted) < start)
    found = _PREVIOUS.search(text, low, start)
    return _Previous(found.group(1), found.start(), bool(found.group(3))) if found else None


def _balanced(garble: str) -> bool:
    """Whether quotation marks inside the garble come in pairs: replacing half a pair would break the other half."""
    if garble.isascii() and '"' not in garble:
        return True
    return garble.count('"') % 2 == 0 and garble.count("“") == garble.count("”") and garble.count("《") == garble.count("》")


def _delete(text: str, start: int, end: int) -> Agreement:
    after = re.compile(r"[ \t\n\r\xa0]+").match(text, end)
    before = text[start - 1 : start]
    if after and not has_paragraph_break(text, after.start(), after.end()) and (not before or before.isspace() or before in '"“‘('):
        following = text[after.end() : after.end() + 1]
        if _starts_sentence(text, start) and text[start].isupper() and following.islower():
            return Agreement(start, after.end() + 1, following.upper(), True)
        return Agreement(start, after.end(), "", True)
    gap = " \t," if text[end : end + 1] in (".", ",", ";", "!", "?") else " \t"
    while start and text[start - 1] in gap:
        start -= 1
    return Agreement(start, end, "", True)


def _article(text: str, start: int, replacement: str, previous: _Previous | None, organisation: bool) -> tuple[int, str, bool]:
    """Decide the article again: the one before the garble is kept, corrected, absorbed or added."""
    first, _, rest = replacement.partition(" ")
    own = first.lower() in _ARTICLES and bool(rest)
    if previous is None or has_paragraph_break(text, previous.start, start):
        return start, replacement, True
    word, quoted = previous.word, previous.quoted
    lower = word.lower()
    if own:
        if lower in _ARTICLES and not quoted:
            article = first.lower() if first.lower() == "the" else indefinite(rest)
            return previous.start, (article.capitalize() if word[0].isupper() else article) + " " + rest, True
        if lower in _DETERMINERS or lower.endswith(("'s", "’s", "s'", "s’")) or (_ADJECTIVE.search(lower) and lower not in _PREPOSITIONS):
            return start, rest, True
        return start, replacement, not quoted or lower not in _ARTICLES
    if lower in ("a", "an") and not quoted:
        article = indefinite(replacement)
        if article == lower:
            return start, replacement, True
        return previous.start, (article.capitalize() if word[0].isupper() else article) + " " + replacement, True
    if lower == first.lower() and lower not in SMALL_WORDS and not quoted:
        return previous.start, replacement, True  # the word before would be doubled
    if organisation and lower in _PREPOSITIONS and not quoted and first[:1].isupper() and _BODY.search(replacement):
        return start, "the " + replacement, True
    return start, replacement, True


def _seam(text: str, end: int, replacement: str) -> tuple[int, str]:
    """Absorb a word after the garble that the replacement would double, and mend the possessive."""
    last = replacement[replacement.rfind(" ") + 1 :]
    if text[end : end + 1] in _STOPS:
        return end, replacement
    if text[end] == " " and text[end + 1 : end + 2] not in _BLANKS and text[end + 1 : end + 1 + len(last)].lower() != last.lower():
        return end, replacement
    possessive = _POSSESSIVE.match(text, end) if text[end] in "'’" else None
    if possessive and replacement.endswith("s") and not replacement.endswith(("ss", "Congress")) and replacement[-2:-1].islower():
        return possessive.end(), replacement + possessive.group()[0]
    following = _NEXT.match(text, end)
    if (
        following
        and not following.group(1)
        and following.group(3).lower() == last.lower()
        and last.lower() not in SMALL_WORDS
        and not has_paragraph_break(text, end, following.end())
    ):
        return following.end(), replacement
    return end, replacement


def _starts_sentence(text: str, start: int) -> bool:
    if start > 1 and text[start - 1] == " " and (text[start - 2].isalnum() or text[start - 2] in ",;:"):
        return False  # nearly always
    return _SENTENCE_START.search(text, max(0, start - 12), start) is not None if start else True


def _case(text: str, start: int, end: int, garble: str, replacement: str, title: bool) -> str:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = line_end if line_end >= 0 else len(text)
    if is_upper(garble) and (len(garble.split()) > 1 or is_upper(text[line_start:line_end])):
        return replacement.upper()
    if line_end - line_start < _LONG_LINE and is_headline(text[line_start:line_end]):
        return title_case(replacement)
    standing = text[start:end].lstrip("\"“‘'( ")[:1]
    if _starts_sentence(text, start):
        stop = _STOP_AFTER_WORD.search(text, max(0, start - 40), start)
        finished = stop is not None and len(stop.group(1)) > 3 and stop.group(1).islower()
        return capitalize(replacement) if standing.isupper() or finished else replacement
    if title and _name_follows(text, end) and all(word[0].isupper() for word in re.findall(r"[^\W\d_]\w{3,}", garble)):
        return title_case(replacement)
    if replacement[:1] in ("T", "A") and replacement.split()[0].lower() in _ARTICLES:
        return uncapitalize(replacement) if not standing.isupper() else replacement
    return replacement


def _name_follows(text: str, end: int) -> bool:
    following = re.compile(r"[ \xa0]([^\W\d_]\w*)").match(text, end)
    return following is not None and following.group(1)[0].isupper() and following.group(1).lower() not in SMALL_WORDS
