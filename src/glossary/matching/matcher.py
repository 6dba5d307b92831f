"""Matcher: the compiled term base. Text in, matches out, at a cost that does not grow with the number of renderings.

The flow: fold the text, one pass of the automaton, word boundaries, then overlaps, and guards last.
What a match means (its concept, its replacement) is read from the compiled form only when there is a match.
"""

from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

from glossary.addresses import token
from glossary.findings import Origin, Safety, Severity
from glossary.matching.automaton import Automaton, Hits
from glossary.matching.evidence import Evidence
from glossary.matching.guards import Guards
from glossary.matching.index import Index
from glossary.matching.neighbours import Neighbours
from glossary.matching.overlaps import Candidate, resolve
from glossary.matching.structure import Elements, following, preceding, readings
from glossary.patterns import lazy
from glossary.storage import unpacked
from glossary.termbase.bindings import TELLING, Binding, chinese, resolved
from glossary.termbase.concept import Concept
from glossary.text import Folded, has_paragraph_break

_SHORT = 1 << 15  # bytes; loading the automaton costs as much as looking up the strings of so much text
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2212")
_WORD = bytes(1 if (chr(code).isalnum() or chr(code) == "_") else 0 for code in range(256))
_ADDRESS = lazy(r"://|@\w|\bwww\.|\.(?:com|cn|org|net|gov)\b|\w/\w+/|\\\w")


class Entry(NamedTuple):
    """What a match stands for: the concept, which of its Chinese terms, the bare replacement, how safe it is, and the notation
    or reading behind it."""

    concept: Concept
    zh: str
    replacement: str
    safety: Safety
    source: str


class Match(NamedTuple):
    """A garble at a span of the original text. More than one entry: several concepts or replacements claim it."""

    start: int
    end: int
    origin: Origin
    entries: tuple[Entry, ...]


Bytes = bytes | memoryview
Integers = Sequence[int]  # array("I"), or a view of one


class Compiled(NamedTuple):
    """The parts of a compiled term base, as they are stored. `roles` says for each string of the automaton what it is.

    `anchored` holds four numbers for each pattern of an anchor: rendering, first and last element (half open), and binding.
    `anchor_offsets` counts the patterns, of which `neighbours` tells the numbers.
    """

    meta: dict[str, Any]
    automaton: Bytes
    string_offsets: Integers
    strings: Bytes
    string_table: Integers
    beginnings: Bytes
    roles: Bytes
    neighbour_offsets: Integers
    neighbours: Integers
    record_offsets: Integers
    records: Bytes
    anchor_offsets: Integers
    anchored: Integers
    binding_offsets: Integers
    bindings: Bytes
    rendering_offsets: Integers
    renderings: Bytes
    shape_offsets: Integers
    shapes: Integers
    element_offsets: Integers
    elements: Bytes
    concept_offsets: Integers
    concepts: Bytes
    stem_offsets: Integers
    stems: Bytes


# an anchor beside which nothing need stand; one with a word on its right, on its left
SPELLED, ANCHOR, SHIELD, RIGHT, LEFT = 1, 2, 4, 8, 16
_ORIGINS = (Origin.LISTED, Origin.PREDICTED)  # by the rank of a candidate
ANYTHING = (b"",)  # beside an anchor beside which nothing need stand


# what a pattern that is read around its anchors stands for: concept, Chinese, safety, source, pieces, need, replacements
_Rendering = tuple[int, str, str, str, tuple[str, ...], int, dict[str, str]]


class Matcher:
    """Finds the garbles of a term base in text."""

    def __init__(self, compiled: Compiled) -> None:
        self._index = Index(compiled.string_offsets, compiled.strings, compiled.string_table, compiled.beginnings)
        self._automaton: Automaton | None = None
        self._searched = 0
        self._compiled = compiled
        self._concepts: dict[int, Concept] = {}
        self._spelled: dict[int, list[Entry]] = {}
        self._renderings: dict[int, _Rendering] = {}
        self._elements = Elements(lambda number: bytes(_cut(compiled.elements, compiled.element_offsets, number)))
        self._bindings: dict[int, Binding] = {}
        self._neighbours = Neighbours(compiled.neighbour_offsets, compiled.neighbours)
        self._guards = Guards(compiled.meta["guards"])
        self._slots: dict[str, dict[str, str]] = compiled.meta["slots"]
        self._ordinary = frozenset(compiled.meta["ordinary"])
        self._evidence: dict[int, Evidence] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """A matcher that is sent elsewhere takes the compiled term base along."""
        return Matcher, (Compiled(self._compiled.meta, *(_unmapped(part) for part in self._compiled[1:])),)

    @property
    def digest(self) -> str:
        """The digest of the term base that was compiled."""
        return str(self._compiled.meta["digest"])

    @property
    def concept_count(self) -> int:
        """How many concepts the term base has."""
        return len(self._compiled.concept_offsets) - 1

    @property
    def rendering_count(self) -> int:
        """How many garbled wordings are matched."""
        return int(self._compiled.meta["wordings"])

    @property
    def titles(self) -> bytes:
        """The parts of titles, as `glossary.termbase.titles.parts_of` reads them."""
        return bytes(self._compiled.meta["titles"])

    @property
    def short_forms(self) -> list[tuple[str, list[str]]]:
        """Each short form, with the full forms that introduce it."""
        return list(self._compiled.meta["short_forms"])

    def matches(self, text: str) -> list[Match]:
        """The garbles in a text, disjoint and in order."""
        folded = Folded(text)
        hits = self._find(folded.data)
        if not hits:
            return []
        entries, shields = self._candidates(folded.data, hits)
        if not entries:
            return []

        def accept(candidate: Candidate) -> Match | None:
            start, end = folded.span(candidate[0], candidate[1])
            standing = self._standing(text, start, end, candidate[2] > 0, entries[candidate])
            return Match(start, end, _ORIGINS[candidate[2]], standing) if standing else None

        return resolve(entries, shields, accept)

    def _find(self, data: bytes) -> Hits:
        """The strings that stand in folded text: looked up in the first few texts, by the automaton in many or long ones."""
        if self._automaton is None:
            self._searched += len(data)
            if self._searched <= _SHORT:
                return self._index.find(data)
            self._automaton = Automaton.load(self._compiled.automaton)
        return self._automaton.find(data)

    def holds_candidate(self, text: str) -> bool:
        """Whether a garble stands anywhere in a text, guards and overlaps aside."""
        folded = Folded(text)
        candidates, _ = self._candidates(folded.data, self._find(folded.data))
        return any(_free(text, *folded.span(start, end)) for start, end, _ in candidates)

    def every(self, text: str) -> list[Match]:
        """Every garble in a text, those that overlap too; shields and guards aside. What a linter wants to know."""
        folded = Folded(text)
        candidates, _ = self._candidates(folded.data, self._find(folded.data))
        spans = {candidate: folded.span(candidate[0], candidate[1]) for candidate in sorted(candidates)}
        return [
            Match(*span, _ORIGINS[candidate[2]], tuple(candidates[candidate]))
            for candidate, span in spans.items()
            if _free(text, *span)
        ]

    def foreign(self, text: str, start: int, end: int) -> bool:
        """Whether the words around a span speak of a foreign body: what is right for China must not be forced on it."""
        return self._guards.foreign(text, start, end)

    def concept(self, number: int) -> Concept:
        """A concept by its number in the compiled term base."""
        concept = self._concepts.get(number)
        if concept is None:
            concept = decode(_read(self._compiled.concepts, self._compiled.concept_offsets, number))
            self._concepts[number] = concept
        return concept

    def _candidates(self, data: bytes, hits: Hits) -> tuple[dict[Candidate, list[Entry]], list[tuple[int, int]]]:
        """What stands in folded text between the edges of words, and the spans of approved forms."""
        size = len(data)
        roles, anchor_offsets = self._compiled.roles, self._compiled.anchor_offsets
        beside = self._neighbours.beside
        letters = ""
        entries: dict[Candidate, list[Entry]] = {}
        shields: list[tuple[int, int]] = []
        for start, end, number in hits:
            if (start and _WORD[data[start - 1]]) or (end < size and _WORD[data[end]]):
                continue
            role = roles[number]
            if role & SHIELD:
                shields.append((start - 4 if data[start - 4 : start] == b"the " else start, end))
            if role & SPELLED:
                for entry in self._entries(number):
                    _add(entries, (start, end, 0), entry)
            if role & (ANCHOR | RIGHT | LEFT):
                patterns = range(anchor_offsets[number], anchor_offsets[number + 1])
                standing = beside(number, True, ANYTHING, patterns) if role & ANCHOR else []
                if role & RIGHT:
                    standing += beside(number, True, following(data, end), patterns)
                if role & LEFT:
                    standing += beside(number, False, preceding(data, start), patterns)
                if standing:
                    letters = letters or data.decode("latin-1")
                    self._read_around(letters, start, end, sorted(set(standing)), entries)
        return entries, shields

    def _read_around(
        self, data: str, start: int, end: int, patterns: Sequence[int], entries: dict[Candidate, list[Entry]]
    ) -> None:  # fmt: skip
        for pattern in patterns:
            number, first, last, binding = self._compiled.anchored[4 * pattern : 4 * pattern + 4]
            for reading in readings(data, start, end, self._elements, self._shape(number), first, last, self._binding(binding)):
                concept, zh, safety, source, pieces, need, replacements = self._rendering(number)
                bound = reading.binding
                if need and not self._betrays(concept, need, bound, data[reading.start : reading.end]):
                    continue
                entry = Entry(
                    self.concept(concept),
                    chinese(zh, bound, self._slots),
                    resolved(replacements, bound),
                    Safety(safety),
                    _derivation(pieces, bound) if pieces else source,
                )
                _add(entries, (reading.start, reading.end, int(bool(pieces))), entry)

    def _betrays(self, concept: int, need: int, binding: dict[str, str], text: str) -> bool:
        """Whether a predicted reading is no ordinary English and enough of its words betray a translation."""
        evidence = self._evidence.get(concept)
        if evidence is None:
            evidence = self._evidence[concept] = Evidence(_read(self._compiled.stems, self._compiled.stem_offsets, concept))
        return evidence.of(binding) >= need and text not in self._ordinary

    def _standing(self, text: str, start: int, end: int, predicted: bool, entries: list[Entry]) -> tuple[Entry, ...]:
        """The entries of a candidate that hold in its place."""
        if not _free(text, start, end) or has_paragraph_break(text, start, end) or _in_address(text, start, end):
            return ()
        standing = []
        for entry in entries:
            concept = entry.concept
            if (predicted or concept.unless or concept.only_if) and self._guards.blocked(text, start, end, concept, predicted):
                continue
            if "\x04" not in entry.source or _same_marks(text[start:end], entry.source):
                standing.append(entry)
        return tuple(standing)

    def _entries(self, number: int) -> list[Entry]:
        """What a string stands for that is a whole wording."""
        entries = self._spelled.get(number)
        if entries is None:
            entries = self._spelled[number] = [
                Entry(self.concept(concept), zh, replacement, Safety(safety), source)
                for concept, replacement, zh, safety, source in _read(self._compiled.records, self._compiled.record_offsets, number)
            ]
        return entries

    def _rendering(self, number: int) -> _Rendering:
        rendering = self._renderings.get(number)
        if rendering is None:
            rendering = self._renderings[number] = _read(self._compiled.renderings, self._compiled.rendering_offsets, number)
        return rendering

    def _binding(self, number: int) -> Binding:
        binding = self._bindings.get(number)
        if binding is None:
            stored = _read(self._compiled.bindings, self._compiled.binding_offsets, number)
            binding = self._bindings[number] = stored
        return binding

    def _shape(self, number: int) -> Integers:
        offsets = self._compiled.shape_offsets
        return self._compiled.shapes[offsets[number] : offsets[number + 1]]


def _unmapped(part: Any) -> Any:
    if not isinstance(part, memoryview):
        return part
    if part.format == "B":
        return part.tobytes()
    integers = array(part.format)
    integers.frombytes(part.tobytes())
    return integers


def _derivation(pieces: tuple[str, ...], binding: dict[str, str]) -> str:
    """How a predicted reading came about: 政法 “politics and law” + 委."""
    return " + ".join(f"{piece} “{word}”" if (word := binding.get(TELLING + piece)) else piece for piece in pieces)


def _cut(blob: Bytes, offsets: Integers, number: int) -> Bytes:
    return blob[offsets[number] : offsets[number + 1]]


def _read(blob: Bytes, offsets: Integers, number: int) -> Any:
    return unpacked(_cut(blob, offsets, number))


def _add(entries: dict[Candidate, list[Entry]], candidate: Candidate, entry: Entry) -> None:
    known = entries.get(candidate)
    if known is None:
        entries[candidate] = [entry]
    elif all(entry.concept.id != other.concept.id or entry.replacement != other.replacement for other in known):
        known.append(entry)


def encode(concept: Concept) -> list[Any]:
    """A concept as it is stored in a compiled term base."""
    return [
        concept.id, concept.zh, concept.preferred, concept.admitted, concept.kind, str(concept.fix), str(concept.severity or ""),
        concept.unless, concept.only_if, concept.note, concept.authority, concept.since, concept.until, concept.short,
        concept.path, concept.line,
    ]  # fmt: skip


def decode(stored: list[Any]) -> Concept:
    """The concept that `encode` stored; its garbled renderings are compiled and not kept."""
    key, zh, preferred, admitted, kind, fix, severity, unless, only_if, note, authority, since, until, short, path, line = stored
    return Concept(
        key, tuple(zh), preferred, tuple(admitted), (), kind, Safety(fix), Severity(severity) if severity else None,
        tuple(unless), tuple(only_if), note, authority, since, until, short, path, line,
    )  # fmt: skip


def _free(text: str, start: int, end: int) -> bool:
    """Whether the span stands free in the original, where hyphens and other scripts are told apart."""
    if text[start - 1 : start] in " \n" and text[end : end + 1] in " \n,.":  # as nearly always; at an edge nothing stands
        return True
    if start and (_letter(text[start - 1]) or (text[start - 1] in _HYPHENS and start > 1 and text[start - 2].isalnum())):
        return False
    size = len(text)
    return not (end < size and (_letter(text[end]) or (text[end] in _HYPHENS and end + 1 < size and text[end + 1].isalnum())))


def _letter(char: str) -> bool:
    """A letter or digit of a script that puts spaces between words: Chinese beside a match does not hide it."""
    return char.isalnum() and not "\u2e80" <= char <= "\u9fff"


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether the match touches a URL, an e-mail address or a path."""
    if text[start - 1 : start] == " " == text[end : end + 1]:  # as nearly always: nothing touches it
        around = text[start:end]
    else:
        low, high = token(text, start, end)
        around = text[low:high]
    if "." in around or "/" in around or "@" in around or "\\" in around:  # each address has one of these
        return _ADDRESS.search(around) is not None
    return False


def _same_marks(found: str, source: str) -> bool:
    """Characters beyond Latin-1 are compared as one sign; the few garbles that hold them are compared again here."""
    wanted = source.partition("\x04")[2]
    return [c for c in found.lower() if c > "\u2e7f"] == [c for c in wanted.lower() if c > "\u2e7f"]
