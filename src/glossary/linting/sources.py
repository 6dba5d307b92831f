"""Term files read for linting: every row that is right as a concept, every other as a problem."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from glossary.errors import TermBaseError, UsageError
from glossary.findings import Severity
from glossary.linting.rules import Problem
from glossary.linting.samples import sample
from glossary.matching.compiler import approvers, compile_termbase, own_forms
from glossary.matching.matcher import Matcher
from glossary.termbase import csv_file
from glossary.termbase.concept import Concept
from glossary.termbase.files import builtin_folder, load, term_files
from glossary.termbase.files import parse as parse_file
from glossary.termbase.forms import Pattern, patterns
from glossary.termbase.notation import Rendering, parse
from glossary.termbase.termbase import TermBase


class Garble(NamedTuple):
    """A listed garble: its concept, its notation and pattern, and wordings of it with their replacements."""

    concept: Concept
    rendering: Rendering
    pattern: Pattern
    wordings: dict[str, str]

    @property
    def short(self) -> str:
        """The notation, cut to what fits into a message."""
        source = self.pattern.source
        return source if len(source) <= _WIDTH else source[: _WIDTH - 1] + "…"

    def problem(self, rule: str, message: str, severity: Severity | None = None) -> Problem:
        """Something wrong with it."""
        return Problem(rule, self.concept.path, self.concept.line, self.pattern.source, message, self.concept.id, severity)


class Base(NamedTuple):
    """A term base under the linter.

    `concepts` holds what each linted file holds, in its order, `garbles` what they list. `termbase` holds everything, the
    files they stand beside included; `matcher` finds what it lists, without predictions. `approved` leads from folded
    approved forms to the ids of the concepts that approve of them.
    """

    concepts: dict[str, list[Concept]]
    termbase: TermBase
    matcher: Matcher
    garbles: list[Garble]
    approved: dict[str, set[str]]


_WIDTH = 100


def read(paths: list[Path], context: list[Path], builtin: bool) -> tuple[Base, list[Problem]]:
    """Read the files to lint, and those that the term base has besides.

    Raises:
        TermBaseError: a path does not exist.
    """
    problems: list[Problem] = []
    termbase = load(builtin=False)
    if builtin:
        termbase = termbase.with_concepts(_concepts([builtin_folder()], [], {}))
    termbase = termbase.with_concepts(_concepts(context, [], {}))
    concepts: dict[str, list[Concept]] = {}
    termbase = termbase.with_concepts(_concepts(paths, problems, concepts))
    approved = approvers(termbase, termbase)
    stripped: dict[str, Concept] = {}
    for concept, entry in own_forms(termbase, approved):
        known = stripped.get(concept.id, concept)
        stripped[concept.id] = _without(known, entry)
        what = f"the garble '{entry}' is an approved form of the same concept"
        hint = "take it out of deprecated, or out of preferred and admitted"
        problems.append(Problem("own-form", concept.path, concept.line, entry, f"{what}; {hint}", concept.id))
    usable = termbase.with_concepts(stripped.values())
    matcher = Matcher(compile_termbase(TermBase(usable.concepts, usable.slots, usable.guards)))
    linted = {concept.id for found in concepts.values() for concept in found}
    garbles = [Garble(c, parse(p.source), p, sample(p)) for c in usable if c.id in linted for p in patterns(c, usable)]
    return Base(concepts, usable, matcher, garbles, approved), problems


def files(paths: list[Path]) -> list[Path]:
    """The term files that paths stand for; those of a folder by name."""
    found: list[Path] = []
    for path in paths:
        found += term_files(path) if path.is_dir() else [path]
    return found


def _concepts(paths: list[Path], problems: list[Problem], concepts: dict[str, list[Concept]]) -> list[Concept]:
    seen: dict[str, Concept] = {}
    for path in files(paths):
        found, faults = _inspect(path)
        concepts[str(path)] = found
        problems += faults
        for concept in found:
            if concept.id in seen:
                message = f"id '{concept.id}' is taken by {seen[concept.id].place}; choose another"
                problems.append(Problem("id", concept.path, concept.line, concept.id, message, concept.id))
            seen.setdefault(concept.id, concept)
    return list(seen.values())


def _inspect(path: Path) -> tuple[list[Concept], list[Problem]]:
    try:
        if path.suffix.lower() in (".csv", ".tsv"):
            table = csv_file.inspect(path)
            return table.concepts, [Problem(fault.rule, str(path), fault.line, fault.text, fault.message) for fault in table.faults]
        return parse_file(path).concepts, []
    except (TermBaseError, UsageError) as error:
        if not path.exists():
            raise
        lines = getattr(error, "problems", [str(error)])
        return [], [Problem("file", str(path), 1, "", line.removeprefix(f"{path}:").removeprefix("1:").strip()) for line in lines]


def _without(concept: Concept, entry: str) -> Concept:
    return concept._replace(deprecated=tuple(other for other in concept.deprecated if other != entry))
