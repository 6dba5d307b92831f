"""glossary terms: the group; each of its commands has a file of its own, cli/terms_NAME.py."""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "lint": "Say what is wrong with term files.",
    "match": "List the terms in a Chinese text: a term sheet for the translator.",
}


class _TermsCommands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"glossary.cli.terms_{cmd_name}").command
        return command


@click.group(cls=_TermsCommands, short_help="Look at the term base, and work on it.")
def terms() -> None:
    """Look at the term base, and work on it."""
