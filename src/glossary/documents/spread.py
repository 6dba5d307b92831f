"""A replacement laid over markup: which of its words go before and behind a tag that stood inside the old wording.

The words of old and new are aligned; a tag keeps its place between them, so that emphasis stays on the words it was on.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossary.patterns import lazy
from glossary.text import Span

_WORD = lazy(r"\S+")


def spread(old: str, cuts: Sequence[Span], new: str) -> list[str]:
    """The stretches of `new` between the tags, one more than there are cuts.

    Args:
        old: the wording that is replaced, without the markup inside it.
        cuts: where markup stands in `old`, ascending: an empty span between two characters, or the blanks that the markup
            itself stands for (a line break), which then takes the place of a blank in `new`.
        new: the wording that comes instead.
    """
    before = [Span(*match.span()) for match in _WORD.finditer(old)]
    after = [Span(*match.span()) for match in _WORD.finditer(new)]
    counts = _aligned([_key(old, word) for word in before], [_key(new, word) for word in after])
    parts = []
    at = 0
    for cut in cuts:
        index, at_start, at_end = _place(before, cut)
        low, high = counts[index]
        ends = after[low - 1].end if low else 0
        starts = after[high].start if high < len(after) else len(new)
        left, right = (ends, after[low].start if low < len(after) else len(new)) if at_start and at_end else (
            (starts, starts) if at_start else (ends, ends)
        )  # fmt: skip
        parts.append(new[at : max(at, left)])
        at = max(at, right)
    return [*parts, new[at:]]


def _key(text: str, word: Span) -> str:
    return text[word.start : word.end].strip("\"“”‘’'.,;:()").casefold()


def _place(words: list[Span], cut: Span) -> tuple[int, bool, bool]:
    """How many words stand before a cut, whether it leans on the word behind it, and on the one before it."""
    index = sum(word.end <= cut.start for word in words)
    if index < len(words) and words[index].start < cut.start:  # inside a word: to the nearer end of it
        word = words[index]
        late = cut.start - word.start >= word.end - cut.start
        return index + late, not late, late
    at_start = index < len(words) and words[index].start == cut.end
    at_end = index > 0 and words[index - 1].end == cut.start
    return index, at_start, at_end or not at_start


def _aligned(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """For each count of old words the count of new words that go with them: for what closes there, and for what opens."""
    from difflib import SequenceMatcher

    counts = [(0, 0)] * (len(before) + 1)
    counts[-1] = (len(after), len(after))
    for _, low, high, new_low, new_high in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if low == high:
            counts[low] = (new_low, new_high) if low not in (0, len(before)) else counts[low]
            continue
        for index in range(low + (low > 0), high):
            count = new_low + int((index - low) * (new_high - new_low) / (high - low) + 0.5)
            counts[index] = (count, count)
        if high < len(before):
            counts[high] = (new_high, new_high)
    return counts
