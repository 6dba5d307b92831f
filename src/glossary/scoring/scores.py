"""Scores: rows with their statistics, and every figure that is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from glossary.detectors.rules import rules
from glossary.errors import UsageError
from glossary.scoring import metrics
from glossary.scoring.metrics import Counts, Tally
from glossary.scoring.movement import METRIC, Moved, moved
from glossary.scoring.quality import Quality, RowQuality, qualities
from glossary.scoring.row import Row
from glossary.scoring.significance import SAMPLES, SEED, Interval, Paired, Test, paired
from glossary.scoring.terms import ConceptTerms, RowTerms, TermScores, by_concept, summarised, term_rate

SCHEMA = "glossary/score/1"
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class MetricScore:
    """A metric before and after the fix, with the signature that lets others repeat it.

    The intervals hold 95 % of bootstrap samples; they and `p_value` are None without a test, or for a single row.
    """

    name: str
    before: float
    after: float
    better: str
    signature: str
    p_value: float | None = None
    interval_before: Interval | None = None
    interval_after: Interval | None = None

    @property
    def delta(self) -> float:
        """After less before: where lower is better, negative is the gain."""
        return self.after - self.before


class Harm(NamedTuple):
    """The changed rows by what became of them under one metric, as row numbers from 0."""

    improved: list[int]
    unchanged: list[int]
    harmed: list[int]


@dataclass(frozen=True)
class Scores:
    """What a fix gained against a reference.

    Rows and their statistics are kept: `subset` gives the scores of some rows, `joined` those of several runs as one.
    `terms`, `gains` (of chrF2, for each edit alone) and `quality` run parallel to `rows`.
    """

    rows: tuple[Row, ...]
    tallies: Mapping[str, Tally]
    terms: tuple[RowTerms, ...]
    gains: tuple[tuple[float, ...], ...]
    quality: tuple[RowQuality, ...]
    aligned_by: str = "lines"
    notes: tuple[str, ...] = ()
    test: Test | None = "bs"
    samples: int = 0
    digest: str = ""
    concepts: tuple[str, ...] = ()
    ceilings: Mapping[str, list[Counts]] | None = None

    @cached_property
    def metrics(self) -> list[MetricScore]:
        """One score for each metric, in the order asked for."""
        tests = self.paired(self.test) if self.test else {}
        return [self._metric(name, tests.get(name)) for name in self.tallies]

    def metric(self, name: str) -> MetricScore:
        """The score of one of the metrics, by its name.

        Raises:
            UsageError: it was not measured.
        """
        wanted = metrics.metric(name).name
        found = next((each for each in self.metrics if each.name == wanted), None)
        if found is None:
            raise UsageError(f"{wanted} was not measured; ask for it with metrics=")
        return found

    def _metric(self, name: str, test: Paired | None) -> MetricScore:
        tally = self.tallies[name]
        more: dict[str, str | int] = {test.test: test.samples, "seed": str(SEED)} if test and test.p_value is not None else {}
        return MetricScore(
            name, metrics.corpus_score(name, tally.before), metrics.corpus_score(name, tally.after), tally.metric.better,
            metrics.signature(name, self.rows, **more),
            test.p_value if test else None, test.before if test else None, test.after if test else None,
        )  # fmt: skip

    def paired(self, test: Test) -> dict[str, Paired]:
        """The paired test of before against after, for each metric."""
        return paired(self.tallies, test, self.samples or SAMPLES[test])

    def segment_scores(self, name: str) -> list[tuple[float, float]]:
        """The score of each row before and after, under one metric."""
        tally = self.tallies[name]
        found = []
        for before, after in zip(tally.before, tally.after, strict=True):
            one = metrics.segment_score(name, before)
            found.append((one, one if before == after else metrics.segment_score(name, after)))
        return found

    @property
    def judge(self) -> str:
        """The metric that decides whether a row was harmed: chrF2 if it was asked for, otherwise the first."""
        return METRIC if METRIC in self.tallies else next(iter(self.tallies))

    @cached_property
    def changed(self) -> list[int]:
        """The numbers of the rows that the fix altered."""
        return [number for number, row in enumerate(self.rows) if row.changed]

    def harm(self, name: str | None = None) -> Harm:
        """The changed rows that are nearer to their reference, as near, and further from it."""
        name = name or self.judge
        tally = self.tallies[name]
        sign = 1 if tally.metric.better == "higher" else -1
        found = Harm([], [], [])
        for number in self.changed:
            one, other = (metrics.segment_score(name, counts[number]) for counts in (tally.before, tally.after))
            gain = sign * (other - one)
            (found.improved if gain > _NOTHING else found.harmed if gain < -_NOTHING else found.unchanged).append(number)
        return found

    @cached_property
    def term_scores(self) -> TermScores:
        """Success, consistency, window overlap and 1-TERm."""
        tally = self.tallies.get("TER")
        rates = None
        if tally is not None and all(len(row.references) == 1 for row in self.rows):
            rates = term_rate(self.terms, tally.before, tally.errors_before), term_rate(self.terms, tally.after, tally.errors_after)
        return summarised(self.rows, self.terms, rates)

    def term_concepts(self) -> list[ConceptTerms]:
        """The required concepts, those first that the reference words otherwise: their entries may want another approved form."""
        return by_concept(self.terms)

    def rules(self) -> list[Moved]:
        """What the edits of each rule did."""
        return moved(self.rows, self.gains, "rule")

    def moved_concepts(self) -> list[Moved]:
        """What the edits of each concept did."""
        return moved(self.rows, self.gains, "concept")

    def dead_rules(self) -> list[str]:
        """The rules that found nothing in the hypothesis."""
        fired = {each.name for each in self.rules()}
        return [name for name in rules() if name not in fired]

    def dead_concepts(self) -> list[str]:
        """The concepts of the term base that found nothing in the hypothesis."""
        fired = {each.name for each in self.moved_concepts()}
        return [name for name in self.concepts if name not in fired]

    def ceiling(self) -> dict[str, float]:
        """The metrics if every term, and nothing else, were worded as the reference has it; empty if that was not asked for."""
        return {name: metrics.corpus_score(name, counts) for name, counts in (self.ceilings or {}).items()}

    def qualities(self) -> dict[str, Quality]:
        """The MQM view of hypothesis, fixed text and reference."""
        return qualities(self.quality)

    @property
    def documents(self) -> list[str]:
        """The names of the articles, in order."""
        return list(dict.fromkeys(row.document for row in self.rows))

    def document(self, name: str) -> Scores:
        """The scores of one article."""
        return self.subset([number for number, row in enumerate(self.rows) if row.document == name])

    def only_changed(self) -> Scores:
        """The scores of the rows that the fix altered: a fixer changes few, and they drown in the rest."""
        return self.subset(self.changed)

    def subset(self, numbers: Sequence[int]) -> Scores:
        """The scores of some of the rows, by their numbers."""
        return replace(
            self,
            rows=tuple(self.rows[n] for n in numbers),
            tallies={name: tally.subset(numbers) for name, tally in self.tallies.items()},
            terms=tuple(self.terms[n] for n in numbers),
            gains=tuple(self.gains[n] for n in numbers),
            quality=tuple(self.quality[n] for n in numbers),
            ceilings=self.ceilings and {name: [counts[n] for n in numbers] for name, counts in self.ceilings.items()},
        )

    @staticmethod
    def joined(parts: Iterable[Scores]) -> Scores:
        """The scores of several runs as if they had been one.

        Raises:
            UsageError: there are none, or they have different metrics.
        """
        found = list(parts)
        if not found or any(list(part.tallies) != list(found[0].tallies) for part in found):
            raise UsageError("scores can be joined if there are some, and all have the same metrics")
        whole = found[0]
        for part in found[1:]:
            whole = replace(
                whole,
                rows=whole.rows + part.rows,
                tallies={name: tally.joined(part.tallies[name]) for name, tally in whole.tallies.items()},
                terms=whole.terms + part.terms,
                gains=whole.gains + part.gains,
                quality=whole.quality + part.quality,
                notes=whole.notes + part.notes,
                ceilings=whole.ceilings and part.ceilings and {name: found + part.ceilings[name] for name, found in whole.ceilings.items()},
                aligned_by=whole.aligned_by if whole.aligned_by == part.aligned_by else "document",
            )
        return whole

    def to_dict(self, *, rows: bool = False) -> dict[str, Any]:
        """What `glossary score --format json` writes; with `rows` every row and its scores too."""
        harm = self.harm()
        result: dict[str, Any] = {
            "schema": SCHEMA,
            "segments": len(self.rows),
            "aligned_by": self.aligned_by,
            "notes": list(self.notes),
            "termbase": {"digest": self.digest, "concepts": len(self.concepts)},
            "metrics": [_metric(each) for each in self.metrics],
            "terms": asdict(self.term_scores),
            "term_concepts": [each._asdict() for each in self.term_concepts()],
            "changed": {
                "segments": len(self.changed),
                "improved": len(harm.improved),
                "unchanged": len(harm.unchanged),
                "harmed": len(harm.harmed),
                "judged_by": self.judge,
                "by_metric": {name: dict(zip(Harm._fields, map(len, self.harm(name)), strict=True)) for name in self.tallies},
                "metrics": [_metric(each) for each in self.only_changed().metrics] if self.changed else [],
                "harmed_segments": [_harmed(self, number) for number in harm.harmed],
            },
            "rules": [_moved(each) for each in self.rules()],
            "concepts": [_moved(each) for each in self.moved_concepts()],
            "dead": {"rules": self.dead_rules(), "concepts": len(self.dead_concepts())},
            "ceiling": self.ceiling(),
            "mqm": {name: _quality(each) for name, each in self.qualities().items()},
        }
        if len(self.documents) > 1:
            result["documents"] = [
                {"document": name, "segments": len(part.rows), "metrics": [_metric(each) for each in part.metrics]}
                for name, part in ((name, replace(self.document(name), test=None)) for name in self.documents)
            ]
        if rows:
            result["dead"]["concepts"] = self.dead_concepts()
            result["rows"] = list(self._row_dicts())
        return result

    def _row_dicts(self) -> Iterable[dict[str, Any]]:
        scores = {name: self.segment_scores(name) for name in self.tallies}
        for number, row in enumerate(self.rows):
            yield {
                "segment": number + 1, "document": row.document, "hypothesis": row.hypothesis, "fixed": row.fixed,
                "references": list(row.references), "source": row.source,
                **{name: {"before": found[number][0], "after": found[number][1]} for name, found in scores.items()},
            }  # fmt: skip


def _metric(each: MetricScore) -> dict[str, Any]:
    result = {
        "name": each.name, "before": each.before, "after": each.after, "delta": each.delta, "better": each.better,
        "p_value": each.p_value, "signature": each.signature,
    }  # fmt: skip
    if each.interval_before and each.interval_after:
        result["confidence"] = {"before": each.interval_before._asdict(), "after": each.interval_after._asdict()}
    return result


def _moved(each: Moved) -> dict[str, Any]:
    return {**asdict(each), "still": each.still}


def _harmed(scores: Scores, number: int) -> dict[str, Any]:
    row = scores.rows[number]
    return {
        "segment": number + 1,
        "document": row.document,
        "edits": [
            {"rule": edit.rule, "concept": edit.concept, "before": edit.before, "after": edit.after, "gain": gain}
            for edit, gain in zip(row.edits, scores.gains[number], strict=True)
        ],
    }


def _quality(each: Quality) -> dict[str, Any]:
    return {
        "per_1000_words": each.rate, "weight": each.weight, "words": each.words,
        "issues": [{**issue._asdict(), "count": count} for issue, count in each.counts.items()],
    }  # fmt: skip
