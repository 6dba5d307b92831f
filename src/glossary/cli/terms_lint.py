"""glossary terms lint"""

from __future__ import annotations

import click

import glossary
from glossary.cli import options
from glossary.reports import formats
from glossary.reports.result import CheckedFile, Run


@click.command("lint", short_help="Say what is wrong with term files.")
@click.argument("paths", nargs=-1, metavar="[PATH…]")
@click.option("--format", "-f", "report", type=click.Choice(formats.names()), default="text", show_default=True, help="How to report.")
@click.option(
    "--severity",
    type=click.Choice([s.value for s in glossary.Severity]),
    default="warning",
    show_default=True,
    help="The lowest severity that counts.",
)
@options.selection_options
@options.termbase_options
def command(
    paths: tuple[str, ...],
    report: str,
    severity: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    termbases: tuple[str, ...],
    no_builtin: bool,
) -> None:
    """Say what is wrong with term files: file, line, what to do.

    PATH is a term file or a folder of them; without PATH the built-in files are meant. Files named by --termbase, and the
    built-in ones, stand beside them: a garble must not be an approved form anywhere. Of a folder the sentences in its
    examples.csv are tried too. --select and --ignore name rules or concepts.
    Exit code: 0 nothing found, 1 findings, 2 a path does not exist.

    \b
    glossary terms lint our-terms.csv
    glossary terms lint --format json glossaries/ > lint.json
    """
    settings = glossary.Settings(select=select, ignore=ignore)
    lowest = glossary.Severity(severity).rank
    files = [
        CheckedFile(path, text, [f for f in findings if f.severity.rank >= lowest and settings.wants(f)])
        for path, text, findings in glossary.lint(*paths, termbases=termbases, builtin=not no_builtin)
    ]
    run = Run(files, glossary.__version__, "", 0, 0)
    for piece in formats.render(report, run, color=options.use_color()):
        click.echo(piece, nl=False)
    raise click.exceptions.Exit(1 if run.findings else 0)
