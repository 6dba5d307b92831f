"""Rows: order, Chinese, authority, dates, guards."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from glossary.chinese import is_han, simplified
from glossary.findings import Safety, Severity
from glossary.linting.rules import Problem
from glossary.linting.sources import Base
from glossary.termbase.concept import Concept
from glossary.text import fold


def lint(base: Base) -> Iterator[Problem]:
    """What is wrong with single rows, and with their Chinese among each other."""
    for concepts in base.concepts.values():
        yield from _order(concepts)
        for concept in concepts:
            yield from _concept(concept, base)
    yield from _chinese_twice(base)


def _problem(rule: str, concept: Concept, text: str, message: str, severity: Severity | None = None) -> Problem:
    return Problem(rule, concept.path, concept.line, text, message, concept.id, severity)


def _order(concepts: list[Concept]) -> Iterator[Problem]:
    highest = ""
    for concept in concepts:
        if concept.id < highest:
            yield _problem("unsorted", concept, concept.id, f"'{concept.id}' stands after '{highest}'; sort the rows by id")
        highest = max(highest, concept.id)


def _concept(concept: Concept, base: Base) -> Iterator[Problem]:
    for zh in concept.zh:
        if not any(is_han(char) or char.isdecimal() for char in zh):
            yield _problem("chinese", concept, zh, f"zh '{zh}' holds no Chinese; write the term as Chinese documents do")
        elif simplified(zh) != zh:
            hint = f"write '{simplified(zh)}', which finds traditional text too"
            yield _problem("chinese", concept, zh, f"zh '{zh}' is not simplified; {hint}")
    if len({simplified(zh) for zh in concept.zh}) < len(concept.zh):
        yield _problem("chinese", concept, concept.zh[0], "zh holds the same term twice; leave one")
    if not concept.authority:
        hint = "name the body and document that establishes the preferred form, or 'house'"
        yield _problem("no-authority", concept, concept.id, f"authority is empty; {hint}")
    if concept.fix is Safety.NONE and not concept.note:
        yield _problem("no-note", concept, concept.id, "fix is none, so say in note how a person mends it")
    yield from _dates(concept)
    yield from _same_forms(concept)
    for word in (*concept.unless, *concept.only_if):
        if word.startswith("@") and word[1:] not in base.termbase.guards:
            known = ", ".join(f"@{name}" for name in base.termbase.guards)
            yield _problem("guard", concept, word, f"there is no list of words '{word}'; known are {known}")


def _dates(concept: Concept) -> Iterator[Problem]:
    if concept.since and concept.until and concept.since > concept.until:
        message = f"in force since {concept.since}, until {concept.until}: the end lies before the beginning"
        yield _problem("expired", concept, concept.until, message, Severity.ERROR)
    elif concept.until and concept.until < datetime.date.today().isoformat()[: len(concept.until)]:
        severity = None if concept.note else Severity.WARNING
        hint = "" if concept.note else "; say in note what it is called now"
        yield _problem("expired", concept, concept.until, f"in force until {concept.until}{hint}", severity)


def _same_forms(concept: Concept) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for form in (concept.preferred, *concept.admitted):
        folded = fold(form)
        if folded in seen:
            other = seen[folded]
            what = "stands twice" if form == other else f"is '{other}' again: case, hyphens and quotation marks are not compared"
            yield _problem("same-form", concept, form, f"'{form}' {what}; leave one", None if form == other else Severity.INFO)
        seen.setdefault(folded, form)
    if concept.short and fold(concept.short) == fold(concept.preferred):
        yield _problem("same-form", concept, concept.short, f"short '{concept.short}' is the preferred form; leave it empty")
    if concept.short and any(sign in concept.short + concept.preferred for sign in "<~"):
        yield _problem("slot", concept, concept.short, f"short '{concept.short}' is never written: leave '~' and '<level>' out")


def _chinese_twice(base: Base) -> Iterator[Problem]:
    seen: dict[str, tuple[Concept, str]] = {}
    for concept in base.termbase:
        for zh, written in {simplified(zh): zh for zh in concept.zh}.items():
            if zh in seen:
                (first, _), (second, text) = sorted((seen[zh], (concept, written)), key=lambda pair: (pair[0].path, pair[0].line))
                message = f"zh '{zh}' is also at {first.place} ({first.id}); a term belongs to one concept"
                yield _problem("chinese-twice", second, text, message)
            seen.setdefault(zh, (concept, written))
