"""Scores as a booktabs table for a paper; signatures stand in comments above it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from glossary.reports.scores.figures import by_document, figures
from glossary.scoring import Scores

_MARKS = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_ESCAPES = str.maketrans(_MARKS)


def render(scores: Scores, segments: bool) -> str:
    """A tabular with a rule between the sets of segments. A gain with p < 0.05 is bold."""
    return "\n".join(_lines(scores)) + "\n"


def _lines(scores: Scores) -> Iterator[str]:
    yield from (f"% {each.name}: {each.signature}" for each in scores.metrics)
    yield r"\begin{tabular}{lrrrrr}"
    yield r"\toprule"
    yield r" & before & after & $\Delta$ & reference & $p$ \\"
    for scope, group in groupby((*figures(scores), *by_document(scores)), key=lambda each: each.scope):
        yield r"\midrule"
        yield rf"\multicolumn{{6}}{{l}}{{\emph{{{scope.translate(_ESCAPES)}}}}} \\"
        for each in group:
            sure = each.p_value is not None and each.p_value < 0.05
            delta = "" if each.delta is None else f"${each.delta:+.2f}$" if not sure else rf"$\mathbf{{{each.delta:+.2f}}}$"
            values = [_number(each.before), _number(each.after), delta, _number(each.reference), _number(each.p_value, 4)]
            yield rf"{each.name.translate(_ESCAPES)} & {' & '.join(values)} \\"
    yield r"\bottomrule"
    yield r"\end{tabular}"


def _number(value: float | None, digits: int = 2) -> str:
    return "" if value is None else f"{value:.{digits}f}"
