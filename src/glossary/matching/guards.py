"""Guards: the words around a match that switch a concept off or on (`unless`, `only-if`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from glossary.termbase.concept import Concept
from glossary.text import Span, paragraph, sentence

FOREIGN = "foreign"
CHINA = "china"


class Guards:
    """Asks the sentence around a match. Words are whole words; one written in lower case also matches capitalised."""

    def __init__(self, named: Mapping[str, Sequence[str]]) -> None:
        self._named = {name: _pattern(words) for name, words in named.items()}
        self._patterns: dict[tuple[str, ...], re.Pattern[str] | None] = {}

    def blocked(self, text: str, start: int, end: int, concept: Concept, predicted: bool) -> bool:
        """Whether a match of the concept at this span must not fire. A predicted reading is always guarded against foreign bodies."""
        names = {word[1:] for word in concept.unless if word.startswith("@")}
        if predicted:
            names.add(FOREIGN)
        if not (names or concept.unless or concept.only_if):
            return False
        around = sentence(text, start, end)
        words = self._words(tuple(word for word in concept.unless if not word.startswith("@")))
        if words and self._outside(words, text, around, start, end):
            return True
        required = self._words(concept.only_if)
        if required and not self._outside(required, text, around, start, end):
            return True
        return any(self._named_blocks(name, text, around, start, end) for name in names)

    def _named_blocks(self, name: str, text: str, around: Span, start: int, end: int) -> bool:
        """A foreign name in the sentence blocks; so does one in the paragraph unless the paragraph also speaks of China."""
        pattern = self._named.get(name)
        if pattern is None:
            return False
        if self._outside(pattern, text, around, start, end):
            return True
        china = self._named.get(CHINA)
        if name != FOREIGN or china is None:
            return False
        wider = paragraph(text, start, end)
        return self._outside(pattern, text, wider, start, end) and not self._outside(china, text, wider, start, end)

    def _words(self, words: tuple[str, ...]) -> re.Pattern[str] | None:
        if words not in self._patterns:
            self._patterns[words] = _pattern(words) if words else None
        return self._patterns[words]

    @staticmethod
    def _outside(pattern: re.Pattern[str], text: str, around: Span, start: int, end: int) -> bool:
        return pattern.search(text, around.start, start) is not None or pattern.search(text, end, around.end) is not None


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    parts = []
    for word in sorted(words, key=len, reverse=True):
        escaped = r"\s+".join(map(re.escape, word.split()))
        parts.append(escaped if word != word.lower() else f"(?i:{escaped})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)")
