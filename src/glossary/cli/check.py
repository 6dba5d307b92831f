"""glossary check"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

import click

import glossary
from glossary.cli import options
from glossary.config import Config
from glossary.documents.encoding import read_stream
from glossary.errors import UsageError
from glossary.findings import Severity
from glossary.reports import formats
from glossary.reports.result import CheckedFile, Run
from glossary.runner import matcher_of

_PIECES = 1000  # of a report that are printed at once
_SEVERITIES = click.Choice([severity.value for severity in Severity])


def _named_reports(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str | None], ...]:
    """Each NAME[=FILE] as a format and the file it goes to."""
    reports = []
    for value in values:
        name, sign, file = value.partition("=")
        if name not in formats.names():
            raise click.BadParameter(f"'{name}' is not one of {', '.join(formats.names())}.", ctx, param)
        if sign and not file:
            raise click.BadParameter(f"name the file: {name}=FILE", ctx, param)
        reports.append((name, file or None))
    return tuple(reports)


def _report_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in formats.names() if name.startswith(incomplete)]


class _Call(NamedTuple):
    """What the command was asked to do."""

    paths: tuple[str, ...]
    config: Config
    reports: tuple[tuple[str, str | None], ...]
    input_format: str | None
    force_exclude: bool
    baseline: str | None
    update_baseline: bool
    diff_only: str | None
    exit_zero: bool
    source: str | None


@click.command(short_help="Find garbled terms in articles.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option(
    "--format", "-f", "reports", callback=_named_reports, shell_complete=_report_names, multiple=True,
    metavar="NAME[=FILE]",
    help=f"How to report, and where to: {', '.join(formats.names())}. Repeatable. [default: text]",
)  # fmt: skip
@click.option("--output-file", "-o", metavar="FILE", type=click.Path(), help="Where the report goes. [default: standard output]")
@click.option("--severity", type=_SEVERITIES, help="The lowest severity that is shown. [default: warning]")
@click.option("--fail-on", type=_SEVERITIES, help="The lowest severity that makes the exit code 1. [default: what is shown]")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if something was found.")
@click.option("--baseline", metavar="FILE", type=click.Path(), help="Do not report the findings that this file knows.")
@click.option("--update-baseline", is_flag=True, help="Write what is found to the baseline, and report nothing.")
@click.option("--diff-only", metavar="REV", help="Look only at lines changed in git since a revision, such as HEAD or origin/main.")
@click.option("--source", metavar="FILE", type=click.Path(), help="The Chinese that one document renders: what it says decides.")
@click.option("--force-exclude", is_flag=True, help="Heed `exclude` of the configuration for files named here too.")
@click.option("--jobs", "-j", type=click.IntRange(min=0), help="Processes to use; 0 is one for each processor. [default: 0]")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep results of earlier runs.")
@click.option("--watch", is_flag=True, help="Go on, and check again when a file changes.")
@click.option("--input-format", metavar="NAME", help="Read every file in this format, whatever its ending.")
@options.selection_options
@options.termbase_options
def check(
    paths: tuple[str, ...],
    reports: tuple[tuple[str, str | None], ...],
    output_file: str | None,
    severity: str | None,
    fail_on: str | None,
    exit_zero: bool,
    baseline: str | None,
    update_baseline: bool,
    diff_only: str | None,
    source: str | None,
    force_exclude: bool,
    jobs: int | None,
    no_cache: bool,
    watch: bool,
    input_format: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    termbases: tuple[str, ...],
    no_builtin: bool,
) -> None:
    """Find garbled terms in articles and say what is wrong with them.

    PATH is a file, a folder (every document below it), or - for standard input.
    Exit code: 0 nothing found, 1 findings, 2 a file or the term base cannot be used.

    \b
    glossary check article.txt
    glossary check --format json articles/ > findings.json
    glossary check --format github --format sarif=findings.sarif articles/
    glossary check --baseline known.json --diff-only origin/main articles/
    glossary check --source article.zh.txt article.txt
    glossary check - < article.txt
    """
    config = options.configured(
        termbases, no_builtin, select, ignore, severity=Severity(severity) if severity else None,
        fail_on=Severity(fail_on) if fail_on else None, baseline=baseline, jobs=jobs,
    )  # fmt: skip
    if no_cache:
        config = config._replace(cache=False)
    if update_baseline and not config.baseline:
        raise UsageError("--update-baseline needs --baseline FILE")
    destinations = _destinations(reports, output_file)
    call = _Call(paths, config, destinations, input_format, force_exclude, config.baseline, update_baseline, diff_only, exit_zero, source)
    if watch:
        _watch(call)
    raise click.exceptions.Exit(_once(call))


def _destinations(reports: tuple[tuple[str, str | None], ...], output_file: str | None) -> tuple[tuple[str, str | None], ...]:
    """Each report with its file; at most one goes to standard output, or to --output-file."""
    reports = reports or (("text", None),)
    loose = [name for name, file in reports if file is None]
    if len(loose) > 1:
        raise UsageError(f"{' and '.join(loose)} both go to {output_file or 'standard output'}; name a file: --format {loose[1]}=FILE")
    if output_file and not loose:
        raise UsageError("--output-file takes a report without a file of its own")
    return tuple((name, file or output_file) for name, file in reports)


def _once(call: _Call) -> int:
    """Check, report, and the exit code."""
    config = call.config
    options.require_names(config)
    lowest = min(config.severity.rank, (config.fail_on or config.severity).rank)
    heeded = {severity for severity in Severity if severity.rank >= lowest}
    changes = glossary.Changes(call.diff_only) if call.diff_only else None
    known = glossary.read_baseline(call.baseline, missing=call.update_baseline) if call.baseline else None
    own = {os.path.realpath(path) for path in _written(call)}  # a report in the folder is not an article
    paths = [
        path
        for path in config.files(call.paths, force_exclude=call.force_exclude)
        if not (own and os.path.realpath(path) in own) and (changes is None or changes.touches(path))
    ]
    files: list[CheckedFile] = []
    with _progress(len(paths)) as done:
        checked: Iterable[CheckedFile] = (
            [_beside(call, paths)]
            if call.source
            else glossary.check_files(
                paths,
                config,
                format=call.input_format,
                stdin=lambda: read_stream(sys.stdin.buffer),
                done=done,
                debug=bool(os.environ.get("GLOSSARY_DEBUG")),
            )
        )
        for file in checked:
            if not heeded.issuperset(finding.severity for finding in file.findings):
                file = file.showing([finding for finding in file.findings if finding.severity in heeded])
            file = changes.only(file) if changes else file
            files.append(known.new(file) if known is not None and not call.update_baseline else file)
    if known is not None and call.baseline and call.update_baseline:
        updated = known.updated(files)
        glossary.write_baseline(call.baseline, updated)
        print(f"glossary: {call.baseline}: {options.counted(len(updated), 'known finding')} (before: {len(known)})", file=sys.stderr)
        files = [file.showing(()) for file in files]
    return _report(call, files)


def _beside(call: _Call, paths: Sequence[str]) -> CheckedFile:
    """One document, checked with its source beside it."""
    if len(paths) != 1 or call.source is None:
        raise UsageError("--source takes one document")
    (path,) = paths
    document = options.read(path, call.input_format)
    source = options.read(call.source, None).text
    termbase = glossary.load(*call.config.term_files, builtin=call.config.builtin)
    return CheckedFile(path, document.text, glossary.check_document(document, termbase, call.config.settings(path), source=source))


def _report(call: _Call, files: list[CheckedFile]) -> int:
    matcher = matcher_of(call.config)
    run = Run(files, glossary.__version__, matcher.digest, matcher.concept_count, matcher.rendering_count)
    for name, destination in call.reports:
        if destination:
            glossary.write_file(destination, "".join(formats.render(name, run)).encode())
        elif name != "text" or len(run.broken) < len(files) or not files:
            _print(formats.render(name, run, color=options.use_color()))
    for file in run.broken:
        print(f"glossary: {file.error}", file=sys.stderr)
    fails = call.config.fail_on or call.config.severity
    failing = any(finding.severity.rank >= fails.rank for file in files for finding in file.findings)
    return 2 if run.broken else 1 if failing and not call.exit_zero else 0


def _print(pieces: Iterable[str]) -> None:
    left = iter(pieces)
    while batch := "".join(islice(left, _PIECES)):
        click.echo(batch, nl=False)


def _watch(call: _Call) -> None:
    """Check again whenever a document, a term file or the configuration changes, until interrupted."""
    import subprocess

    if "-" in call.paths:
        raise UsageError("--watch takes files and folders, not standard input")
    try:
        from glossary.cli.watching import changes
    except ImportError:
        raise UsageError("--watch needs watchfiles; install it with: pip install 'glossary[watch]'") from None
    for path in call.paths:
        if not os.path.exists(path):
            raise UsageError(f"{path}: no such file or folder")
    watched = [path for path in (*call.paths, *call.config.term_files, call.config.path) if path and os.path.exists(path)]
    # a process of its own each time: configuration and term base are read again, and what goes wrong in one ends with it
    command = [sys.executable, "-m", "glossary", *(argument for argument in sys.argv[1:] if argument != "--watch")]
    for _ in changes(watched, _written(call)):
        if sys.stdout.isatty():
            click.clear()
        subprocess.run(command, check=False)


def _written(call: _Call) -> list[str]:
    """The files that this call writes."""
    files = [file for _, file in call.reports]
    return [file for file in (*files, call.baseline if call.update_baseline else None) if file]


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on a terminal where there are many files, nothing otherwise."""
    if total < 200 or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=total, label="checking", file=sys.stderr) as bar:
        yield bar.update
