"""The tables of titles as files: `posts.csv`, `bodies.csv` and `ranks.csv` of `glossaries/titles/`, and the levels of the slots."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import product
from typing import Any

from glossary.termbase.files import builtin_folder
from glossary.termbase.notation import parse, split
from glossary.termbase.titles import Body, Level, Post, Rank
from glossary.termbase.vocabulary import read_slots


def read() -> dict[str, list[tuple[str, tuple[Any, ...]]]]:
    """The wordings of each table of `Parts`, and what they stand for."""
    folder = builtin_folder()
    slots = read_slots(folder / "slots.csv")["level"].values
    rows = _rows("bodies")
    tables: dict[str, list[tuple[str, tuple[Any, ...]]]] = {
        "levels": [(text, Level(zh, english)) for zh, english, others in slots for text in (english, *others)],
        "ranks": [(text, Rank(row["zh"], row["english"], garbled)) for row in _rows("ranks") for text, garbled in _wordings(row)],
        "posts": [entry for row in _rows("posts") for entry in _posts(row)],
        "bodies": [(text, _body(row, garbled)) for row in rows for text, garbled in _wordings(row)],
        "fields": [(text, _body(row, True)) for row in rows for text in split(row["field"])],
    }
    return {name: [(text, tuple(part)) for text, part in table] for name, table in tables.items()}


def _posts(row: dict[str, str]) -> Iterator[tuple[str, Post]]:
    """The wordings of a post. One that is admitted stays as it is."""
    made = Post(row["posts"], row["zh"], row["level"], row["english"], row["deputy"], False)
    yield from ((text, made._replace(garbled=garbled)) for text, garbled in _wordings(row))
    yield from ((text, made._replace(english=text)) for text in _spelled(row["admitted"]))


def _body(row: dict[str, str], garbled: bool) -> Body:
    return Body(row["zh"], row["posts"], bool(row["party"]), row["concept"], row["local"], row["name"], garbled)


def _rows(name: str) -> list[dict[str, str]]:
    with (builtin_folder() / "titles" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _wordings(row: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Every wording of a row, and whether it is garbled."""
    return ((text, column == "garbled") for column in ("readings", "garbled") for text in _spelled(row[column]))


def _spelled(cell: str) -> Iterator[str]:
    for entry in split(cell):
        for words in product(*parse(entry).elements):
            yield " ".join(filter(None, words))
