"""The front of the linter: term files in, findings with their places out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from glossary.errors import TermBaseError
from glossary.findings import Finding, Origin, Safety
from glossary.linting import claims, english, examples, replacements, rows, sources
from glossary.linting.rules import RULES, Problem
from glossary.termbase.files import builtin_folder
from glossary.text import LineIndex


class LintedFile(NamedTuple):
    """A term file with what is wrong in it; places are code points of `text`, in which a line break may be of any kind."""

    path: str
    text: str
    findings: list[Finding]


_CHECKS = (rows.lint, claims.lint, replacements.lint, english.lint)


def lint(*paths: str | Path, termbases: Iterable[str | Path] = (), builtin: bool = True) -> list[LintedFile]:
    """Everything that is wrong with term files. No mistake in a file stops it.

    Args:
        paths: term files to lint, or folders of them; the built-in ones if none are named.
        termbases: files that belong to the term base too, but are not linted.
        builtin: whether the built-in files belong to it.

    Raises:
        TermBaseError: a path does not exist.
    """
    linted = [Path(path) for path in paths] or [builtin_folder()]
    context = [Path(path) for path in termbases]
    for path in (*linted, *context):
        if not path.exists():
            raise TermBaseError(f"{path}: no such file or folder")
    base, problems = sources.read(linted, context, builtin and bool(paths))
    for check in _CHECKS:
        problems += check(base)
    sentences = [path for folder in linted if folder.is_dir() and (path := folder / examples.NAME).exists()]
    problems += examples.lint(base, sentences)
    base.concepts.update((str(path), []) for path in sentences)
    return [_file(path, [problem for problem in problems if problem.path == path]) for path in base.concepts]


def _file(path: str, problems: list[Problem]) -> LintedFile:
    text = Path(path).read_bytes().decode("utf-8-sig", "replace") if path.endswith((".csv", ".tsv")) else ""
    lines = LineIndex(text)
    found = [_finding(problem, text, lines) for problem in problems]
    return LintedFile(path, text, sorted(found, key=lambda finding: (finding.start, finding.end, finding.rule)))


def _finding(problem: Problem, text: str, lines: LineIndex) -> Finding:
    start, end = _place(problem, text, lines)
    return Finding(
        rule=problem.rule,
        severity=problem.severity or RULES[problem.rule][0],
        safety=Safety.NONE,
        origin=Origin.DETECTOR,
        start=start,
        end=end,
        text=text[start:end],
        message=problem.message,
        concept=problem.concept,
    )


def _place(problem: Problem, text: str, lines: LineIndex) -> tuple[int, int]:
    """The span of the text that a problem is about, in or after the line of its row."""
    if not 1 <= problem.line <= len(lines):
        return 0, 0
    line = lines.line(problem.line)
    wanted = problem.text.replace('"', '""')
    at = text.find(wanted, line.start) if wanted else -1
    if at >= 0 and (at < line.end or '"' in text[line.start : line.end]):
        return at, at + len(wanted)
    return line.start, min(line.end, line.start + max(1, len(problem.concept or "")))
