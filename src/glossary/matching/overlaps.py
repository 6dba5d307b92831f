"""Which match stands where several overlap.

An approved form, with the article before it, shields what lies wholly within it. Among the rest the longest wins,
then a listed rendering before a predicted one, then the leftmost. The result is disjoint, ascends, and does not
depend on the order of the term base.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

# A match in folded text: start, end, and 0 for a listed rendering, 1 for a predicted one. There are many; a plain tuple is soonest made.
Candidate = tuple[int, int, int]
_Match = TypeVar("_Match")


def resolve(
    candidates: Iterable[Candidate], shields: Sequence[tuple[int, int]], accept: Callable[[Candidate], _Match | None]
) -> list[_Match]:
    """What becomes of the candidates that stand, in order.

    Args:
        candidates: all matches of garbles, in any order.
        shields: spans of approved forms, in any order.
        accept: asked last, best candidate first; one of which it makes nothing leaves room for the next.
    """
    free = sorted(candidates)
    if shields:
        starts, reach = _furthest(shields)
        free = [each for each in free if not (index := bisect_right(starts, each[0])) or reach[index - 1] < each[1]]
    chosen: list[_Match] = []
    for group in _groups(free):
        if len(group) > 1:
            chosen += _best(group, accept)
        elif (match := accept(group[0])) is not None:
            chosen.append(match)
    return chosen


def _groups(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Candidates, given by their starts, with those that they overlap, directly or by others."""
    group: list[Candidate] = []
    furthest = -1
    for candidate in candidates:
        start, end, _ = candidate
        if start >= furthest and group:
            yield group
            group = []
        group.append(candidate)
        if end > furthest:
            furthest = end
    if group:
        yield group


def _best(group: list[Candidate], accept: Callable[[Candidate], _Match | None]) -> list[_Match]:
    """Those of a group that stand: the best of them, then the best that leaves it its place, and so on."""
    taken: list[tuple[int, int]] = []
    chosen: list[_Match] = []
    for candidate in sorted(group, key=lambda c: (c[0] - c[1], c[2], c[0])):
        start, end, _ = candidate
        at = bisect_left(taken, (start, end))
        if at and taken[at - 1][1] > start:
            continue
        if at < len(taken) and taken[at][0] < end:
            continue
        if (match := accept(candidate)) is not None:
            taken.insert(at, (start, end))
            chosen.insert(at, match)
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
