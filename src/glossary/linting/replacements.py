"""Replacements: what they do to their garble, to the words around it, and whether they stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossary.findings import Safety, Severity
from glossary.linting.rules import Problem
from glossary.linting.sources import Base, Garble
from glossary.matching.matcher import Entry
from glossary.pinyin import syllables
from glossary.termbase.forms import base_form
from glossary.termbase.notation import MARK, OPEN, mark, unmark
from glossary.text import fold

# Small words by kind: one may stand for another of its kind.
_KINDS = (
    frozenset("the a an".split()),
    frozenset("and or but".split()),
    frozenset(
        "of on in to for with at by from into as about through under over during among between toward towards against within".split()
    ),
)
_KIND = {word: kind for kind in _KINDS for word in kind}
_SENTENCE = frozenset("the a an and or of on in to for with at by from into".split())  # rarely part of a literal reading at its edge


def lint(base: Base) -> Iterator[Problem]:
    """Each garble with its replacement."""
    flagged: dict[str, list[tuple[Entry, bool]]] = {}
    for garble in base.garbles:
        yield from _stays(garble, base, flagged)
        yield from _eaten(garble)
        yield from _carried(garble)


def _stays(garble: Garble, base: Base, flagged: dict[str, list[tuple[Entry, bool]]]) -> Iterator[Problem]:
    """A replacement must not be changed in turn, by its own concept or by another."""
    for replacement in sorted({text for text in garble.wordings.values() if text}):
        if replacement not in flagged:
            flagged[replacement] = [
                (match.entries[0], match.end - match.start == len(replacement)) for match in base.matcher.matches(replacement)
            ]
        for entry, whole in flagged[replacement]:
            if whole and fold(entry.replacement) == fold(replacement):
                yield garble.problem("no-change", f"“{replacement}” is itself a wording of '{_short(entry)}'; take that wording out")
                return
            other = base.termbase.concepts[entry.concept.id]
            what = f"“{replacement}” holds a garble of {other.id} ({other.place}): '{_short(entry)}' -> “{entry.replacement}”"
            weak = entry.safety is not Safety.SAFE or other.severity is Severity.INFO
            yield garble.problem("replacement-flagged", f"{what}; change one of them", Severity.WARNING if weak else None)
            return


def _short(entry: Entry) -> str:
    return entry.source if len(entry.source) <= 60 else entry.source[:59] + "…"


def _eaten(garble: Garble) -> Iterator[Problem]:
    """A garble that ends or begins with a small word must give it back: the word belongs to the sentence."""
    elements = [[unmark(text) for text in element] for element in garble.rendering.elements]
    texts = sorted({base_form(text) for text in garble.pattern.replacements.values()})
    if not any(texts):
        return
    for side, ends, words in (("begins", 0, _edge(elements)), ("ends", -1, _edge(elements[::-1], -1))):
        kept = {fold(text).split(" ")[ends] for text in texts if text}
        eaten = [word for word in words if word in _SENTENCE and not kept & _KIND[word]]
        if side == "begins":
            eaten = [word for word in eaten if not (word in _KINDS[0] and words[word])]
        if eaten:
            sure = side == "ends" or any(words[word] or word in ("and", "of") for word in eaten)
            what = f"'{garble.short}' {side} with '{eaten[0]}', its replacement “{texts[0]}” does not: the sentence may lose the word"
            hint = "leave it outside the garble, or put it into the replacement"
            yield garble.problem("eats-word", f"{what}; {hint}", None if sure else Severity.INFO)


def _edge(elements: Sequence[Sequence[str]], ends: int = 0) -> dict[str, bool]:
    """The words that a garble begins with, from the first element on that must be there; whether it can do without each."""
    found: dict[str, bool] = {}
    for element in elements:
        optional = "" in element
        for text in element:
            words = text.lower().split(" ")
            if text and not (len(words) > 1 and all(map(syllables, words))):  # "ping an" holds no article
                word = words[ends]
                found[word] = found.get(word, True) and optional
        if not optional:
            break
    return found


def _carried(garble: Garble) -> Iterator[Problem]:
    """Inflections and slots of the garble must have a place in the replacement."""
    rendering = garble.rendering
    replacement = mark(garble.concept.preferred) if rendering.replacement is None else rendering.replacement
    body = "".join(text for element in rendering.elements for text in element)
    if not replacement:
        return
    if MARK in body and MARK not in replacement:
        what = f"'{garble.short}' inflects (~), “{unmark(replacement)}” does not, so all its forms get the same replacement"
        yield garble.problem("inflection", f"{what}; mark the word that goes along, or drop the ~")
    if OPEN + "level" in body.lower() and OPEN + "level" not in replacement.lower():
        what = f"'{garble.short}' has a <level>, its replacement “{unmark(replacement)}” none: the level is lost"
        yield garble.problem("slot", f"{what}; write <level> or <Level> into the replacement, or spell the level out in the garble")
