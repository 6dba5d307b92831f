"""glossary terms: the group; each of its commands has a file of its own, cli/terms_NAME.py."""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "match": "List the terms in a Chinese text: a term sheet for the translator.",
    "list": "List the concepts.",
    "search": "Find concepts by their words.",
    "show": "Show a concept with the wordings that its garbles stand for.",
    "stats": "Count what the term base holds.",
    "lint": "Say what is wrong with term files.",
    "diff": "Show what changed between two term bases.",
    "add": "Add a concept to a term file.",
    "import": "Bring the terms of another program's file in.",
    "export": "Write the term base for another program.",
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
