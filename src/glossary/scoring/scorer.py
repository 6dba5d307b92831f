"""Hypothesis + reference (+ fixed text, source) -> Scores.

The flow: fix what is not fixed yet, align the texts into rows, take the statistics of each row. Everything else is made of
those (`scores.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from glossary.alignment import Alignment, By, align
from glossary.checker import check
from glossary.errors import UsageError
from glossary.findings import Finding
from glossary.fixer import fix
from glossary.matching.cache import matcher_of
from glossary.matching.matcher import Matcher
from glossary.scoring import metrics as table
from glossary.scoring import units
from glossary.scoring.articles import Article, Text
from glossary.scoring.ceiling import raised
from glossary.scoring.metrics import Counts, Progress, tallies
from glossary.scoring.movement import difference, gains
from glossary.scoring.quality import RowQuality, issues
from glossary.scoring.row import Row
from glossary.scoring.scores import Scores
from glossary.scoring.significance import Test
from glossary.scoring.terms import RowTerms, TermMeter
from glossary.settings import Settings
from glossary.termbase.files import load
from glossary.termbase.termbase import TermBase

_COARSENESS: tuple[By, ...] = ("lines", "paragraphs", "sentences", "document")


def score(
    hypothesis: Text,
    reference: Text | Sequence[Sequence[str]],
    fixed: Text | None = None,
    *,
    source: str | Sequence[str | None] | None = None,
    termbase: TermBase | None = None,
    settings: Settings = Settings(),  # noqa: B008
    metrics: Sequence[str] = table.DEFAULT,
    by: By | None = None,
    test: Test | None = "bs",
    samples: int = 0,
    ceiling: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Scores:
    """What a fix gains against a reference.

    Args:
        hypothesis: machine translation: a text, or a list of segments.
        reference: a good human text of the same kind, or several of them: [text, text] or [[segment, …], [segment, …]].
        fixed: the fixed text; without it the hypothesis is fixed with the term base.
        source: the Chinese original; with it terms are required where it has them.
        termbase: the term base; the built-in one if None.
        settings: of the fix.
        metrics: which reference metrics: BLEU, chrF2, chrF++, TER.
        by: how to align texts: lines, paragraphs, sentences or document; the first that fits if None.
        test: the paired test behind the p-values: "bs" bootstrap, "ar" approximate randomisation, None for none.
        samples: how many draws of the test; sacrebleu's own numbers (1,000 and 10,000) if 0.
        ceiling: whether to measure too what the best fix of terms would gain, which takes as long again.
        jobs: how many processes share the work.
        progress: called with the number of different rows measured, and of all.

    Raises:
        UsageError: there is nothing to score, or the texts cannot be aligned as asked for.
    """
    references = [reference] if isinstance(reference, str) or (not isinstance(hypothesis, str) and _flat(reference)) else list(reference)
    article = Article(hypothesis, references, fixed, source)  # type: ignore[arg-type]
    return score_articles(
        [article], termbase=termbase, settings=settings, metrics=metrics, by=by, test=test, samples=samples, ceiling=ceiling,
        jobs=jobs, progress=progress,
    )  # fmt: skip


def score_articles(
    articles: Iterable[Article],
    *,
    termbase: TermBase | None = None,
    settings: Settings = Settings(),  # noqa: B008
    metrics: Sequence[str] = table.DEFAULT,
    by: By | None = None,
    test: Test | None = "bs",
    samples: int = 0,
    ceiling: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Scores:
    """What a fix gains over several articles: one score of all their rows, each row named by its article. See `score`.

    Raises:
        UsageError: the name of the article stands first.
    """
    termbase = load() if termbase is None else termbase
    matcher = matcher_of(termbase)
    rows: list[Row] = []
    ways: list[By] = []
    notes: list[str] = []
    for article in articles:
        try:
            found, way, told = _rows(article, matcher, settings, by)
        except UsageError as error:
            raise UsageError(f"{article.name}: {error}" if article.name else str(error)) from None
        rows += found
        ways.append(way)
        notes += [f"{article.name}: {note}" if article.name else note for note in told]
    if not rows:
        raise UsageError("there is nothing to score: the hypothesis is empty")
    checked = [list(_checked([getattr(row, name) for row in rows], rows, matcher, settings)) for name in ("hypothesis", "fixed")]
    checked.append(list(_checked([row.references[0] for row in rows], rows, matcher, settings)))
    rows = [
        row if row.edits or not row.changed else difference(row, findings) for row, findings in zip(rows, checked[0], strict=True)
    ]  # fmt: skip
    meter = TermMeter(termbase)
    terms = [meter.measure(row) for row in rows]
    return Scores(
        rows=tuple(rows),
        tallies=tallies(rows, metrics, jobs=jobs, progress=progress),
        terms=tuple(terms),
        gains=tuple(gains(row) for row in rows),
        quality=tuple(
            RowQuality(issues(one), issues(two), issues(three), (_size(row.hypothesis), _size(row.fixed), _size(row.references[0])))
            for row, one, two, three in zip(rows, *checked, strict=True)
        ),
        aligned_by=max(ways, key=_COARSENESS.index),
        notes=tuple(notes),
        test=test,
        samples=samples,
        digest=termbase.digest,
        concepts=tuple(termbase.concepts),
        ceilings=_ceilings(rows, terms, metrics, jobs) if ceiling else None,
    )


def _ceilings(rows: Sequence[Row], terms: Sequence[RowTerms], metrics: Sequence[str], jobs: int) -> dict[str, list[Counts]]:
    best = [replace(row, hypothesis=text, fixed=text) for row, found in zip(rows, terms, strict=True) for text in [raised(row, found)]]
    return {name: tally.before for name, tally in tallies(best, metrics, jobs=jobs).items()}


def _size(text: str) -> int:
    return len(text.split())


def _flat(reference: object) -> bool:
    return isinstance(reference, Sequence) and all(isinstance(each, str) for each in reference)


def _rows(article: Article, matcher: Matcher, settings: Settings, by: By | None) -> tuple[list[Row], By, tuple[str, ...]]:
    """The rows of an article, how they were found, and what there is to tell about it."""
    if not article.references:
        raise UsageError("there is no reference")
    if isinstance(article.hypothesis, str):
        return _aligned(article, matcher, settings, by)
    columns = [article.hypothesis, *article.references, *([article.fixed] if article.fixed is not None else [])]
    counts = [len(column) for column in (*columns, *([article.source] if article.source is not None else []))]
    if len(set(counts)) > 1:
        raise UsageError(f"the texts have {', '.join(map(str, counts))} segments; they must be parallel")
    size = len(article.hypothesis)
    if article.fixed is None:
        found = [next(units.cut(fix(text, matcher, settings=settings), [(0, len(text))])) for text in article.hypothesis]
    else:
        found = [units.Unit(one, other) for one, other in zip(article.hypothesis, article.fixed, strict=True)]
    sources = article.source if article.source is not None else [None] * size
    return _made(article.name, found, list(zip(*article.references, strict=True)), sources), "lines", ()


def _aligned(article: Article, matcher: Matcher, settings: Settings, by: By | None) -> tuple[list[Row], By, tuple[str, ...]]:
    if not all(isinstance(each, str) for each in (*article.references, article.fixed or "", article.source or "")):
        raise UsageError("the hypothesis is a text, so the other texts must be texts too, not lists of segments")
    named: dict[str, str] = {"reference": str(article.references[0]), "hypothesis": str(article.hypothesis)}
    named.update((f"reference {number}", str(each)) for number, each in enumerate(article.references[1:], 2))
    if article.fixed is not None:
        named["fixed text"] = str(article.fixed)
    source = None if article.source is None else str(article.source)
    found = align(named, source, by)
    english = list(named.values())
    hypothesis = english[1]
    if article.fixed is None:
        pieces = list(units.cut(fix(hypothesis, matcher, settings=settings), found.spans[1]))
        parts = [units.merged(pieces[slice(*row[1])]) for row in found.rows]
    else:
        last = len(english) - 1
        parts = [units.Unit(_text(found, row, 1, hypothesis), _text(found, row, last, english[last])) for row in found.rows]
    numbers = [0, *range(2, 1 + len(article.references))]
    references = [tuple(_text(found, row, n, english[n]) for n in numbers) for row in found.rows]
    sources = [None if source is None else _text(found, row, len(english), source) for row in found.rows]
    return _made(article.name, parts, references, sources), found.by, found.notes


def _text(found: Alignment, row: tuple[tuple[int, int], ...], number: int, text: str) -> str:
    return units.read(text, found.spans[number][slice(*row[number])])


def _made(
    name: str, found: Sequence[units.Unit], references: Sequence[tuple[str, ...]], sources: Sequence[str | None]
) -> list[Row]:  # fmt: skip
    return [
        Row(unit.text, unit.fixed, texts, source, name, unit.edits, unit.skipped)
        for unit, texts, source in zip(found, references, sources, strict=True)
    ]


def _checked(texts: Sequence[str], rows: Sequence[Row], matcher: Matcher, settings: Settings) -> Iterator[list[Finding]]:
    """The findings in each row's text, places counted in it; rows of one document are checked together."""
    for _, group in groupby(zip(rows, texts, strict=True), key=lambda each: each[0].document):
        parts = [text for _, text in group]
        starts = [0]
        for part in parts:
            starts.append(starts[-1] + len(part) + 2)
        found: list[list[Finding]] = [[] for _ in parts]
        for finding in check("\n\n".join(parts), matcher, settings=settings):
            number = bisect_right(starts, finding.start) - 1
            found[number].append(finding._replace(start=finding.start - starts[number], end=finding.end - starts[number]))
        yield from found
