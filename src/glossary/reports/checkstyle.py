"""Checkstyle XML, which most build servers read."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from glossary.patterns import lazy
from glossary.reports.result import Run, name_of

_FORBIDDEN = lazy("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(run: Run, color: bool) -> Iterator[str]:
    """The XML, a file element for each file."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n'
    for file in run.files:
        yield f" <file name={attribute(file.path)}>\n"
        if file.error:
            yield f'  <error line="0" severity="error" message={attribute(file.error)} source="glossary.not-checked"/>\n'
        for finding, span in zip(file.findings, file.ranges(), strict=True):
            yield (
                f'  <error line="{span.start.line}" column="{span.start.column}" severity="{finding.severity.value}"'
                f" message={attribute(finding.message)} source={attribute('glossary.' + name_of(finding))}/>\n"
            )
        yield " </file>\n"
    yield "</checkstyle>\n"


def attribute(text: str) -> str:
    """A text as a quoted XML attribute; characters that XML forbids become U+FFFD."""
    return quoteattr(_FORBIDDEN.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
