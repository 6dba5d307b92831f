"""What a caller can act on. Every message says where, what is wrong and what to do instead."""

from __future__ import annotations


class GlossaryError(Exception):
    """A mistake in the input, not in the program; `str()` of it is one line for the user."""


class UsageError(GlossaryError):
    """The call asks for something that cannot be done."""


class ConfigError(GlossaryError):
    """The configuration cannot be used; the message starts with its path."""


class DocumentError(GlossaryError):
    """A document cannot be read or written; the message starts with its path."""


class TermBaseError(GlossaryError):
    """A term file cannot be used. `problems` holds one line for each mistake found, `path:line: what is wrong`."""

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else problems
        super().__init__("\n".join(self.problems))


class NotationError(GlossaryError):
    """A garbled rendering is not written in the notation of docs/term-base.md."""
