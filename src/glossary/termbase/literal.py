"""Literal readings: what a machine makes of a concept's Chinese, piece by piece.

政法委 is cut into 政法 + 委; each piece has readings (glossaries/literal/*.csv), some of which betray a translation
("politics and law") while others are ordinary English ("committee"). The readings are put together in Chinese order and in
"B of A" order, with the small words that a translation adds. The result is a rendering like a listed one, so that a concept
with nothing but `zh` and `preferred` is protected at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from glossary.english.inflection import inflections
from glossary.findings import Safety
from glossary.termbase.bindings import PLAIN, TELLING
from glossary.termbase.concept import Concept
from glossary.termbase.forms import Pattern, Word, literal_words, marked_replacements
from glossary.termbase.notation import CLOSE, OPEN, mark
from glossary.termbase.termbase import Piece, TermBase
from glossary.text import fold

MOST_PATTERNS = 8  # of a concept for which no garble is listed
MOST_PATTERNS_BESIDE = 6  # of a concept that lists garbles: what they leave open
_NEED = 3  # points against a reading of two or three pieces (matching/evidence.py)
_MOST_TERMS = 6  # Chinese forms of a concept that are read, the fullest first
_SHORTEST_BESIDE = 3  # Chinese characters
_ORDERS = 3
_MOST_PIECES = 6
_MOST_CUTS = 1
_LONGEST_PIECE = 6
_SHORTEST_CUT = 4  # a known piece of fewer characters is not cut
_NOTHING = Word("", ())
_BETWEEN = tuple(Word(text, ()) for text in ("", "and", "of", "the", "of the"))
_OF = tuple(Word(text, ()) for text in ("", "of", "of the", "for", "in"))
_SMALL = frozenset(
    "a an and as at away back by down for from in into is it not of off on one one's out over the to under up upon with".split()
)
_DROPPED = frozenset(("党的", "的", "和", "与", "之"))  # pieces that a translation may leave out
_VERB_FORMS = ("base", "s", "ed", "en", "ing")
_MARKS = "、，,·“”\"《》 　"


class Prediction(NamedTuple):
    """A predicted rendering: its pattern, the Chinese term and the pieces it was read from, and how many points a match needs."""

    pattern: Pattern
    zh: str
    pieces: tuple[str, ...]
    need: int


def predictions(concept: Concept, termbase: TermBase) -> Iterator[Prediction]:
    """The literal readings of a concept, likeliest first.

    A concept without listed garbles gets at most 8 patterns. One that lists garbles gets at most 6, of its longer Chinese terms
    only: the list has the likely wordings already. The orders of the first terms come before further terms.
    """
    replacements = marked_replacements(mark(concept.preferred))
    listed = bool(concept.deprecated)
    most = MOST_PATTERNS_BESIDE if listed else MOST_PATTERNS
    ways = []
    for rank, zh in enumerate(concept.zh[:_MOST_TERMS]):
        for cut, pieces in enumerate(cuts(zh, termbase.lexicon)[:_MOST_CUTS]):
            if listed and len(pieces) > 1 and len(zh) < _SHORTEST_BESIDE:
                continue
            ways += [(order + cut + rank // 2, rank, cut, order, zh, pieces) for order in range(1 if len(pieces) == 1 else _ORDERS)]
    count = 0
    for *_, order, zh, pieces in sorted(ways, key=lambda way: way[:4]):
        elements = _order(pieces, order, termbase)
        if elements is None:
            continue
        names = tuple(piece.zh for piece in pieces)
        need = 1 if len(pieces) == 1 else _need(pieces)
        yield Prediction(Pattern(elements, replacements, Safety.UNSAFE, " + ".join(names)), mark(zh), names, need)
        count += 1
        if count == most:
            return


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
        alone = Piece(found[0][0].zh, found[0][0].kinds, tuple(text for text in found[0][0].literal if _content(text) > 1), ())
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
    """How many points must speak against a reading: the more pieces, the more."""
    return max(_NEED, 2 * (len(pieces) // 2))


def _order(pieces: tuple[Piece, ...], order: int, termbase: TermBase) -> tuple[tuple[Word, ...], ...] | None:
    """The pieces in Chinese order (0), the last, perhaps "of" the others (1), the others, perhaps "of" the first (2).

    None if a piece has no reading, or the order is no other than an earlier one.
    """
    last = len(pieces) - 1
    words = [literal_words(piece.zh, termbase) if piece.zh.startswith(OPEN) else piece_words(piece) for piece in pieces]
    if not all(words) or (order == 2 and len(words) < 3):
        return None
    words = [(*options, _NOTHING) if 0 < at < last and pieces[at].zh in _DROPPED else options for at, options in enumerate(words)]
    if order == 0:
        return _joined(words)
    cut = 1 if order == 2 else len(words) - 1
    return (*_joined(words[cut:]), _OF, *_joined(words[:cut]))


def _joined(words: Sequence[tuple[Word, ...]]) -> tuple[tuple[Word, ...], ...]:
    elements: list[tuple[Word, ...]] = []
    for index, options in enumerate(words):
        if index:
            elements.append(_BETWEEN)
        elements.append(options)
    return tuple(elements)


@lru_cache(maxsize=20_000)
def piece_words(piece: Piece) -> tuple[Word, ...]:
    """The English of a piece with its inflections. A word binds the name of the piece, and whether it betrays a translation."""
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
