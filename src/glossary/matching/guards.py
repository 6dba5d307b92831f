"""Guards: the words around a match that switch a concept off or on (`unless`, `only-if`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from glossary.patterns import lazy
from glossary.termbase.concept import Concept
from glossary.text import Span, paragraph, sentence

FOREIGN = "foreign"
CHINA = "china"

_ARTICLE, _PARAGRAPH = 50_000, 5_000  # code points
_TOKEN = lazy(r"\w+(?:['’.]\w+)*")


class Guards:
    """Asks the sentence around a match. Words are whole words; one written in lower case also matches capitalised."""

    def __init__(self, named: Mapping[str, Sequence[str]]) -> None:
        self._named = {name: _Words(words) for name, words in named.items()}
        self._words: dict[tuple[str, ...], _Words] = {}
        self._known: tuple[str, _Vocabulary] | None = None  # the last text and its words
        self._judged: tuple[str, bool] = ("", False)  # the last text and whether it is foreign

    def blocked(self, text: str, start: int, end: int, concept: Concept, predicted: bool) -> bool:
        """Whether a match of the concept at this span must not fire. A predicted reading is always guarded against foreign bodies."""
        if not (predicted or concept.unless or concept.only_if):
            return False
        names = {word[1:] for word in concept.unless if word.startswith("@")}
        if predicted:
            names.add(FOREIGN)
        plain = tuple(word for word in concept.unless if not word.startswith("@"))
        if plain and self._nowhere(self._of(plain), text):
            plain = ()
        names = {name for name in names if name in self._named and not self._nowhere(self._named[name], text)}
        if not (names or plain or concept.only_if):
            return False
        around = sentence(text, start, end)
        if plain and self._of(plain).outside(text, around, start, end):
            return True
        if concept.only_if and not self._of(concept.only_if).outside(text, around, start, end):
            return True
        return any(self._named_blocks(name, text, around, start, end) for name in names)

    def foreign(self, text: str, start: int, end: int) -> bool:
        """Whether the words around a span speak of a foreign country or people."""
        return self._named_blocks(FOREIGN, text, sentence(text, start, end), start, end)

    def _named_blocks(self, name: str, text: str, around: Span, start: int, end: int) -> bool:
        """A foreign name in the sentence blocks; so does one in the paragraph, or the article, if China is not spoken of there."""
        words = self._named.get(name)
        if words is None or self._nowhere(words, text):
            return False
        if words.outside(text, around, start, end):
            return True
        china = self._named.get(CHINA)
        if name != FOREIGN or china is None:
            return False
        around = paragraph(text, start, end)
        wider = Span(max(around.start, start - _PARAGRAPH), min(around.end, end + _PARAGRAPH))
        if china.outside(text, wider, start, end):
            return False
        return words.outside(text, wider, start, end) or self._foreign_text(text)

    def _nowhere(self, words: _Words, text: str) -> bool:
        """Whether none of some words can stand in a text, an article at most: the most frequent answer, found at once."""
        if len(text) > _ARTICLE:
            return False
        if self._known is None or self._known[0] is not text:
            self._known = text, _Vocabulary(text, 0, len(text))
        return words.absent(self._known[1])

    def _foreign_text(self, text: str) -> bool:
        """Whether a whole text, an article at most, names foreign countries and never China."""
        if len(text) > _ARTICLE:
            return False
        if self._judged[0] is not text:
            foreign, china = self._named[FOREIGN], self._named[CHINA]
            everything, nowhere = Span(0, len(text)), len(text)
            verdict = foreign.outside(text, everything, nowhere, nowhere) and not china.outside(text, everything, nowhere, nowhere)
            self._judged = (text, verdict)
        return self._judged[1]

    def _of(self, words: tuple[str, ...]) -> _Words:
        known = self._words.get(words)
        if known is None:
            known = self._words[words] = _Words(words)
        return known


class _Words:
    """A list of words and names, looked up word by word."""

    def __init__(self, words: Sequence[str]) -> None:
        self._exact = frozenset(word.rstrip(".") for word in words if " " not in word and word != word.lower())
        self._folded = frozenset(word for word in words if " " not in word and word == word.lower())
        self._longer: dict[str, list[re.Pattern[str]]] = {}
        for word in words:
            if " " in word:
                flags = re.IGNORECASE if word == word.lower() else 0
                pattern = lazy(r"\s+".join(map(re.escape, word.split())) + r"(?!\w)", flags)
                self._longer.setdefault(word.split()[0].lower(), []).append(pattern)

    def outside(self, text: str, around: Span, start: int, end: int) -> bool:
        """Whether one of the words stands in a stretch of text, before or after the span."""
        return self._within(text, around.start, start) or self._within(text, end, around.end)

    def absent(self, vocabulary: _Vocabulary) -> bool:
        """Whether none of the words, nor the first of a longer name, is among those of a text."""
        return (
            self._exact.isdisjoint(vocabulary.words)
            and self._folded.isdisjoint(vocabulary.lower)
            and self._longer.keys().isdisjoint(vocabulary.lower)
        )

    def _within(self, text: str, low: int, high: int) -> bool:
        vocabulary = _Vocabulary(text, low, high)
        if self.absent(vocabulary):
            return False
        if not (self._exact.isdisjoint(vocabulary.words) and self._folded.isdisjoint(vocabulary.lower)):
            return True
        return any(
            pattern.match(text, match.start(), high)
            for match in _TOKEN.finditer(text, low, high)
            for pattern in self._longer.get(_bare(match.group()).lower(), ())
        )


class _Vocabulary:
    """The words of a stretch of text, without what makes them possessive."""

    def __init__(self, text: str, low: int, high: int) -> None:
        self.words = frozenset(map(_bare, set(_TOKEN.findall(text, low, high))))
        self.lower = frozenset(map(str.lower, self.words))


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word
