"""What the garbles of a concept stand for: how many wordings, and some of them with their replacements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import prod
from typing import NamedTuple

from glossary.termbase.concept import Concept
from glossary.termbase.forms import Pattern, patterns, spelled
from glossary.termbase.literal import predictions
from glossary.termbase.termbase import TermBase


class Garble(NamedTuple):
    """An entry of `deprecated`, or a reading predicted from the Chinese (`source` is then its pieces).

    `number` says how many wordings it stands for, `wordings` shows some of them with their replacements.
    """

    source: str
    predicted: bool
    safety: str
    number: int
    wordings: dict[str, str]


def garbles_of(concept: Concept, termbase: TermBase, most: int = 6) -> Iterator[Garble]:
    """The garbles of a concept, listed and predicted, each with at most so many wordings, spread over all of them."""
    for pattern in patterns(concept, termbase):
        yield _garble(pattern, False, most)
    for prediction in predictions(concept, termbase):
        yield _garble(prediction.pattern, True, most)


def _garble(pattern: Pattern, predicted: bool, most: int) -> Garble:
    count = prod(len(element) for element in pattern.elements)
    step = max(1, min(count, 50_000) // max(1, most))
    shown = islice(islice(spelled(pattern), 0, 50_000, step), most)
    wordings = {text: pattern.replacement(binding) for text, binding in shown}
    return Garble(pattern.source, predicted, pattern.safety.value, count, wordings)
