"""What to look for, as one frozen value that a face makes and passes down."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.findings import Finding


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a check and of a fix.

    `select` and `ignore` name rules or concepts; with `select` empty everything is selected, `ignore` wins.
    `unsafe` also applies unsafe edits; `quotations` also applies edits inside quotations of six words or more.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unsafe: bool = False
    quotations: bool = True

    def wants(self, finding: Finding) -> bool:
        """Whether a finding's rule and concept are selected and not ignored."""
        names = (finding.rule, finding.concept)
        if self.select and not any(name in self.select for name in names):
            return False
        return not any(name in self.ignore for name in names)
