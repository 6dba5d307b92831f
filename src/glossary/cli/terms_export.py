"""glossary terms export"""

from __future__ import annotations

from pathlib import Path

import click

import glossary
from glossary.cli import options
from glossary.errors import UsageError


@click.command("export", short_help="Write the term base for another program.")
@click.option("--output", "-o", required=True, metavar="FILE", help="Where to; - for standard output.")
@click.option(
    "--to", "format", type=click.Choice([f.name for f in glossary.TERM_FORMATS]), help="The format, where the ending does not say."
)
@click.option("--select", multiple=True, metavar="CONCEPT", help="Only this concept. Repeatable.")
@click.option("--kind", multiple=True, metavar="KIND", help="Only concepts of this kind. Repeatable.")
@options.termbase_options
def command(
    output: str, format: str | None, select: tuple[str, ...], kind: tuple[str, ...], termbases: tuple[str, ...], no_builtin: bool
) -> None:
    """Write the term base, or part of it, as a file for another program.

    By its ending FILE is .csv, .tsv, .xlsx, .tbx, .utx or .tmx; --to says so otherwise, and names what has no ending of its
    own: tbx-dct, the glossaries of deepl, google, aws and azure, and prompt, a list for a language model.
    What a format cannot hold is told on standard error.

    \b
    glossary terms export -o terms.tbx
    glossary terms export --to deepl -o deepl.tsv
    glossary terms export --kind title -o titles.xlsx
    """
    if output == "-" and format is None:
        raise UsageError("-o - needs --to, because there is no ending")
    termbase = glossary.load(*termbases, builtin=not no_builtin)
    unknown = [name for name in select if name not in termbase.concepts]
    if unknown:
        raise UsageError(f"there is no concept '{unknown[0]}'")
    concepts = [concept for concept in termbase if (not select or concept.id in select) and (not kind or concept.kind in kind)]
    if not concepts:
        raise UsageError("no concept is left to write")
    options.put_terms(glossary.dump_terms(concepts, termbase, format or glossary.term_format(Path(output)).name), output)
    if output != "-":
        click.echo(f"{output}: {options.counted(len(concepts), 'concept')}")
