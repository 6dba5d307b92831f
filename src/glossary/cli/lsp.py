"""glossary lsp"""

from __future__ import annotations

import sys

import click

from glossary.cli import options
from glossary.errors import UsageError


@click.command(short_help="Serve an editor: diagnostics, fixes, hover, completion.")
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it always does; editors pass this flag.")
@options.config_options
def lsp(stdio: bool) -> None:
    """Serve an editor over standard input and output, in the Language Server Protocol.

    It shows findings as you type, offers the corrections, tells the Chinese, note and authority, and completes approved terms from
    Chinese or English. docs/editors.md has the lines for VS Code, Neovim, Helix and Emacs.

    \b
    glossary lsp
    """
    try:
        from glossary.language_server.server import create
    except ImportError as error:
        raise UsageError(f"the language server needs {error.name}; install it with: pip install 'glossary[lsp]'") from None
    if sys.stdin.isatty():
        print("glossary: waiting for an editor; docs/editors.md shows how to set one up (Ctrl-D ends it)", file=sys.stderr)
    create(options.given_configuration()).start_io()
