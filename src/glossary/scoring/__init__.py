"""Scoring: hypothesis, fixed text and reference -> Scores.

Start at `scorer.py`. Texts are aligned into rows, statistics are taken of each row and kept, and every figure is made of
their sums: of all rows, of those that changed, of one document, or of several runs put together.
"""

from glossary.scoring.frame import score_frame
from glossary.scoring.scorer import score
from glossary.scoring.scores import Scores

__all__ = ["Scores", "score", "score_frame"]
