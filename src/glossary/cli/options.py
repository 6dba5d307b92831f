"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

import glossary
from glossary.config import Config
from glossary.documents.encoding import read_stream
from glossary.errors import GlossaryError, UsageError

if TYPE_CHECKING:
    from glossary.termbase.exchange import Written

_F = TypeVar("_F", bound=Callable[..., Any])

_CONFIG = "glossary.config"
_CONFIG_FILE = "glossary.config-file"
_NO_CONFIG = "glossary.no-config"


def configuration() -> Config:
    """The configuration of this call: of --config, or found upwards from the working folder, or none with --no-config."""
    meta = click.get_current_context().meta
    if _CONFIG not in meta:
        meta[_CONFIG] = Config() if meta.get(_NO_CONFIG) else glossary.load_config(meta.get(_CONFIG_FILE))
    found: Config = meta[_CONFIG]
    return found


def given_configuration() -> Config | None:
    """The configuration that --config or --no-config ask for; None if neither stands."""
    meta = click.get_current_context().meta
    return configuration() if meta.get(_NO_CONFIG) or meta.get(_CONFIG_FILE) else None


def config_options(command: _F) -> _F:
    """--config FILE and --no-config; `configuration` gives what they stand for."""

    def keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
        return lambda ctx, param, value: ctx.meta.update({name: value})

    more: dict[str, Any] = {"expose_value": False, "is_eager": True}
    command = click.option("--no-config", is_flag=True, callback=keep(_NO_CONFIG), help="Heed no configuration file.", **more)(command)
    return click.option("--config", metavar="FILE", callback=keep(_CONFIG_FILE), help="Use this configuration file.", **more)(command)


def termbase_options(command: _F) -> _F:
    """--termbase PATH (repeatable) and --no-builtin, on top of what the configuration says; with `config_options`."""

    def files(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
        return (*configuration().term_files, *value)

    def builtin(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
        return value or not configuration().builtin

    command = click.option("--no-builtin", is_flag=True, callback=builtin, help="Leave out the built-in term files.")(command)
    command = click.option(
        "--termbase",
        "-t",
        "termbases",
        multiple=True,
        metavar="PATH",
        callback=files,
        help="Add a term file, or a folder of them; a later one wins. Repeatable.",
    )(command)
    return config_options(command)


def selection_options(command: _F) -> _F:
    """--select and --ignore, by rule or concept."""
    more: dict[str, Any] = {"multiple": True, "metavar": "NAME", "shell_complete": _names}
    command = click.option("--ignore", help="Leave out a rule or concept. Repeatable.", **more)(command)
    return click.option("--select", help="Look only for this rule or concept. Repeatable.", **more)(command)


def _names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The rules and concepts that begin so, for a shell. The term base is that of the configuration."""
    try:
        config = glossary.load_config()
        found = glossary.matcher_from_files(*config.term_files, builtin=config.builtin)
    except GlossaryError:
        return []
    return sorted(name for name in names(found) if name.startswith(incomplete))


def names(found: glossary.Matcher) -> list[str]:
    """All rules and concepts."""
    return [*glossary.rules(), *(found.concept(number).id for number in range(found.concept_count))]


def require_names(config: Config) -> None:
    """Say which names stand for no rule and no concept: mistyped, they would go unnoticed.

    Raises:
        UsageError: one of `select`: nothing would be found, and that would look like a clean run.
    """
    unknown = {name: key for name, key in config.named.items() if name not in glossary.rules()}
    if not unknown:
        return
    known = names(matcher(config.term_files, not config.builtin))
    for name, key in unknown.items():
        if name in known:
            continue
        import difflib

        near = difflib.get_close_matches(name, known, 1)
        message = f"{key}: there is no rule or concept '{name}'" + (f"; did you mean '{near[0]}'?" if near else "")
        if key.endswith("select"):
            raise UsageError(message)
        print(f"glossary: {message}", file=sys.stderr)


def configured(
    termbases: tuple[str, ...], no_builtin: bool, select: tuple[str, ...], ignore: tuple[str, ...], **flags: Any
) -> Config:
    """The configuration under the options of a command. A flag that is None or False says nothing."""
    config = configuration()._replace(termbases=termbases, style=None, builtin=not no_builtin)
    return config.with_flags(select=select, ignore=ignore, **{name: None if value is False else value for name, value in flags.items()})


def matcher(termbases: tuple[str, ...], no_builtin: bool) -> glossary.Matcher:
    """The matcher that the term base options name."""
    return glossary.matcher_from_files(*termbases, builtin=not no_builtin)


def documents(
    paths: tuple[str, ...], format: str | None, *, force_exclude: bool = False
) -> Iterator[tuple[str, glossary.Document | GlossaryError]]:
    """Each path with its document, or with what is wrong with it. `-` is standard input."""
    config = configuration()
    for path in config.files(paths, force_exclude=force_exclude):
        try:
            yield path, read(path, format or config.format_of(path))
        except GlossaryError as error:
            yield path, error


def read(path: str, format: str | None) -> glossary.Document:
    """The document at a path; standard input for `-`."""
    if path == "-":
        return glossary.parse_document(read_stream(sys.stdin.buffer), "standard input", format or "text")
    return glossary.read_document(path, format)


def use_color() -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def put_terms(written: Written, output: str) -> None:
    """Write a term file to its place, `-` for standard output, and tell what it could not hold."""
    if output == "-":
        sys.stdout.buffer.write(written.data)
    else:
        glossary.write_file(output, written.data)
    for loss in written.losses:
        click.echo(loss, err=True)


def counted(number: int, thing: str) -> str:
    """How many of a thing: 1 concept, 4,464 concepts."""
    return f"{number:,} {thing}{'s' * (number != 1)}"
