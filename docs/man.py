"""Write the man pages: python docs/man.py FOLDER. Needs click-man, which is in the extra `dev`."""

from __future__ import annotations

import re
import sys
from inspect import cleandoc
from pathlib import Path

import click
from click_man.core import write_man_pages

from glossary.cli.main import cli
from glossary.version import VERSION

EXAMPLES = re.compile("\b\n((?:.+\n?)+)")  # lines that click leaves as they are, and roff too where it is told so


def loaded(group: click.Group) -> click.Group:
    """The group with all its commands in place: ours are imported when they are called, and click-man looks only at what is there."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            command.help = EXAMPLES.sub(".nf\n\\1\n.fi\n", cleandoc(command.help or ""))
            group.commands[name] = loaded(command) if isinstance(command, click.Group) else command
    return group


def main(folder: str) -> None:
    """Write glossary.1 and a page for each command."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    write_man_pages("glossary", loaded(cli), version=VERSION, target_dir=folder)


if __name__ == "__main__":
    main(sys.argv[1])
