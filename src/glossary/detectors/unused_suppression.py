"""Markers that silence nothing: what they were for has been mended, or they never worked."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.detectors.rule import Rule
from glossary.findings import Finding, Origin, Safety, Severity
from glossary.suppressions import Suppressions

RULE = Rule(
    name="unused-suppression",
    title="Marker without use",
    what="A marker such as `glossary: ignore` that silences nothing.",
    why="It would hide the next garble that comes to stand there, and it tells readers of something that is not so.",
    severity=Severity.WARNING,
    safety=Safety.NONE,
    safety_reason="Which comment or brackets go with the marker is for the writer to see.",
    examples=(
        ("The Political and Legal Affairs Commission met. [glossary: ignore]", ""),
        ("The politics and law committee met. [glossary: ignore]", "The politics and law committee met. [glossary: ignore]"),
    ),
)


def detect(text: str, suppressions: Suppressions, ignored: tuple[str, ...] = ()) -> Iterator[Finding]:
    """A finding for each marker that was of no use. Names that are ignored anyway, and with them bare markers, may be."""
    for marker, names in suppressions.unused():
        idle = [name for name in names if name not in ignored]
        if not (idle or (not marker.names and not ignored)):
            continue
        what = ", ".join(f"“{name}”" for name in idle) or "this marker"
        yield Finding(
            rule=RULE.name,
            severity=RULE.severity,
            safety=RULE.safety,
            origin=Origin.DETECTOR,
            start=marker.start,
            end=marker.end,
            text=text[marker.start : marker.end],
            message=f"{what} silences nothing here; take it out",
        )
