"""Which match stands where several overlap.

An approved form, with the article before it, shields what lies wholly within it. Among the rest the longest wins,
then a listed rendering before a predicted one, then the leftmost. The result is disjoint, ascends, and does not
depend on the order of the term base.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Candidate(NamedTuple):
    """A match in folded text. `rank` is 0 for a listed rendering, 1 for a predicted one."""

    start: int
    end: int
    rank: int


def resolve(candidates: Iterable[Candidate], shields: Sequence[tuple[int, int]], accept: Callable[[Candidate], bool]) -> list[Candidate]:
    """The candidates that stand.

    Args:
        candidates: all matches of garbles, in any order.
        shields: spans of approved forms, in any order.
        accept: asked last, best candidate first; one that is refused leaves room for the next.
    """
    starts, reach = _furthest(shields)
    ordered = sorted(candidates, key=lambda c: (c.start - c.end, c.rank, c.start))
    taken: list[tuple[int, int]] = []
    chosen = []
    for candidate in ordered:
        index = bisect_right(starts, candidate.start) - 1
        if index >= 0 and reach[index] >= candidate.end:
            continue
        at = bisect_left(taken, (candidate.start, candidate.end))
        if at and taken[at - 1][1] > candidate.start:
            continue
        if at < len(taken) and taken[at][0] < candidate.end:
            continue
        if accept(candidate):
            taken.insert(at, (candidate.start, candidate.end))
            chosen.append(candidate)
    chosen.sort()
    return chosen


def _furthest(shields: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The starts of the shields in order, and for each the furthest end of it and those before it."""
    starts, reach = [], []
    furthest = -1
    for start, end in sorted(shields):
        furthest = max(furthest, end)
        starts.append(start)
        reach.append(furthest)
    return starts, reach
