"""A closing quotation mark where one opens, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.detectors.passage import Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher

RULE = Rule(
    name="turned-quotation-mark",
    title="Quotation mark turned the wrong way",
    what="A curly quotation mark opens where it should close, or closes where it should open.",
    why="Web pages turn straight marks by the blank before them, and machine-translated copy has lost that blank.",
    severity=Severity.WARNING,
    safety=Safety.UNSAFE,
    safety_reason="The mark is judged by the words beside it; a quotation with several mistakes may be judged wrongly.",
    examples=(
        (
            "They attended the symposium.”Set up rules and regulations,” one said.",
            "They attended the symposium. “Set up rules and regulations,” one said.",
        ),
        ("“Set up rules,” one said.", "“Set up rules,” one said."),
    ),
)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every mark that is turned the wrong way."""
    text = passage.text
    for place, kind in passage.quotation_troubles:
        if kind == "turned" and text[place] == "”":
            gap = " " if text[place - 1 : place] in tuple(".!?,;:") else ""
            yield RULE.finding(text, place, place + 1, "this closing quotation mark stands where one opens", gap + "“")
        elif kind == "turned":
            yield RULE.finding(text, place, place + 1, "this opening quotation mark stands where one closes", "”")
