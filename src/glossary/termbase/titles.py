"""What titles are made of: levels, ranks, posts and bodies, from `glossaries/titles/`.

A post depends on its body: 部长 heads a Party department, 主任 an office, but chairs a people's congress. What a body is
called comes from the term base; a body that it does not have is not read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from glossary.storage import unpacked

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

    def at(self, words: Sequence[str], place: int) -> Sequence[tuple[int, _T]]:
        """Where each wording ends that begins at a place, and what it stands for; the longest first."""
        known = self._by_first.get(words[place]) if place < len(words) else None
        if known is None:
            return ()
        return [(place + len(wording), part) for wording, part in known if words[place : place + len(wording)] == wording]


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
    garbled: Lexicon[None]

    @property
    def level_by_zh(self) -> dict[str, Level]:
        """The levels by their Chinese."""
        return {level.zh: level for _, level in self.levels.entries()}


_OPENING = frozenset(("member", "standing", "cpc"))
_SMALL = frozenset("the of and a , standing committee member party cpc concurrently executive".split())


@lru_cache(maxsize=2)
def parts_of(stored: bytes) -> Parts:
    """The tables as a compiled term base has them: those of `title_tables.read`, packed."""
    tables = unpacked(stored)

    def lexicon(name: str, kind: Callable[..., _T]) -> Lexicon[_T]:
        return Lexicon((text, kind(*values)) for text, values in tables[name])

    levels, ranks, posts = lexicon("levels", Level), lexicon("ranks", Rank), lexicon("posts", Post)
    bodies, fields = lexicon("bodies", Body), lexicon("fields", Body)
    words = _SMALL.union(levels.words, ranks.words, posts.words, bodies.words, fields.words)
    first = _OPENING.union(levels.first, ranks.first, posts.first, bodies.first, fields.first)
    wrong = [text for table in (ranks, posts, bodies) for text, part in table.entries() if part.garbled]
    garbled = Lexicon((text, None) for text in (*wrong, *(text for text, _ in fields.entries()), "standing"))
    return Parts(levels, ranks, posts, bodies, fields, words, first, garbled)
