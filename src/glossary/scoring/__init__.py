"""Scoring: hypothesis, fixed text and reference -> Scores.

Start at `scorer.py`. Texts are aligned into rows, statistics are taken of each row and kept, and every figure is made of
their sums: of all rows, of those that changed, of one document, or of several runs put together.
"""

from glossary.scoring.articles import Article, read_articles
from glossary.scoring.frame import score_frame
from glossary.scoring.scorer import score, score_articles
from glossary.scoring.scores import Scores
from glossary.scoring.testsets import published_article

__all__ = ["Article", "Scores", "published_article", "read_articles", "score", "score_articles", "score_frame"]
