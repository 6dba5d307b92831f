"""TermBase -> Compiled: patterns spelled out or anchored, approved forms that shield, all in one automaton."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from math import prod

from glossary.errors import TermBaseError
from glossary.matching.anchors import Anchor, Rarity, Sides, anchors, sides
from glossary.matching.automaton import Automaton
from glossary.matching.evidence import approved_stems
from glossary.matching.index import Index
from glossary.matching.matcher import ANCHOR, ANYTHING, LEFT, RIGHT, SHIELD, SPELLED, Compiled, Integers, Matcher, encode
from glossary.matching.neighbours import Neighbours
from glossary.matching.structure import Element
from glossary.storage import packed
from glossary.termbase import title_tables, titles
from glossary.termbase.bindings import Binding, chinese
from glossary.termbase.concept import Concept
from glossary.termbase.counterparts import Counterparts
from glossary.termbase.forms import Pattern, Word, approved_forms, patterns, spelled
from glossary.termbase.literal import Prediction, predictions
from glossary.termbase.notation import parse
from glossary.termbase.termbase import TermBase
from glossary.text import fold

_SPELL_OUT = 8  # a pattern with more wordings than this is anchored


class _Builder:
    """Collects what each string of the automaton stands for."""

    def __init__(self, slots: dict[str, dict[str, str]]) -> None:
        self.slots = slots
        self.spelled: dict[str, list[tuple[int, str, str, str, str]]] = {}
        self.anchored: dict[str, list[tuple[int, Anchor]]] = {}
        self.sides: list[Sides] = []  # of each rendering, the rarer
        self.renderings: list[bytes] = []
        self.shapes: list[list[int]] = []  # of each rendering, the numbers of its elements
        self.elements: dict[tuple[Word, ...], tuple[int, tuple[Word, ...]]] = {}  # many patterns share one
        self.wordings = 0

    @property
    def strings(self) -> list[str]:
        """The strings of the automaton; the place of each is its number."""
        return list(dict.fromkeys((*self.spelled, *self.anchored)))

    def add(self, number: int, zh: str, each: Pattern, rarity: Rarity) -> None:
        """A listed rendering: spelled out if it stands for few wordings, otherwise anchored."""
        count = prod(len(element) for element in each.elements)
        self.wordings += count
        if count > _SPELL_OUT:
            self._anchor(number, zh, each, rarity, (), 0)
            return
        for text, binding in spelled(each):
            entries = self.spelled.setdefault(text, [])
            replacement = each.replacement(binding)
            entry = (number, replacement, chinese(zh, binding, self.slots), str(each.safety), _exact(each.source, text))
            if entry[:2] not in [known[:2] for known in entries]:
                entries.append(entry)

    def predict(self, number: int, prediction: Prediction, rarity: Rarity) -> None:
        """A predicted rendering: always anchored, because what betrays a translation is counted where it is read."""
        self._anchor(number, prediction.zh, prediction.pattern, rarity, prediction.pieces, prediction.need)

    def _anchor(self, number: int, zh: str, each: Pattern, rarity: Rarity, pieces: tuple[str, ...], need: int) -> None:
        kept = [self.elements.setdefault(element, (len(self.elements), element)) for element in each.elements]
        elements = [element for _, element in kept]
        found = anchors(elements, rarity)
        if not found:
            return
        rendering = len(self.renderings)
        self.shapes.append([number for number, _ in kept])
        self.renderings.append(packed((number, zh, str(each.safety), each.source, pieces, need, dict(each.replacements))))
        self.sides.append(sides(elements, found[0].first, found[0].last).rarer(rarity))
        for anchor in found:
            self.anchored.setdefault(anchor.text, []).append((rendering, anchor))


def compile_termbase(termbase: TermBase) -> Compiled:
    """Compile a term base.

    Raises:
        TermBaseError: a garble of a concept is one of its own approved forms.
    """
    concepts = list(termbase)
    approved = approvers(concepts, termbase)
    listed = [(number, each) for number, concept in enumerate(concepts) for each in patterns(concept, termbase)]
    counterparts = [Counterparts(concept, termbase.lexicon) for concept in concepts]
    problems = [_own_form(concept, entry) for concept, entry in own_forms(concepts, approved)]
    if problems:
        raise TermBaseError(problems)
    rarity = Rarity()
    builder = _Builder({name: {approved: zh for zh, approved, _ in reversed(slot.values)} for name, slot in termbase.slots.items()})
    for number, each in listed:
        builder.add(number, counterparts[number].of(each), each, rarity)
    for number, concept in enumerate(concepts):
        for prediction in predictions(concept, termbase):
            builder.predict(number, prediction, rarity)
    compiled = _assembled(builder, concepts, termbase)
    matcher = Matcher(compiled)
    shields = {form for form in approved if form and matcher.holds_candidate(f"the {form}")}
    return _shielded(compiled, builder.strings, shields, rarity.sample())


def approvers(concepts: Iterable[Concept], termbase: TermBase) -> dict[str, set[str]]:
    """Folded approved forms, each with the ids of the concepts that approve of it."""
    approved: dict[str, set[str]] = {}
    for concept in concepts:
        for form in approved_forms(concept, termbase):
            approved.setdefault(fold(form), set()).add(concept.id)
    return approved


def own_forms(concepts: Iterable[Concept], approved: dict[str, set[str]]) -> Iterator[tuple[Concept, str]]:
    """Garbles written out in one wording that their own concept approves of. One among many wordings is simply shielded."""
    for concept in concepts:
        for entry in concept.deprecated:
            text = fold(entry.partition("->")[0].rstrip("? ").replace("~", ""))
            if concept.id in approved.get(text, ()) and parse(entry).count == 1:
                yield concept, entry


def _own_form(concept: Concept, entry: str) -> str:
    return (
        f"{concept.place}: the garble '{entry}' is an approved form of the same concept; take it out of deprecated, "
        "or out of preferred and admitted"
    )


def _assembled(builder: _Builder, concepts: list[Concept], termbase: TermBase) -> Compiled:
    strings = builder.strings
    record_offsets, records = _blob(
        packed(builder.spelled[text]) if text in builder.spelled else b"" for text in strings
    )
    roles = bytearray(SPELLED * (text in builder.spelled) for text in strings)
    bindings: dict[Binding, int] = {}
    anchor_offsets, anchored = array("I", [0]), array("I")
    neighbours: list[tuple[int, bool, bytes, int]] = []
    for number, text in enumerate(strings):
        for rendering, anchor in builder.anchored.get(text, ()):
            binding = bindings.setdefault(anchor.binding, len(bindings))
            roles[number] |= _roles(builder.sides[rendering])
            neighbours += [(number, *pair, len(anchored) // 4) for pair in _pairs(builder.sides[rendering])]
            anchored.extend((rendering, anchor.first, anchor.last, binding))
        anchor_offsets.append(len(anchored) // 4)
    binding_offsets, stored_bindings = _blob(map(packed, bindings))
    rendering_offsets, renderings = _blob(builder.renderings)
    shape_offsets, shapes = array("I", [0]), array("I")
    for shape in builder.shapes:
        shapes.extend(shape)
        shape_offsets.append(len(shapes))
    element_offsets, elements = _blob(Element.stored((word.text, word.binding) for word in element) for element in builder.elements)
    concept_offsets, stored = _blob(packed(encode(concept)) for concept in concepts)
    stem_offsets, stems = _blob(packed(sorted(approved_stems(concept.approved))) for concept in concepts)
    meta = {
        "digest": termbase.digest,
        "wordings": builder.wordings,
        "short_forms": [(concept.short, concept.full_forms) for concept in concepts if concept.short],
        "guards": {name: list(words) for name, words in termbase.guards.items()},
        "titles": titles.stored(title_tables.read()),
        "ordinary": list(termbase.ordinary),
        "slots": builder.slots,
    }
    encoded = [_encoded(text) for text in strings]
    index, beside = Index.of(encoded), Neighbours.of(neighbours)
    return Compiled(
        meta, Automaton.build(encoded).stored, index.offsets, index.strings, index.table, index.beginnings,
        bytes(roles), beside.offsets, beside.entries,
        record_offsets, records, anchor_offsets, anchored,
        binding_offsets, stored_bindings, rendering_offsets, renderings,
        shape_offsets, shapes, element_offsets, elements, concept_offsets, stored, stem_offsets, stems,
    )  # fmt: skip


def _shielded(compiled: Compiled, strings: list[str], shields: set[str], sample: bytes) -> Compiled:
    """The same with approved forms among its strings, and the automaton laid out for a sample of text."""
    more = sorted(shields.difference(strings))
    roles = bytes(role | SHIELD * (text in shields) for role, text in zip(compiled.roles, strings, strict=True))
    encoded = [_encoded(text) for text in (*strings, *more)]
    index = Index.of(encoded)
    return compiled._replace(
        automaton=Automaton.build(encoded, sample).stored,
        string_offsets=index.offsets, strings=index.strings, string_table=index.table, beginnings=index.beginnings,
        roles=roles + bytes([SHIELD]) * len(more),
        record_offsets=_prolonged(compiled.record_offsets, len(more)),
        anchor_offsets=_prolonged(compiled.anchor_offsets, len(more)),
    )  # fmt: skip


def _prolonged(offsets: Integers, count: int) -> array[int]:
    """Offsets with so many empty stretches more."""
    return array("I", [*offsets, *[offsets[-1]] * count])


def _encoded(text: str) -> bytes:
    return text.encode("latin-1", "replace")


def _roles(each: Sides) -> int:
    return LEFT * bool(each.left) + RIGHT * bool(each.right) or ANCHOR


def _pairs(each: Sides) -> Iterator[tuple[bool, bytes]]:
    yield from ((False, word) for word in each.left)
    yield from ((True, word) for word in each.right or (() if each.left else ANYTHING))


def _exact(source: str, text: str) -> str:
    """The source of a wording with signs beyond Latin-1 carries the wording, to be compared again in the original."""
    return source if "?" not in text else f"{source}\x04{text}"


def _blob(stored: Iterable[bytes]) -> tuple[array[int], bytes]:
    offsets = array("I", [0])
    parts = []
    total = 0
    for data in stored:
        parts.append(data)
        total += len(data)
        offsets.append(total)
    return offsets, b"".join(parts)
