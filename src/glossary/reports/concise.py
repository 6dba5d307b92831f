"""A line for each finding or broken file and nothing else, as compilers write them: what grep, editors and other programs take apart."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.reports.result import Run, choices_of, name_of, place_of


def render(run: Run, color: bool) -> Iterator[str]:
    """`path:line:column: severity: rule[concept]: “garble” → “replacement”`; the message where there is no replacement."""
    for file in run.files:
        if file.error:
            yield f"{file.error}\n"
        for finding in file.findings:
            what = f"“{finding.text}” → {choices_of(finding)}" if finding.replacements else finding.message
            what = " ".join(what.split()) if "\n" in what else what
            yield f"{place_of(file, finding)}: {finding.severity}: {name_of(finding)}: {what}\n"
