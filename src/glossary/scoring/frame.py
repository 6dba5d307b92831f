"""pandas in, pandas out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from glossary.errors import UsageError
from glossary.scoring.articles import Article
from glossary.scoring.scorer import score_articles

if TYPE_CHECKING:
    import pandas as pd


def score_frame(
    frame: pd.DataFrame,
    hypothesis: str = "hypothesis",
    reference: str | list[str] = "reference",
    fixed: str | None = None,
    *,
    source: str | None = None,
    document: str | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Score a frame with a segment in each row.

    Args:
        frame: the segments; it is left as it is.
        hypothesis: the column of machine translation.
        reference: the column of good human text, or several columns.
        fixed: the column of fixed text; without it the hypothesis is fixed first.
        source: the column of Chinese originals.
        document: the column of article names; rows of one article that stand together are one document.
        options: as for `glossary.score`.

    Returns:
        A frame with the same index: `fixed`, and for each metric `NAME_before`, `NAME_after` and `NAME_delta` of the segment.
        `attrs["scores"]` holds what `glossary score --format json` would give for all rows; `attrs["sums"]` for each metric the
        summed statistics before and after, which add up over frames and make the score (`metrics.raw_score`).

    Raises:
        UsageError: a column is missing.
    """
    import pandas as pd

    references = [reference] if isinstance(reference, str) else list(reference)
    for column in (hypothesis, *references, fixed, source, document):
        if column is not None and column not in frame.columns:
            raise UsageError(f"the frame has no column '{column}'; it has {', '.join(map(str, frame.columns))}")
    names = [""] * len(frame) if document is None else [str(name) for name in frame[document]]
    articles = []
    for name, group in groupby(range(len(frame)), key=names.__getitem__):
        part = frame.iloc[list(group)]
        articles.append(
            Article(
                list(part[hypothesis]),
                [list(part[column]) for column in references],
                None if fixed is None else list(part[fixed]),
                None if source is None else [None if pd.isna(text) else text for text in part[source]],
                name,
            )
        )
    scores = score_articles(articles, **options)
    columns: dict[str, list[Any]] = {"fixed": [row.fixed for row in scores.rows]}
    for name in scores.tallies:
        pairs = scores.segment_scores(name)
        columns[f"{name}_before"] = [before for before, _ in pairs]
        columns[f"{name}_after"] = [after for _, after in pairs]
        columns[f"{name}_delta"] = [after - before for before, after in pairs]
    result = pd.DataFrame(columns, index=frame.index)
    result.attrs["scores"] = scores.to_dict()
    result.attrs["sums"] = {name: tuple(_sums(counts) for counts in (tally.before, tally.after)) for name, tally in scores.tallies.items()}
    return result


def _sums(counts: list[list[float]]) -> list[float]:
    return [float(sum(column)) for column in zip(*counts, strict=True)]
