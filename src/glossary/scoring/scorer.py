"""Hypothesis + reference (+ fixed text, source) -> Scores.

The flow: fix what is not fixed yet, align the texts into rows, take the statistics of each row.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossary.errors import UsageError
from glossary.findings import Revision
from glossary.fixer import fix
from glossary.matching.cache import matcher_of
from glossary.matching.matcher import Matcher
from glossary.scoring import metrics as table
from glossary.scoring.alignment import align
from glossary.scoring.metrics import Progress, tallies
from glossary.scoring.row import Row
from glossary.scoring.scores import Scores
from glossary.scoring.units import Unit, cut, line_spans, lines
from glossary.settings import Settings
from glossary.termbase.concept import TermBase
from glossary.termbase.files import load

Text = str | Sequence[str]


def score(
    hypothesis: Text,
    reference: Text | Sequence[Sequence[str]],
    fixed: Text | None = None,
    *,
    source: Text | None = None,
    termbase: TermBase | Matcher | None = None,
    settings: Settings = Settings(),  # noqa: B008
    metrics: Sequence[str] = table.DEFAULT,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Scores:
    """What a fix gains against a reference."""
    if fixed is None:
        matcher = matcher_of(termbase if termbase is not None else load())
        if isinstance(hypothesis, str):
            revision = fix(hypothesis, matcher, settings=settings)
            units = list(cut(revision, line_spans(hypothesis)))
        else:
            units = [next(cut(fix(text, matcher, settings=settings), [(0, len(text))])) for text in hypothesis]
    else:
        before, after = _units(hypothesis), _units(fixed)
        if len(before) != len(after):
            raise UsageError(f"the hypothesis has {len(before)} segments, the fixed text {len(after)}; they must be parallel")
        units = [Unit(one, other) for one, other in zip(before, after, strict=True)]
    references = _references(reference, isinstance(hypothesis, str))
    alignment = align(units, references, _units(source) if source is not None else None)
    rows = tuple(Row(unit.text, unit.fixed, texts, zh, "", unit.edits, unit.skipped) for unit, texts, zh in alignment.rows)
    if not rows:
        raise UsageError("there is nothing to score: the hypothesis is empty")
    return Scores(rows, tallies(rows, metrics, jobs=jobs, progress=progress), alignment.by)


def _units(text: Text) -> list[str]:
    return lines(text) if isinstance(text, str) else list(text)


def _references(reference: Text | Sequence[Sequence[str]], texts: bool) -> list[list[str]]:
    if isinstance(reference, str):
        return [lines(reference)]
    if texts:
        return [lines(each) for each in reference if isinstance(each, str)]
    if all(isinstance(each, str) for each in reference):
        return [[str(each) for each in reference]]
    return [list(each) for each in reference]


__all__ = ["Revision", "score"]
