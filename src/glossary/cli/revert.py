"""glossary revert"""

from __future__ import annotations

import sys

import click

import glossary
from glossary.errors import GlossaryError


@click.command(short_help="Bring back what a file was before its edits.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option("--log", "log_file", metavar="FILE", type=click.Path(), help="The edit log. [default: PATH.glossary-log]")
@click.option("--last", is_flag=True, help="Take back only what was written last.")
def revert(paths: tuple[str, ...], log_file: str | None, last: bool) -> None:
    """Bring back, byte for byte, what files were before `glossary review`, or `glossary fix --log`.

    A file that something else has changed since is left alone.

    \b
    glossary revert article.txt
    """
    failed = False
    for path in paths:
        try:
            count = glossary.revert(path, glossary.EditLog(log_file) if log_file else None, last=last)
            click.echo(f"{path}: as it was before {'the last edits' if last or count < 2 else f'{count} rounds of edits'}")
        except GlossaryError as error:
            failed = True
            print(f"glossary: {error}", file=sys.stderr)
    raise click.exceptions.Exit(2 if failed else 0)
