"""The ceiling: what a fix of terms could gain at best."""

from __future__ import annotations

import difflib

from glossary.scoring.row import Row
from glossary.scoring.terms import RowTerms


def raised(row: Row, terms: RowTerms) -> str:
    """The hypothesis with the first reference's wording wherever the two differ at a term, and nowhere else."""
    before, after = row.hypothesis.split(), row.references[0].split()
    words: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        taken = kind != "equal" and not terms.places.isdisjoint(range(c, d))
        words += after[c:d] if taken else before[a:b]
    return " ".join(words)
