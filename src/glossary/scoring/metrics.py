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
from glossary.scoring.row import Row

Counts = list[float]
Progress = Callable[[int, int], None]
_CHUNK = 100


class Metric(NamedTuple):
    """A metric: its name as sacrebleu writes it, which way is better, and how it is made for a corpus and for a segment."""

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
    """A metric by its name, in any case.

    Raises:
        UsageError: there is none of that name.
    """
    for known in METRICS:
        if known.name.lower() == name.lower():
            return known
    raise UsageError(f"there is no metric '{name}'; known are {', '.join(known.name for known in METRICS)}")


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one metric for each row, before and after the fix. An unchanged row has the same list twice."""

    metric: Metric
    before: list[Counts]
    after: list[Counts]

    def subset(self, numbers: Sequence[int]) -> Tally:
        """The tally of some of the rows."""
        return Tally(self.metric, [self.before[n] for n in numbers], [self.after[n] for n in numbers])


@cache
def _engine(name: str, segment: bool = False) -> Any:
    import sacrebleu.metrics

    chosen = metric(name)
    engine = getattr(sacrebleu.metrics, chosen.kind)(**(chosen.segment_options if segment else chosen.options))
    engine.num_refs = 1
    return engine


def corpus_score(name: str, counts: Sequence[Counts]) -> float:
    """The score of rows from their counts; 0 for none."""
    return sum_score(name, [sum(column) for column in zip(*counts, strict=True)]) if counts else 0.0


def sum_score(name: str, sums: Any) -> float:
    """The score from counts that are added up already: a list or a numpy row, which is not kept."""
    return float(_engine(name)._compute_score_from_stats(sums).score)


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
    measured: list[list[tuple[Counts, Counts]]] = []
    for part in _measured(names, list(numbers), jobs):
        measured += part
        if progress is not None:
            progress(len(measured), len(numbers))
    found = [measured[numbers[text]] for text in texts]
    return {
        name: Tally(metric(name), [row[n][0] for row in found], [row[n][1] for row in found]) for n, name in enumerate(names)
    }  # fmt: skip


_Texts = tuple[str, str, tuple[str, ...]]


def _measured(names: list[str], texts: list[_Texts], jobs: int) -> Iterator[list[list[tuple[Counts, Counts]]]]:
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    if jobs < 2 or len(chunks) < 2:
        for chunk in chunks:
            yield _chunk(names, chunk)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(jobs, len(chunks))) as pool:
        yield from pool.map(_chunk, [names] * len(chunks), chunks)


def _chunk(names: list[str], texts: list[_Texts]) -> list[list[tuple[Counts, Counts]]]:
    return [[_pair(name, *each) for name in names] for each in texts]


def _pair(name: str, hypothesis: str, fixed: str, references: tuple[str, ...]) -> tuple[Counts, Counts]:
    engine = _engine(name)
    lines = [engine._preprocess_segment(reference) for reference in references]
    known = engine._extract_reference_info(lines)
    before = _counts(engine, hypothesis, lines, known)
    return before, before if fixed == hypothesis else _counts(engine, fixed, lines, known)


def _counts(engine: Any, text: str, lines: list[str], known: Any) -> Counts:
    line = engine._preprocess_segment(text)
    if line in lines and type(engine).__name__ == "TER":
        # what equals a reference needs no edit; searching for shifts would cost as much as for any other segment
        return [0, sum(len(each.split()) for each in lines) / len(lines)]
    counts: Counts = engine._compute_segment_statistics(line, known)
    return counts
