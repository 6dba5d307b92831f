"""The words that term files refer to by name: slots (`<level>`) and guards (`@foreign`)."""

from __future__ import annotations

import csv
from pathlib import Path

from glossary.errors import TermBaseError
from glossary.termbase.notation import split
from glossary.termbase.termbase import Piece, Slot
from glossary.text import fold


def read_slots(path: Path) -> dict[str, Slot]:
    """Slots by name from a CSV file with the columns slot, zh, approved, garbled."""
    values: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for row in _rows(path, ("slot", "zh", "approved", "garbled")):
        values.setdefault(row["slot"], []).append((row["zh"], row["approved"], split(row["garbled"])))
    return {name: Slot(name, tuple(entries)) for name, entries in values.items()}


def read_guards(path: Path) -> dict[str, tuple[str, ...]]:
    """Guard words by name from a CSV file with the columns guard, words; a name may take several rows."""
    words: dict[str, list[str]] = {}
    for row in _rows(path, ("guard", "words")):
        words.setdefault(row["guard"], []).extend(split(row["words"]))
    return {name: tuple(entries) for name, entries in words.items()}


def read_lexicon(folder: Path) -> dict[str, Piece]:
    """Pieces of Chinese from every CSV file of a folder, with the columns zh, class, literal, plain.

    A piece with several classes has a row for each; they are put together.
    """
    pieces: dict[str, Piece] = {}
    for path in sorted(folder.glob("*.csv")):
        for row in _rows(path, ("zh", "class", "literal", "plain")):
            known = pieces.get(row["zh"], Piece(row["zh"], "", (), ()))
            literal = tuple(dict.fromkeys((*known.literal, *split(row["literal"]))))
            plain = tuple(dict.fromkeys((*known.plain, *split(row["plain"]))))
            kinds = f"{known.kinds} {row['class']}".strip()
            pieces[row["zh"]] = Piece(row["zh"], kinds, literal, tuple(text for text in plain if text not in literal))
    return pieces


def read_ordinary(path: Path) -> tuple[str, ...]:
    """Wordings that are ordinary English, one a line; what begins with # is a comment."""
    lines = path.read_text("utf-8").splitlines()
    return tuple(fold(line).strip() for line in lines if line and not line.startswith("#"))


def _rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            if tuple(reader.fieldnames or ()) != columns:
                raise TermBaseError(f"{path}:1: the columns must be {','.join(columns)}")
            return list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TermBaseError(f"{path}: cannot be read: {error}") from None
