"""Scores as Markdown tables, signatures below."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from glossary.reports.scores.figures import by_document, figures
from glossary.scoring import Scores


def render(scores: Scores, segments: bool) -> str:
    """A table for each set of segments; with `segments` another of the changed ones."""
    return "\n".join(_lines(scores, segments)) + "\n"


def _lines(scores: Scores, segments: bool) -> Iterator[str]:
    for scope, group in groupby((*figures(scores), *by_document(scores)), key=lambda each: each.scope):
        yield f"| {_cell(scope)} | before | after | delta | reference | p |"
        yield "|---|--:|--:|--:|--:|--:|"
        for each in group:
            delta = "" if each.delta is None else f"{each.delta:+.2f}"
            values = [_number(each.before), _number(each.after), delta, _number(each.reference), _number(each.p_value, 4)]
            yield f"| {_cell(each.name)} | {' | '.join(values)} |"
        yield ""
    harm = scores.harm()
    yield (
        f"{len(scores.rows)} segments aligned by {scores.aligned_by}; {len(scores.changed)} changed: {len(harm.improved)} improved, "
        f"{len(harm.unchanged)} unchanged, {len(harm.harmed)} harmed (by {scores.judge})."
    )
    yield ""
    if segments and scores.changed:
        yield "| segment | hypothesis | fixed | reference |"
        yield "|--:|---|---|---|"
        for number in scores.changed:
            row = scores.rows[number]
            yield f"| {number + 1} | {_cell(row.hypothesis)} | {_cell(row.fixed)} | {_cell(row.references[0])} |"
        yield ""
    yield from (f"- {metric.name}: `{metric.signature}`" for metric in scores.metrics)


def _number(value: float | None, digits: int = 2) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
