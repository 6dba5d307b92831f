"""Examples: sentences before and after. They are the tests of the term base."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from glossary.checker import check
from glossary.errors import TermBaseError
from glossary.findings import Finding, Safety
from glossary.fixer import fix
from glossary.linting.rules import Problem
from glossary.linting.sources import Base
from glossary.matching.cache import matcher_of
from glossary.matching.matcher import Matcher
from glossary.settings import Settings
from glossary.termbase.termbase import TermBase

NAME = "examples.csv"
_COLUMNS = ("concept", "before", "after")


class Example(NamedTuple):
    """A sentence, and what it must become; the same where nothing may be found in it."""

    concept: str
    before: str
    after: str
    path: str
    line: int


def read(path: Path) -> list[Example]:
    """The examples of a file with the columns concept, before, after.

    Raises:
        TermBaseError: it cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(reader, [])
        if tuple(header) != _COLUMNS:
            raise TermBaseError(f"{path}:1: the columns must be {','.join(_COLUMNS)}")
        found = []
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                concept, before, after = (*cells, "", "", "")[:3]
                found.append(Example(concept, before, after, str(path), line))
            line = reader.line_num + 1
        return found
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TermBaseError(f"{path}: cannot be read: {error}") from None


def lint(base: Base, files: list[Path]) -> Iterator[Problem]:
    """Examples that do not hold, and concepts with a safe fix that have none."""
    shown = set()
    matcher = matcher_of(base.termbase) if files else base.matcher
    for path in files:
        try:
            examples = read(path)
        except TermBaseError as error:
            yield Problem("example", str(path), 1, "", str(error).removeprefix(f"{path}:"))
            continue
        for example in examples:
            shown.add(example.concept)
            wrong = fault(example, base.termbase, matcher)
            if wrong:
                yield Problem("example", example.path, example.line, example.before, wrong, example.concept or None)
    for concepts in base.concepts.values() if files else ():
        for concept in concepts:
            if concept.fix is Safety.SAFE and concept.deprecated and concept.id not in shown:
                yield Problem("no-example", concept.path, concept.line, concept.id, "no example shows what the fix does", concept.id)


def fault(example: Example, termbase: TermBase, matcher: Matcher) -> str:
    """What is wrong with an example; empty if it holds."""
    if example.before == example.after:
        found = [finding for finding in check(example.before, matcher) if finding.severity.rank > 0]
        return f"nothing may be found here, but: {_told(found)}" if found else ""
    if example.concept not in termbase.concepts:
        return f"there is no concept '{example.concept}'"
    got = fix(example.before, matcher, settings=Settings(select=(example.concept,), unsafe=True)).after
    if got == example.after:
        return ""
    if got != example.before:
        return f"it becomes “{got}” instead of “{example.after}”"
    others = [finding for finding in check(example.before, matcher) if finding.concept != example.concept]
    return f"nothing is changed; it should become “{example.after}”" + (f". Other findings: {_told(others)}" if others else "")


def _told(findings: list[Finding]) -> str:
    return "; ".join(f"“{finding.text}” ({finding.concept or finding.rule})" for finding in findings)
