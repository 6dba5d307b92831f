"""Digits that were lost or torn apart: “dial 11”, “January 1th”, “20 10”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.addresses import in_address
from glossary.detectors.passage import DIGITS, Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy

RULE = Rule(
    name="lost-digits",
    title="Lost digits",
    what="A well-known number, a year, a date or a count has lost a digit or is torn apart by a blank.",
    why="Web pages and engines drop zeros and repeated digits: 110 becomes 11, 2016 becomes 216, 2.6万 becomes 2.6. The fact is "
    "wrong, not only the form.",
    severity=Severity.WARNING,
    safety=Safety.NONE,
    safety_reason="A wrong guess would be worse than the gap: what it probably was is only said. A number that was torn apart is joined "
    "when asked for.",
    examples=(
        ("Dial 11 for help.", ""),
        ("The plan of 20 10, and of January 1th, was kept.", ""),
        ("Dial 110 on January 11th, 2010, and bring 11 people.", "Dial 110 on January 11th, 2010, and bring 11 people."),
    ),
)

_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_HOTLINES = {
    "110": "the police", "119": "fire and rescue", "120": "the ambulance", "122": "traffic accidents",
    "12345": "the government hotline", "96110": "the anti-fraud line", "12389": "complaints about the police",
    "12315": "consumer complaints", "12388": "discipline complaints", "12309": "the procuratorate", "12348": "legal aid",
}  # fmt: skip
_SERVICES = {
    "110": ("alarm", "police", "command", "publicity day", "linkage", "social linkage"),
    "119": ("fire",),
    "120": ("ambulance",),
    "122": ("accident", "traffic accident"),
    "96110": ("anti-fraud",),
}
_DECIMALS_OF = (
    "people", "households", "visits", "officers", "residents", "villagers", "cases", "families", "students", "volunteers", "persons",
    "participants", "enterprises", "copies", "leaflets", "vehicles", "members", "police",
)  # fmt: skip
_CUES = Cues((
    *(digit + unit for digit in DIGITS for unit in ("year", "month")),
    *(digit + "th" for digit in "123"),
    *(f",{one}{two} " for one in DIGITS for two in DIGITS),
    *(f"{one} {two}" for one in DIGITS for two in DIGITS),
    *(f"{digit} {link} " for digit in DIGITS for link in ("to", "-", "–")),
    *(f"{digit} {noun}" for digit in DIGITS for noun in _DECIMALS_OF),
    *(
        f"{digit} {service}"
        for digit in DIGITS
        for service in ("alarm", "command", "social", "linkage", "public", "Public", "fire", "acc", "ambul", "anti", "traffic", "hotline")
    ),
    *(f"{digit}{mark} " for digit in DIGITS for mark in "”\""),
    *(
        f"{verb} {the}{digit}"
        for verb in ("ial", "ialing", "ialling", "ialed", "ialled", "ials", "all", "alling", "alled") for the in ("", "the ")
        for digit in DIGITS
    ),
    *map(str, (*range(190, 230),)),
    "1 is ", "1 as ", "1 was ",
))  # fmt: skip
CUES = (_CUES,)
_RUN = lazy(r"[0-9]+")
_ELEVEN = lazy(r"11(?![\d%]|[.,:/-]\d|[”\"]? [a-z]+s\b|[”\"]? \d)")
_BESIDE = (" ", "”", '"')
_NUMBER = lazy(r"[0-9][\d ]{0,5}(?<! )(?![\d.,-]*\d)(?! (?:numbers?|times|digits?|people|calls)\b)")
_DIALLED = lazy(r"\b[Dd]ial(?:ing|ling|ed|led|s)? (?:the )?$")
_CALLED = lazy(r"\b[Cc]all(?:ing|ed)? (?:the )?$")
_EMERGENCY = lazy(r" (?:in case|for help|immediately|at once|to report|in time|if )")
_SERVICE = lazy(
    r"([0-9]{2,5}(?: \d{1,2})?)[”\"]? (alarm|police (?:reception|receiving|hotline|dispatch)|command center|social linkage|linkage|"
    r"[Pp]ublicity [Dd]ay|"
    r"(?:fire|accident|ambulance|anti-fraud|police|traffic accident) (?:hotline|number|line)|hotline)(?!s)"
)
_BARE = lazy(r"(?:to|and|through|or|-|–|No\.?|" + _MONTHS + r") $")
_TORN_YEAR = lazy(r"(?:19|20) \d\d(?=[,.;:)\"”]|$|\n| (?:and|to|the|was|were|with|when)\b)")
_BEFORE_YEAR = lazy(r"\b(?:in|of|since|by|year|until|to|from|" + _MONTHS + r",?) $", re.I)
_YEAR = lazy(r"(?:2[0-2]|19)\d(?![\d%])(?!\.\d|,\d|-)")
_AFTER_MONTH = lazy(_MONTHS + r",? $")
_IN_OR_SINCE = lazy(r"\b(?:in|since) $", re.I)
_COUNTED = lazy(r" (?:people|officers|cases|households|students|members|volunteers|yuan|residents|villagers|police|million|billion|"
                      r"years|[a-z]+s\b)")
_PLAN = lazy(r" [\"“]?(?:11 |Public [Ss]ecurity|Spring Festival|[Ww]ork (?:plan|summary|conference)|annual|activity plan|Police|"
                   r"[\"“])")
_OFFICIAL = lazy(r"\b(?:county|bureau|police|party|public security|committee|brigade|cadres?|villagers|township|plan|scheme|"
                       r"country|municipal|provincial)\b", re.I)
_ANCIENT = lazy(r",? ?\b(?:BC|B\.C|AD|A\.D|BCE|CE)\b")
_TORN = lazy(
    r"[0-9]{1,3} (?:0{1,2}|\d)(?= (?:mu|kilometers|kilometres|meters|metres|people|articles|cases|households|yuan|officers|villages|tons|"
    r"square|participants|persons|pieces|copies|words)\b)"
)
_NAMED = lazy(r"(?:\b[A-Z]\w*|chapter|section|No\.?|page) $")
_COMMA = lazy(r"[0-9]{1,3},\d\d(?![\d,.])(?= [a-z]{3,})")
_PAGES = lazy(r"(?:pp?|pages?|chapters?|verses?|nos?|sections?|vols?|ch)\.? ?$", re.I)
_GLUED = lazy(r"[0-9](?:year|month)s?\b(?![’'-])")
_DECIMAL = lazy(
    rf"([0-9]{{1,3}}\.\d{{1,2}}) (?:{'|'.join(_DECIMALS_OF)})\b(?! (?:per|for every|a |an |each|as|more|higher))"
)
_MORE_THAN = lazy(r"\b(?:more than|over|nearly|total of|almost) $", re.I)
_RANGE = lazy(r"([0-9]{1,2}) (?:to|-|–) (\d)(?=[,.;)]|$| and\b)(?! ?[ap]\.?m)")
_POLICE_DAY = lazy(
    r"January 1(?= (?:is|as|was) (?:the )?(?:centralized publicity day|publicity day|theme day|Police Day|(?:Chinese )?People[’']s "
    r"Police Day))"
)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every number that has lost a digit or is torn apart."""
    text = passage.text
    eleven: list[Finding] = []
    for start, end in _runs(passage):
        if text.startswith(("year", "month"), end):
            found = _glued(text, end)
        elif start and (text[start - 1].isalnum() or text[start - 1] in ".,:/$€£#-"):
            continue
        else:
            found = _number(text, start, end)
        if found is None or in_address(text, found.start, found.end):
            continue
        if found.text == "11":
            eleven.append(found)
        yield found
    if eleven:
        yield from _further(text, {found.start for found in eleven})


def _runs(passage: Passage) -> list[tuple[int, int]]:
    """The runs of digits beside the cues, and those that they are the decimals of."""
    text = passage.text
    found = {}
    for start, end in passage.places(_CUES):
        # a cue begins with a digit, or is a verb and the digit after it, or stands after a digit
        at = start if text[start] in DIGITS else end - 1 if text[start].isalpha() else start - 1
        while at >= 0 and text[at] in DIGITS:
            while at and text[at - 1] in DIGITS:
                at -= 1
            run = _RUN.match(text, at)
            found[at] = run.end() if run else at
            at = at - 2 if at and text[at - 1] == "." else -1
    return sorted(found.items())


def _number(text: str, start: int, end: int) -> Finding | None:
    """What is wrong with the number whose first digits stand at a span; what follows them tells which mistake it may be."""
    after = text[end : end + 2]
    if after[:1] == "," and after[1:].isdigit():
        return _comma(text, start)
    if after[:1] == "." and after[1:].isdigit():
        return _decimal(text, start)
    if after == "th":
        return _ordinal(text, start, end + 2)
    found = _hotline(text, start, end)
    if found is None and end - start == 3:
        found = _year(text, start, end)
    if found is None and after[:1] == " " and after[1:].isdigit():
        found = _torn(text, start)
    if found is None and end - start <= 2 and after[:1] in " -–":
        found = _range(text, start)
    if found is None and end - start == 1 and (day := _POLICE_DAY.search(text, max(0, start - 8), end + 40)) and day.end() == end:
        return RULE.finding(text, *day.span(), "110 Publicity Day and Chinese People's Police Day are on January 10")
    return found


def _follows(before: re.Pattern[str], text: str, at: int) -> bool:
    return before.search(text, max(0, at - 20), at) is not None


def _hotline(text: str, start: int, end: int) -> Finding | None:
    before = text[max(0, start - 14) : start]
    dialled = "ial" in before and _DIALLED.search(before) is not None
    if dialled or ("all" in before and _CALLED.search(before)):
        number = _NUMBER.match(text, start)
        digits = number.group().replace(" ", "") if number else ""
        if number and digits != number.group() and digits in _HOTLINES:
            return _joined(text, *number.span())
        guesses = _grown(digits) if number and (dialled or _EMERGENCY.match(text, number.end())) else []
        if number and guesses:
            return RULE.finding(text, *number.span(), f"“{number.group()}” is no number to dial; probably {_or(guesses)}")
    match = _SERVICE.match(text, start) if text[end : end + 1] in _BESIDE else None
    if match is None:
        return None
    digits, service = match.group(1), match.group(2).lower()
    if digits.replace(" ", "") in _HOTLINES and " " in digits:
        return _joined(text, *match.span(1))
    guesses = [guess for guess in _grown(digits) if service == "hotline" or service.startswith(_SERVICES.get(guess, ("-",)))]
    return RULE.finding(text, *match.span(1), f"“{digits}” has lost a digit; probably {_or(guesses)}") if guesses else None


def _further(text: str, told: set[int]) -> Iterator[Finding]:
    """Where 11 stands for 110 in a text, the other ones that count nothing."""
    for match in _ELEVEN.finditer(text):
        start, end = match.span()
        free = not (start and (text[start - 1].isalnum() or text[start - 1] in ".,:/$€£#-"))
        if free and start not in told and not _follows(_BARE, text, start):
            yield RULE.finding(text, start, end, "here as elsewhere in this text “11” is probably 110 (the police)")


def _grown(number: str) -> list[str]:
    """The well-known numbers that lose one digit to become this one."""
    digits = number.replace(" ", "")
    return [known for known in _HOTLINES if any(known[:at] + known[at + 1 :] == digits for at in range(len(known)))]


def _or(guesses: list[str]) -> str:
    return " or ".join(f"{guess} ({_HOTLINES[guess]})" for guess in guesses)


def _joined(text: str, start: int, end: int) -> Finding:
    after = text[start:end].replace(" ", "")
    return RULE.finding(text, start, end, f"“{text[start:end]}” is torn apart; probably {after}", after, safety=Safety.UNSAFE)


def _year(text: str, start: int, end: int) -> Finding | None:
    match = _YEAR.match(text, start)
    if match is None:
        return None
    around = text[max(0, start - 160) : end + 160]
    if _follows(_AFTER_MONTH, text, start):
        lost = not _COUNTED.match(text, end)
    elif _follows(_IN_OR_SINCE, text, start):
        lost = text[end : end + 1] == "," and _OFFICIAL.search(around) is not None
    else:
        lost = match.group()[0] == "2" and _PLAN.match(text, end) is not None and _OFFICIAL.search(text, end, end + 160) is not None
    if not lost or _ANCIENT.search(around):
        return None
    year = match.group()
    return RULE.finding(text, start, end, f"the year {year} has lost a digit" + (f"; perhaps 20{year[1:]}" if year[0] == "2" else ""))


def _ordinal(text: str, start: int, end: int) -> Finding | None:
    digits = text[start : end - 2]
    if digits[-1] not in "123" or digits[-2:-1] == "1" or text[end : end + 1].isalnum():
        return None
    return RULE.finding(text, start, end, f"there is no “{digits}th”: a digit is lost, or the ending is wrong")


def _range(text: str, start: int) -> Finding | None:
    match = _RANGE.match(text, start)
    if match is None or int(match.group(2)) >= int(match.group(1)) or not _follows(_AFTER_MONTH, text, start):
        return None
    return RULE.finding(text, *match.span(2), "the range of days runs backwards; the last day has lost a digit")


def _glued(text: str, end: int) -> Finding | None:
    match = _GLUED.match(text, end - 1)
    if match is None:
        return None
    after = f"{match.group()[0]} {match.group()[1:]}"
    return RULE.finding(text, *match.span(), f"a blank is missing, and perhaps digits: “{match.group()}”", after, safety=Safety.UNSAFE)


def _torn(text: str, start: int) -> Finding | None:
    year = _TORN_YEAR.match(text, start)
    if year is not None and _follows(_BEFORE_YEAR, text, start):
        return _joined(text, *year.span())
    count = _TORN.match(text, start)
    return _joined(text, *count.span()) if count is not None and not _follows(_NAMED, text, start) else None


def _comma(text: str, start: int) -> Finding | None:
    match = _COMMA.match(text, start)
    if match is None or _follows(_PAGES, text, start):
        return None
    return RULE.finding(text, *match.span(), f"“{match.group()}” has lost a digit, or the comma is a decimal point")


def _decimal(text: str, start: int) -> Finding | None:
    match = _DECIMAL.match(text, start)
    if match is None or not _follows(_MORE_THAN, text, start):
        return None
    guess = f"{round(float(match.group(1)) * 10000):,}"
    message = f"“{match.group(1)}” of what cannot be halved: 万 (10,000) is lost; perhaps {guess}"
    return RULE.finding(text, *match.span(1), message, guess, safety=Safety.UNSAFE)
