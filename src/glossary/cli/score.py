"""glossary score"""

from __future__ import annotations

import json

import click

import glossary
from glossary.cli import options


@click.command(short_help="Measure the gain against a reference.")
@click.argument("hypothesis", metavar="HYPOTHESIS")
@click.option("--reference", "-r", "references", multiple=True, required=True, metavar="PATH", help="A good human text. Repeatable.")
@click.option("--fixed", metavar="PATH", help="The fixed text; without it the hypothesis is fixed first.")
@click.option("--source", "-s", metavar="PATH", help="The Chinese original.")
@click.option("--format", "-f", "report", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to report.")
@click.option("--unsafe", is_flag=True, help="Make unsafe corrections too.")
@options.selection_options
@options.termbase_options
def score(
    hypothesis: str,
    references: tuple[str, ...],
    fixed: str | None,
    source: str | None,
    report: str,
    unsafe: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    termbases: tuple[str, ...],
    no_builtin: bool,
) -> None:
    """Measure what the corrections gain against a human text: BLEU, chrF2 and TER before and after.

    \b
    glossary score article.txt --reference post-edited.txt
    """
    scores = glossary.score(
        options.read(hypothesis, None).text,
        [options.read(path, None).text for path in references],
        options.read(fixed, None).text if fixed else None,
        source=options.read(source, None).text if source else None,
        termbase=glossary.load(*termbases, builtin=not no_builtin),
        settings=glossary.Settings(select=select, ignore=ignore, unsafe=unsafe),
    )
    if report == "json":
        click.echo(json.dumps(scores.to_dict(), ensure_ascii=False, indent=1))
        return
    click.echo(f"{'':8} {'before':>8} {'after':>8} {'delta':>8}")
    for each in scores.metrics:
        click.echo(f"{each.name:8} {each.before:8.2f} {each.after:8.2f} {each.delta:+8.2f}   ({each.better} is better)  {each.signature}")
