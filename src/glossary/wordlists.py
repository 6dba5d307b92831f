"""Word lists that the detectors ask: one word or phrase a line, `#` opens a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "english" / "lists"


@cache
def words(name: str) -> frozenset[str]:
    """The lines of a list of `english/lists/`, without comments and blank lines."""
    lines = (line.partition("#")[0].strip() for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line)


@cache
def frequent() -> frozenset[str]:
    """The common words of English, in lower case."""
    rows = (_FOLDER.parent / "frequency.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(row.partition("\t")[0] for row in rows)
