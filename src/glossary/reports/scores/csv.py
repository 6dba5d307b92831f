"""Scores for spreadsheets: one line for each figure, or with `segments` one for each segment."""

from __future__ import annotations

import csv
import io

from glossary.reports.scores.figures import Figure, by_document, figures
from glossary.scoring import Scores


def render(scores: Scores, segments: bool) -> str:
    """Comma-separated values with a header; empty where there is no value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if segments:
        _segments(scores, writer)
        return out.getvalue()
    writer.writerow([*Figure._fields[:2], "before", "after", "delta", *Figure._fields[4:]])
    for each in (*figures(scores), *by_document(scores)):
        writer.writerow(["" if value is None else value for value in (*each[:4], each.delta, *each[4:])])
    return out.getvalue()


def _segments(scores: Scores, writer: csv._writer) -> None:  # type: ignore[name-defined]
    names = list(scores.tallies)
    writer.writerow(
        ["segment", "document", "hypothesis", "fixed", "reference", *(f"{name} {when}" for name in names for when in ("before", "after"))]
    )
    columns = [scores.segment_scores(name) for name in names]
    for number, row in enumerate(scores.rows):
        values = [value for column in columns for value in column[number]]
        writer.writerow([number + 1, row.document, row.hypothesis, row.fixed, row.references[0], *values])
