"""The report as one HTML page: Jinja2 fills page.html.j2, which carries page.css and page.js; charts come as SVG."""

from __future__ import annotations

from typing import Any, NamedTuple

from glossary.patterns import lazy
from glossary.reports.scores import charts
from glossary.reports.scores.figures import by_document, figures
from glossary.scoring import Scores
from glossary.scoring.movement import changes
from glossary.scoring.quality import Issue
from glossary.scoring.row import Row
from glossary.version import VERSION

_WORD = lazy(r"\s+|\w+|[^\w\s]")
_MOST = 2000  # segments that a page carries; of more only the changed ones are shown


class Part(NamedTuple):
    """A stretch of text, marked or not."""

    text: str
    marked: bool


def render(scores: Scores) -> str:
    """The page."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("glossary.reports.scores", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    shown = range(len(scores.rows)) if len(scores.rows) <= _MOST else scores.changed[:_MOST]
    harm = scores.harm()
    fates = dict.fromkeys(harm.improved, "improved") | dict.fromkeys(harm.unchanged, "as near") | dict.fromkeys(harm.harmed, "harmed")
    judged = scores.segment_scores(scores.judge)
    return environment.get_template("page.html.j2").render(
        scores=scores,
        version=VERSION,
        figures=figures(scores),
        documents=by_document(scores),
        terms=scores.term_scores,
        harm=harm,
        rules=scores.rules(),
        concepts=scores.moved_concepts(),
        issues=_issues(scores),
        charts=[(title, charts.inline(draw, scores)) for title, draw in charts.CHARTS],
        segments=[_segment(scores.rows[n], n, fates.get(n, "not changed"), *judged[n], scores.gains[n]) for n in shown],
        left_out=len(scores.rows) - len(shown),
    )


def _issues(scores: Scores) -> list[tuple[Issue, list[int]]]:
    """Each kind of MQM issue with how many the hypothesis, the fixed text and the reference have."""
    found = list(scores.qualities().values())
    kinds = sorted({issue for each in found for issue in each.counts})
    return [(kind, [each.counts.get(kind, 0) for each in found]) for kind in kinds]


def _segment(row: Row, number: int, fate: str, before: float, after: float, gains: tuple[float, ...]) -> dict[str, Any]:
    hypothesis, fixed = marked(row.hypothesis, row.fixed)
    return {
        "number": number + 1, "document": row.document, "fate": fate, "before": before, "after": after, "delta": after - before,
        "hypothesis": hypothesis, "fixed": fixed, "references": [marked(row.fixed, text)[1] for text in row.references],
        "source": row.source, "edits": list(zip(row.edits, gains, strict=True)),
        "concepts": sorted({edit.concept for edit in row.edits if edit.concept}),
    }  # fmt: skip


def marked(first: str, second: str) -> tuple[list[Part], list[Part]]:
    """Two texts in parts: marked in each is what the other does not have, word by word."""
    one, other = _WORD.findall(first), _WORD.findall(second)
    left: list[Part] = []
    right: list[Part] = []
    a = c = 0
    for begin, end, start, stop in [*changes(one, other), (len(one), len(one), len(other), len(other))]:
        left += [Part("".join(one[a:begin]), False), Part("".join(one[begin:end]), True)]
        right += [Part("".join(other[c:start]), False), Part("".join(other[start:stop]), True)]
        a, c = end, stop
    return [part for part in left if part.text], [part for part in right if part.text]
