"""One person, place or body under two names in one document."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from glossary.detectors.passage import NAME, Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.pinyin import is_english, is_name, syllables
from glossary.text import LineIndex, Span
from glossary.wordlists import words

RULE = Rule(
    name="inconsistent-term",
    title="One name in two forms",
    what="A person, a place or a body is written in two ways in one document.",
    why="An engine translates each sentence anew; readers take two forms of one name for two people or two bodies.",
    severity=Severity.WARNING,
    safety=Safety.NONE,
    safety_reason="Which form is right, and whether one thing is meant, a person decides; the commonest form is offered. Bodies that "
    "differ only by a near synonym (bureau, branch) are information.",
    examples=(
        ("Peng Guorui opened the meeting. Peng Guorui said it was fine. Peng Guo Rui left.", ""),
        ("Police in Xing'an County and Xing An County met in Xing'an County.", ""),
        (
            "Peng Guorui met Peng Guohua. The Xing'an County Public Security Bureau is in Xing'an. The bureau is small.",
            "Peng Guorui met Peng Guohua. The Xing'an County Public Security Bureau is in Xing'an. The bureau is small.",
        ),
    ),
)

_LEVELS = Cues(("County", "District", "City", "Town", "Township", "Village", "Province", "Prefecture", "Subdistrict", "Community"))
_PLACE = lazy(r"(?:[A-Z][a-z’']+ ){1,3}$")
_SPACED = lazy(r"([A-Z][a-z]+) ([A-Z][a-z]{1,5}) ([A-Z][a-z]{1,5})(?![\w’'-])")
_BODY = lazy(r"(?:[A-Z][A-Za-z’'-]+ (?:(?:and|of|for|the) ){0,2}){1,7}$")
_BODIES = Cues("Bureau Sub-bureau Branch Department Committee Commission Council Office Center Centre Federation Administration".split())


_SMALL = frozenset("and of for the affairs".split())
# Near synonyms that an engine takes one for the other; the key of a body has the second.
_SYNONYMS = {
    "propaganda": "publicity", "commission": "committee", "council": "committee", "branch": "bureau", "sub-bureau": "bureau",
    "centre": "center", "municipal": "city", "provincial": "province", "politics": "political", "law": "legal",
    "civilized": "civilization", "organisation": "organization",
}  # fmt: skip


@cache
def _forms() -> dict[str, str]:
    """The acceptable forms of some concepts, as they may be capitalised, each with the best form."""
    forms = {}
    for row in words("variants"):
        best = row.partition("=")[0]
        for form in row.split("="):
            titled = form.title()
            for cased in (
                form, form.capitalize(), form.replace("party", "Party"), titled, titled.replace(" And ", " and "), form.upper(),
            ):  # fmt: skip
                forms[cased] = best
    return forms


_VARIANTS = Cues(_forms)
CUES = (_LEVELS, _BODIES, _VARIANTS)


class _Use(NamedTuple):
    """A form of a name where it stands: the passage, the span in it, and the form."""

    passage: Passage
    span: Span
    form: str


# what may be one thing: where its names stand, how sure that is, and its approved name if there is one
_Group = tuple[list[_Use], Severity, str]


def detect(passages: Sequence[Passage], text: str, matcher: Matcher) -> Iterator[tuple[Passage, Finding]]:
    """For each thing under several names one finding, at the first place that departs from the commonest name."""
    lines: LineIndex | None = None
    for group in (*_people(passages), *_places(passages), *_bodies(passages), *_variants(passages)):
        if len({use.form for use in group[0]}) > 1:
            lines = lines or LineIndex(text)
            yield _finding(group, lines)


def _finding(group: _Group, lines: LineIndex) -> tuple[Passage, Finding]:
    uses, severity, approved = group
    counts = Counter(use.form for use in uses)
    first = {form: index for index, form in reversed(list(enumerate(use.form for use in uses)))}
    best = approved or min(counts, key=lambda form: (-counts[form], first[form]))
    deviant = next(use for use in uses if use.form != best)
    places = {form: _lines([use for use in uses if use.form == form], lines) for form in counts}
    forms = "; ".join(f"“{form}” {places[form]}" for form in sorted(counts, key=first.__getitem__))
    message = f"one name in {len(counts)} forms: {forms}; write “{best}” throughout"
    made = RULE.finding(deviant.passage.text, *deviant.span, message, severity=severity)
    return deviant.passage, made._replace(replacements=(best,))  # offered, never applied


def _lines(uses: list[_Use], lines: LineIndex) -> str:
    named = list(dict.fromkeys(use.passage.segment.name or str(lines.place(use.passage.segment.place(use.span.start))[0]) for use in uses))
    shown = ", ".join(named[:6]) + (" …" if len(named) > 6 else "")
    where = "segment" if uses[0].passage.segment.name else "line"
    return f"({where}{'s' if len(named) > 1 else ''} {shown})"


def _people(passages: Sequence[Passage]) -> Iterator[_Group]:
    """Peng Guorui, Peng Guo Rui."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for passage in passages:
        for span, surname, given in passage.people:
            uses[(surname + given).lower()].append(_Use(passage, span, f"{surname} {given}"))
    known = {key for key, found in uses.items() if found}
    for passage in passages if known else ():
        for match in passage.matches(NAME, _SPACED):
            surname, one, two = match.groups()
            key = (surname + one + two).lower()
            if key in known and is_name(surname, one + two.lower()):
                uses[key].append(_Use(passage, Span(*match.span()), match.group()))
    yield from ((_in_order(found, passages), Severity.WARNING, "") for found in uses.values())


def _places(passages: Sequence[Passage]) -> Iterator[_Group]:
    """Xing'an County, Ping An County."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for passage in passages:
        text = passage.text
        for middle, end in passage.words(_LEVELS):
            before = _PLACE.search(text, max(0, middle - 50), middle)
            parts = before.group().split() if before else []
            while parts and not syllables(parts[0]):
                parts = parts[1:]
            if not parts or not all(map(syllables, parts)) or all(map(is_english, parts)):
                continue
            form = f"{' '.join(parts)} {text[middle:end]}"
            uses[re.sub(r"[^a-z]", "", form.lower())].append(_Use(passage, Span(end - len(form), end), form.replace("’", "'")))
    yield from ((_in_order(found, passages), Severity.WARNING, "") for found in uses.values())


def _bodies(passages: Sequence[Passage]) -> Iterator[_Group]:
    """Yongding Public Security Bureau, Yongding Public Security Branch."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for passage in passages:
        text = passage.text
        for start, end in passage.words(_BODIES):
            before = _BODY.search(text, max(0, start - 120), start)
            if before is None or text[start - 1] != " ":
                continue
            form = text[before.start() : end].removeprefix("The ")
            plain = [word for word in form.lower().split() if word not in _SMALL]
            if len(plain) > 2:
                key = " ".join(_SYNONYMS.get(word, word) for word in plain)
                uses[key].append(_Use(passage, Span(end - len(form), end), form))
    for found in uses.values():
        # forms that differ by small words or capitals only are one
        told = {" ".join(word for word in use.form.lower().split() if word not in _SMALL) for use in found}
        if len(told) > 1:
            yield _in_order(found, passages), Severity.INFO, ""


def _variants(passages: Sequence[Passage]) -> Iterator[_Group]:
    """Forms of one concept that are each acceptable: rural revitalization, rural vitalization."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for passage in passages:
        text = passage.text
        for start, end in passage.words(_VARIANTS):
            form = text[start:end]
            uses[_forms()[form]].append(_Use(passage, Span(start, end), form.lower()))
    yield from ((_in_order(uses[best], passages), Severity.INFO, best) for best in sorted(uses))


def _in_order(uses: Iterable[_Use], passages: Sequence[Passage]) -> list[_Use]:
    rank = {id(passage): index for index, passage in enumerate(passages)}
    return sorted(uses, key=lambda use: (rank[id(use.passage)], use.span))
