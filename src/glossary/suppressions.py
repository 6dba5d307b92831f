"""Markers in a text that silence findings: `glossary: ignore[name]` in a comment, or plainly in the text.

They go by lines, not by anybody's idea of a block, so they work beside lists, tables and headings. docs/suppression.md
shows every form.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from glossary.findings import Finding
from glossary.patterns import lazy
from glossary.text import LineIndex

_CUE = "glossary:"
# what may follow: the end of the line, the end of a comment or bracket, or a reason after two hyphens. "glossary: ignore it" is prose.
_MARKER = lazy(
    r"(?<![\w-])glossary: ?ignore(?P<kind>-next-line|-begin|-end|-file)?(?:\[(?P<names>[^\]\n]*)\])?"
    r"(?=[ \t]*(?:$|[\r\n)\]}#;|]|\*/|%\}|--))",
    re.MULTILINE,
)
_COMMENT_END = lazy(r"-->|\*/|%\}|#\}")


class Marker(NamedTuple):
    """A marker at `start:end` that silences `names`, or everything if there are none, from `low` up to `high`."""

    start: int
    end: int
    names: tuple[str, ...]
    low: int
    high: int

    def covers(self, start: int, end: int) -> bool:
        """Whether a span touches what the marker is for."""
        return start < self.high and end > self.low


class Suppressions:
    """The markers of a text. `silences` remembers which of them were of use."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.markers: list[Marker] = _markers(text) if _CUE in text else []
        self._used: set[tuple[Marker, str]] = set()

    def silences(self, finding: Finding, start: int, end: int) -> bool:
        """Whether a marker silences a finding whose place in the text is `start:end`. A finding in a marker is none."""
        silent = False
        for marker in self.markers:
            if start < marker.end and end > marker.start:
                return True
            if marker.covers(start, end):
                names = [name for name in (finding.rule, finding.concept or "") if name in marker.names] if marker.names else [""]
                self._used.update((marker, name) for name in names)
                silent = silent or bool(names)
        return silent

    def unused(self) -> Iterable[tuple[Marker, tuple[str, ...]]]:
        """The markers that silenced nothing, with those of their names that did not."""
        for marker in self.markers:
            idle = tuple(name for name in marker.names or ("",) if (marker, name) not in self._used)
            if idle:
                yield marker, tuple(name for name in idle if name)


def _markers(text: str) -> list[Marker]:
    lines = LineIndex(text)
    found: list[Marker] = []
    open_blocks: list[int] = []
    for match in _MARKER.finditer(text):
        start, end = match.span()
        kind = match["kind"] or ""
        names = tuple(name.strip() for name in (match["names"] or "").split(",") if name.strip())
        number, _ = lines.place(start)
        if kind == "-end":
            if open_blocks:
                at = open_blocks.pop()
                found[at] = found[at]._replace(high=start)
            continue
        if kind == "-file":
            low, high = 0, len(text)
        elif kind == "-begin":
            open_blocks.append(len(found))
            low, high = end, len(text)
        else:
            if kind == "-next-line" or _alone(text, lines, number, start, end):
                number = _next_line(text, lines, number)
            low, high = lines.line(number)
        found.append(Marker(start, end, names, low, high))
    return found


def _alone(text: str, lines: LineIndex, number: int, start: int, end: int) -> bool:
    """Whether the line holds nothing but the marker, its comment signs and a reason."""
    line = lines.line(number)
    after = text[end : line.end]
    closing = _COMMENT_END.search(after)
    if closing:
        after = after[closing.end() :]
    elif after.lstrip().startswith("--"):
        after = ""
    return not any(char.isalnum() for char in text[line.start : start] + after)


def _next_line(text: str, lines: LineIndex, number: int) -> int:
    """The next line that is not blank."""
    for following in range(number + 1, len(lines) + 1):
        start, end = lines.line(following)
        if text[start:end].strip():
            return following
    return number

