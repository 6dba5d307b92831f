"""How strongly a predicted reading betrays a translation.

A word that no approved form of the concept has speaks for a translation: doubly, if the lexicon says that it betrays one.
A word that is also approved says nothing, unless the lexicon says that it betrays a translation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from glossary.english.stems import stems
from glossary.termbase.bindings import PLAIN, TELLING
from glossary.text import fold


def approved_stems(forms: Iterable[str]) -> frozenset[str]:
    """What the words of approved forms are compared by."""
    return frozenset(stem for form in forms for stem in stems(fold(form)))


class Evidence:
    """Weighs what readings bind against the approved forms of a concept, given by their stems."""

    def __init__(self, approved: Iterable[str]) -> None:
        self._approved = frozenset(approved)
        self._known: dict[tuple[str, str], int] = {}

    def of(self, binding: Mapping[str, str]) -> int:
        """The sum over the pieces of a reading: 3 for a telling one of several words, 2 for one word, 1 for a plain one not approved."""
        return sum(self._weight(name, text) for name, text in binding.items())

    def _weight(self, name: str, text: str) -> int:
        weight = self._known.get((name, text))
        if weight is None:
            words = stems(text)
            if name.startswith(TELLING):
                weight = 1 if self._approved.issuperset(words) else 2 if len(words) < 2 else 3
            else:
                weight = int(name.startswith(PLAIN) and bool(words) and self._approved.isdisjoint(words))
            self._known[name, text] = weight
        return weight
