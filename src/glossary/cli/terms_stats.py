"""glossary terms stats"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click

import glossary
from glossary.cli import options


@click.command("stats", short_help="Count what the term base holds.")
@click.option("--format", "-f", "report", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to show.")
@options.termbase_options
def command(report: str, termbases: tuple[str, ...], no_builtin: bool) -> None:
    """Count concepts by file, kind and fix level, their terms, forms and garbles, and the wordings that are compiled.

    \b
    glossary terms stats
    glossary terms stats --no-builtin --termbase ours.csv
    """
    termbase = glossary.load(*termbases, builtin=not no_builtin)
    matcher = glossary.matcher_from_files(*termbases, builtin=not no_builtin)
    concepts = list(termbase)
    totals = {
        "concepts": len(concepts),
        "chinese terms": sum(len(c.zh) for c in concepts),
        "admitted forms": sum(len(c.admitted) for c in concepts),
        "garbles": sum(len(c.deprecated) for c in concepts),
        "wordings": matcher.rendering_count,
        "with garbles": sum(bool(c.deprecated) for c in concepts),
        "guarded": sum(bool(c.unless or c.only_if) for c in concepts),
        "with note": sum(bool(c.note) for c in concepts),
        "without authority": sum(not c.authority for c in concepts),
        "no longer in force": sum(bool(c.until) for c in concepts),
    }
    tables: dict[str, dict[str, int]] = {
        "file": _counted(Path(c.path).name for c in concepts),
        "kind": _counted(c.kind or "none" for c in concepts),
        "fix": _counted(c.fix.value for c in concepts),
        "severity": _counted(c.severity.value if c.severity else "by fix" for c in concepts),
    }
    if report == "json":
        click.echo(json.dumps({**totals, "by": tables, "digest": termbase.digest}, indent=1))
        return
    for name, count in totals.items():
        click.echo(f"{count:>10,}  {name}")
    for name, table in tables.items():
        click.echo(f"\nby {name}")
        for value, count in table.items():
            click.echo(f"{count:>10,}  {value}")


def _counted(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))
