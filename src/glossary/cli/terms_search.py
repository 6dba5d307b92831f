"""glossary terms search"""

from __future__ import annotations

import click

import glossary
from glossary.cli import options
from glossary.cli.terms_list import FORMATS, show


@click.command("search", short_help="Find concepts by their words.")
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--format", "-f", "report", type=click.Choice(FORMATS), default="table", show_default=True, help="How to list.")
@options.termbase_options
def command(words: tuple[str, ...], report: str, termbases: tuple[str, ...], no_builtin: bool) -> None:
    """Find concepts by Chinese, English, a garble or its wording, an id or a note.

    The best come first: whole terms, then garbles that match the words as they stand, then parts of terms, then notes.
    Exit code: 0 something is found, 1 nothing is.

    \b
    glossary terms search 政法委
    glossary terms search politics and law committee
    """
    termbase = glossary.load(*termbases, builtin=not no_builtin)
    found = glossary.search_terms(" ".join(words), termbase, glossary.matcher_from_files(*termbases, builtin=not no_builtin))
    show(found, report)
    raise click.exceptions.Exit(0 if found else 1)
