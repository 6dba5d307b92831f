"""The figures of scores as lines of one table: what is measured, before, after, and what the reference itself has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from glossary.scoring import Scores
from glossary.scoring.scores import MetricScore

ALL, CHANGED, CEILING = "all segments", "changed segments", "ceiling: terms as the reference"


class Figure(NamedTuple):
    """A line: of which segments, what, and its values. Shares are per cent; None where there is no such value."""

    scope: str
    name: str
    before: float | None
    after: float | None
    better: str
    reference: float | None = None
    p_value: float | None = None
    half_before: float | None = None
    half_after: float | None = None
    signature: str = ""

    @property
    def delta(self) -> float | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def gain(self) -> float:
        """How much better it got: the delta, turned round where lower is better."""
        return (self.delta or 0.0) * (1 if self.better == "higher" else -1)


def figures(scores: Scores) -> list[Figure]:
    """Metrics of all and of the changed segments, the ceiling, then terms, then quality."""
    found = [_metric(ALL, each) for each in scores.metrics]
    if scores.changed and len(scores.changed) < len(scores.rows):
        found += [_metric(CHANGED, each) for each in scores.only_changed().metrics]
    found += [
        Figure(CEILING, each.name, each.before, best, each.better)
        for each, best in zip(scores.metrics, scores.ceiling().values(), strict=False)
    ]
    return [*found, *_terms(scores), *_quality(scores)]


def by_document(scores: Scores) -> list[Figure]:
    """The metrics of each article, without tests; nothing if there is but one."""
    if len(scores.documents) < 2:
        return []
    return [_metric(name, each) for name in scores.documents for each in replace(scores.document(name), test=None).metrics]


def _metric(scope: str, each: MetricScore) -> Figure:
    before = each.interval_before.half if each.interval_before else None
    after = each.interval_after.half if each.interval_after else None
    return Figure(scope, each.name, each.before, each.after, each.better, None, each.p_value, before, after, each.signature)


def _terms(scores: Scores) -> Iterator[Figure]:
    terms = scores.term_scores
    if terms.required:
        share = 100 / terms.required
        yield Figure(
            ALL, "terms right %", terms.right_before * share, terms.right_after * share, "higher", terms.right_in_reference * share
        )  # fmt: skip
        if terms.right_in_reference:
            agreed = 100 / terms.right_in_reference
            before, after = terms.agreed_before * agreed, terms.agreed_after * agreed
            yield Figure(ALL, "of those the reference has right %", before, after, "higher", 100.0)
        yield Figure(
            ALL, "terms right, uninflected %", terms.surface_before * share, terms.surface_after * share, "higher",
            terms.surface_in_reference * share,
        )  # fmt: skip
    for name, one, other, reference in (
        ("terms consistent %", terms.consistency_before, terms.consistency_after, terms.consistency_in_reference),
        ("term window overlap %", terms.window_overlap_before, terms.window_overlap_after, 1.0),
        ("1-TERm", terms.one_minus_term_before, terms.one_minus_term_after, 1.0),
    ):
        if one is not None and other is not None:
            yield Figure(ALL, name, 100 * one, 100 * other, "higher", None if reference is None else 100 * reference)


def _quality(scores: Scores) -> Iterator[Figure]:
    found = scores.qualities()
    yield Figure(ALL, "MQM penalty/1,000 words", found["before"].rate, found["after"].rate, "lower", found["reference"].rate)
