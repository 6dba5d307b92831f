"""Literal readings: what a machine makes of a concept's Chinese, piece by piece.

政法委 is cut into 政法 + 委; each piece has readings (glossaries/literal/*.csv), some of which betray a translation
("politics and law") while others are ordinary English ("committee"). The readings are put together in Chinese order and in
"B of A" order, with the small words that a translation adds. The result is a rendering like a listed one, so that a concept
with nothing but `zh` and `preferred` is protected at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from glossary.english.inflection import inflections
from glossary.findings import Safety
from glossary.termbase.concept import Concept, Piece, TermBase
from glossary.termbase.forms import PLAIN, TELLING, Pattern, Word, literal_words, marked_replacements
from glossary.termbase.notation import CLOSE, OPEN, mark
from glossary.text import fold

MOST_PATTERNS = 8  # of a concept for which no garble is listed
MOST_PATTERNS_BESIDE = 6  # of a concept that lists garbles: what they leave open
LISTED_NEED = 3
SINGLE = 1
_MOST_TERMS = 3  # Chinese forms of a concept that are read, the fullest first
_SHORTEST_BESIDE = 4  # Chinese characters
_MOST_PIECES = 6
_MOST_CUTS = 2
_LONGEST_PIECE = 6
_SHORTEST_CUT = 4  # a known piece of fewer characters is not cut
_BETWEEN = ("", "and", "of", "the", "of the")
_OF = ("of", "of the")
_SMALL = frozenset(
    "a an and as at away back by down for from in into is it not of off on one one's out over the to under up upon with".split()
)
_VERB_FORMS = ("base", "s", "ed", "en", "ing")
_MARKS = "、，,·“”\"《》 　"


class Prediction(NamedTuple):
    """A predicted rendering: its pattern, the pieces it was read from, and how many telling words a match must have."""

    pattern: Pattern
    pieces: tuple[str, ...]
    need: int


def predictions(concept: Concept, termbase: TermBase) -> Iterator[Prediction]:
    """The literal readings of a concept, likeliest first.

    A concept without listed garbles gets at most 8 patterns, and one telling word is enough. One that lists garbles gets at
    most 4, of its longer Chinese terms only, and two words must tell: the list has the likely wordings already.
    """
    replacements = marked_replacements(mark(concept.preferred))
    listed = bool(concept.deprecated)
    most = MOST_PATTERNS_BESIDE if listed else MOST_PATTERNS
    count = 0
    for zh in concept.zh[:_MOST_TERMS]:
        for pieces in cuts(zh, termbase.lexicon)[:_MOST_CUTS]:
            if listed and len(zh) < _SHORTEST_BESIDE:
                if len(pieces) > 1:
                    continue
                pieces = (pieces[0]._replace(literal=tuple(text for text in pieces[0].literal if _content(text) > SINGLE)),)
            for elements in _orders(pieces, termbase):
                if count == most:
                    return
                count += 1
                names = tuple(piece.zh for piece in pieces)
                pattern = Pattern(elements, replacements, Safety.UNSAFE, " + ".join(names))
                yield Prediction(pattern, names, 1 if len(pieces) == 1 else max(_need(pieces), LISTED_NEED if listed else 1))


def cuts(zh: str, lexicon: Mapping[str, Piece]) -> list[tuple[Piece, ...]]:
    """The ways to cut a term into known pieces, fewest pieces first; none if a part of it is unknown.

    A term that is itself a piece is read by what betrays it, several words at least; it is cut only if it is long.
    """
    marked = mark(zh)
    text = "".join(char for char in marked if char not in _MARKS)
    found: list[tuple[Piece, ...]] = []
    _cut(text, 0, (), lexicon, found)
    found.sort(key=len)
    if found and len(found[0]) == 1:
        alone = Piece(found[0][0].zh, found[0][0].kinds, tuple(text for text in found[0][0].literal if " " in text), ())
        return ([(alone,)] if alone.literal else []) + ([] if len(text) < _SHORTEST_CUT else found[1:])
    return found


def _content(reading: str) -> int:
    """How many words of a reading say something by themselves."""
    return sum(word not in _SMALL for word in reading.lower().split())


def _cut(text: str, at: int, before: tuple[Piece, ...], lexicon: Mapping[str, Piece], found: list[tuple[Piece, ...]]) -> None:
    if at == len(text):
        found.append(before)
        return
    if len(before) == _MOST_PIECES or len(found) > 20:
        return
    if text[at] == OPEN:
        end = text.index(CLOSE, at) + 1
        _cut(text, end, (*before, Piece(text[at:end], "level", (), ())), lexicon, found)
        return
    for end in range(min(len(text), at + _LONGEST_PIECE), at, -1):
        piece = lexicon.get(text[at:end])
        if piece is not None:
            _cut(text, end, (*before, piece), lexicon, found)


def _need(pieces: Sequence[Piece]) -> int:
    """How many words of a match must betray the translation: one, and one more for every further pair of pieces."""
    return 2 * max(1, len(pieces) // 2)


def _orders(pieces: tuple[Piece, ...], termbase: TermBase) -> Iterator[tuple[tuple[Word, ...], ...]]:
    words = [piece_words(piece, last=index == len(pieces) - 1, termbase=termbase) for index, piece in enumerate(pieces)]
    if any(not options for options in words):
        return
    between = tuple(Word(text, ()) for text in _BETWEEN)
    of = tuple(Word(text, ()) for text in _OF)
    yield _joined(words, between)
    for cut in dict.fromkeys((len(words) - 1, 1)) if len(words) > 1 else ():
        yield (*_joined(words[cut:], between), of, *_joined(words[:cut], between))


def _joined(words: Sequence[tuple[Word, ...]], between: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
    elements: list[tuple[Word, ...]] = []
    for index, options in enumerate(words):
        if index:
            elements.append(between)
        elements.append(options)
    return tuple(elements)


def piece_words(piece: Piece, *, last: bool, termbase: TermBase) -> tuple[Word, ...]:
    """The English of a piece with its inflections; a word that betrays the translation binds its name."""
    if piece.zh.startswith(OPEN):
        return literal_words(piece.zh, termbase)
    found: dict[str, Word] = {}
    for readings, telling in ((piece.literal, True), (piece.plain, False)):
        for reading in readings:
            for text in _inflected(reading, piece.kinds):
                folded = fold(text)
                if folded:
                    found.setdefault(folded, Word(folded, (((TELLING if telling else PLAIN) + piece.zh, folded),)))
    return tuple(found.values())


def _inflected(reading: str, kinds: str) -> Iterator[str]:
    yield reading
    if "verb" in kinds:
        first, space, rest = reading.partition(" ")
        for tag in _VERB_FORMS[1:]:
            form = inflections(first).get(tag)
            if form:
                yield form + space + rest
    if "noun" in kinds:
        head, space, tail = reading.rpartition(" ")
        plural = inflections(tail).get("s")
        if plural:
            yield head + space + plural
