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
_STRETCHES = 100  # whose words are kept
_TOKEN = lazy(r"\w+(?:['’.]\w+)*")


class Guards:
    """Asks the sentence around a match. Words are whole words; one written in lower case also matches capitalised."""

    def __init__(self, named: Mapping[str, Sequence[str]]) -> None:
        self._named = named
        self._lists: dict[str, _Words] = {}  # of `named`, those that were asked for
        self._words: dict[tuple[str, ...], _Words] = {}
        self._last = _Text("")  # that was asked about

    def blocked(self, text: str, start: int, end: int, concept: Concept, predicted: bool) -> bool:
        """Whether a match of the concept at this span must not fire. A predicted reading is always guarded against foreign bodies."""
        names = {word[1:] for word in concept.unless if word.startswith("@")}
        if predicted:
            names.add(FOREIGN)
        plain = tuple(word for word in concept.unless if not word.startswith("@"))
        if plain and self._nowhere(self._of(plain), text):
            plain = ()
        named = {name: words for name in names if (words := self._list(name)) and not self._nowhere(words, text)}
        if not (named or plain or concept.only_if):
            return False
        around = sentence(text, start, end)
        if plain and self._of(plain).outside(self._of_text(text), around, start, end):
            return True
        if concept.only_if and not self._of(concept.only_if).outside(self._of_text(text), around, start, end):
            return True
        return any(self._named_blocks(name, words, text, around, start, end) for name, words in named.items())

    def foreign(self, text: str, start: int, end: int) -> bool:
        """Whether the words around a span speak of a foreign country or people."""
        words = self._list(FOREIGN)
        if words is None or self._nowhere(words, text):
            return False
        return self._named_blocks(FOREIGN, words, text, sentence(text, start, end), start, end)

    def _named_blocks(self, name: str, words: _Words, text: str, around: Span, start: int, end: int) -> bool:
        """Of a list that stands in the text: a foreign name in the sentence blocks; so does one in the paragraph, or the article, if
        China is not spoken of there."""
        known = self._of_text(text)
        if words.outside(known, around, start, end):
            return True
        china = self._list(CHINA)
        if name != FOREIGN or china is None:
            return False
        around = paragraph(text, start, end)
        wider = Span(max(around.start, start - _PARAGRAPH), min(around.end, end + _PARAGRAPH))
        if china.outside(known, wider, start, end):
            return False
        return words.outside(known, wider, start, end) or self._nowhere(china, text)

    def _nowhere(self, words: _Words, text: str) -> bool:
        """Whether none of some words stands in a text, an article at most: the most frequent answer, asked once for a text."""
        return len(text) <= _ARTICLE and self._of_text(text).lacks(words)

    def _of_text(self, text: str) -> _Text:
        if self._last.text is not text:
            self._last = _Text(text)
        return self._last

    def _list(self, name: str) -> _Words | None:
        """The words of a named list, if there is one."""
        known = self._lists.get(name)
        if known is None and name in self._named:
            known = self._lists[name] = _Words(self._named[name])
        return known

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
                spelled = re.sub("['’]", "['’]", r"\s+".join(map(re.escape, word.split())))
                pattern = lazy(r"(?<!\w)" + spelled + r"(?!\w)", flags)
                self._longer.setdefault(_bare(word.split()[0]).lower(), []).append(pattern)

    def outside(self, text: _Text, around: Span, start: int, end: int) -> bool:
        """Whether one of the words stands in a stretch of text, before or after the span."""
        return self.within(text, around.start, start) or self.within(text, end, around.end)

    def absent(self, vocabulary: _Vocabulary) -> bool:
        """Whether none of the words, nor the first of a longer name, is among those of a text."""
        return (
            self._exact.isdisjoint(vocabulary.words)
            and self._folded.isdisjoint(vocabulary.lower)
            and self._longer.keys().isdisjoint(vocabulary.lower)
        )

    def within(self, text: _Text, low: int, high: int) -> bool:
        """Whether one of the words stands in a stretch of text."""
        vocabulary = text.vocabulary(low, high)
        if self.absent(vocabulary):
            return False
        if not (self._exact.isdisjoint(vocabulary.words) and self._folded.isdisjoint(vocabulary.lower)):
            return True
        names = (pattern for first in self._longer.keys() & vocabulary.lower for pattern in self._longer[first])
        return any(pattern.search(text.text, low, high) for pattern in names)


class _Text:
    """A text, and the words of those stretches of it that were asked about."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[tuple[int, int], _Vocabulary] = {}
        self._lacks: dict[_Words, bool] = {}

    def lacks(self, words: _Words) -> bool:
        """Whether none of some words stands anywhere in it."""
        lacks = self._lacks.get(words)
        if lacks is None:
            lacks = self._lacks[words] = not words.within(self, 0, len(self.text))
        return lacks

    def vocabulary(self, low: int, high: int) -> _Vocabulary:
        """The words between two places."""
        known = self._known.get((low, high))
        if known is None:
            if len(self._known) > _STRETCHES:
                self._known.clear()
            known = self._known[low, high] = _Vocabulary(self.text, low, high)
        return known


class _Vocabulary:
    """The words of a stretch of text, without what makes them possessive."""

    def __init__(self, text: str, low: int, high: int) -> None:
        self.words = frozenset(map(_bare, set(_TOKEN.findall(text, low, high))))
        self.lower = frozenset(map(str.lower, self.words))


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word
