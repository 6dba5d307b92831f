"""Word lists that the detectors ask: one word or phrase a line, `#` opens a comment."""

from __future__ import annotations

import os
from functools import cache

_FOLDER = os.path.join(os.path.dirname(__file__), "english")


@cache
def words(name: str) -> frozenset[str]:
    """The lines of a list of `english/lists/`, without comments and blank lines."""
    lines = _lines("lists", f"{name}.txt")
    return frozenset(filter(None, (line.partition("#")[0].strip() if "#" in line else line for line in lines)))


@cache
def frequent() -> frozenset[str]:
    """The common words of English, in lower case."""
    return frozenset(row.partition("\t")[0] for row in _lines("frequency.tsv")[1:])


def _lines(*names: str) -> list[str]:
    with open(os.path.join(_FOLDER, *names), encoding="utf-8") as file:
        return file.read().splitlines()
