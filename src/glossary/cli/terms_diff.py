"""glossary terms diff"""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

import glossary


@click.command("diff", short_help="Show what changed between two term bases.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW", required=False)
@click.option("--format", "-f", "report", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to show.")
def command(old: str, new: str | None, report: str) -> None:
    """Show what changed between two term files or folders, concept by concept. Without NEW the built-in term base is meant.

    Exit code: 0 no difference, 1 there are some, 2 a file cannot be used.

    \b
    git show HEAD~1:terms.csv > before.csv && glossary terms diff before.csv terms.csv
    """
    before = glossary.load(old, builtin=False)
    after = glossary.load(new, builtin=False) if new else glossary.load()
    found = glossary.diff_terms(before, after)
    if report == "json":
        changed = {key: [change._asdict() for change in changes] for key, changes in found.changed.items()}
        names = {"added": [c.id for c in found.added], "removed": [c.id for c in found.removed]}
        click.echo(json.dumps({**names, "changed": changed}, ensure_ascii=False, indent=1))
    else:
        for line in _lines(found, before, after):
            click.echo(line)
    raise click.exceptions.Exit(1 if any(found) else 0)


def _lines(found: glossary.Difference, before: glossary.TermBase, after: glossary.TermBase) -> Iterator[str]:
    for sign, concepts in (("+", found.added), ("-", found.removed)):
        for concept in concepts:
            yield f"{sign} {concept.id}: {'、'.join(concept.zh)} = {concept.preferred}"
    for key, changes in found.changed.items():
        yield f"~ {key}: {'、'.join(after.concepts[key].zh)} = {after.concepts[key].preferred}"
        for change in changes:
            for value in change.before:
                yield f"    {change.column}: - {value}"
            for value in change.after:
                yield f"    {change.column}: + {value}"
    counts = f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed"
    yield f"{counts}; {len(before):,} concepts before, {len(after):,} now."
