"""Which match stands where several overlap.

An approved form, with the article before it, shields what lies wholly within it. Among the rest the longest wins,
then a listed rendering before a predicted one, then the leftmost. The result is disjoint, ascends, and does not
depend on the order of the term base.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    free = []
    for candidate in sorted(candidates):
        index = bisect_right(starts, candidate.start) - 1
        if index < 0 or reach[index] < candidate.end:
            free.append(candidate)
    chosen: list[Candidate] = []
    for group in _groups(free):
        chosen += filter(accept, group) if len(group) == 1 else _best(group, accept)
    return chosen


def _groups(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Candidates, given by their starts, with those that they overlap, directly or by others."""
    group: list[Candidate] = []
    furthest = -1
    for candidate in candidates:
        if candidate.start >= furthest and group:
            yield group
            group = []
        group.append(candidate)
        furthest = max(furthest, candidate.end)
    if group:
        yield group


def _best(group: list[Candidate], accept: Callable[[Candidate], bool]) -> list[Candidate]:
    """Those of a group that stand: the best of them, then the best that leaves it its place, and so on."""
    taken: list[tuple[int, int]] = []
    chosen = []
    for candidate in sorted(group, key=lambda c: (c.start - c.end, c.rank, c.start)):
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
