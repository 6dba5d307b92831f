"""Candidate garbles from pairs of machine translation and edited text.

The texts are aligned, then compared word by word. Where the edited text has an approved form of a concept and the machine
another wording, that wording is a candidate for the concept, the surer if the source has its Chinese. Wordings that editors
keep changing although no concept is near are told too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from glossary.alignment import align
from glossary.findings import Origin
from glossary.linting.english import FUNCTION_WORDS
from glossary.matching.cache import matcher_of
from glossary.matching.matcher import Matcher
from glossary.matching.source import SourceMatcher
from glossary.patterns import lazy
from glossary.scoring.terms import ApprovedMatcher
from glossary.termbase.concept import Concept
from glossary.termbase.termbase import TermBase
from glossary.text import fold

_WORD = lazy(r"[^\W_]+(?:['’.][^\W_]+)*|[,.;:!?()]")
_STOP = lazy(r"[.!?;:]\s|[.!?;:][\"”]")
_LONGEST = 12  # words of a candidate
_CONTEXTS = 3
_AROUND = 40  # code points of context to either side
_CELLS = 400_000  # words before times words after, beyond which only equal words are aligned
_GAP = 0.2
_BOTH, _UP, _LEFT = 0, 1, 2
_ARTICLES = frozenset({"the", "a", "an"})


class Texts(NamedTuple):
    """A machine translation, the same text edited, and the Chinese original if there is one."""

    hypothesis: str
    edited: str
    source: str | None = None


class Candidate(NamedTuple):
    """A wording of the machine that editors change.

    `concept` is None where no approved form stands in its place. `times` says how often it was changed to `edited` or the
    like, `in_source` how often the source had the concept's Chinese, `exact` how often the change covered the form and no
    word more. `predicted` is set if the term base finds it already, as a literal reading.
    """

    wording: str
    concept: str | None
    zh: str
    edited: str
    times: int
    in_source: int
    exact: int
    predicted: bool
    contexts: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    edited: Counter[str] = field(default_factory=Counter)
    in_source: int = 0
    exact: int = 0
    contexts: list[str] = field(default_factory=list)


class _Word(NamedTuple):
    text: str
    start: int
    end: int


_Tallies = dict[tuple[str, "str | None"], _Tally]


def mine(texts: Iterable[Texts], termbase: TermBase, *, least: int = 1, least_unknown: int = 2) -> list[Candidate]:
    """Candidate garbles, the surest first.

    Args:
        texts: documents or sentences.
        termbase: what is known already; wordings that it lists are left out.
        least: how often a wording must have been changed to an approved form.
        least_unknown: how often a wording must have been changed to something else, alike each time.
    """
    matcher = matcher_of(termbase)
    approved, chinese = ApprovedMatcher(termbase), SourceMatcher(termbase)
    tallies: _Tallies = defaultdict(_Tally)
    with_source = False
    for each in texts:
        with_source = with_source or each.source is not None
        for hypothesis, edited, source in _rows(each):
            present = {term.concept.id for term in chinese.terms(source)} if source else set()
            _compare(hypothesis, edited, present, approved, tallies)
    found = []
    for (wording, key), tally in tallies.items():
        sure = tally.in_source or (tally.exact and (tally.edited.total() > 1 or not with_source))
        if sure and tally.edited.total() >= (least if key else least_unknown) and _worthwhile(wording, approved):
            origin = _known(wording, key, matcher)
            if origin is not Origin.LISTED:
                found.append(_candidate(wording, termbase.concepts[key] if key else None, tally, origin is not None))
    found.sort(key=lambda c: (c.concept is None, -(c.in_source > 0), -c.times, -c.exact, c.wording))
    return found


def _candidate(wording: str, concept: Concept | None, tally: _Tally, predicted: bool) -> Candidate:
    ((edited, _),) = tally.edited.most_common(1)
    zh = concept.zh[0] if concept else ""
    counts = (tally.edited.total(), tally.in_source, tally.exact)
    return Candidate(wording, concept.id if concept else None, zh, edited, *counts, predicted, tuple(tally.contexts))


def _rows(texts: Texts) -> Iterator[tuple[str, str, str]]:
    alignment = align({"edited": texts.edited, "hypothesis": texts.hypothesis}, texts.source)
    whole = [texts.edited, texts.hypothesis, *([texts.source] if texts.source is not None else [])]
    for row in alignment.rows:
        parts = []
        for text, spans, (low, high) in zip(whole, alignment.spans, row, strict=True):
            parts.append(text[spans[low][0] : spans[high - 1][1]] if high > low else "")
        yield parts[1], parts[0], parts[2] if len(parts) > 2 else ""


def _compare(hypothesis: str, edited: str, present: set[str], approved: ApprovedMatcher, tallies: _Tallies) -> None:
    before, after = _words(hypothesis), _words(edited)
    answers = _answers([word.text for word in before], [word.text for word in after])
    answered = {place for place in answers if place is not None}
    covered = bytearray(len(after))
    for occurrence in approved.occurrences(edited):
        inside = [place for place, word in enumerate(after) if word.start < occurrence.end and word.end > occurrence.start]
        if not inside:
            continue
        first, last = inside[0], inside[-1] + 1
        covered[first:last] = b"\x01" * (last - first)
        low, high = _region(before, answers, answered, first, last)
        exact = all(answers[place] is not None for place in (first - 1, last) if 0 <= place < len(after))
        form = edited[occurrence.start : occurrence.end]
        keys = list(dict.fromkeys(form.concept for form in occurrence.forms))
        key = next((key for key in keys if key in present), keys[0])
        _count(hypothesis, before[low:high], form, key, key in present, exact, tallies)
    for first, last in _changed(before, after, answers, covered):
        low, high = _region(before, answers, answered, first, last)
        form = edited[after[first].start : after[last - 1].end]
        _count(hypothesis, before[low:high], form, None, False, True, tallies)


def _count(text: str, words: Sequence[_Word], form: str, key: str | None, present: bool, exact: bool, tallies: _Tallies) -> None:
    if len(words) < 2 or len(words) > _LONGEST or len(words) > 3 * len(form.split()) + 2:
        return
    start, end = words[0].start, words[-1].end
    wording = fold(text[start:end])
    if wording == fold(form) or _STOP.search(text, start, end):
        return
    tally = tallies[wording, key]
    tally.edited[form] += 1
    tally.in_source += present
    tally.exact += exact
    if len(tally.contexts) < _CONTEXTS:
        tally.contexts.append(" ".join(text[max(0, start - _AROUND) : end + _AROUND].split()))


def _words(text: str) -> list[_Word]:
    return [_Word(match.group().lower().replace("’", "'"), *match.span()) for match in _WORD.finditer(text)]


def _answers(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """For each word after the word before that answers to it, in order: the same, a similar one, or any other in its place."""
    if len(before) * len(after) > _CELLS:
        return _answers_by_blocks(before, after)
    width = len(before) + 1
    scores = [-_GAP * place for place in range(width)]
    steps: list[bytearray] = []
    for row, word in enumerate(after, 1):
        current = [-_GAP * row]
        step = bytearray(width)
        step[0] = _UP
        for column in range(1, width):
            best, way = scores[column - 1] + _likeness(before[column - 1], word), _BOTH
            if scores[column] - _GAP > best:
                best, way = scores[column] - _GAP, _UP
            if current[-1] - _GAP > best:
                best, way = current[-1] - _GAP, _LEFT
            current.append(best)
            step[column] = way
        scores = current
        steps.append(step)
    answers: list[int | None] = [None] * len(after)
    row, column = len(after), len(before)
    while row:
        way = steps[row - 1][column]
        if way == _BOTH:
            answers[row - 1] = column - 1
        row, column = row - (way != _LEFT), column - (way != _UP)
    return answers


def _answers_by_blocks(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """The same for texts that are long and hardly aligned: only words in common answer to each other."""
    answers: list[int | None] = [None] * len(after)
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            answers[block.b + offset] = block.a + offset
    return answers


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0 if one in FUNCTION_WORDS or not one[0].isalnum() else 3.0
    if not (one[0].isalnum() and other[0].isalnum()):
        return -2.0
    if len(one) > 4 and len(other) > 4 and one[:5] == other[:5]:
        return 2.0
    return -0.1 if (one in FUNCTION_WORDS) == (other in FUNCTION_WORDS) else -0.5


def _region(before: Sequence[_Word], answers: Sequence[int | None], answered: set[int], first: int, last: int) -> tuple[int, int]:
    """The words before that stood for the words `first` to `last`, with those beside them that answer to nothing."""
    places = [place for place in answers[first:last] if place is not None]
    if places:
        low, high = places[0], places[-1] + 1
    else:
        low = high = next((place + 1 for place in reversed(answers[:first]) if place is not None), 0)
    while low and low - 1 not in answered and before[low - 1].text[0].isalnum():
        low -= 1
    while high < len(before) and high not in answered and before[high].text[0].isalnum():
        high += 1
    while low < high and low not in places and before[low].text in FUNCTION_WORDS:
        low += 1
    while low < high and high - 1 not in places and before[high - 1].text in FUNCTION_WORDS:
        high -= 1
    while low < high and before[low].text in _ARTICLES:
        low += 1
    return low, high


def _changed(
    before: Sequence[_Word], after: Sequence[_Word], answers: Sequence[int | None], covered: bytearray
) -> Iterator[tuple[int, int]]:
    """The runs of words after that are neither the same as before nor part of an approved form."""
    start = None
    for place in range(len(after) + 1):
        mark = place < len(after) and not after[place].text[0].isalnum()
        same = place == len(after) or mark or ((answer := answers[place]) is not None and before[answer].text == after[place].text)
        if same or covered[place]:
            if start is not None:
                yield start, place
            start = None
        elif start is None:
            start = place


def _worthwhile(wording: str, approved: ApprovedMatcher) -> bool:
    """Whether a wording could be a garble: more than small words, more than one word, and approved nowhere."""
    words = wording.split(" ")
    if all(word in FUNCTION_WORDS or word.isdigit() for word in words):
        return False
    return not any(o.start == 0 and o.end == len(wording) for o in approved.occurrences(wording))


def _known(wording: str, key: str | None, matcher: Matcher) -> Origin | None:
    """How the term base finds a wording already: listed or predicted, for this concept or, if it is unknown, for any."""
    origins = {
        match.origin
        for match in matcher.every(wording)
        if match.end - match.start >= 0.7 * len(wording) and (key is None or any(entry.concept.id == key for entry in match.entries))
    }
    return Origin.LISTED if Origin.LISTED in origins else Origin.PREDICTED if origins else None
