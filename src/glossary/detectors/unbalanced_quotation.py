"""A quotation that opens and never closes, or closes and never opened."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.detectors.passage import Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher

RULE = Rule(
    name="unbalanced-quotation",
    title="Unbalanced quotation marks",
    what="A paragraph holds a double quotation mark without its partner.",
    why="Engines lose one mark of a slogan, and nobody can tell where the quoted words end.",
    severity=Severity.WARNING,
    safety=Safety.NONE,
    safety_reason="Only a person knows where the quotation ends. A quotation that runs on in the next paragraph is known, and so are "
    "inches.",
    examples=(
        ('He called for more "three rural work in the county.', ""),
        ('“We will act,” he said, in a 6" deep flood.', '“We will act,” he said, in a 6" deep flood.'),
    ),
)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """The first lonely mark of each paragraph."""
    for place, kind in passage.quotation_troubles:
        if kind == "unclosed":
            yield RULE.finding(passage.text, place, place + 1, "this quotation mark has no closing one in its paragraph")
        elif kind == "unopened":
            yield RULE.finding(passage.text, place, place + 1, "this quotation mark closes what was never opened")
