"""Wordings that are claimed twice, approved elsewhere, or never found. The compiled matcher answers for all patterns at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from glossary.findings import Safety, Severity
from glossary.linting.rules import Problem
from glossary.linting.samples import holds
from glossary.linting.sources import Base, Garble
from glossary.matching.matcher import Entry, Matcher

_AT_ONCE = 500
_BETWEEN = " | "


def lint(base: Base) -> Iterator[Problem]:
    """Approved forms that are garbles elsewhere, then the patterns among each other."""
    yield from _approved(base)
    yield from _claims(base)
    yield from _redundant(base)


def _approved(base: Base) -> Iterator[Problem]:
    garbles = {(garble.concept.id, garble.pattern.source): garble for garble in base.garbles}
    for form, entries in _whole(base.matcher, base.approved):
        for entry in entries:
            garble = garbles.pop((entry.concept.id, _source(entry)), None)
            if garble is None:
                continue
            approving = base.approved[form]
            if garble.concept.id in approving:
                message = f"one wording of '{garble.short}', '{form}', is an approved form of the same concept; it stays as it is"
                yield garble.problem("own-form", message, Severity.INFO)
            else:
                other = base.termbase.concepts[min(approving)]
                what = f"'{form}', a wording of '{garble.short}', is an approved form of {other.id} ({other.place})"
                severity = None if len(garble.wordings) == 1 else Severity.WARNING
                yield garble.problem("garble-approved", f"{what}; it never fires, so take it out", severity)


def _claims(base: Base) -> Iterator[Problem]:
    owners: dict[str, list[Garble]] = defaultdict(list)
    for garble in base.garbles:
        for wording in garble.wordings:
            owners[wording].append(garble)
    found: set[int] = set()
    said: set[tuple[str, str]] = set()
    for wording, entries in _whole(base.matcher, owners):
        for garble in owners[wording]:
            found.add(id(garble))
            for entry in entries if wording not in base.approved else ():
                yield from _clash(garble, wording, entry, base, said)
    for garble in base.garbles:
        if id(garble) not in found:
            yield garble.problem("unreachable", f"no wording of '{garble.short}' can be found in text; look at its signs and inflections")


def _clash(garble: Garble, wording: str, entry: Entry, base: Base, said: set[tuple[str, str]]) -> Iterator[Problem]:
    source = _source(entry)
    concept, pattern = garble.concept, garble.pattern
    if entry.concept.id == concept.id and source == pattern.source:
        return
    other = base.termbase.concepts[entry.concept.id]
    one, two = sorted((f"{concept.id}\0{pattern.source}", f"{other.id}\0{source}"))
    if (one, two) in said:
        return
    if other.id != concept.id:
        said.add((one, two))
        severity = Severity.INFO if concept.only_if or other.only_if else None
        message = f"'{wording}', a wording of '{garble.short}', is also a garble of {other.id} ({other.place}); leave it to one of them"
        yield garble.problem("claimed-twice", message, severity)
    elif entry.replacement not in (own := list(holds(pattern, wording))) and own:
        said.add((one, two))
        both = " and ".join(f"“{each}”" for each in (own[0], entry.replacement))
        severity = Severity.INFO if pattern.safety is entry.safety is Safety.UNSAFE else None
        yield garble.problem("two-replacements", f"'{wording}' has two replacements in this concept: {both}; leave one", severity)


def _redundant(base: Base) -> Iterator[Problem]:
    by_concept: dict[str, list[Garble]] = defaultdict(list)
    for garble in base.garbles:
        by_concept[garble.concept.id].append(garble)
    for garbles in by_concept.values():
        firsts = [{word.text.partition(" ")[0] for word in garble.pattern.elements[0]} for garble in garbles]
        gone: set[int] = set()
        for number, garble in enumerate(garbles):
            first = next(iter(garble.wordings), "").partition(" ")[0]
            for other, covering in enumerate(garbles):
                if other == number or other in gone or not (first in firsts[other] or "" in firsts[other]):
                    continue
                if _covers(covering, garble):
                    gone.add(number)
                    yield garble.problem("redundant", f"every wording of '{garble.short}' is one of '{covering.short}' too; take it out")
                    break


def _covers(one: Garble, other: Garble) -> bool:
    if not other.wordings or one.pattern.safety is not other.pattern.safety:
        return False
    return all(replacement in holds(one.pattern, wording) for wording, replacement in other.wordings.items())


def _whole(matcher: Matcher, wordings: Iterable[str]) -> Iterator[tuple[str, list[Entry]]]:
    """Each wording that is a garble from end to end, with what claims it."""
    remaining = iter(wordings)
    while chunk := list(islice(remaining, _AT_ONCE)):
        starts = {}
        at = 0
        for wording in chunk:
            starts[at] = wording
            at += len(wording) + len(_BETWEEN)
        for match in matcher.every(_BETWEEN.join(chunk)):
            found = starts.get(match.start)
            if found is not None and match.end - match.start == len(found):
                yield found, list(match.entries)


def _source(entry: Entry) -> str:
    return entry.source.partition("\x04")[0]
