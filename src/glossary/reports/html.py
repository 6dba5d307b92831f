"""An HTML page that stands alone: nothing is loaded, no script runs. For mailing to an editor or keeping with a build."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from glossary.findings import Finding
from glossary.positions import Range
from glossary.reports.result import CheckedFile, Run, name_of
from glossary.text import sentence

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
li { margin: 0 0 1rem; }
mark.error { background: #ffd9d6; color: #6b0d06; }
mark.warning { background: #ffecc2; color: #5a3a00; }
mark.info { background: #d9e8ff; color: #0b2f66; }
ins { background: #d5f2da; color: #0d4a1a; text-decoration: none; }
.place, .why, .authority { color: #666; font-size: .9rem; }
@media (prefers-color-scheme: dark) { .place, .why, .authority { color: #aaa; } }
"""


def render(run: Run, color: bool) -> Iterator[str]:
    """The page: a summary, then each finding in its sentence with what to write."""
    counts = run.counted()
    yield '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>glossary check</title>\n<style>{_STYLE}</style>\n<h1>glossary check</h1>\n"
    yield f"<p>{counts or 'Nothing found'} in {len(run.files)} file{'s' * (len(run.files) != 1)}, {run.words:,} words.</p>\n"
    if run.broken:
        yield "<h2>Not checked</h2>\n<ul>\n" + "".join(f"<li>{escape(file.error or '')}</li>\n" for file in run.broken) + "</ul>\n"
    for file in run.files:
        if file.findings:
            yield f"<h2>{escape(file.path)}</h2>\n<ol>\n"
            for finding, span in zip(file.findings, file.ranges(), strict=True):
                yield _item(file, finding, span)
            yield "</ol>\n"
    yield f"<p class=place>glossary {escape(run.version)}, term base {escape(run.digest)}</p>\n</html>\n"


def _item(file: CheckedFile, finding: Finding, span: Range) -> str:
    around = sentence(file.text, finding.start, finding.end)
    before, after = file.text[around.start : finding.start], file.text[finding.end : around.end]
    choices = " or ".join(f"<ins>{escape(each)}</ins>" if each else "delete it" for each in finding.replacements)
    authority = f'<br><span class=authority>Authority: {escape(finding.authority)}</span>' if finding.authority else ""
    zh = f' <span lang="zh">{escape(finding.zh)}</span>' if finding.zh else ""
    return (
        f"<li><span class=place>line {span.start.line}, {finding.severity.value}, {escape(name_of(finding))}{zh}</span><br>\n"
        f"{escape(before)}<mark class={finding.severity.value}>{escape(finding.text)}</mark>{escape(after)}<br>\n"
        + (f"Write {choices} <span class=why>({finding.safety.value})</span><br>\n" if choices else "")
        + f"<span class=why>{escape(finding.message)}</span>{authority}</li>\n"
    )
