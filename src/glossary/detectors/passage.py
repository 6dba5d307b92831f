"""Passage: a segment as the detectors look at it. What several of them ask is worked out once, when it is first asked.

A detector names strings one of which stands at everything that it finds: its cues. The cues of all detectors are looked for in one
pass over the text, so that each of them reads only where it may find something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from glossary.detectors.tokens import Tokens, Vocabulary
from glossary.documents.document import Segment
from glossary.matching.automaton import Automaton
from glossary.pinyin import SURNAMES, Person, can_be_chinese, is_telling_syllable, names_at, occurrences, people_of
from glossary.quotations import Trouble, troubles
from glossary.storage import packed, unpacked
from glossary.text import Span, is_western, is_whole

CAPITALS, SMALL, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789"
LETTERS = CAPITALS + SMALL


class Cues:
    """Strings that tell where to look. Case counts; a character beyond Latin-1 is looked for as `?`."""

    def __init__(self, strings: Iterable[str] | Callable[[], Iterable[str]]) -> None:
        self._strings = strings

    @cached_property
    def strings(self) -> frozenset[str]:
        """Made when first needed."""
        return frozenset(self._strings() if callable(self._strings) else self._strings)


_WORTH_AN_AUTOMATON = 1_000_000  # code points looked through, word by word
NAME = Cues(f"{surname.capitalize()} " for surname in SURNAMES)


def _is_notable(word: str) -> bool:
    """Whether any detector asks for a word: it can be Chinese, or has capitals inside."""
    return can_be_chinese(word) or is_telling_syllable(word) or not (word.islower() or word.istitle() or word.isupper())


class Scanner:
    """Finds the cues of all detectors in one pass.

    Args:
        cues: those of all detectors, in an order that stays.
        stored: what `store` made of the same cues.
    """

    def __init__(self, cues: Sequence[Cues], stored: bytes) -> None:
        self._cues = tuple(cues)
        groups, owners, automaton = unpacked(stored)
        self._owners = [groups[number] for number in owners]
        self._find = Automaton.load(automaton).find
        self.vocabulary = Vocabulary(_is_notable)

    @staticmethod
    def store(cues: Sequence[Cues]) -> bytes:
        """The automaton of all strings, and whose each string is."""
        owners: dict[bytes, list[int]] = {}
        for number, each in enumerate(cues):
            for string in sorted(each.strings):
                owners.setdefault(string.encode("latin-1", "replace"), []).append(number)
        groups: dict[tuple[int, ...], int] = {}
        numbers = [groups.setdefault(tuple(each), len(groups)) for each in owners.values()]
        return packed((list(groups), numbers, bytes(Automaton.build(list(owners)).stored)))

    def scan(self, text: str) -> dict[Cues, list[tuple[int, int]]]:
        """The spans of each detector's cues, in no order."""
        found: list[list[tuple[int, int]]] = [[] for _ in self._cues]
        owners = self._owners
        for start, end, string in self._find(text.encode("latin-1", "replace")):
            for owner in owners[string]:
                found[owner].append((start, end))
        return dict(zip(self._cues, found, strict=True))


class Passage:
    """A segment, and what is known of its text. Places are in that text."""

    def __init__(self, segment: Segment, scanner: Scanner) -> None:
        self.segment = segment
        self.text = segment.text
        self._scanner = scanner

    def places(self, cues: Cues) -> list[tuple[int, int]]:
        """The spans at which cues stand, in order."""
        found = self._scanned[cues]
        found.sort()
        return found

    def words(self, cues: Cues) -> Iterator[tuple[int, int]]:
        """The spans at which cues stand as whole words, in order."""
        return (place for place in self.places(cues) if is_whole(self.text, *place))

    def matches(self, cues: Cues, pattern: re.Pattern[str], back: str = "") -> Iterator[re.Match[str]]:
        """What a pattern matches where cues begin, or the run of characters of `back` before them; in order, disjoint."""
        text, done = self.text, 0
        for at, _ in self.places(cues):
            while at and text[at - 1] in back:
                at -= 1
            match = pattern.match(text, at) if at >= done else None
            if match is not None:
                done = match.end()
                yield match

    @cached_property
    def western(self) -> bool:
        """Whether it has neither Chinese characters nor Chinese marks."""
        return is_western(self.text)

    @cached_property
    def _scanned(self) -> dict[Cues, list[tuple[int, int]]]:
        return self._scanner.scan(self.text)

    @cached_property
    def tokens(self) -> Tokens:
        """What stands between blanks and marks, line by line."""
        return Tokens(self.text, self._scanner.vocabulary)

    @cached_property
    def strange(self) -> frozenset[str]:
        """The different words that can be Chinese: two syllables of pinyin or more, and no English word."""
        return frozenset(filter(can_be_chinese, self.tokens.notable))

    def occurrences(self, word: str) -> Sequence[Span]:
        """Where a notable word stands as a whole word."""
        return self._occurrences[word] if self._occurrences else list(occurrences(self.text, word))

    @cached_property
    def _occurrences(self) -> dict[str, list[Span]]:
        """The places of all notable words, found together where one after the other takes longer."""
        text, words = self.text, sorted(self.tokens.notable)
        if len(words) * len(text) < _WORTH_AN_AUTOMATON:
            return {}
        found: dict[str, list[Span]] = {word: [] for word in words}
        for start, end, number in Automaton.build([word.encode() for word in words]).find(text.encode("latin-1", "replace")):
            if is_whole(text, start, end):
                found[words[number]].append(Span(start, end))
        return found

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The Chinese names, in order."""
        return people_of(self._names)

    @cached_property
    def people_loosely(self) -> tuple[Person, ...]:
        """The same with those that may be English words."""
        return people_of(self._names, loose=True)

    @cached_property
    def _names(self) -> list[re.Match[str]]:
        text = self.text
        return names_at(text, (start for start, end in self.places(NAME) if text[end : end + 1].isupper()))

    @cached_property
    def quotation_troubles(self) -> list[Trouble]:
        """The quotation marks without a partner, and those that are turned the wrong way."""
        return troubles(self.text)
