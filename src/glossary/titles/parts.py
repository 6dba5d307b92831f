"""What titles are made of: levels, ranks, posts and bodies, from `glossaries/titles/`.

A post depends on its body: 部长 heads a Party department, 主任 an office, but chairs a people's congress. What a body is
called comes from the term base; a body that it does not have is not read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from glossary.termbase.files import builtin_folder
from glossary.termbase.notation import parse, split
from glossary.termbase.vocabulary import read_slots

_T = TypeVar("_T")


class Level(NamedTuple):
    """An administrative level: 市, municipal."""

    zh: str
    english: str


class Rank(NamedTuple):
    """Deputy and the like; `{deputy}` stands for deputy or vice, as the post has it."""

    zh: str
    english: str
    garbled: bool


class Post(NamedTuple):
    """A post in bodies of the class `posts`; `level` is that of the government it heads."""

    posts: str
    zh: str
    level: str
    english: str
    deputy: str
    garbled: bool


class Body(NamedTuple):
    """A body: the class of its posts, whether a Party committee has it, its concepts without and with a level.

    `name` is how it is called without a level; `garbled` says whether the wording that stands for it is.
    """

    zh: str
    posts: str
    party: bool
    concept: str
    local: str
    name: str
    garbled: bool


class Lexicon(Generic[_T]):
    """Wordings and what they stand for, looked up where they stand among the words of a text."""

    def __init__(self, entries: Iterable[tuple[str, _T]]) -> None:
        self._by_first: dict[str, list[tuple[list[str], _T]]] = {}
        self.words: set[str] = set()
        self.first = self._by_first.keys()
        for text, part in entries:
            words = text.replace("-", " ").split()
            self._by_first.setdefault(words[0], []).append((words, part))
            self.words.update(words)
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def entries(self) -> Iterator[tuple[str, _T]]:
        """Every wording and what it stands for."""
        return ((" ".join(words), part) for found in self._by_first.values() for words, part in found)

    def at(self, words: Sequence[str], place: int) -> Iterator[tuple[int, _T]]:
        """Where each wording ends that begins at a place, and what it stands for; the longest first."""
        for wording, part in self._by_first.get(words[place], ()) if place < len(words) else ():
            if list(words[place : place + len(wording)]) == wording:
                yield place + len(wording), part


class Parts(NamedTuple):
    """The tables of parts, each by its wordings; a field stands for its body (propaganda).

    `words` are all that a title can hold, `first` those that it can begin with.
    """

    levels: Lexicon[Level]
    ranks: Lexicon[Rank]
    posts: Lexicon[Post]
    bodies: Lexicon[Body]
    fields: Lexicon[Body]
    words: frozenset[str]
    first: frozenset[str]


_OPENING = frozenset(("member", "standing", "cpc"))
_SMALL = frozenset(("the of and a , standing committee member party cpc concurrently executive").split())


@cache
def parts() -> Parts:
    """The built-in tables."""
    folder = builtin_folder()
    slots = read_slots(folder / "slots.csv")["level"].values
    levels = Lexicon((text, Level(zh, english)) for zh, english, others in slots for text in (english, *others))
    ranks = Lexicon((text, Rank(row["zh"], row["english"], garbled)) for row in _rows("ranks") for text, garbled in _wordings(row))
    posts = Lexicon(entry for row in _rows("posts") for entry in _posts(row))
    rows = _rows("bodies")
    bodies = Lexicon((text, _body(row, garbled)) for row in rows for text, garbled in _wordings(row))
    fields = Lexicon((text, _body(row, True)) for row in rows for text in split(row["field"]))
    words = _SMALL.union(levels.words, ranks.words, posts.words, bodies.words, fields.words)
    first = _OPENING.union(levels.first, ranks.first, posts.first, bodies.first, fields.first)
    return Parts(levels, ranks, posts, bodies, fields, words, first)


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
