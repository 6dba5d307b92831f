"""Scores: rows with their statistics, and every figure that is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from glossary.scoring import metrics
from glossary.scoring.metrics import Tally
from glossary.scoring.row import Row

SCHEMA = "glossary/score/1"


@dataclass(frozen=True, slots=True)
class MetricScore:
    """A metric before and after the fix, with the signature that lets others repeat it."""

    name: str
    before: float
    after: float
    better: str
    signature: str
    p_value: float | None = None

    @property
    def delta(self) -> float:
        """After less before: negative is the gain where lower is better."""
        return self.after - self.before


@dataclass(frozen=True)
class Scores:
    """What a fix gained against a reference.

    Rows and their statistics are kept: `subset` gives the scores of some rows, `joined` those of several runs as one.
    """

    rows: tuple[Row, ...]
    tallies: Mapping[str, Tally]
    aligned_by: str = "lines"

    @property
    def metrics(self) -> list[MetricScore]:
        """One score for each metric, in the order asked for."""
        return [self.metric(name) for name in self.tallies]

    def metric(self, name: str) -> MetricScore:
        """The score of one metric."""
        tally = self.tallies[name]
        return MetricScore(
            name, metrics.corpus_score(name, tally.before), metrics.corpus_score(name, tally.after),
            tally.metric.better, metrics.signature(name, self.rows),
        )  # fmt: skip

    def subset(self, numbers: Sequence[int]) -> Scores:
        """The scores of some of the rows, by their numbers."""
        return replace(
            self,
            rows=tuple(self.rows[n] for n in numbers),
            tallies={name: tally.subset(numbers) for name, tally in self.tallies.items()},
        )

    def to_dict(self) -> dict[str, Any]:
        """What `glossary score --format json` writes."""
        return {
            "schema": SCHEMA,
            "segments": len(self.rows),
            "aligned_by": self.aligned_by,
            "metrics": [
                {
                    "name": each.name, "before": each.before, "after": each.after, "delta": each.delta, "better": each.better,
                    "p_value": each.p_value, "signature": each.signature,
                }
                for each in self.metrics
            ],
            "terms": {},
            "changed": {"segments": sum(row.changed for row in self.rows), "improved": 0, "unchanged": 0, "harmed": 0},
        }  # fmt: skip
