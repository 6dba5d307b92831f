"""Whether the approved terms stand where they should. docs/scoring.md gives each figure's formula and source.

Nothing here looks at findings, edits or garbled renderings: a fix cannot vouch for itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from glossary.chinese import simplified
from glossary.english.inflection import inflections
from glossary.matching.automaton import Automaton
from glossary.matching.source import SourceMatcher
from glossary.scoring.row import Row
from glossary.termbase.concept import Concept
from glossary.termbase.forms import approved_forms
from glossary.termbase.termbase import TermBase
from glossary.text import Folded, fold

WINDOW = 2  # words on either side that window overlap compares
TERM_WEIGHT = 2  # what an error in a term costs in TERm, against 1 elsewhere


class Form(NamedTuple):
    """An approved wording of a concept: `rendering` is 0 for preferred and counts the admitted ones from 1, the short one last."""

    concept: str
    rendering: int
    surface: bool


class Occurrence(NamedTuple):
    """An approved wording at a span of a text, and the concepts that approve of it."""

    start: int
    end: int
    forms: tuple[Form, ...]


class Rendered(NamedTuple):
    """A required occurrence of a concept, and which of its renderings each text has for it; None where it has none."""

    concept: str
    before: int | None
    after: int | None
    reference: int | None


@dataclass(frozen=True, slots=True)
class RowTerms:
    """The term figures of a row, all of which add up. `overlap` is (sum, pairs); `places` are words of the reference in terms."""

    rendered: tuple[Rendered, ...] = ()
    surface_before: int = 0
    surface_after: int = 0
    surface_reference: int = 0
    overlap_before: tuple[float, int] = (0.0, 0)
    overlap_after: tuple[float, int] = (0.0, 0)
    places: frozenset[int] = frozenset()


class ApprovedMatcher:
    """Finds the approved wordings of a term base in English text: lower-cased, in all their forms, on word boundaries."""

    def __init__(self, termbase: TermBase) -> None:
        forms: dict[str, list[Form]] = {}
        for concept in termbase:
            for wording, form in _wordings(concept, termbase):
                known = forms.setdefault(wording, [])
                if all((other.concept, other.rendering) != (form.concept, form.rendering) for other in known):
                    known.append(form)
        forms.pop("", None)
        self._forms = [tuple(known) for known in forms.values()]
        self._find = Automaton.build([wording.encode("latin-1", "replace") for wording in forms]).find

    def occurrences(self, text: str, concepts: frozenset[str] | None = None) -> list[Occurrence]:
        """The wordings in a text, disjoint, the longest first where they overlap; only of some concepts if they are given."""
        folded = Folded(text)
        data = folded.data
        hits = []
        for start, end, number in self._find(data):
            if (start and chr(data[start - 1]).isalnum()) or (end < len(data) and chr(data[end]).isalnum()):
                continue
            forms = self._forms[number]
            if concepts is not None:
                forms = tuple(form for form in forms if form.concept in concepts)
            if forms:
                hits.append((start, end, forms))
        hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
        taken = bytearray(len(data))
        found = []
        for start, end, forms in hits:
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(Occurrence(*folded.span(start, end), forms))
        found.sort()
        return found


def _wordings(concept: Concept, termbase: TermBase) -> Iterator[tuple[str, Form]]:
    for number, approved in enumerate(concept.approved):
        alone = concept._replace(preferred=approved, admitted=(), short="")
        base = {fold(each) for each in approved_forms(alone._replace(preferred=approved.replace("~", "")), termbase)}
        for wording in base:
            yield wording, Form(concept.id, number, True)
        for wording in map(fold, approved_forms(alone, termbase) if "~" in approved else map(_plural, base)):
            if wording not in base:
                yield wording, Form(concept.id, number, False)


def _plural(wording: str) -> str:
    head, _, last = wording.rpartition(" ")
    return f"{head} {inflections(last).get('s', last)}".strip() if last.isalpha() else wording


class TermMeter:
    """Measures rows against a term base."""

    def __init__(self, termbase: TermBase) -> None:
        self._english = ApprovedMatcher(termbase)
        self._chinese = SourceMatcher(termbase)
        self._same: dict[str, set[str]] = defaultdict(set)
        for concept in termbase:
            for zh in concept.zh:
                self._same[simplified(zh)].add(concept.id)

    def measure(self, row: Row) -> RowTerms:
        """The term figures of a row."""
        required = self._required(row)
        if not required:
            return RowTerms()
        concepts = frozenset().union(*required)
        found = [self._english.occurrences(text, concepts) for text in (row.hypothesis, row.fixed, row.references[0])]
        before, after, reference = (assigned(required, occurrences) for occurrences in found)
        surface = [_count(assigned(required, [each for each in map(_surface, occurrences) if each.forms])) for occurrences in found]
        names = [sorted(choice)[0] for choice in required]
        rendered = tuple(
            Rendered(name, *(_rendering(choice, each[n]) for each in (before, after, reference)))
            for n, (name, choice) in enumerate(zip(names, required, strict=True))
        )
        return RowTerms(
            rendered, surface[0], surface[1], surface[2],
            _overlap(row.hypothesis, before, row.references[0], reference), _overlap(row.fixed, after, row.references[0], reference),
            _places(row.references[0], found[2]),
        )  # fmt: skip

    def _required(self, row: Row) -> list[frozenset[str]]:
        """What should stand in the row: for each occurrence, the concepts that would do."""
        if row.source is not None:
            return [
                frozenset(self._same.get(simplified(term.zh), ())) | {term.concept.id} for term in self._chinese.terms(row.source)
            ]  # fmt: skip
        return [frozenset(form.concept for form in each.forms) for each in self._english.occurrences(row.references[0])]


def assigned(required: Sequence[frozenset[str]], occurrences: Sequence[Occurrence]) -> list[Occurrence | None]:
    """For each required occurrence one that was found, none used twice, as many as can be (augmenting paths)."""
    holders: dict[int, int] = {}

    def settle(number: int, tried: set[int]) -> bool:
        for place, occurrence in enumerate(occurrences):
            if place not in tried and any(form.concept in required[number] for form in occurrence.forms):
                tried.add(place)
                if place not in holders or settle(holders[place], tried):
                    holders[place] = number
                    return True
        return False

    for number in range(len(required)):
        settle(number, set())
    found: list[Occurrence | None] = [None] * len(required)
    for place, number in holders.items():
        found[number] = occurrences[place]
    return found


def _count(found: Iterable[Occurrence | None]) -> int:
    return sum(each is not None for each in found)


def _surface(occurrence: Occurrence) -> Occurrence:
    return occurrence._replace(forms=tuple(form for form in occurrence.forms if form.surface))


def _rendering(choice: frozenset[str], occurrence: Occurrence | None) -> int | None:
    return None if occurrence is None else min(form.rendering for form in occurrence.forms if form.concept in choice)


def _overlap(
    text: str, found: Sequence[Occurrence | None], reference: str, wanted: Sequence[Occurrence | None]
) -> tuple[float, int]:  # fmt: skip
    """The overlap of the words around each term of the reference, added up, and how many there are; nothing for one that is missing."""
    total = 0.0
    count = 0
    for one, other in zip(found, wanted, strict=True):
        around = Counter() if other is None else Counter(_window(reference, other))
        if around:
            count += 1
            total += (around & Counter(_window(text, one))).total() / around.total() if one else 0.0
    return total, count


def _window(text: str, occurrence: Occurrence) -> list[str]:
    left, right = _words(text[: occurrence.start]), _words(text[occurrence.end :])
    return left[-WINDOW:] + right[:WINDOW]


def _words(text: str) -> list[str]:
    return [word for word in (part.strip(".,;:!?()[]' ") for part in fold(text).split()) if word]


def _places(reference: str, occurrences: Iterable[Occurrence]) -> frozenset[int]:
    """The words of a reference, between blanks, that belong to a term."""
    spans = []
    at = 0
    for word in reference.split():
        start = reference.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    terms = [(each.start, each.end) for each in occurrences]
    return frozenset(n for n, (start, end) in enumerate(spans) if any(low < end and start < high for low, high in terms))


class ConceptTerms(NamedTuple):
    """How often a concept was required, and how often each text has it right."""

    concept: str
    required: int
    right_before: int
    right_after: int
    right_in_reference: int


def by_concept(figures: Iterable[RowTerms]) -> list[ConceptTerms]:
    """The figures of each required concept, those first that the reference words otherwise most often."""
    found: dict[str, list[Rendered]] = defaultdict(list)
    for figure in figures:
        for each in figure.rendered:
            found[each.concept].append(each)
    rows = [
        ConceptTerms(
            name, len(all_), sum(each.before is not None for each in all_), sum(each.after is not None for each in all_),
            sum(each.reference is not None for each in all_),
        )
        for name, all_ in found.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda each: (each.right_in_reference - each.required, each.concept))


@dataclass(frozen=True, slots=True)
class TermScores:
    """The term figures of many rows. Shares are between 0 and 1, None where there is nothing to take a share of.

    `agreed` counts the required occurrences that the text and the reference both have right.
    """

    required: int
    right_before: int
    right_after: int
    right_in_reference: int
    agreed_before: int
    agreed_after: int
    surface_before: int
    surface_after: int
    surface_in_reference: int
    consistency_before: float | None
    consistency_after: float | None
    consistency_in_reference: float | None
    window_overlap_before: float | None
    window_overlap_after: float | None
    one_minus_term_before: float | None
    one_minus_term_after: float | None


def summarised(rows: Sequence[Row], figures: Sequence[RowTerms], rates: tuple[float, float] | None) -> TermScores:
    """The term figures of rows; `rates` are TERm before and after."""
    rendered = [(row.document, each) for row, figure in zip(rows, figures, strict=True) for each in figure.rendered]
    return TermScores(
        required=len(rendered),
        right_before=sum(each.before is not None for _, each in rendered),
        right_after=sum(each.after is not None for _, each in rendered),
        right_in_reference=sum(each.reference is not None for _, each in rendered),
        agreed_before=sum(each.before is not None and each.reference is not None for _, each in rendered),
        agreed_after=sum(each.after is not None and each.reference is not None for _, each in rendered),
        surface_before=sum(figure.surface_before for figure in figures),
        surface_after=sum(figure.surface_after for figure in figures),
        surface_in_reference=sum(figure.surface_reference for figure in figures),
        consistency_before=_consistency((name, each.concept, each.before) for name, each in rendered),
        consistency_after=_consistency((name, each.concept, each.after) for name, each in rendered),
        consistency_in_reference=_consistency((name, each.concept, each.reference) for name, each in rendered),
        window_overlap_before=_mean(figure.overlap_before for figure in figures),
        window_overlap_after=_mean(figure.overlap_after for figure in figures),
        one_minus_term_before=None if rates is None else 1 - rates[0],
        one_minus_term_after=None if rates is None else 1 - rates[1],
    )


def _consistency(renderings: Iterable[tuple[str, str, int | None]]) -> float | None:
    """Of the occurrences of concepts that a document has twice or more, the share in the concept's commonest approved form."""
    by_concept: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for document, concept, rendering in renderings:
        by_concept[document, concept].append(rendering)
    repeated = [found for found in by_concept.values() if len(found) > 1]
    if not repeated:
        return None
    counts = (Counter(each for each in found if each is not None) for found in repeated)
    return sum(max(count.values(), default=0) for count in counts) / sum(map(len, repeated))


def _mean(sums: Iterable[tuple[float, int]]) -> float | None:
    parts = list(sums)
    pairs = sum(count for _, count in parts)
    return sum(total for total, _ in parts) / pairs if pairs else None


def term_rate(rows: Sequence[RowTerms], counts: Sequence[Sequence[float]], errors: Sequence[Sequence[int]]) -> float:
    """TERm: TER in which an error at a word of a term costs twice; 0 is perfect."""
    extra = sum((TERM_WEIGHT - 1) * sum(place in row.places for place in wrong) for row, wrong in zip(rows, errors, strict=True))
    edits = sum(count[0] for count in counts) + extra
    length = sum(count[1] for count in counts)
    return edits / length if length else 0.0
