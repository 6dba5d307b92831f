"""TER with the places of its errors: what 1-TERm weighs.

The search for shifts and the alignment are sacrebleu's (`lib_ter`); the loop around them is repeated here because sacrebleu
keeps only the number of edits. The number is the same, which the tests hold against sacrebleu.

Nearly all of TER's time goes into the distances of shifted texts of which most are thrown away. Those are measured by rapidfuzz.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

# sacrebleu looks no further than 25 words beside the diagonal: where the distance and the difference in length are no more than
# this together, the best path is among those, and its distance is the true one
_WITHIN = 46


class EditRate(NamedTuple):
    """How many edits lead from a text to its nearest reference, and the mean length of the references in words.

    `errors` are the words of that reference, by number, that an edit puts in or puts right.
    """

    edits: int
    length: float
    errors: tuple[int, ...]


def edit_rate(words: list[str], references: Sequence[list[str]]) -> EditRate:
    """The edits to the reference that needs fewest."""
    best: tuple[int, tuple[int, ...]] | None = None
    for reference in references:
        found = _edits(words, reference)
        if best is None or found[0] < best[0]:
            best = found
    assert best is not None
    return EditRate(best[0], sum(map(len, references)) / len(references), best[1])


def _edits(words: list[str], reference: list[str]) -> tuple[int, tuple[int, ...]]:
    from sacrebleu.metrics import lib_ter

    if words == reference:
        # searching for shifts would cost as much as for any other text
        return 0, ()
    if not reference:
        return len(words), ()
    numbers: dict[str, int] = {}
    wanted = [numbers.setdefault(word, len(numbers)) for word in reference]
    text = [numbers.setdefault(word, len(numbers)) for word in words]
    distance = _Distance(wanted)
    shift: Any = lib_ter._shift
    shifts = tried = 0
    while True:
        distance.aligned = text
        gain, shifted, tried = shift(text, wanted, distance, tried)
        if tried >= lib_ter._MAX_SHIFT_CANDIDATES or gain <= 0:
            break
        shifts += 1
        text = shifted
    edits, trace = distance(text)
    return shifts + edits, tuple(_errors(trace))


class _Distance:
    """The distance to a reference, by sacrebleu with the alignment for the text `aligned`, without it for what is tried from there.

    Texts are lists of numbers, one for each different word: rapidfuzz compares hashes, and only a number is its own hash.
    """

    def __init__(self, reference: list[int]) -> None:
        from rapidfuzz.distance import Levenshtein
        from sacrebleu.metrics.lib_ter import BeamEditDistance

        self.aligned: list[int] = []
        self._reference = reference
        self._beam: Any = BeamEditDistance(reference)  # type: ignore[arg-type]
        self._exact = Levenshtein.distance

    def __call__(self, text: list[int]) -> tuple[int, str]:
        if text is not self.aligned:
            found = self._exact(text, self._reference)
            if found + abs(len(text) - len(self._reference)) <= _WITHIN:
                return found, ""
        edits, trace = self._beam(text)
        return edits, trace


def _errors(trace: str) -> list[int]:
    """The words of the reference that were put in or substituted. In a trace ' ' keeps, s substitutes, i puts in, d drops."""
    found = []
    place = 0
    for step in trace:
        if step in "si":
            found.append(place)
        if step in "si ":
            place += 1
    return found
