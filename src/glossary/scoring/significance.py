"""Whether a difference is more than chance: paired bootstrap and paired approximate randomisation.

Both are sacrebleu's tests, draw for draw: the same generator and seed, the same statistic, the same floating-point types. They
run on the kept counts: the draws are multiplied with them, which takes the time of two matrix products instead of a thousand sums.

Sources: Koehn 2004, "Statistical Significance Tests for Machine Translation Evaluation"; Riezler and Maxwell 2005, "On Some
Pitfalls in Automatic Evaluation and Significance Testing for MT".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from glossary.scoring.metrics import Tally, corpus_score, raw_score

Test = Literal["bs", "ar"]
SAMPLES: Mapping[Test, int] = {"bs": 1000, "ar": 10000}
SEED = 12345
_CELLS = 4_000_000  # draws held at a time


class Interval(NamedTuple):
    """The mean of resampled scores, and half the width of the interval that holds 95 % of them."""

    mean: float
    half: float


class Paired(NamedTuple):
    """A paired test of before against after. `p_value` is None for a single row, of which nothing can be drawn."""

    test: Test
    samples: int
    p_value: float | None
    before: Interval | None = None
    after: Interval | None = None


def paired(tallies: Mapping[str, Tally], test: Test, samples: int = 0, seed: int = SEED) -> dict[str, Paired]:
    """The test for each metric.

    Where before and after are the same in every row the p-value is 1: sacrebleu's formula would give its smallest.
    """
    samples = samples or SAMPLES[test]
    size = len(next(iter(tallies.values())).before) if tallies else 0
    if size < 2:
        return {name: Paired(test, samples, None) for name in tallies}
    found = (_bootstrap if test == "bs" else _randomised)(tallies, size, samples, seed)
    return {name: each._replace(p_value=1.0) if tallies[name].before == tallies[name].after else each for name, each in found.items()}


def _bootstrap(tallies: Mapping[str, Tally], size: int, samples: int, seed: int) -> dict[str, Paired]:
    import numpy as np

    table, columns = _table(tallies)
    sums = np.concatenate([weights @ table for weights in _draws(size, samples, seed)]).astype("float32")
    found = {}
    for name, tally in tallies.items():
        before, after = ([raw_score(name, row) for row in sums[:, part]] for part in columns[name])
        first, second = np.array(before), np.array(after)
        differences = np.abs(second - first)
        p_value = _p_value(differences - differences.mean(), tally)
        found[name] = Paired("bs", samples, p_value, _interval(first), _interval(second))
    return found


def _draws(size: int, samples: int, seed: int) -> Iterator[Any]:
    """How often each row was drawn in each sample, some samples at a time."""
    import numpy as np

    generator = np.random.default_rng(seed)
    step = max(1, _CELLS // size)
    for start in range(0, samples, step):
        count = min(step, samples - start)
        drawn = generator.choice(size, size=(count, size), replace=True)
        drawn += np.arange(count)[:, None] * size
        yield np.bincount(drawn.ravel(), minlength=count * size).reshape(count, size).astype("float64")


def _randomised(tallies: Mapping[str, Tally], size: int, samples: int, seed: int) -> dict[str, Paired]:
    import numpy as np

    table, columns = _table(tallies)
    generator = np.random.default_rng(seed)
    total = table.sum(0)
    # the generator makes 32 booleans of one number: parts of a multiple of 32 draw the same as all at once
    step = max(32, _CELLS // size // 32 * 32)
    sizes = [min(step, samples - start) for start in range(0, samples, step)]
    chosen = [generator.integers(2, size=(count, size), dtype=bool).astype("float64") @ table for count in sizes]
    kept = np.concatenate(chosen)
    swapped = total - kept
    found = {}
    for name, tally in tallies.items():
        before, after = columns[name]
        kind = "int64" if all(type(count) is int for count in tally.before[0]) else "float64"
        first = kept[:, before] + swapped[:, after]
        second = swapped[:, before] + kept[:, after]
        one, other = (np.array([raw_score(name, row) for row in sums.astype(kind)]) for sums in (first, second))
        found[name] = Paired("ar", samples, _p_value(np.abs(one - other), tally))
    return found


def _table(tallies: Mapping[str, Tally]) -> tuple[Any, dict[str, tuple[slice, slice]]]:
    """All counts of all metrics side by side, and where those of each stand, before and after."""
    import numpy as np

    parts, columns = [], {}
    at = 0
    for name, tally in tallies.items():
        width = len(tally.before[0])
        parts += [np.array(tally.before, dtype="float64"), np.array(tally.after, dtype="float64")]
        columns[name] = (slice(at, at + width), slice(at + width, at + 2 * width))
        at += 2 * width
    return np.concatenate(parts, axis=1), columns


def _p_value(differences: Any, tally: Tally) -> float:
    name = tally.metric.name
    difference = abs(corpus_score(name, tally.before) - corpus_score(name, tally.after))
    return (int((differences > difference).sum()) + 1) / (len(differences) + 1)


def _interval(scores: Any) -> Interval:
    import numpy as np

    ordered = np.sort(scores)
    low = len(ordered) // 40
    return Interval(float(ordered.mean()), float(0.5 * (ordered[len(ordered) - low - 1] - ordered[low])))
