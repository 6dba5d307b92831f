"""The table of reference metrics, all by sacrebleu, and the statistics that they are made of.

sacrebleu reduces each segment to a few counts, adds them up, and makes the score of the sums. The counts are kept here, so
that a score of any set of segments, and every resampling of them, is an addition. This is the one module that reaches for
sacrebleu's statistics, which are not part of its documented interface; the tests hold its results against its own command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from glossary.errors import UsageError
from glossary.scoring.edit_rate import edit_rate
from glossary.scoring.row import Row

Counts = list[float]
Progress = Callable[[int, int], None]
_CHUNK = 100


class Metric(NamedTuple):
    """A metric: its name, which way is better, and how it is made for a corpus and for a segment."""

    name: str
    better: Literal["higher", "lower"]
    kind: str
    options: dict[str, Any]
    segment_options: dict[str, Any]


METRICS = (
    Metric("BLEU", "higher", "BLEU", {}, {"effective_order": True}),
    Metric("chrF2", "higher", "CHRF", {}, {}),
    Metric("chrF++", "higher", "CHRF", {"word_order": 2}, {"word_order": 2}),
    Metric("TER", "lower", "TER", {}, {}),
)
DEFAULT = ("BLEU", "chrF2", "TER")


def metric(name: str) -> Metric:
    """A metric by its name, in any case; chrF2++ is what sacrebleu calls chrF++.

    Raises:
        UsageError: there is none of that name.
    """
    for known in METRICS:
        if known.name.lower() == name.lower().replace("chrf2++", "chrf++"):
            return known
    raise UsageError(f"there is no metric '{name}'; known are {', '.join(known.name for known in METRICS)}")


class Measure(NamedTuple):
    """The counts of a metric for one text; for TER also which words of the reference are wrong in it."""

    counts: Counts
    errors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one metric for each row, before and after the fix. `errors` are those of TER, by row."""

    metric: Metric
    before: list[Counts]
    after: list[Counts]
    errors_before: list[tuple[int, ...]]
    errors_after: list[tuple[int, ...]]

    def subset(self, numbers: Sequence[int]) -> Tally:
        """The tally of some of the rows."""
        columns = (self.before, self.after, self.errors_before, self.errors_after)
        return Tally(self.metric, *([column[n] for n in numbers] for column in columns))  # type: ignore[arg-type]

    def joined(self, other: Tally) -> Tally:
        """The tally of these rows and then those."""
        return Tally(
            self.metric, self.before + other.before, self.after + other.after,
            self.errors_before + other.errors_before, self.errors_after + other.errors_after,
        )  # fmt: skip


@cache
def _engine(name: str, segment: bool = False) -> Any:
    import sacrebleu.metrics

    chosen = metric(name)
    engine = getattr(sacrebleu.metrics, chosen.kind)(**(chosen.segment_options if segment else chosen.options))
    engine.num_refs = 1
    return engine


def corpus_score(name: str, counts: Sequence[Counts]) -> float:
    """The score of rows from their counts; 0 for none."""
    return float(raw_score(name, [sum(column) for column in zip(*counts, strict=True)])) if counts else 0.0


def raw_score(name: str, sums: Any) -> Any:
    """The score from counts that are added up already: a list or a numpy row. Of a row it has the row's type."""
    return _engine(name)._compute_score_from_stats(sums).score


def segment_score(name: str, counts: Counts) -> float:
    """The score of one row; BLEU leaves out the orders that a short segment has no n-grams of."""
    return float(_engine(name, True)._compute_score_from_stats(list(counts)).score)


def signature(name: str, rows: Sequence[Row], **more: str | int) -> str:
    """What sacrebleu puts beside a score so that others can repeat it; `more` are bs, ar and seed."""
    counts = {len(row.references) for row in rows}
    engine = _engine(name)
    engine.num_refs = counts.pop() if len(counts) == 1 else -1
    made = engine.get_signature()
    for key, value in more.items():
        made.update(key, value)
    return str(made.format())


def tallies(rows: Sequence[Row], metrics: Iterable[str], *, jobs: int = 1, progress: Progress | None = None) -> dict[str, Tally]:
    """The counts of each metric for each row.

    A row that the fix left alone is measured once, and rows with the same texts are measured together.

    Args:
        rows: what is compared.
        metrics: names of metrics.
        jobs: how many processes share the work.
        progress: called with the number of different rows measured, and of all.
    """
    names = [metric(name).name for name in metrics]
    texts = [(row.hypothesis, row.fixed, row.references) for row in rows]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    measured: list[list[tuple[Measure, Measure]]] = []
    for part in _measured(names, list(numbers), jobs):
        measured += part
        if progress is not None:
            progress(len(measured), len(numbers))
    found = {}
    for place, name in enumerate(names):
        pairs = [measured[numbers[text]][place] for text in texts]
        found[name] = Tally(
            metric(name), [one.counts for one, _ in pairs], [other.counts for _, other in pairs],
            [one.errors for one, _ in pairs], [other.errors for _, other in pairs],
        )  # fmt: skip
    return found


def measure(name: str, text: str, references: tuple[str, ...]) -> Counts:
    """The counts of one metric for one text."""
    return _pair(name, text, text, references)[0].counts


_Texts = tuple[str, str, tuple[str, ...]]


def _measured(names: list[str], texts: list[_Texts], jobs: int) -> Iterator[list[list[tuple[Measure, Measure]]]]:
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    if jobs < 2 or len(chunks) < 2:
        for chunk in chunks:
            yield _chunk(names, chunk)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(jobs, len(chunks))) as pool:
        yield from pool.map(_chunk, [names] * len(chunks), chunks)


def _chunk(names: list[str], texts: list[_Texts]) -> list[list[tuple[Measure, Measure]]]:
    return [[_pair(name, *each) for name in names] for each in texts]


def _pair(name: str, hypothesis: str, fixed: str, references: tuple[str, ...]) -> tuple[Measure, Measure]:
    engine = _engine(name)
    lines = [engine._preprocess_segment(reference) for reference in references]
    known = None if name == "TER" else engine._extract_reference_info(lines)
    before = _measure(engine, hypothesis, lines, known)
    return before, before if fixed == hypothesis else _measure(engine, fixed, lines, known)


def _measure(engine: Any, text: str, lines: list[str], known: Any) -> Measure:
    line = engine._preprocess_segment(text)
    if known is None:
        found = edit_rate(line.split(), [each.split() for each in lines])
        return Measure([found.edits, found.length], found.errors)
    return Measure(engine._compute_segment_statistics(line, known))
