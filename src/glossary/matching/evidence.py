"""How strongly a predicted reading betrays a translation.

A word that no approved form of the concept has speaks for a translation: doubly, if the lexicon says that it betrays one.
A word that is also approved says nothing, unless the lexicon says that it betrays a translation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from glossary.termbase.bindings import PLAIN, TELLING
from glossary.text import fold

_SMALL = frozenset(("", "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with", "s"))


class Evidence:
    """Weighs what readings bind against the approved forms of a concept."""

    def __init__(self, approved: Iterable[str]) -> None:
        self._approved = frozenset(stem for form in approved for stem in _stems(fold(form)))
        self._known: dict[tuple[str, str], int] = {}

    def of(self, binding: Mapping[str, str]) -> int:
        """The sum over the pieces of a reading: 3 for a telling one of several words, 2 for one word, 1 for a plain one not approved."""
        return sum(self._weight(name, text) for name, text in binding.items())

    def _weight(self, name: str, text: str) -> int:
        weight = self._known.get((name, text))
        if weight is None:
            stems = _stems(text)
            if name.startswith(TELLING):
                weight = 1 if self._approved.issuperset(stems) else 2 if len(stems) < 2 else 3
            else:
                weight = int(name.startswith(PLAIN) and bool(stems) and self._approved.isdisjoint(stems))
            self._known[name, text] = weight
        return weight


def _stems(text: str) -> frozenset[str]:
    """The content words of a text, cut so that inflections of one word are equal."""
    words = text.replace("~", "").replace("'", " ").replace("-", " ").split()
    return frozenset(_stem(word) for word in words if word not in _SMALL)


def _stem(word: str) -> str:
    if len(word) > 3 and word.endswith("s"):
        word = word[:-1]
    return (word[:-1] + "i" if word.endswith("y") else word)[:6]
