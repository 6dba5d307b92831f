"""Matcher: the compiled term base. Text in, matches out, at a cost that does not grow with the number of renderings.

The flow: fold the text, one pass of the automaton, word boundaries, then overlaps, and guards last.
What a match means (its concept, its replacement) is read from the compiled form only when there is a match.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

from glossary.findings import Origin, Safety, Severity
from glossary.matching.automaton import Automaton
from glossary.matching.guards import Guards
from glossary.matching.overlaps import Candidate, resolve
from glossary.matching.structure import Element, readings
from glossary.termbase.concept import Concept
from glossary.termbase.forms import TELLING, Binding, resolved
from glossary.text import Folded, has_paragraph_break

_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2212")
_WORD = bytes(1 if (chr(code).isalnum() or chr(code) == "_") else 0 for code in range(256))
_ADDRESS = re.compile(r"://|@\w|\bwww\.|\.(?:com|cn|org|net|gov)\b|\w/\w+/|\\\w")


class Entry(NamedTuple):
    """What a match stands for: the concept, the bare replacement, how safe it is, and the notation or reading behind it."""

    concept: Concept
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
    """The parts of a compiled term base, as they are stored. `roles` says for each string of the automaton what it is."""

    meta: dict[str, Any]
    automaton: Bytes
    roles: Bytes
    record_offsets: Integers
    records: Bytes
    rendering_offsets: Integers
    renderings: Bytes
    element_offsets: Integers
    elements: Bytes
    concept_offsets: Integers
    concepts: Bytes


SPELLED, ANCHOR, SHIELD = 1, 2, 4


class _Anchored(NamedTuple):
    """A pattern that is read around its anchors."""

    concept: int
    safety: Safety
    source: str
    pieces: tuple[str, ...]
    need: int
    elements: list[Element]
    replacements: dict[str, str]


class _Record(NamedTuple):
    """What a string of the automaton stands for: whole wordings, and anchors of patterns."""

    spelled: list[tuple[int, str, str, str]]
    anchored: list[tuple[int, int, int, Binding]]


class Matcher:
    """Finds the garbles of a term base in text."""

    def __init__(self, compiled: Compiled) -> None:
        self._find = Automaton.load(compiled.automaton).find
        self._compiled = compiled
        self._concepts: dict[int, Concept] = {}
        self._records: dict[int, _Record] = {}
        self._renderings: dict[int, _Anchored] = {}
        self._elements: dict[int, Element] = {}
        self._guards = Guards(compiled.meta["guards"])

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
    def short_forms(self) -> list[tuple[str, list[str]]]:
        """Each short form, with the full forms that introduce it."""
        return list(self._compiled.meta["short_forms"])

    def matches(self, text: str) -> list[Match]:
        """The garbles in a text, disjoint and in order."""
        folded = Folded(text)
        hits = self._find(folded.data)
        if not hits:
            return []
        entries, shields = self._candidates(text, folded, hits)
        if not entries:
            return []
        spans: dict[Candidate, tuple[int, int, tuple[Entry, ...]]] = {}

        def accept(candidate: Candidate) -> bool:
            start, end = folded.span(candidate.start, candidate.end)
            standing = self._standing(text, start, end, candidate, entries[candidate])
            if standing:
                spans[candidate] = (start, end, standing)
            return bool(standing)

        found = []
        for candidate in resolve(entries, shields, accept):
            start, end, standing = spans[candidate]
            found.append(Match(start, end, Origin.PREDICTED if candidate.rank else Origin.LISTED, standing))
        return found

    def holds_candidate(self, text: str) -> bool:
        """Whether a garble stands anywhere in a text, guards and overlaps aside."""
        folded = Folded(text)
        return bool(self._candidates(text, folded, self._find(folded.data))[0])

    def every(self, text: str) -> list[Match]:
        """Every garble in a text, those that overlap too; shields and guards aside. What a linter wants to know."""
        folded = Folded(text)
        candidates, _ = self._candidates(text, folded, self._find(folded.data))
        return [
            Match(*folded.span(candidate.start, candidate.end), Origin.PREDICTED if candidate.rank else Origin.LISTED, tuple(entries))
            for candidate, entries in sorted(candidates.items())
        ]

    def foreign(self, text: str, start: int, end: int) -> bool:
        """Whether the words around a span speak of a foreign body: what is right for China must not be forced on it."""
        return self._guards.foreign(text, start, end)

    def concept(self, number: int) -> Concept:
        """A concept by its number in the compiled term base."""
        concept = self._concepts.get(number)
        if concept is None:
            concept = decode(json.loads(_cut(self._compiled.concepts, self._compiled.concept_offsets, number)))
            self._concepts[number] = concept
        return concept

    def _candidates(
        self, text: str, folded: Folded, hits: list[tuple[int, int, int]]
    ) -> tuple[dict[Candidate, list[Entry]], list[tuple[int, int]]]:
        data = folded.data
        size = len(data)
        roles = self._compiled.roles
        letters = ""
        entries: dict[Candidate, list[Entry]] = {}
        shields: list[tuple[int, int]] = []
        for start, end, number in hits:
            if (start and _WORD[data[start - 1]]) or (end < size and _WORD[data[end]]):
                continue
            role = roles[number]
            if role & SHIELD:
                shields.append((start - 4 if data[start - 4 : start] == b"the " else start, end))
            if role & (SPELLED | ANCHOR):
                record = self._record(number)
                for concept, replacement, safety, source in record.spelled:
                    entry = Entry(self.concept(concept), replacement, Safety(safety), source)
                    _add(entries, Candidate(start, end, 0), entry)
                if record.anchored:
                    letters = letters or data.decode("latin-1")
                    self._read_around(letters, start, end, record.anchored, entries)
        free = {candidate for candidate in entries if _free(text, *folded.span(candidate.start, candidate.end))}
        return {candidate: found for candidate, found in entries.items() if candidate in free}, shields

    def _read_around(
        self, data: str, start: int, end: int, anchored: list[tuple[int, int, int, Binding]], entries: dict[Candidate, list[Entry]]
    ) -> None:
        for number, first, last, binding in anchored:
            rendering = self._rendering(number)
            for reading in readings(data, start, end, rendering.elements, first, last, binding):
                if sum(name.startswith(TELLING) for name in reading.binding) < rendering.need:
                    continue
                replacement = resolved(rendering.replacements, reading.binding)
                source = _derivation(rendering.pieces, reading.binding) if rendering.pieces else rendering.source
                entry = Entry(self.concept(rendering.concept), replacement, rendering.safety, source)
                _add(entries, Candidate(reading.start, reading.end, int(bool(rendering.pieces))), entry)

    def _standing(self, text: str, start: int, end: int, candidate: Candidate, entries: list[Entry]) -> tuple[Entry, ...]:
        """The entries of a candidate that hold in its place."""
        if has_paragraph_break(text, start, end) or _in_address(text, start, end):
            return ()
        predicted = candidate.rank > 0
        return tuple(
            entry
            for entry in entries
            if not self._guards.blocked(text, start, end, entry.concept, predicted) and _same_marks(text[start:end], entry.source)
        )

    def _record(self, number: int) -> _Record:
        record = self._records.get(number)
        if record is None:
            record = _Record(*json.loads(_cut(self._compiled.records, self._compiled.record_offsets, number)))
            self._records[number] = record
        return record

    def _rendering(self, number: int) -> _Anchored:
        rendering = self._renderings.get(number)
        if rendering is None:
            concept, safety, source, pieces, need, elements, replacements = json.loads(
                _cut(self._compiled.renderings, self._compiled.rendering_offsets, number)
            )
            parts = [self._element(each) for each in elements]
            rendering = _Anchored(concept, Safety(safety), source, tuple(pieces), need, parts, replacements)
            self._renderings[number] = rendering
        return rendering

    def _element(self, number: int) -> Element:
        element = self._elements.get(number)
        if element is None:
            element = Element(json.loads(_cut(self._compiled.elements, self._compiled.element_offsets, number)))
            self._elements[number] = element
        return element


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


def _cut(blob: Bytes, offsets: Integers, number: int) -> bytes:
    return bytes(blob[offsets[number] : offsets[number + 1]])


def _add(entries: dict[Candidate, list[Entry]], candidate: Candidate, entry: Entry) -> None:
    known = entries.setdefault(candidate, [])
    if all(entry.concept.id != other.concept.id or entry.replacement != other.replacement for other in known):
        known.append(entry)


def encode(concept: Concept) -> list[Any]:
    """A concept as it is stored in a compiled term base."""
    return [
        concept.id, concept.zh, concept.preferred, concept.admitted, concept.kind, concept.fix, concept.severity or "",
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
    if start and (_letter(text[start - 1]) or (text[start - 1] in _HYPHENS and start > 1 and text[start - 2].isalnum())):
        return False
    size = len(text)
    return not (end < size and (_letter(text[end]) or (text[end] in _HYPHENS and end + 1 < size and text[end + 1].isalnum())))


def _letter(char: str) -> bool:
    """A letter or digit of a script that puts spaces between words: Chinese beside a match does not hide it."""
    return char.isalnum() and not "\u2e80" <= char <= "\u9fff"


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether the match touches a URL, an e-mail address or a path."""
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return _ADDRESS.search(text, start, end) is not None


def _same_marks(found: str, source: str) -> bool:
    """Characters beyond Latin-1 are compared as one sign; the few garbles that hold them are compared again here."""
    if "\x04" not in source:
        return True
    wanted = source.partition("\x04")[2]
    return [c for c in found.lower() if c > "\u2e7f"] == [c for c in wanted.lower() if c > "\u2e7f"]
