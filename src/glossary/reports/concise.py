"""A line for each finding or broken file and nothing else, as compilers write them: what grep, editors and other programs take apart."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.reports.result import Run, name_of


def render(run: Run, color: bool) -> Iterator[str]:
    """`path:line:column: severity: rule[concept]: “garble” → “replacement”`; the message where there is no replacement."""
    for file in run.files:
        if file.error:
            yield f"{file.error}\n"
        for finding in file.findings:
            line, column = file.place(finding, finding.start)
            segment = f"{finding.segment}:" if finding.segment else ""
            what = finding.message
            if finding.replacements:
                what = f"“{finding.text}” → {' | '.join(f'“{each}”' if each else '(delete)' for each in finding.replacements)}"
            what = " ".join(what.split()) if "\n" in what else what
            yield f"{file.path}:{segment}{line}:{column}: {finding.severity}: {name_of(finding)}: {what}\n"
