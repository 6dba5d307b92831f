"""glossary completion"""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from glossary.errors import UsageError


@click.command(short_help="Print what a shell needs to complete commands.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script with which a shell completes commands, options, formats and names.

    \b
    glossary completion bash >> ~/.bashrc
    glossary completion zsh >> ~/.zshrc
    glossary completion fish > ~/.config/fish/completions/glossary.fish
    """
    from glossary.cli.main import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"there is no completion for {shell}")
    click.echo(kind(cli, {}, "glossary", "_GLOSSARY_COMPLETE").source())
