"""What titles are made of: levels, ranks, posts and bodies, from `glossaries/titles/`.

A post depends on its body: 部长 heads a Party department, 主任 an office, but chairs a people's congress. What a body is
called comes from the term base; a body that it does not have is not read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from glossary.storage import packed, unpacked

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


_Table = dict[str, list[tuple[list[str], tuple[Any, ...]]]]  # by first word: the words of each wording, the longest first, and its part


class Lexicon(Generic[_T]):
    """Wordings and what they stand for, looked up where they stand among the words of a text."""

    def __init__(self, table: _Table, kind: Callable[..., _T]) -> None:
        self._table = table
        self._kind = kind
        self.first = table.keys()

    def entries(self) -> Iterator[tuple[str, _T]]:
        """Every wording and what it stands for."""
        return ((" ".join(words), self._kind(*part)) for found in self._table.values() for words, part in found)

    def at(self, words: Sequence[str], place: int) -> Sequence[tuple[int, _T]]:
        """Where each wording ends that begins at a place, and what it stands for; the longest first."""
        known = self._table.get(words[place]) if place < len(words) else None
        if known is None:
            return ()
        return [(place + len(wording), self._kind(*part)) for wording, part in known if words[place : place + len(wording)] == wording]


class Parts(NamedTuple):
    """The tables of parts, each by its wordings; a field stands for its body (propaganda).

    `words` are all that a title can hold, `first` those that it can begin with; `garbled` are the wordings one of which stands in
    every title that is not as it should be.
    """

    levels: Lexicon[Level]
    ranks: Lexicon[Rank]
    posts: Lexicon[Post]
    bodies: Lexicon[Body]
    fields: Lexicon[Body]
    words: frozenset[str]
    first: frozenset[str]
    garbled: Lexicon[tuple[()]]

    @property
    def level_by_zh(self) -> dict[str, Level]:
        """The levels by their Chinese."""
        return {level.zh: level for _, level in self.levels.entries()}


_OPENING = frozenset(("member", "standing", "cpc"))
_SMALL = frozenset("the of and a , standing committee member party cpc concurrently executive".split())


_KINDS: dict[str, type[Any]] = {"levels": Level, "ranks": Rank, "posts": Post, "bodies": Body, "fields": Body}


def stored(entries: Mapping[str, Sequence[tuple[str, tuple[Any, ...]]]]) -> bytes:
    """The tables of `Parts`, given as wordings and parts, as a compiled term base has them."""
    wrong = [text for name in ("ranks", "posts", "bodies") for text, part in entries[name] if _KINDS[name](*part).garbled]
    wrong += [*(text for text, _ in entries["fields"]), "standing"]
    tables = {name: _table(entries[name]) for name in _KINDS}
    words = _SMALL.union(word for table in tables.values() for found in table.values() for wording, _ in found for word in wording)
    return packed((list(tables.values()), sorted(words), sorted(_OPENING.union(*tables.values())), _table([(text, ()) for text in wrong])))


def _table(entries: Iterable[tuple[str, tuple[Any, ...]]]) -> _Table:
    table: _Table = {}
    for text, part in entries:
        words = text.replace("-", " ").split()
        table.setdefault(words[0], []).append((words, part))
    for found in table.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return table


@lru_cache(maxsize=2)
def parts_of(made: bytes) -> Parts:
    """The tables that `stored` made."""
    tables, words, first, garbled = unpacked(made)
    levels, ranks, posts, bodies, fields = map(Lexicon[Any], tables, _KINDS.values())
    return Parts(levels, ranks, posts, bodies, fields, frozenset(words), frozenset(first), Lexicon(garbled, tuple))
