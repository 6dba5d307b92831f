"""Garbled terms: what the term base lists, and what it predicts from the Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.detectors.passage import Passage
from glossary.detectors.rule import Rule
from glossary.english.agreement import Agreement, agree
from glossary.findings import Finding, Origin, Safety, Severity
from glossary.matching.matcher import Entry, Match, Matcher

RULE = Rule(
    name="deprecated-term",
    title="Garbled term",
    what="A literal rendering of a Chinese official title, organisation or set phrase that has an approved English form.",
    why="Readers cannot tell which body, post or policy is meant, and the same one appears under many names.",
    severity=Severity.ERROR,
    safety=Safety.SAFE,
    safety_reason="Each concept states its own: safe where the approved form is right wherever the garble stands, unsafe where the "
    "sentence may need more, none where only a person can mend it. A predicted rendering is unsafe until the source text confirms it.",
    examples=(
        ("He is secretary of the politics and law committee.", "He is secretary of the Political and Legal Affairs Commission."),
        ("The Political and Legal Affairs Commission met.", "The Political and Legal Affairs Commission met."),
    ),
)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every garbled term in a passage, disjoint and in order."""
    for match in matcher.matches(passage.text):
        finding = _finding(passage.text, match)
        if finding is not None:
            yield finding


def _finding(text: str, match: Match) -> Finding | None:
    entry = match.entries[0]
    concept = entry.concept
    start, end, replacements, sure = _choices(text, match)
    standing = text[start:end]
    if standing in replacements:
        return None
    safety = _safety(match, sure)
    return Finding(
        RULE.name,
        concept.severity_of(safety),
        safety,
        match.origin,
        start,
        end,
        standing,
        _message(text[match.start : match.end], match, entry),
        () if safety is Safety.NONE else replacements,
        concept.id,
        entry.zh or None,
        concept.authority,
        concept.note,
    )


def _agreed(text: str, match: Match, entry: Entry) -> Agreement:
    kind = entry.concept.kind
    return agree(
        text, match.start, match.end, entry.replacement, organisation=kind in ("organisation", ""), title=kind in ("title", "rank")
    )


def _choices(text: str, match: Match) -> tuple[int, int, tuple[str, ...], bool]:
    """The span that the replacements of the entries cover together, each of them in it, and whether there is one and it is sure."""
    agreed = [_agreed(text, match, entry) for entry in match.entries]
    if len(agreed) == 1:  # as nearly always
        start, end, replacement, sure = agreed[0]
        return start, end, (replacement,), sure
    start = min(place.start for place in agreed)
    end = max(place.end for place in agreed)
    replacements = tuple(dict.fromkeys(text[start : place.start] + place.replacement + text[place.end : end] for place in agreed))
    return start, end, replacements, len(replacements) == 1 and all(place.sure for place in agreed)


def _safety(match: Match, sure: bool) -> Safety:
    safeties = {entry.safety for entry in match.entries}
    if Safety.NONE in safeties:
        return Safety.NONE
    return Safety.SAFE if sure and safeties == {Safety.SAFE} else Safety.UNSAFE


def _message(garble: str, match: Match, entry: Entry) -> str:
    garble = " ".join(garble.split())
    if match.origin is Origin.PREDICTED:
        return f"“{garble}” reads like {entry.zh} word by word ({entry.source}); the approved form is “{entry.replacement}”"
    if not entry.replacement:
        return f"“{garble}” renders {entry.zh}, which English leaves out"
    return f"“{garble}” is a literal rendering of {entry.zh}; the approved form is “{entry.replacement}”"
