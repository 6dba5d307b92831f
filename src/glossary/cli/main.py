"""The entry point: finds the command, loads it, and turns mistakes in the input into one line and exit code 2."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import sys
from collections.abc import Callable, Mapping

import click

from glossary.cli.group import Group
from glossary.errors import GlossaryError
from glossary.version import VERSION


class _Commands(Group):
    """The module `glossary.cli.NAME` holds the command `NAME`."""

    table: Mapping[str, str] = {
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

    def load(self, name: str) -> click.Command:
        command: click.Command = getattr(importlib.import_module(f"glossary.cli.{name}"), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="glossary")
def cli() -> None:
    """Find and fix garbled literal translations of official Chinese in English news copy.

    \b
    glossary check article.txt        what is wrong, and why
    glossary fix article.txt          the corrections as a diff
    glossary fix -w article.txt       make them
    """


_TIDYING = frozenset(("multiprocessing", "logging", "asyncio"))  # modules that have something to do when Python ends


def main() -> None:
    """Run the command line; exit 0 nothing found, 1 findings, 2 a mistake in the call or the input."""
    gc.set_threshold(50_000)  # a run makes few cycles, and looking for them takes its time
    code = _outcome(lambda: cli(standalone_mode=False, prog_name="glossary") or 0)
    code = _outcome(_flushed) or code
    if _TIDYING.isdisjoint(sys.modules):
        os._exit(code)  # what is left goes with the process: to take it apart is a twentieth of a short run
    sys.exit(code)


def _flushed() -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    return 0


def _outcome(run: Callable[[], int]) -> int:
    """The exit code of what is run; what goes wrong is said in one line."""
    try:
        return run()
    except GlossaryError as error:
        for line in str(error).splitlines():
            print(f"glossary: {line}", file=sys.stderr)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        print("glossary: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        if os.environ.get("GLOSSARY_DEBUG"):
            raise
        if isinstance(error, OSError) and error.errno == errno.ENOSPC and not error.filename:
            print("glossary: standard output cannot be written: no space left on device", file=sys.stderr)
            return 2
        print(f"glossary: internal error: {type(error).__name__}: {error} (GLOSSARY_DEBUG=1 shows where)", file=sys.stderr)
        return 2
