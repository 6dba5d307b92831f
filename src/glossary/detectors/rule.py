"""Rule: what a detector looks for and why, in words that `glossary explain` prints and the docs repeat."""

from typing import NamedTuple

from glossary.findings import Finding, Origin, Safety, Severity


class Rule(NamedTuple):
    """A kind of finding.

    `examples` are (before, after) pairs that the tests run; `after` equals `before` where the rule must be silent and is
    empty where it only flags. `safety_reason` says why a fix of this rule may be applied unseen, or may not.
    """

    name: str
    title: str
    what: str
    why: str
    severity: Severity
    safety: Safety
    safety_reason: str
    examples: tuple[tuple[str, str], ...]

    def finding(
        self,
        text: str,
        start: int,
        end: int,
        message: str,
        *replacements: str,
        safety: Safety | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule at a span of a text; without replacements it is shown only."""
        return Finding(
            rule=self.name,
            severity=severity or self.severity,
            safety=(safety or self.safety) if replacements else Safety.NONE,
            origin=Origin.DETECTOR,
            start=start,
            end=end,
            text=text[start:end],
            message=message,
            replacements=replacements,
        )
