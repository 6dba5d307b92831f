"""glossary check"""

from __future__ import annotations

import sys

import click

import glossary
from glossary.cli import options
from glossary.errors import GlossaryError
from glossary.findings import Severity
from glossary.reports import formats
from glossary.reports.result import CheckedFile, Run


@click.command(short_help="Find garbled terms in articles.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--format", "-f", "report", type=click.Choice(formats.names()), default="text", show_default=True, help="How to report.")
@click.option(
    "--severity",
    type=click.Choice([s.value for s in Severity]),
    default="warning",
    show_default=True,
    help="The lowest severity that counts.",
)
@click.option("--input-format", metavar="NAME", help="Read every file in this format, whatever its ending.")
@options.selection_options
@options.termbase_options
def check(
    paths: tuple[str, ...],
    report: str,
    severity: str,
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
    pandoc -t plain page.html | glossary check -
    """
    matcher = options.matcher(termbases, no_builtin)
    settings = glossary.Settings(select=select, ignore=ignore)
    lowest = Severity(severity).rank
    files = []
    for path, document in options.documents(paths, input_format):
        try:
            if isinstance(document, GlossaryError):
                raise document
            findings = [f for f in glossary.check_document(document, matcher, settings) if f.severity.rank >= lowest]
            files.append(CheckedFile(path, document.text, findings))
        except GlossaryError as error:
            files.append(CheckedFile(path, error=str(error)))
    run = Run(files, glossary.__version__, matcher.digest, matcher.concept_count, matcher.rendering_count)
    broken = [file for file in files if file.error]
    if len(broken) < len(files) or report != "text":
        for piece in formats.render(report, run, color=options.use_color()):
            click.echo(piece, nl=False)
    for file in broken:
        print(f"glossary: {file.error}", file=sys.stderr)
    raise click.exceptions.Exit(2 if broken else 1 if run.findings else 0)
