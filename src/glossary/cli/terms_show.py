"""glossary terms show"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator

import click

import glossary
from glossary.cli import options
from glossary.cli.terms_list import as_object
from glossary.errors import UsageError


@click.command("show", short_help="Show a concept with the wordings that its garbles stand for.")
@click.argument("names", nargs=-1, required=True, metavar="CONCEPT…")
@click.option("--wordings", default=6, show_default=True, metavar="N", help="How many wordings to show of each garble.")
@click.option("--format", "-f", "report", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to show.")
@options.termbase_options
def command(names: tuple[str, ...], wordings: int, report: str, termbases: tuple[str, ...], no_builtin: bool) -> None:
    """Show all that the term base knows of a concept, its garbles with wordings and what becomes of them.

    CONCEPT is an id or a Chinese term.

    \b
    glossary terms show political-legal-commission
    glossary terms show --wordings 20 政法委
    """
    termbase = glossary.load(*termbases, builtin=not no_builtin)
    concepts = [_found(name, termbase) for name in names]
    if report == "json":
        garbles = [[garble._asdict() for garble in glossary.garbles_of(concept, termbase, wordings)] for concept in concepts]
        objects = [{**as_object(concept), "garbles": found} for concept, found in zip(concepts, garbles, strict=True)]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=1))
        return
    for concept in concepts:
        click.echo("\n".join(_lines(concept, termbase, wordings)))


def _found(name: str, termbase: glossary.TermBase) -> glossary.Concept:
    if name in termbase.concepts:
        return termbase.concepts[name]
    for concept in termbase:
        if name in concept.zh:
            return concept
    near = difflib.get_close_matches(name, termbase.concepts, 3)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "'glossary terms search' looks for words"
    raise UsageError(f"there is no concept '{name}'; {hint}")


def _lines(concept: glossary.Concept, termbase: glossary.TermBase, wordings: int) -> Iterator[str]:
    yield f"{concept.id}  ({concept.place})"
    for name, value in as_object(concept).items():
        if value and name not in ("id", "deprecated", "path", "line"):
            yield f"  {name:<10} {'; '.join(value) if isinstance(value, tuple) else value}"
    for garble in glossary.garbles_of(concept, termbase, wordings):
        origin = "predicted" if garble.predicted else "garble"
        yield f"  {origin:<10} {garble.source}  ({garble.number:,} wordings, {garble.safety})"
        for wording, replacement in garble.wordings.items():
            yield f"  {'':<12} {wording} -> {replacement or '(deleted)'}"
    yield ""
