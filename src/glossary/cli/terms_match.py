"""glossary terms match"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import click

import glossary
from glossary.cli import options
from glossary.text import LineIndex


@click.command("match", short_help="List the terms in a Chinese text.")
@click.argument("source", metavar="SOURCE")
@click.option(
    "--format", "-f", "report", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True, help="How to list."
)
@options.termbase_options
def command(source: str, report: str, termbases: tuple[str, ...], no_builtin: bool) -> None:
    """List every concept found in a Chinese text, with its place and approved English: a term sheet for the translator.

    Traditional characters are folded to simplified. SOURCE is a file, or - for standard input.

    \b
    glossary terms match article.zh.txt
    glossary terms match --format csv article.zh.txt > terms.csv
    """
    termbase = glossary.load(*termbases, builtin=not no_builtin)
    document = options.read(source, None)
    lines = LineIndex(document.text)
    rows: list[dict[str, Any]] = []
    for term in glossary.source_terms(document.text, termbase):
        line, column = lines.place(term.start)
        rows.append(
            {
                "concept": term.concept.id, "zh": term.zh, "preferred": term.preferred, "start": term.start, "end": term.end,
                "line": line, "column": column, "note": term.concept.note, "authority": term.concept.authority,
            }
        )  # fmt: skip
    if report == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif report == "csv":
        click.echo(_csv(rows), nl=False)
    else:
        click.echo(_table(rows), nl=False)


def _csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["line", "column", "zh", "preferred", "concept", "note", "authority", "start", "end"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _table(rows: list[dict[str, Any]]) -> str:
    """Each concept once, with how often and where it first stands."""
    seen: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        seen.setdefault((row["zh"], row["preferred"]), []).append(row)
    out = []
    for (zh, preferred), found in seen.items():
        first = found[0]
        times = f" ×{len(found)}" if len(found) > 1 else ""
        out.append(f"{first['line']}:{first['column']}\t{zh}{times}\t{preferred}\n" + (f"\t\t{first['note']}\n" if first["note"] else ""))
    return "".join(out) + f"{len(rows)} terms, {len(seen)} different.\n"
