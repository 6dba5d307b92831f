"""glossary terms add"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

import glossary
from glossary.errors import UsageError

_HELP = {
    "id": "Its key; made from the English if left out.",
    "zh": "The Chinese terms, ; between.",
    "preferred": "The approved English.",
    "admitted": "Other correct forms, ; between.",
    "deprecated": "Garbles in the notation, ; between.",
    "kind": "title, organisation, phrase, …",
    "fix": "safe, unsafe or none.",
    "severity": "error, warning or info, if not by the fix.",
    "unless": "Words that switch it off, ; between.",
    "only-if": "Words that must be there, ; between.",
    "note": "Why, and when to use which form.",
    "authority": "Where the preferred form is established.",
    "since": "In force since.",
    "until": "In force until.",
    "short": "The form of later mentions, such as an abbreviation.",
}
_ASKED = ("zh", "preferred", "deprecated", "kind", "fix", "authority")
_DEFAULTS = {"fix": "unsafe"}


def _options(command: Any) -> Any:
    for name in reversed(glossary.TERM_COLUMNS):
        command = click.option(f"--{name}", name.replace("-", "_"), help=_HELP[name])(command)
    return command


@click.command("add", short_help="Add a concept to a term file.")
@click.argument("file", metavar="TERMFILE")
@_options
def command(file: str, **given: str | None) -> None:
    """Add a concept to a term file (.csv or .tsv), in its place by id; every other row stays as it is written.

    What is not given by an option is asked for, if there is a terminal. `glossary terms lint` says whether it fits the rest.

    \b
    glossary terms add ours.csv --zh 政法委 --preferred "Political and Legal Affairs Commission" \\
        --deprecated "(politics|political) and law committee" --fix safe --authority Xinhua
    """
    path = Path(file)
    if path.suffix.lower() not in (".csv", ".tsv"):
        raise UsageError(f"{file}: rows are added to .csv and .tsv files")
    values = {name.replace("_", "-"): value or "" for name, value in given.items()}
    if sys.stdin.isatty():
        for name in _ASKED:
            if given[name] is None:
                values[name] = click.prompt(f"{name} ({_HELP[name]})", default=_DEFAULTS.get(name, ""), show_default=name in _DEFAULTS)
    if not values["id"] and values["preferred"]:
        taken = [concept.id for concept in glossary.parse_terms(path).concepts] if path.exists() else []
        values["id"] = glossary.new_term_id(values["preferred"], taken)
    glossary.write_file(path, glossary.insert_term(path, values))
    click.echo(f"{file}: {values['id']} added")
