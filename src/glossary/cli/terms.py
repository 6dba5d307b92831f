"""glossary terms: the group; each of its commands has a file of its own, cli/terms_NAME.py."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

from glossary.cli.group import Group


class _TermsCommands(Group):
    table: Mapping[str, str] = {
        "match": "List the terms in a Chinese text.",
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

    def load(self, name: str) -> click.Command:
        command: click.Command = importlib.import_module(f"glossary.cli.terms_{name}").command
        return command


@click.group(cls=_TermsCommands, short_help="Look at the term base, and work on it.")
def terms() -> None:
    """Look at the term base, and work on it."""
