"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

import glossary
from glossary.errors import GlossaryError

_F = TypeVar("_F", bound=Callable[..., Any])


def termbase_options(command: _F) -> _F:
    """--termbase PATH (repeatable) and --no-builtin."""
    command = click.option("--no-builtin", is_flag=True, help="Leave out the built-in term files.")(command)
    return click.option(
        "--termbase",
        "-t",
        "termbases",
        multiple=True,
        metavar="PATH",
        help="Add a term file, or a folder of them; a later one wins. Repeatable.",
    )(command)


def selection_options(command: _F) -> _F:
    """--select and --ignore, by rule or concept."""
    command = click.option("--ignore", multiple=True, metavar="NAME", help="Leave out a rule or concept. Repeatable.")(command)
    return click.option("--select", multiple=True, metavar="NAME", help="Look only for this rule or concept. Repeatable.")(command)


def matcher(termbases: tuple[str, ...], no_builtin: bool) -> glossary.Matcher:
    """The matcher that the term base options name."""
    return glossary.matcher_from_files(*termbases, builtin=not no_builtin)


def documents(paths: tuple[str, ...], format: str | None) -> Iterator[tuple[str, glossary.Document | GlossaryError]]:
    """Each path with its document, or with what is wrong with it. `-` is standard input."""
    for path in glossary.find_documents(paths):
        try:
            yield path, read(path, format)
        except GlossaryError as error:
            yield path, error


def read(path: str, format: str | None) -> glossary.Document:
    """The document at a path; standard input for `-`."""
    if path == "-":
        return glossary.parse_document(sys.stdin.buffer.read(), "standard input", format or "text")
    return glossary.read_document(path, format)


def use_color() -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
