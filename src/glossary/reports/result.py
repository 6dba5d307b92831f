"""What a check hands to a report."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, Self

from glossary.findings import Finding, Safety, Severity
from glossary.positions import Positions, Range, Unit
from glossary.text import LineIndex, word_count


class CheckedFile:
    """A file and what was found in it; `error` instead of findings if it could not be read.

    `text` may be left out where nothing was found and `words` are given.
    """

    def __init__(
        self, path: str, text: str = "", findings: Sequence[Finding] = (), error: str | None = None, words: int | None = None
    ) -> None:
        self.path = path
        self.text = text
        self.findings = findings
        self.error = error
        self._words = words

    def showing(self, findings: Sequence[Finding]) -> Self:
        """The file with other findings."""
        return type(self)(self.path, self.text, findings, self.error, self._words)

    @property
    def words(self) -> int:
        """How many words, between blanks, the text has; counted only for a report that says so."""
        return word_count(self.text) if self._words is None else self._words

    @cached_property
    def lines(self) -> LineIndex:
        """Where the lines of the text are."""
        return LineIndex(self.text)

    def place(self, finding: Finding, offset: int) -> tuple[int, int]:
        """Line and column of an offset of the text; of a container they count in the finding's segment."""
        line, column = self.lines.place(offset)
        return line if finding.segment is None else line - self.lines.place(finding.segment_start)[0] + 1, column

    def ranges(self, unit: Unit = Unit.CODE_POINTS) -> list[Range]:
        """The range of each finding in the text, in order."""
        positions = Positions(self.text, unit, self.lines)
        return [positions.range(finding.start, finding.end) for finding in self.findings]


class Run(NamedTuple):
    """All files of a check, and the term base that was used."""

    files: Sequence[CheckedFile]
    version: str
    digest: str
    concepts: int
    renderings: int

    @property
    def findings(self) -> int:
        """How many findings all files have together."""
        return sum(len(file.findings) for file in self.files)

    @property
    def words(self) -> int:
        """How many words, between blanks, all files have together."""
        return sum(file.words for file in self.files)

    def by_rule(self) -> dict[str, int]:
        """How many findings each rule has, by name."""
        return dict(sorted(Counter(finding.rule for file in self.files for finding in file.findings).items()))

    def by_severity(self) -> dict[str, int]:
        """How many findings each severity has, the gravest first."""
        return {severity.value: count for severity, count in _by_severity(finding for file in self.files for finding in file.findings)}

    def counted(self) -> str:
        """The findings of each severity in words: `2 errors, 1 warning`; empty if there are none."""
        return in_words(finding for file in self.files for finding in file.findings)

    def worst_first(self) -> list[tuple[CheckedFile, Finding, Range]]:
        """All findings with their files and ranges, the gravest first, otherwise in order."""
        found = [(file, *pair) for file in self.files for pair in zip(file.findings, file.ranges(), strict=True)]
        return sorted(found, key=lambda item: -item[1].severity.rank)

    @property
    def broken(self) -> list[CheckedFile]:
        """The files that could not be checked."""
        return [file for file in self.files if file.error]


def place_of(file: CheckedFile, finding: Finding) -> str:
    """Where a finding is, as text reports write it: `path:line:column`, in containers `path:segment:line:column`."""
    line, column = file.place(finding, finding.start)
    segment = f"{finding.segment}:" if finding.segment else ""
    return f"{file.path}:{segment}{line}:{column}"


def choices_of(finding: Finding) -> str:
    """The replacements of a finding, as text reports write them: `“one” | “other”`."""
    return " | ".join(f"“{each}”" if each else "(delete)" for each in finding.replacements)


def name_of(finding: Finding) -> str:
    """Rule and concept of a finding, as text reports write them: `deprecated-term[political-legal-commission]`."""
    return finding.rule + (f"[{finding.concept}]" if finding.concept else "")


def offered(finding: Finding) -> tuple[str, ...]:
    """The replacements that a program may write at the finding's place; none in containers, where the place is not one of the file."""
    return () if finding.safety is Safety.NONE or finding.segment is not None else finding.replacements


def in_words(findings: Iterable[Finding]) -> str:
    """How many findings of each severity, the gravest first: `2 errors, 1 warning`."""
    return ", ".join(f"{count} {name}{'s' * (count != 1 and name is not Severity.INFO)}" for name, count in _by_severity(findings))


def _by_severity(findings: Iterable[Finding]) -> list[tuple[Severity, int]]:
    return sorted(Counter(finding.severity for finding in findings).items(), key=lambda item: -item[0].rank)
