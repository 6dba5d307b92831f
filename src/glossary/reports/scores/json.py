"""Scores for programs: docs/scoring.md describes the fields."""

from __future__ import annotations

import json

from glossary.scoring import Scores


def render(scores: Scores, segments: bool) -> str:
    """One JSON object."""
    return json.dumps(scores.to_dict(rows=segments), ensure_ascii=False, indent=1) + "\n"
