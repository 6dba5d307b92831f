"""glossary terms list"""

from __future__ import annotations

import json

import click

import glossary
from glossary.cli import options

FORMATS = ("table", "csv", "json")


@click.command("list", short_help="List the concepts.")
@click.option("--kind", multiple=True, metavar="KIND", help="Only concepts of this kind. Repeatable.")
@click.option(
    "--fix", "fixes", multiple=True, type=click.Choice([s.value for s in glossary.Safety]), help="Only this fix level. Repeatable."
)
@click.option("--format", "-f", "report", type=click.Choice(FORMATS), default="table", show_default=True, help="How to list.")
@options.termbase_options
def command(kind: tuple[str, ...], fixes: tuple[str, ...], report: str, termbases: tuple[str, ...], no_builtin: bool) -> None:
    """List the concepts of the term base: id, Chinese, preferred English.

    \b
    glossary terms list --kind slogan
    glossary terms list --fix none --format csv > by-hand.csv
    """
    termbase = glossary.load(*termbases, builtin=not no_builtin)
    found = [concept for concept in termbase if (not kind or concept.kind in kind) and (not fixes or concept.fix.value in fixes)]
    show(found, report)


def show(concepts: list[glossary.Concept], report: str) -> None:
    """Print concepts as a table, as a term file or as JSON."""
    if report == "csv":
        click.echo(glossary.dump_terms(concepts, glossary.TermBase({}), "csv").data, nl=False)
    elif report == "json":
        click.echo(json.dumps([as_object(concept) for concept in concepts], ensure_ascii=False, indent=1))
    else:
        for concept in concepts:
            click.echo(f"{concept.id}\t{'、'.join(concept.zh)}\t{concept.preferred}")
        click.echo(f"{options.counted(len(concepts), 'concept')}.")


def as_object(concept: glossary.Concept) -> dict[str, object]:
    """A concept as it stands in JSON: its columns, lists as lists, and where it stands."""
    columns = {name: getattr(concept, name.replace("-", "_")) for name in glossary.TERM_COLUMNS}
    return {**columns, "path": concept.path, "line": concept.line}
