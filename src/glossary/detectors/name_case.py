"""Names of places, people and bodies in lower case, or with capitals on some of their words only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from glossary.addresses import in_address
from glossary.detectors.passage import NAME, Cues, Passage
from glossary.detectors.rule import Rule
from glossary.english.case import is_headline
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.pinyin import SURNAMES, is_english, is_name, is_word, syllables
from glossary.wordlists import words

RULE = Rule(
    name="name-case",
    title="Capitals of a name",
    what="A place, person or body stands in lower case (“yongding public security”, “Tang sheng said”), in mixed capitals "
    "(“Public security Bureau”), or cut where no capital follows (“Ren Zhong yuan”, “Yang lin district”).",
    why="Chinese has no capitals; engines set them by chance, and readers miss that a name is meant.",
    severity=Severity.WARNING,
    safety=Safety.SAFE,
    safety_reason="Safe where the word is pinyin, no English word, and stands before county, police station and the like, or is a given "
    "name before a verb of saying. Unsafe for bodies, which some houses set in lower case throughout.",
    examples=(
        (
            "Police in yongding county and the shuangfeng public security bureau met.",
            "Police in Yongding county and the Shuangfeng public security bureau met.",
        ),
        ("He is director of the political Department.", "He is director of the Political Department."),
        ("Mayor Ren Zhong yuan of Yang lin district met Ou yang Jian.", "Mayor Ren Zhongyuan of Yanglin district met Ouyang Jian."),
        (
            "The county police station and the Political Department met a panda village head.",
            "The county police station and the Political Department met a panda village head.",
        ),
    ),
)

_PLACE = lazy(
    r"(?: [A-Z]?[a-z]+)? (?:county|district|city|town|township|village|province|prefecture|municipality|subdistrict|autonomous|banner|"
    r"public security|police|branch|sub-bureau|"
    r"primary school|middle school|community|road|street|river|lake|mountain|daily|news|reservoir|railway|court|procuratorate)\b",
    re.I,
)
_SAYING = (
    "pointed out|stressed|emphasized|emphasised|demanded|said|requested|presided|attended|introduced|required|asked|told|suggested|"
    "delivered|chaired|expressed|"
    "inspected|visited|explained|noted|added|hoped|urged|called|spoke|announced|made"
)
_PERSON = lazy(rf"([A-Z][a-z]{{1,7}}) ([a-z]{{2,12}})(?= (?:{_SAYING})\b)")
_CUT_GIVEN = lazy(r"([A-Z][a-z]{1,7}) ([A-Z][a-z]{0,5}) ([a-z]{1,6})(?![\w’'-])")
_CUT_SURNAME = lazy(r"([A-Z][a-z]{1,5}) ([a-z]{2,5}) ([A-Z][a-z]{1,11})(?![\w’'-])")
_CUT_PLACE = lazy(r"([A-Z][a-z]{1,5}) ([a-z]{2,5})(?= (?:district|county|township|village|town|subdistrict|city|prefecture)\b)", re.I)
_TITLES = Cues(f"{title} " for title in ("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Miss.", "Correspondent", "Reporter", "Comrade"))
_TITLED = lazy(r"(?:M(?:rs?|s|iss)\.?|Correspondent|Reporter|Comrade) ([a-z]{2,6})(?: ([A-Z][a-z]{1,11}))?\b(?! [A-Z])")
# A word of a body's name in lower case before its last word in capitals.
_LAST = (
    "Bureau", "Department", "Committee", "Commission", "Office", "Government", "Congress", "Station", "Detachment", "Brigade",
    "Sub-bureau", "Commissar",
)  # fmt: skip
_TAILS = Cues(_LAST)
_TAIL = lazy(rf"(?:{'|'.join(_LAST)})(?!\w)")
_HEAD = lazy(r"((?:[A-Za-z’']+ (?:and )?){0,4})$")
_MODIFIERS = frozenset(
    (
        "security political propaganda publicity organization inspection supervision discipline police affairs management education "
        "culture tourism health "
        "commerce science technology justice finance statistics taxation supervisory procuratorate people’s people's legal information work"
    ).split()
)
_MODIFYING = tuple(_MODIFIERS)
_FIELDS = (
    "public security", "civil affairs", "water resources", "foreign affairs", "national defense", "national defence", "natural resources",
    "emergency management", "human resources", "justice", "finance", "education", "commerce", "transport", "transportation", "culture",
    "agriculture", "health", "housing", "urban", "ecology", "ecological", "environmental", "environment", "market", "science", "industry",
    "radio", "statistics", "taxation", "veterans", "ethnic", "religious", "land", "forestry", "letters", "letters and", "publicity",
    "propaganda", "organization", "supervision", "quality", "state security", "rural", "tourism", "sports", "food",
)  # fmt: skip
_MINISTRY = lazy(
    rf"(?:Ministry|Bureau|Department|Administration) of (?:{'|'.join(_FIELDS)})(?![\w’'])"
    r"(?:(?:,? and |, |[ -])(?:urban|rural|development|construction|planning|environment|tourism|technology|information|television|"
    r"regulation|supervision|quarantine|drug|security|protection|health|social|family|sports?|affairs|resources|calls|cooperation|radio|"
    r"film|film and))*(?![\w’'])"
)
# Two words or more in capitals, and the last one not.
_CUT_SHORT = lazy(
    r"(?:Public Security|Political and Legal Affairs|Discipline Inspection|United Front Work|Organization|Propaganda|Publicity|"
    r"People[’']s Political Consultative|"
    r"Emergency Management|Market Supervision|Veterans Affairs|Civil Affairs) (?:bureau|department|commission|committee|conference|"
    r"sub-bureau)(?!\w)"
)
_HEADS = Cues((
    *(f"{body} of " for body in ("Ministry", "Bureau", "Department", "Administration")),
    "Public Security ", "Political and Legal ", "Discipline Inspection ", "United Front ", "Organization ", "Propaganda ", "Publicity ",
    "People's Political ", "People’s Political ", "Emergency Management ", "Market Supervision ", "Veterans Affairs ", "Civil Affairs ",
    "CPC ", "CCP ",
))  # fmt: skip


@cache
def _names() -> dict[str, str]:
    """Well-known names in lower case, with their right form."""
    return dict(row.split("=") for row in words("lower_names"))


_LISTED = Cues(_names)
CUES = (_TITLES, _TAILS, _HEADS, _LISTED)
_NAME_AFTER = lazy(r" [A-Z]")
_CENTRAL = lazy(r"(?:CPC|CCP) (?:central committee|Central committee|central Committee)\b")


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every name whose capitals are wrong; the span is the words to change."""
    yield from _places(passage)
    yield from _people(passage)
    yield from _bodies(passage)
    yield from _listed(passage)


def _places(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for word in sorted(passage.strange):
        parts = re.findall(r"[A-Z][a-z]+", word)
        camel = len(parts) > 1 and "".join(parts) == word and all(map(syllables, parts))
        if not (word.islower() or camel) or word in words("pinyin_known"):
            continue
        for start, end in passage.occurrences(word):
            if not _PLACE.match(text, end) or in_address(text, start, end) or text[start - 1 : start] in ("-", "'", "’"):
                continue
            after = word.capitalize()
            yield RULE.finding(text, start, end, f"“{word}” is a name: {after}", after)


def _people(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for match in passage.matches(NAME, _PERSON):
        surname, given = match.groups()
        if text[match.start() - 1 : match.start()].isalnum() or is_english(given) or given == "mou":
            continue
        if not is_name(surname, given.capitalize()):
            continue
        if is_english(surname) and text[match.end() : match.end() + 6] in (" made ", " call "):
            continue
        yield RULE.finding(text, *match.span(2), f"“{match.group()}” is a person: {surname} {given.capitalize()}", given.capitalize())
    yield from _cut_names(passage)
    for match in passage.matches(_TITLES, _TITLED):
        surname, given = match.group(1), match.group(2) or ""
        if surname in SURNAMES and not is_english(surname) and (not given or is_name(surname.capitalize(), given)):
            yield RULE.finding(text, *match.span(1), f"“{surname}” is a family name: {surname.capitalize()}", surname.capitalize())


def _cut_names(passage: Passage) -> Iterator[Finding]:
    """Names of people and places one syllable of which was set off, and is no English word."""
    text = passage.text
    for match in passage.matches(NAME, _CUT_GIVEN):
        surname, first, last = match.groups()
        given = first + last
        english = is_english(surname) and is_english(first)
        if _is_syllable(last) and len(syllables(first)) == 1 and is_name(surname, given) and not english:
            yield RULE.finding(text, *match.span(), f"“{match.group()}” is a person: {surname} {given}", f"{surname} {given}")
    for match in passage.matches(NAME, _CUT_SURNAME):
        surname, given = "".join(match.groups()[:2]), match.group(3)
        if surname.lower() in SURNAMES and is_name(surname, given):
            yield RULE.finding(text, *match.span(), f"“{match.group()}” is a person: {surname} {given}", f"{surname} {given}")
    for match in passage.matches(NAME, _CUT_PLACE):
        first, last = match.groups()
        if _is_syllable(last) and len(syllables(first)) == 1 and is_word(first + last):
            yield RULE.finding(text, *match.span(), f"“{match.group()}” is one name: {first}{last}", first + last)


def _is_syllable(word: str) -> bool:
    """Whether a word in lower case is one syllable of pinyin, and nothing that English has; the currency follows a number."""
    return word.islower() and len(syllables(word)) == 1 and (not is_english(word) or word == "yuan")


def _bodies(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for match in passage.matches(_TAILS, _TAIL):
        start = match.start()
        if text[max(0, start - 1) : start] != " ":
            continue
        first = _mixed(text, start)
        if first is not None and not _in_headline(text, start):
            span = first, match.end()
            yield _capitals(text, *span)
    for pattern in (_MINISTRY, _CUT_SHORT, _CENTRAL):
        for match in passage.matches(_HEADS, pattern):
            if not text[max(0, match.start() - 1) : match.start()].isalnum() and not _in_headline(text, match.start()):
                yield _capitals(text, *match.span())


def _mixed(text: str, end: int) -> int | None:
    """Where the body's name begins, if the word before its last one is in lower case and belongs to it."""
    if not text.endswith(_MODIFYING, max(0, end - 20), end - 1):
        return None
    head = _HEAD.search(text, max(0, end - 70), end)
    if head is None:
        return None
    parts = [(match.group(), head.start() + match.start()) for match in re.finditer(r"[A-Za-z’']+", head.group())]
    if not parts or parts[-1][0] not in _MODIFIERS:
        return None
    first = None
    for word, at in reversed(parts):
        if word.lower() in _MODIFIERS or (word.lower() in ("public", "united", "front", "and") and first is not None):
            first = at if word != "and" else first
            continue
        break
    return first


def _capitals(text: str, start: int, end: int) -> Finding:
    standing = text[start:end]
    if standing.endswith("Commissar") and not _NAME_AFTER.match(text, end):
        return RULE.finding(text, start, end, f"the capitals of “{standing}” are mixed", standing.lower(), safety=Safety.UNSAFE)
    after = re.sub(r"(?<![\w’'])(?!and\b|of\b)[a-z]", lambda letter: letter.group().upper(), standing).replace("Urban Rural", "Urban-Rural")
    return RULE.finding(text, start, end, f"the capitals of “{standing}” are mixed", after, safety=Safety.UNSAFE)


def _in_headline(text: str, at: int) -> bool:
    low, high = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[low : high if high >= 0 else len(text)]
    return len(line) < 240 and is_headline(line)


def _listed(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for start, end in passage.words(_LISTED):
        wrong, right = text[start:end], _names()[text[start:end]]
        joined = text[max(0, start - 1) : start] in ("-", "_", ".", "'") or text[end : end + 1] in ("-", "_", "(")
        if not joined and not in_address(text, start, end):
            yield RULE.finding(text, start, end, f"“{wrong}” is a name: {right}", right)
