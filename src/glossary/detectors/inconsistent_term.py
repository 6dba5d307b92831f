"""One person, place or body under two names in one document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from glossary.detectors.rule import Rule
from glossary.documents.document import Segment
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.pinyin import is_english, is_name, occurrences, people, syllables
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

_LEVELS = ("County", "District", "City", "Town", "Township", "Village", "Province", "Prefecture", "Subdistrict", "Community")
_PLACE = lazy(r"(?:[A-Z][a-z’']+ ){1,3}$")
_SPACED = lazy(r"([A-Z][a-z]+) ([A-Z][a-z]{1,5}) ([A-Z][a-z]{1,5})(?![\w’'-])")
_BODY = lazy(r"(?:[A-Z][A-Za-z’'-]+ (?:(?:and|of|for|the) ){0,2}){1,7}$")
_BODIES = tuple("Bureau Sub-bureau Branch Department Committee Commission Council Office Center Centre Federation Administration".split())
_SMALL = frozenset("and of for the affairs".split())
# Near synonyms that an engine takes one for the other; the key of a body has the second.
_SYNONYMS = {
    "propaganda": "publicity", "commission": "committee", "council": "committee", "branch": "bureau", "sub-bureau": "bureau",
    "centre": "center", "municipal": "city", "provincial": "province", "politics": "political", "law": "legal",
    "civilized": "civilization", "organisation": "organization",
}  # fmt: skip


class _Use(NamedTuple):
    """A form of a name where it stands: the segment, the span in it, and the form."""

    segment: Segment
    span: Span
    form: str


class _Group(NamedTuple):
    """What may be one thing: where its names stand, how sure that is, and its approved name if there is one."""

    uses: list[_Use]
    severity: Severity
    approved: str = ""


def detect(segments: Sequence[Segment], text: str, matcher: Matcher) -> Iterator[tuple[Segment, Finding]]:
    """For each thing under several names one finding, at the first place that departs from the commonest name."""
    lines = LineIndex(text)
    for group in (*_people(segments), *_places(segments), *_bodies(segments), *_variants(segments)):
        finding = _finding(group, lines)
        if finding is not None:
            yield finding


def _finding(group: _Group, lines: LineIndex) -> tuple[Segment, Finding] | None:
    uses, severity, approved = group
    counts = Counter(use.form for use in uses)
    if len(counts) < 2:
        return None
    first = {form: index for index, form in reversed(list(enumerate(use.form for use in uses)))}
    best = approved or min(counts, key=lambda form: (-counts[form], first[form]))
    deviant = next(use for use in uses if use.form != best)
    places = {form: _lines([use for use in uses if use.form == form], lines) for form in counts}
    forms = "; ".join(f"“{form}” {places[form]}" for form in sorted(counts, key=first.__getitem__))
    message = f"one name in {len(counts)} forms: {forms}; write “{best}” throughout"
    made = RULE.finding(deviant.segment.text, *deviant.span, message, severity=severity)
    return deviant.segment, made._replace(replacements=(best,))  # offered, never applied


def _lines(uses: list[_Use], lines: LineIndex) -> str:
    named = list(dict.fromkeys(use.segment.name or str(lines.place(use.segment.place(use.span.start))[0]) for use in uses))
    shown = ", ".join(named[:6]) + (" …" if len(named) > 6 else "")
    where = "segment" if uses[0].segment.name else "line"
    return f"({where}{'s' if len(named) > 1 else ''} {shown})"


def _people(segments: Sequence[Segment]) -> Iterator[_Group]:
    """Peng Guorui, Peng Guo Rui."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for segment in segments:
        for span, surname, given in people(segment.text):
            uses[(surname + given).lower()].append(_Use(segment, span, f"{surname} {given}"))
    known = {key for key, found in uses.items() if found}
    for segment in segments if known else ():
        for match in _SPACED.finditer(segment.text):
            surname, one, two = match.groups()
            key = (surname + one + two).lower()
            if key in known and is_name(surname, one + two.lower()):
                uses[key].append(_Use(segment, Span(*match.span()), match.group()))
    yield from (_Group(_in_order(found, segments), Severity.WARNING) for found in uses.values())


def _places(segments: Sequence[Segment]) -> Iterator[_Group]:
    """Xing'an County, Ping An County."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for segment in segments:
        for level in _LEVELS:
            for _, end in occurrences(segment.text, level):
                middle = end - len(level)
                before = _PLACE.search(segment.text, max(0, middle - 50), middle)
                parts = before.group().split() if before else []
                while parts and not syllables(parts[0]):
                    parts = parts[1:]
                if not parts or not all(map(syllables, parts)) or all(map(is_english, parts)):
                    continue
                form = f"{' '.join(parts)} {level}"
                uses[re.sub(r"[^a-z]", "", form.lower())].append(_Use(segment, Span(end - len(form), end), form.replace("’", "'")))
    yield from (_Group(_in_order(found, segments), Severity.WARNING) for found in uses.values())


def _bodies(segments: Sequence[Segment]) -> Iterator[_Group]:
    """Yongding Public Security Bureau, Yongding Public Security Branch."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for segment in segments:
        for body in _BODIES:
            for start, end in occurrences(segment.text, body):
                before = _BODY.search(segment.text, max(0, start - 120), start)
                if before is None or segment.text[start - 1] != " ":
                    continue
                form = segment.text[before.start() : end].removeprefix("The ")
                plain = [word for word in form.lower().split() if word not in _SMALL]
                if len(plain) > 2:
                    key = " ".join(_SYNONYMS.get(word, word) for word in plain)
                    uses[key].append(_Use(segment, Span(end - len(form), end), form))
    for found in uses.values():
        # forms that differ by small words or capitals only are one
        told = {" ".join(word for word in use.form.lower().split() if word not in _SMALL) for use in found}
        if len(told) > 1:
            yield _Group(_in_order(found, segments), Severity.INFO)


def _variants(segments: Sequence[Segment]) -> Iterator[_Group]:
    """Forms of one concept that are each acceptable: rural revitalization, rural vitalization."""
    lowered = [(segment, segment.text.lower()) for segment in segments]
    for row in sorted(words("variants")):
        forms = row.split("=")
        present = [form for form in forms if any(form in lower for _, lower in lowered)]
        if len(present) < 2:
            continue
        found = []
        for segment, lower in lowered:
            if len(lower) == len(segment.text):
                found += [_Use(segment, span, form) for form in present for span in occurrences(lower, form)]
        yield _Group(_in_order(found, segments), Severity.INFO, forms[0])


def _in_order(uses: Iterable[_Use], segments: Sequence[Segment]) -> list[_Use]:
    rank = {id(segment): index for index, segment in enumerate(segments)}
    return sorted(uses, key=lambda use: (rank[id(use.segment)], use.span))
