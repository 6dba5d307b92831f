"""JUnit XML: a test suite for each file, a failed case for each finding, one that passed for a clean file."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.reports.checkstyle import attribute
from glossary.reports.result import CheckedFile, Run, name_of


def render(run: Run, color: bool) -> Iterator[str]:
    """The XML."""
    tests = sum(max(1, len(file.findings)) for file in run.files)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="glossary" tests="{tests}" failures="{run.findings}" errors="{len(run.broken)}">\n'
    for file in run.files:
        yield from _suite(file)
    yield "</testsuites>\n"


def _suite(file: CheckedFile) -> Iterator[str]:
    path = attribute(file.path)
    count = len(file.findings)
    yield f' <testsuite name={path} tests="{max(1, count)}" failures="{count}" errors="{int(file.error is not None)}" skipped="0">\n'
    if file.error:
        yield f'  <testcase name="readable" classname={path}>\n   <error message={attribute(file.error)}/>\n  </testcase>\n'
    elif not count:
        yield f'  <testcase name="no garbled terms" classname={path}/>\n'
    for finding, span in zip(file.findings, file.ranges(), strict=True):
        name = attribute(f"{span.start.line}:{span.start.column} {name_of(finding)}")
        yield f'  <testcase name={name} classname={path} file={path} line="{span.start.line}">\n'
        yield f'   <failure type="{finding.severity.value}" message={attribute(finding.message)}/>\n  </testcase>\n'
    yield " </testsuite>\n"
