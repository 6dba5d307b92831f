"""From a concept to everything it matches: garbled forms with their replacements, and approved forms, which shield.

A garbled rendering becomes a `Pattern`: a sequence of elements, each a choice of words. A word may bind something that
the replacement takes over: the inflection ("~" -> "ing") or the filling of a slot ("level" -> "municipal").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from glossary.english.inflection import TAGS, inflections
from glossary.findings import Safety
from glossary.patterns import lazy
from glossary.termbase.bindings import INFLECTION, SLOT, Binding, filled, merged, resolved, squeezed
from glossary.termbase.concept import Concept
from glossary.termbase.notation import MARK, Rendering, mark, parse
from glossary.termbase.termbase import Slot, TermBase
from glossary.text import fold

_POSSESSIVES = ("my", "our", "your", "his", "her", "its", "their", "one's", "the", "")
_INFLECTED = lazy(rf"([^\s{MARK}]+){MARK}")
_APOSTROPHE = lazy(r"'s\b")
_APOSTROPHES = ("s", "s'", " 's", "' s")


class Word(NamedTuple):
    """What may stand at a place of a pattern: folded text, perhaps several words or none, and what it binds."""

    text: str
    binding: Binding


class Pattern(NamedTuple):
    """A garbled rendering of a concept with its inflections and slots resolved.

    `replacements` leads from an inflection to the replacement, in which slots are still marked.
    """

    elements: tuple[tuple[Word, ...], ...]
    replacements: Mapping[str, str]
    safety: Safety
    source: str

    def replacement(self, binding: Mapping[str, str]) -> str:
        """The replacement for a wording of the pattern that binds this."""
        return resolved(self.replacements, binding)


class Form(NamedTuple):
    """A garbled wording spelled out, its replacement, how safe that is, and the entry of the term file it comes from."""

    text: str
    replacement: str
    safety: Safety
    source: str


def patterns(concept: Concept, termbase: TermBase) -> Iterator[Pattern]:
    """The patterns of a concept's deprecated renderings, in file order."""
    for entry in concept.deprecated:
        rendering = parse(entry)
        safety = Safety.UNSAFE if rendering.unsafe and concept.fix is Safety.SAFE else concept.fix
        replacement = mark(concept.preferred) if rendering.replacement is None else rendering.replacement
        yield pattern(rendering, replacement, safety, termbase)


def pattern(rendering: Rendering, replacement: str, safety: Safety, termbase: TermBase) -> Pattern:
    """A rendering with its marks resolved; the replacement is a marked form."""
    replacements = marked_replacements(replacement)
    elements = tuple(
        tuple(dict.fromkeys(word for text in element for word in _words(text, termbase, replacements))) for element in rendering.elements
    )
    return Pattern(elements, replacements, safety, rendering.source)


def spelled(pattern: Pattern) -> Iterator[tuple[str, dict[str, str]]]:
    """Every wording of a pattern with what it binds."""
    for words in product(*pattern.elements):
        text = " ".join(word.text for word in words if word.text)
        binding = merged(word.binding for word in words)
        if text and binding is not None:
            yield text, binding


def garbled_forms(concept: Concept, termbase: TermBase) -> Iterator[Form]:
    """Every garbled wording of a concept spelled out, folded; the same may come more than once. They can be very many."""
    for each in patterns(concept, termbase):
        for text, binding in spelled(each):
            yield Form(text, each.replacement(binding), each.safety, each.source)


def approved_forms(concept: Concept, termbase: TermBase) -> Iterator[str]:
    """The preferred, admitted and short forms of a concept with all inflections and slots, the preferred one first."""
    for approved in concept.approved:
        for text in _slotted(mark(approved), termbase):
            yield from dict.fromkeys(_with_tag(text, tag) for tag in TAGS) if MARK in text else (text,)


def chinese_forms(concept: Concept, termbase: TermBase) -> Iterator[tuple[str, str]]:
    """The Chinese of a concept with the preferred form for each; a slot gives one pair for each of its values."""
    preferred = mark(concept.preferred)
    for chinese in concept.zh:
        marked = mark(chinese)
        slot = SLOT.search(marked)
        if slot is None:
            yield chinese, base_form(preferred)
            continue
        for zh, approved, _ in _values(slot.group(1), termbase):
            yield SLOT.sub(zh, marked), base_form(filled(preferred, {slot.group(1).lower(): approved}))


def base_form(marked: str) -> str:
    """A marked form as one reads it in a dictionary."""
    return squeezed(SLOT.sub(lambda m: m.group(1), marked).replace(MARK, ""))


def literal_words(text: str, termbase: TermBase) -> tuple[Word, ...]:
    """The words of a marked text that is one element by itself."""
    return tuple(dict.fromkeys(_words(text, termbase, {"base": ""})))


def marked_replacements(replacement: str) -> dict[str, str]:
    """The replacement in every inflection that all its marked words have; without a mark it is the same in all."""
    words = _INFLECTED.findall(replacement)
    return {tag: _with_tag(replacement, tag) for tag in TAGS if all(tag in inflections(word) for word in words)}


def _words(text: str, termbase: TermBase, replacements: Mapping[str, str]) -> Iterator[Word]:
    for text_filled, slots in _slots(text, termbase):
        for inflected, tag in _inflected(text_filled, replacements):
            binding = (*slots, *(((INFLECTION, tag),) if tag else ()))
            for variant in _apostrophes(inflected):
                yield Word(fold(variant), binding)


def _slots(text: str, termbase: TermBase) -> Iterator[tuple[str, Binding]]:
    names = list(dict.fromkeys(name.lower() for name in SLOT.findall(text)))
    for chosen in product(*(list(_readings(name, termbase)) for name in names)):
        garbled = {name: reading for name, (reading, _) in zip(names, chosen, strict=True)}
        yield squeezed(filled(text, garbled)), tuple((name, word) for name, (_, word) in zip(names, chosen, strict=True))


def _inflected(text: str, replacements: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    words = _INFLECTED.findall(text)
    if not words:
        yield text, ""
        return
    for tag in TAGS:
        if tag in replacements and any(tag in inflections(word) for word in words):
            yield _with_tag(text, tag), tag


def _readings(name: str, termbase: TermBase) -> Iterator[tuple[str, str]]:
    """What may stand in a slot, and the word that the replacement takes for it."""
    if name == "one's":
        for word in _POSSESSIVES:
            yield word, "" if word == "the" else word
        return
    for _, approved, garbled in _values(name, termbase):
        for reading in (approved, *garbled):
            yield reading, approved


def _values(name: str, termbase: TermBase) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return termbase.slots.get(name.lower(), Slot(name, ())).values


def _slotted(marked: str, termbase: TermBase) -> Iterator[str]:
    names = list(dict.fromkeys(name.lower() for name in SLOT.findall(marked)))
    for chosen in product(*([word for _, word in _readings(name, termbase)] for name in names)):
        yield squeezed(filled(marked, dict(zip(names, chosen, strict=True))))


def _with_tag(marked: str, tag: str) -> str:
    return _INFLECTED.sub(lambda m: inflections(m.group(1)).get(tag, m.group(1)), marked)


def _apostrophes(text: str) -> Iterator[str]:
    yield text
    if "'s" in text:
        for variant in _APOSTROPHES:
            yield _APOSTROPHE.sub(variant, text)
