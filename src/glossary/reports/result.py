"""What a check hands to a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from glossary.findings import Finding
from glossary.text import LineIndex


@dataclass(frozen=True)
class CheckedFile:
    """A file and what was found in it; `error` instead of findings if it could not be read."""

    path: str
    text: str = ""
    findings: Sequence[Finding] = ()
    error: str | None = None
    lines: LineIndex = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", LineIndex(self.text))

    @property
    def words(self) -> int:
        """How many words the text has, between blanks."""
        return len(self.text.split())


@dataclass(frozen=True)
class Run:
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
        """How many words all files have together."""
        return sum(file.words for file in self.files)

    def by_rule(self) -> dict[str, int]:
        """How many findings each rule has, by name."""
        return dict(sorted(Counter(finding.rule for file in self.files for finding in file.findings).items()))

    def by_severity(self) -> dict[str, int]:
        """How many findings each severity has, the gravest first."""
        counts = Counter(finding.severity for file in self.files for finding in file.findings)
        return {severity.value: counts[severity] for severity in sorted(counts, key=lambda s: -s.rank)}
