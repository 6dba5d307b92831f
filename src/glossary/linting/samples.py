"""Sampled wordings of a pattern: all of them where they are few, otherwise a bounded, repeatable choice that tries every option."""

from __future__ import annotations

import random
from collections.abc import Iterator
from math import prod

from glossary.termbase.forms import Pattern, Word, spelled

ALL = 32  # a pattern with more wordings than this is sampled
_FEWEST, _MOST = 16, 48


def sample(pattern: Pattern) -> dict[str, str]:
    """Wordings with their replacements, 16 to 48 where a pattern has more than 32."""
    if prod(len(element) for element in pattern.elements) <= ALL:
        return {text: pattern.replacement(binding) for text, binding in spelled(pattern)}
    return dict(_chosen(pattern))


def _chosen(pattern: Pattern) -> Iterator[tuple[str, str]]:
    """Wordings in which, turn by turn, every option of every element stands."""
    chance = random.Random(pattern.source)
    orders = [chance.sample(element, len(element)) for element in pattern.elements]
    for turn in range(min(_MOST, max(_FEWEST, *map(len, orders)))):
        words: list[Word] = []
        binding: dict[str, str] = {}
        for order in orders:
            word = _fitting(order, turn, binding)
            if word is None:
                break
            words.append(word)
            binding.update(word.binding)
        else:
            text = " ".join(word.text for word in words if word.text)
            if text:
                yield text, pattern.replacement(binding)


def _fitting(order: list[Word], turn: int, binding: dict[str, str]) -> Word | None:
    for step in range(len(order)):
        word = order[(turn + step) % len(order)]
        if all(binding.get(name, value) == value for name, value in word.binding):
            return word
    return None


def holds(pattern: Pattern, text: str) -> Iterator[str]:
    """The replacements that a pattern has for a wording; none if the wording is not among its own."""
    for binding in _read(pattern, text, 0, {}):
        yield pattern.replacement(binding)


def _read(pattern: Pattern, rest: str, index: int, binding: dict[str, str]) -> Iterator[dict[str, str]]:
    if index == len(pattern.elements):
        if not rest:
            yield binding
        return
    for word in pattern.elements[index]:
        if word.text and not (rest.startswith(word.text) and rest[len(word.text) : len(word.text) + 1] in ("", " ")):
            continue
        if any(binding.get(name, value) != value for name, value in word.binding):
            continue
        yield from _read(pattern, rest[len(word.text) :].lstrip(" ") if word.text else rest, index + 1, {**binding, **dict(word.binding)})
