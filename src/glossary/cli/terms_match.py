"""glossary terms match"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
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
@click.option(
    "--export", "export", type=click.Choice([f.name for f in glossary.TERM_FORMATS]), help="Write the terms found as a file of this format."
)
@click.option("--output", "-o", default="-", metavar="FILE", help="Where --export writes to; standard output by default.")
@options.termbase_options
def command(source: str, report: str, export: str | None, output: str, termbases: tuple[str, ...], no_builtin: bool) -> None:
    """List every concept found in a Chinese text, with its place and approved English: a term sheet for the translator.

    Traditional characters are folded to simplified. SOURCE is a file, or - for standard input.

    \b
    glossary terms match article.zh.txt
    glossary terms match --format csv article.zh.txt > terms.csv
    glossary terms match --export deepl -o article.tsv article.zh.txt
    glossary terms match --export prompt article.zh.txt
    """
    termbase = glossary.load(*termbases, builtin=not no_builtin)
    document = options.read(source, None)
    if export:
        _export(document.text, termbase, export, output)
        return
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


def _export(text: str, termbase: glossary.TermBase, format: str, output: str) -> None:
    """The article's own glossary: of pairs just those found, otherwise the concepts found."""
    found = glossary.source_terms(text, termbase)
    if glossary.term_format(Path(), format).whole:
        concepts = list({term.concept.id: term.concept for term in found}.values())
    else:
        forms = {glossary.simplified(term.zh): term for term in found}
        concepts = [term.concept._replace(zh=(zh,), preferred=term.preferred) for zh, term in forms.items()]
    options.put_terms(glossary.dump_terms(concepts, termbase, format), output)


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
    return "".join(out) + f"{options.counted(len(rows), 'term')}, {len(seen)} different.\n"
