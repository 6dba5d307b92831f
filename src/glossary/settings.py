"""What to look for, as one frozen value that a face makes and passes down."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from glossary.findings import Finding, Severity


class Settings(NamedTuple):
    """The options of a check and of a fix.

    `select` and `ignore` name rules or concepts; with `select` empty everything is selected, `ignore` wins.
    `unsafe` also applies unsafe edits; `quotations` also applies edits inside quotations of six words or more.
    `short_forms` gives later mentions of a concept its short form, where it has one and a full form stands before.
    `severities` gives rules and concepts another severity, a concept before its rule.
    `suppressions` heeds the markers of docs/suppression.md in the text.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unsafe: bool = False
    quotations: bool = True
    short_forms: bool = False
    severities: Mapping[str, Severity] = {}
    suppressions: bool = True

    def wants(self, finding: Finding) -> bool:
        """Whether a finding's rule and concept are selected and not ignored."""
        if self.select and finding.rule not in self.select and finding.concept not in self.select:
            return False
        return not self.ignore or (finding.rule not in self.ignore and finding.concept not in self.ignore)

    def needs(self, rule: str, rules: Collection[str]) -> bool:
        """Whether findings of a rule may be wanted, so that it has to be looked for; `rules` are all there are."""
        if rule in self.ignore:
            return False
        return not self.select or rule in self.select or not all(name in rules for name in self.select)

    def applied(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those of some findings that are wanted, with the severities that are set."""
        wanted = [finding for finding in findings if self.wants(finding)] if self.select or self.ignore else list(findings)
        return [self.graded(finding) for finding in wanted] if self.severities else wanted

    def graded(self, finding: Finding) -> Finding:
        """The finding with the severity that is set for its concept or rule."""
        severity = self.severities.get(finding.concept or "") or self.severities.get(finding.rule)
        return finding if severity is None or severity is finding.severity else finding._replace(severity=severity)
