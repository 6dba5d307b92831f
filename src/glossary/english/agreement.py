"""A replacement made to agree with its place: capitals, articles, possessives, doubled words.

`agree` takes the bare replacement of a garble and returns the span and the text that an editor would have written there.
"""

import re
from typing import NamedTuple

from glossary.english.articles import indefinite, is_plural
from glossary.english.case import SMALL_WORDS, capitalize, is_headline, is_upper, title_case, uncapitalize
from glossary.patterns import lazy
from glossary.text import has_paragraph_break

_PREVIOUS = lazy(r"([^\W_][\w'’]*)([ \t\n\r\xa0]+)([\"“‘'(]*)$")
_NEXT = lazy(r"[ \t\n\r\xa0]+[^\W\d_]")
_WORD = lazy(r"\w[\w'’-]*")
_POSSESSIVE = lazy(r"(['’])(s\b|(?=\s))", re.I)
_SENTENCE_START = lazy(r"(?:^|\n)[\"“‘'(\[>#*\- \t]*$|[.!?。！？][\"”’')\]]*\s*[\"“‘'(\[]*$")
_STOP_AFTER_WORD = lazy(r"(\w+)[.]([\"”’')\]]*\s*[\"“‘'(\[]*)$")
_DETERMINED = lazy(r"\b(the|an?|my|our|your|his|her|its|their|this|that|these|those|[^\W\d_]+['’]s?)[ \t\n\xa0]+$", re.I)
_EMPHATIC = lazy(r"\b(?:such|what|quite|rather|many)[ \t\n\xa0]+$", re.I)
_OPEN_QUOTE = lazy(r"(?:^|[\s(“\"])['‘](?=\w)(?:(?!['’](?:\W|$))[^\n]){0,80}$")
_ARTICLES = frozenset({"the", "a", "an"})
_PREPOSITIONS = frozenset(
    ("of by to from in with for at under through against between among within behind toward towards into and").split()
)
# Words that may stand twice: "went on on Monday".
_REPEATED = frozenset({"in", "on", "over", "that", "had"})
# Nouns that stand before another noun; "implement" and the like end as they do.
_NOUN = lazy(
    r"(?!(?:imple|comple|supple)ment$|mention$|question$|(?:enh|adv)ance$|(?:influ|experi)ence$)"
    r"(?:[a-z]{2,}(?:[st]ion|ment|ness|ity|ance|ence|ship)|work|county|city|police|party|government|team|office|meeting|conference)$"
)
# After these a replacement keeps its own "the"; after a possessive or a demonstrative it loses it.
_DETERMINERS = frozenset(
    (
        "my our your his her its their whose this that these those some any each every no many several more most few both one two three"
    ).split()
)
_SEVERAL = frozenset("these those many several few both two three".split())
_LEADING = _ARTICLES | _DETERMINERS | _PREPOSITIONS
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
    previous = _previous(text, start)
    if not replacement:
        return _delete(text, start, end, previous)
    garble = text[start:end]
    sure = _balanced(garble) and not _moved_head(garble, replacement, previous)
    start, replacement, fits = _article(text, start, end, replacement, previous, organisation)
    end, replacement = _seam(text, start, end, replacement)
    replacement = _case(text, start, end, garble, replacement, title)
    return Agreement(start, end, replacement, sure and fits)


def _previous(text: str, start: int) -> re.Match[str] | None:
    """The word before a garble, what blanks follow it, and the quotation marks or brackets that open after them."""
    if text[start - 2 : start] in (", ", ". ", "; ", ": "):
        return None
    low = max(0, start - 60)
    word = text.rfind(" ", low, max(low, start - 1)) + 1  # nearly always it begins there
    found = (_PREVIOUS.match(text, word, start) if word else None) or _PREVIOUS.search(text, low, start)
    return None if found is None or has_paragraph_break(text, found.start(), start) else found


def _balanced(garble: str) -> bool:
    """Whether quotation marks inside the garble come in pairs: replacing half a pair would break the other half."""
    even = garble.count('"') % 2 == 0
    return even if garble.isascii() else even and garble.count("“") == garble.count("”") and garble.count("《") == garble.count("》")


def _moved_head(garble: str, replacement: str, previous: re.Match[str] | None) -> bool:
    """Whether a noun before the garble belongs to a word that the replacement has elsewhere: (Pujiang) Committee secretary."""
    if previous is None or previous.group(3) or (" of " in garble) == (" of " in replacement):
        return False
    word = previous.group(1)
    named = " of " in replacement and word[0].isupper() and word.lower() not in _LEADING and not _ADJECTIVE.search(word)
    return named or _NOUN.match(word) is not None


def _delete(text: str, start: int, end: int, previous: re.Match[str] | None) -> Agreement:
    after = re.compile(r"[ \t\n\r\xa0]+").match(text, end)
    before = text[start - 1 : start]
    leads = _starts_sentence(text, start) or (previous is not None and previous.group(1).lower() in _LEADING)
    if leads and text[end : end + 1] == ",":  # a vast, happy land; Comrades, we came
        after = re.compile(r",[ \t\n\r\xa0]*").match(text, end)
    if after and not has_paragraph_break(text, after.start(), after.end()) and (not before or before.isspace() or before in '"“‘('):
        following = text[after.end() : after.end() + 1]
        if _starts_sentence(text, start) and text[start].isupper() and following.islower():
            return Agreement(start, after.end() + 1, following.upper(), True)
        if previous is not None and previous.group(1).lower() in ("a", "an") and following.isalnum():
            article = _like(indefinite(text[after.end() : after.end() + 40]), previous.group(1))
            if article != previous.group(1):
                return Agreement(previous.start(), after.end(), article + text[previous.end(1) : start], True)
        return Agreement(start, after.end(), "", True)
    gap = " \t," if text[end : end + 1] in (".", ",", ";", "!", "?") else " \t"
    while start and text[start - 1] in gap:
        start -= 1
    return Agreement(start, end, "", True)


def _like(article: str, word: str) -> str:
    """An article in the capitals of the one it comes for."""
    return article.capitalize() if word[0].isupper() else article


def _article(
    text: str, start: int, end: int, replacement: str, previous: re.Match[str] | None, organisation: bool
) -> tuple[int, str, bool]:
    """Decide the article again: the one before the garble is kept, corrected, absorbed or added."""
    first, _, rest = replacement.partition(" ")
    own = first.lower() in _ARTICLES and bool(rest)
    if previous is None:
        return start, replacement, True
    word = previous.group(1)
    lower = word.lower()
    quoted = bool(previous.group(3))
    if own:
        if lower in ("a", "an") and first.lower() == "the" and not quoted and _NEXT.match(text, end):  # a (vast masses) meeting
            return previous.start(), f"{_like(indefinite(rest), word)} {rest}", False
        if lower in _ARTICLES and not quoted:
            article = first.lower() if first.lower() == "the" else indefinite(rest)
            emphatic = _EMPHATIC.search(text, max(0, previous.start() - 12), previous.start())
            return previous.start(), f"{_like(article, word)} {rest}", emphatic is None
        if lower in _DETERMINERS or lower.endswith(("'s", "’s", "s'", "s’")) or (_ADJECTIVE.search(lower) and lower not in _PREPOSITIONS):
            return start, rest, is_plural(rest) or lower not in _SEVERAL
        bare = text[start:end].partition(" ")[0].lower() not in _ARTICLES
        if bare and not quoted and lower not in _PREPOSITIONS and _DETERMINED.search(text, max(0, previous.start() - 24), previous.start()):
            return start, rest, True
        return start, replacement, not quoted or lower not in _ARTICLES
    if lower in ("a", "an"):
        if not quoted and is_plural(replacement):
            return (start if _NEXT.match(text, end) else previous.start()), replacement, False
        article = _like(indefinite(replacement), word)
        if article == word:
            return start, replacement, True
        return previous.start(), article + text[previous.end(1) : start] + replacement, True
    doubled = _doubled_before(text, start, replacement)
    if doubled < start:
        return doubled, replacement, True
    if organisation and lower in _PREPOSITIONS and not quoted and first[:1].isupper() and _BODY.search(replacement):
        return start, "the " + replacement, True
    return start, replacement, True


def _doubled_before(text: str, start: int, replacement: str) -> int:
    """Where the words before the garble begin that the replacement begins with too; at most three."""
    words = replacement.casefold().split()
    if not text[max(0, start - 40) : start].casefold().rstrip().endswith(tuple(words[:3])):
        return start
    for word in list(_WORD.finditer(text, max(0, start - 80), start))[-3:]:
        if _repeats(text, word.start(), start, words) and not text[word.start() - 1 : word.start()].isalnum():
            return word.start()
    return start


def _doubled_behind(text: str, end: int, replacement: str) -> int:
    """Where the words behind the garble end that the replacement ends with too; at most three."""
    words = replacement.casefold().split()
    if not text[end : end + 40].casefold().lstrip().startswith(tuple(words[-3:])):
        return end
    for word in reversed(list(_WORD.finditer(text, end, end + 80))[:3]):
        count = len(text[end : word.end()].split())
        if _repeats(text, end, word.end(), words[-count:]):
            return word.end()
    return end


def _repeats(text: str, start: int, end: int, words: list[str]) -> bool:
    """Whether a span, blanks at its edge, has the first of the words and nothing else."""
    if has_paragraph_break(text, start, end) or not (text[start].isspace() or text[end - 1].isspace()):
        return False
    standing = text[start:end].casefold().split()
    return standing == words[: len(standing)] and not (len(standing) == 1 and standing[0] in _REPEATED)


def _seam(text: str, start: int, end: int, replacement: str) -> tuple[int, str]:
    """Absorb words after the garble that the replacement would double, and mend the possessive."""
    following = text[end : end + 1]
    possessive = _POSSESSIVE.match(text, end) if following in ("'", "’") else None
    if possessive:
        mark, letter = possessive.groups()
        plural = replacement.endswith("s") and not replacement.endswith(("ss", "Congress")) and replacement[-2:-1].islower()
        if plural and letter:
            return possessive.end(), replacement + mark
        closes = _OPEN_QUOTE.search(text, max(0, start - 80), start + 1) is not None
        if not letter and not closes and text[end - 1] in "sS" and not replacement.endswith("s"):
            return possessive.end(), f"{replacement}{mark}s"
    return _doubled_behind(text, end, replacement) if following.isspace() else end, replacement


def _starts_sentence(text: str, start: int) -> bool:
    if text[start - 1 : start] == " " and ((mark := text[start - 2 : start - 1]).isalnum() or mark == ","):  # nearly always
        return False
    return not start or _SENTENCE_START.search(text, max(0, start - 12), start) is not None


def _case(text: str, start: int, end: int, garble: str, replacement: str, title: bool) -> str:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if is_upper(garble) and (is_upper(line) or (len(garble.split()) > 1 and any(len(word) > 4 for word in garble.split()))):
        return replacement.upper()
    if len(line) < 240 and is_headline(line):
        return title_case(replacement)
    standing = text[start:end].lstrip("\"“‘'( ")[:1]
    if _starts_sentence(text, start):
        stop = _STOP_AFTER_WORD.search(text, max(0, start - 40), start)
        finished = stop is not None and len(stop.group(1)) > 3 and stop.group(1).islower()
        return capitalize(replacement) if standing.isupper() or finished else replacement
    if title and _name_follows(text, end) and all(word[0].isupper() for word in re.findall(r"[^\W\d_]\w{3,}", garble)):
        return title_case(replacement)
    if replacement.startswith(("The ", "A ", "An ")) and not standing.isupper():
        return uncapitalize(replacement)
    return replacement


def _name_follows(text: str, end: int) -> bool:
    following = re.compile(r"[ \xa0]([^\W\d_]\w*)").match(text, end)
    return following is not None and following.group(1)[0].isupper() and following.group(1).lower() not in SMALL_WORDS
