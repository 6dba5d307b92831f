"""Tracking: how edits are to be seen in a document that can show them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from glossary.edits import Edit


class Tracking(NamedTuple):
    """How a format that can track changes is to write edits; the others write them plainly.

    `accept` writes them plainly here too. `comment` gives the text of a margin comment for an edit, empty for none.
    """

    author: str = "glossary"
    date: datetime | None = None
    accept: bool = False
    comment: Callable[[Edit], str] | None = None
