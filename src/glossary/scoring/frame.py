"""pandas in, pandas out."""

from __future__ import annotations

from typing import Any


def score_frame(frame: Any) -> Any:
    """To come."""
    raise NotImplementedError
