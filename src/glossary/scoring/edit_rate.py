"""TER with the places of its errors: what 1-TERm weighs.

The search for shifts and the alignment are sacrebleu's (`lib_ter`); the loop around them is repeated here because sacrebleu
keeps only the number of edits. The number is the same, which the tests hold against sacrebleu.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


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
    distance = lib_ter.BeamEditDistance(reference)
    shifts = tried = 0
    while True:
        gain, shifted, tried = lib_ter._shift(words, reference, distance, tried)
        if tried >= lib_ter._MAX_SHIFT_CANDIDATES or gain <= 0:
            break
        shifts += 1
        words = shifted
    edits, trace = distance(words)
    return shifts + edits, tuple(_errors(trace))


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
