"""Which part of the hypothesis answers to which part of the reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from glossary.scoring.units import Unit, merged, plain


class Alignment(NamedTuple):
    """Rows as one unit of each text: the hypothesis, each reference, the source."""

    by: str
    rows: list[tuple[Unit, tuple[str, ...], str | None]]
    notes: tuple[str, ...] = ()


def align(hypothesis: Sequence[Unit], references: Sequence[Sequence[str]], source: Sequence[str] | None) -> Alignment:
    """Line by line where the counts agree, otherwise all of it as one row."""
    if all(len(lines) == len(hypothesis) for lines in references):
        sources: Sequence[str | None] = source if source is not None and len(source) == len(hypothesis) else [None] * len(hypothesis)
        return Alignment("lines", list(zip(hypothesis, zip(*references, strict=True), sources, strict=True)))
    row = (
        merged(list(hypothesis)),
        tuple(merged(plain(lines)).text for lines in references),
        " ".join(source) if source is not None else None,
    )
    return Alignment("document", [row])
