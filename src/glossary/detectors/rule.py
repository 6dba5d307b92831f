"""Rule: what a detector looks for and why, in words that `glossary explain` prints and the docs repeat."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.findings import Safety, Severity


@dataclass(frozen=True, slots=True)
class Rule:
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
