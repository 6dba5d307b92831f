"""glossary explain"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import click

import glossary
from glossary.cli import options
from glossary.errors import UsageError


@click.command(short_help="Say what a rule or concept is about.")
@click.argument("name", metavar="RULE|CONCEPT")
@options.termbase_options
def explain(name: str, termbases: tuple[str, ...], no_builtin: bool) -> None:
    """Say what a rule or a concept is about.

    \b
    glossary explain deprecated-term
    glossary explain political-legal-commission
    """
    rules = glossary.rules()
    if name in rules:
        click.echo("\n".join(_rule(rules[name])))
        return
    termbase = glossary.load(*termbases, builtin=not no_builtin)
    concept = termbase.concepts.get(name)
    if concept is None:
        near = difflib.get_close_matches(name, [*rules, *termbase.concepts], 3)
        raise UsageError(f"there is no rule or concept '{name}'" + (f"; did you mean {' or '.join(map(repr, near))}?" if near else ""))
    click.echo("\n".join(_concept(concept)))


def _rule(rule: glossary.Rule) -> Iterator[str]:
    yield f"{rule.name}: {rule.title} ({rule.severity.value}, fix {rule.safety.value})"
    yield f"\n{rule.what}\n\nWhy: {rule.why}\n\nThe fix: {rule.safety_reason}\n\nExamples:"
    for before, after in rule.examples:
        yield f"  {before}"
        yield "    is left alone" if before == after else f"    becomes: {after}" if after else "    is flagged, not fixed"


def _concept(concept: glossary.Concept) -> Iterator[str]:
    yield f"{concept.id}: {'、'.join(concept.zh)}"
    yield f"  preferred   {concept.preferred}"
    rows = (
        ("admitted", "; ".join(concept.admitted)),
        ("short", concept.short),
        ("garbles", "; ".join(concept.deprecated)),
        ("kind", concept.kind),
        ("fix", concept.fix.value),
        ("unless", "; ".join(concept.unless)),
        ("only if", "; ".join(concept.only_if)),
        ("in force", f"{concept.since or '…'} to {concept.until or 'today'}" if concept.since or concept.until else ""),
        ("note", concept.note),
        ("authority", concept.authority),
        ("from", concept.place),
    )
    yield from (f"  {label:<11} {value}" for label, value in rows if value)
