"""Which of the Chinese terms of a concept a garbled rendering renders: the one whose pieces read most like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from glossary.english.stems import stems
from glossary.termbase.bindings import SLOT
from glossary.termbase.concept import Concept
from glossary.termbase.forms import Pattern
from glossary.termbase.notation import mark
from glossary.termbase.termbase import Piece
from glossary.text import fold

_LONGEST_PIECE = 6  # characters
_BETTER = 0.1  # by so much another term has to fit better than the first, which is the one that readers know


class _Part(NamedTuple):
    """A known piece in a term: its characters, and the words that it is read as."""

    characters: range
    words: frozenset[str]


class Counterparts:
    """The Chinese terms of a concept, to be compared with its garbled renderings.

    Args:
        concept: its terms, the best known first.
        lexicon: the literal readings of pieces of Chinese.
    """

    def __init__(self, concept: Concept, lexicon: Mapping[str, Piece]) -> None:
        self._terms = [mark(zh) for zh in concept.zh] or [""]
        self._parts = [list(_parts(SLOT.sub("", term), lexicon)) for term in self._terms] if len(self._terms) > 1 else []

    def of(self, pattern: Pattern) -> str:
        """The term that a pattern renders, with its slots marked; the first unless another one fits better."""
        if not self._parts:
            return self._terms[0]
        words = frozenset(stem for element in pattern.elements for word in element for stem in stems(word.text))
        fits = [_fit(term, parts, words) for term, parts in zip(self._terms, self._parts, strict=True)]
        best = max(fits)
        return self._terms[fits.index(best) if best > fits[0] + _BETTER else 0]


def _fit(term: str, parts: list[_Part], words: frozenset[str]) -> float:
    """The harmonic mean of how much of the Chinese is read in the words, and how many of the words read it."""
    characters: set[int] = set()
    read: set[str] = set()
    for part in parts:
        common = part.words & words
        if common:
            characters.update(part.characters)
            read |= common
    length = len(SLOT.sub("", term))
    return 2 / (length / len(characters) + len(words) / len(read)) if read else 0.0


def _parts(term: str, lexicon: Mapping[str, Piece]) -> Iterator[_Part]:
    for start in range(len(term)):
        for end in range(start + 1, min(len(term), start + _LONGEST_PIECE) + 1):
            piece = lexicon.get(term[start:end])
            if piece is not None:
                yield _Part(range(start, end), _words(piece))


@lru_cache(maxsize=20_000)
def _words(piece: Piece) -> frozenset[str]:
    return frozenset(stem for reading in (*piece.literal, *piece.plain) for stem in stems(fold(reading)))
