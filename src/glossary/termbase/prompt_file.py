"""A term list for a language model: one line a term, `Chinese = preferred English (or: admitted)`. Written only."""

from __future__ import annotations

from collections.abc import Sequence

from glossary.termbase.concept import Concept
from glossary.termbase.exchange import Written, plain_approved
from glossary.termbase.pairs import pairs
from glossary.termbase.termbase import TermBase


def dumps(concepts: Sequence[Concept], termbase: TermBase | None = None, format: str = "prompt") -> Written:
    """The list, in the order of the concepts. Garbles are left out: a model repeats what it reads."""
    losses: list[str] = []
    admitted = {concept.id: [plain_approved(form) for form in concept.admitted if "<" not in form] for concept in concepts}
    lines = []
    for pair in pairs(concepts, termbase or TermBase({}), losses):
        others = "; ".join(form for form in admitted[pair.concept] if form != pair.en)
        lines.append(f"{pair.zh} = {pair.en}" + (f" (or: {others})" if others else "") + "\n")
    return Written("".join(lines).encode(), [loss for loss in losses if " is left out" in loss])
