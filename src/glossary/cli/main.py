"""The entry point: finds the command, loads it, and turns mistakes in the input into one line and exit code 2."""

from __future__ import annotations

import importlib
import os
import sys

import click

from glossary.errors import GlossaryError
from glossary.version import VERSION

# name -> what the list of commands says; the module glossary.cli.NAME holds the command `NAME`
COMMANDS = {
    "check": "Find garbled terms in articles.",
    "fix": "Show, or make, the corrections.",
    "review": "Go through the findings one by one.",
    "revert": "Bring back what a file was before its edits.",
    "score": "Measure the gain against a reference.",
    "batch": "Check, fix or score tables of any size.",
    "terms": "Look at the term base, and work on it.",
    "mine": "Find new garbles in what editors changed.",
    "explain": "Say what a rule or concept is about.",
    "config": "Show what is in force, and where it is from.",
    "lsp": "Serve an editor: diagnostics, fixes, hover, completion.",
    "completion": "Print what a shell needs to complete commands.",
}


class _Commands(click.Group):
    """Commands that are imported when they are called: a check does not pay for the rest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"glossary.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            if not near:
                raise
            raise click.UsageError(f"No such command '{args[0]}'. Did you mean '{near[0]}'?", error.ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="glossary")
def cli() -> None:
    """Find and fix garbled literal translations of official Chinese in English news copy.

    \b
    glossary check article.txt        what is wrong, and why
    glossary fix article.txt          the corrections as a diff
    glossary fix -w article.txt       make them
    """


def main() -> None:
    """Run the command line; exit 0 nothing found, 1 findings, 2 a mistake in the call or the input."""
    try:
        sys.exit(cli(standalone_mode=False, prog_name="glossary") or 0)
    except GlossaryError as error:
        for line in str(error).splitlines():
            print(f"glossary: {line}", file=sys.stderr)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        print("glossary: interrupted", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:
        if os.environ.get("GLOSSARY_DEBUG"):
            raise
        print(f"glossary: internal error: {type(error).__name__}: {error} (GLOSSARY_DEBUG=1 shows where)", file=sys.stderr)
        sys.exit(2)
