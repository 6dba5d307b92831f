"""glossary terms import"""

from __future__ import annotations

import sys
from pathlib import Path

import click

import glossary
from glossary.cli import options
from glossary.errors import UsageError


@click.command("import", short_help="Bring the terms of another program's file in.")
@click.argument("file", metavar="FILE")
@click.option("--into", metavar="TERMFILE", help="The term file (.csv, .tsv or .xlsx) to merge into; it is made if it is not there.")
@click.option(
    "--from",
    "format",
    type=click.Choice([f.name for f in glossary.TERM_FORMATS if f.reads]),
    help="The format, where the ending does not say.",
)
@click.option("--column", "columns", multiple=True, metavar="OURS=THEIRS", help="For tables: their name of one of our columns. Repeatable.")
@click.option("--theirs", is_flag=True, help="Where the two contradict, take what comes in.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@options.termbase_options
def command(
    file: str,
    into: str | None,
    format: str | None,
    columns: tuple[str, ...],
    theirs: bool,
    dry_run: bool,
    termbases: tuple[str, ...],
    no_builtin: bool,
) -> None:
    """Bring the terms of a CSV, TSV, XLSX, TBX, UTX or TMX file into a term file.

    New concepts are added; what TERMFILE leaves empty is filled, lists are extended. Where the two contradict, TERMFILE stays
    as it is and the conflict is told. Without --into the one file of --termbase is meant; if there is none either, the
    concepts are written to standard output as CSV.
    Exit code: 0 done, 1 there are conflicts, 2 a file cannot be used.

    \b
    glossary terms import theirs.tbx --into ours.csv --dry-run
    glossary terms import theirs.xlsx --column zh=Chinese --column preferred=English --into ours.csv
    """
    mapping = dict(_mapped(column) for column in columns)
    parsed = glossary.parse_terms(Path(file), format, mapping or None)
    for note in parsed.notes:
        click.echo(note, err=True)
    target = into or (termbases[0] if len(termbases) == 1 and Path(termbases[0]).suffix else None)
    if target is None:
        sys.stdout.buffer.write(glossary.dump_terms(parsed.concepts, glossary.TermBase({}), "csv").data)
        return
    known = glossary.term_format(Path(target))
    if known.name not in ("csv", "tsv", "xlsx"):
        raise UsageError(f"{target}: concepts are merged into .csv, .tsv or .xlsx; 'glossary terms export' makes the rest")
    ours = glossary.parse_terms(Path(target)).concepts if Path(target).exists() else []
    others = {concept.id for concept in glossary.load(*termbases, builtin=not no_builtin)} - {concept.id for concept in ours}
    merge = glossary.merge_terms(ours, parsed.concepts, parsed.columns, take_theirs=theirs, taken=others)
    for line in (*(f"{concept.id}: new, {concept.preferred}" for concept in merge.added), *merge.updated):
        click.echo(line)
    for line in merge.conflicts:
        click.echo(f"conflict: {line}", err=True)
    if not dry_run and (merge.added or merge.updated):
        glossary.write_file(target, glossary.dump_terms(merge.concepts, glossary.TermBase({}), known.name).data)
    counts = f"{len(merge.added)} added, {len(merge.updated)} changes, {merge.unchanged} as they were, {len(merge.conflicts)} conflicts"
    click.echo(f"{target}: {counts}" + ("; nothing is written" if dry_run else ""))
    raise click.exceptions.Exit(1 if merge.conflicts else 0)


def _mapped(column: str) -> tuple[str, str]:
    ours, equals, theirs = column.partition("=")
    if not equals or not theirs or ours not in glossary.TERM_COLUMNS:
        raise UsageError(f"--column {column}: write OURS=THEIRS; ours are {', '.join(glossary.TERM_COLUMNS)}")
    return ours, theirs
