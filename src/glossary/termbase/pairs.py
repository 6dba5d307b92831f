"""Chinese with its preferred English, pair by pair: what a translation engine's glossary and a translation memory hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from glossary.termbase.concept import Concept
from glossary.termbase.exchange import plain_approved
from glossary.termbase.forms import chinese_forms
from glossary.termbase.termbase import TermBase


class Pair(NamedTuple):
    """A Chinese term with the English that stands for it."""

    concept: str
    zh: str
    en: str


def pairs(concepts: Sequence[Concept], termbase: TermBase, losses: list[str]) -> Iterator[Pair]:
    """The pairs of the concepts, each level of a slot by itself.

    Of a Chinese term that comes twice the first stays, but one that is written out goes before one that a slot gives.
    """
    seen: dict[str, str] = {}
    written = {zh: concept.id for concept in reversed(concepts) for zh in concept.zh}
    for concept in concepts:
        for zh, english in chinese_forms(concept, termbase):
            chinese, en = zh.replace("\\;", ";"), plain_approved(english)
            owner = seen.get(chinese) or written.get(zh, concept.id)
            if chinese in seen or owner != concept.id:
                losses.append(f"{concept.id}: {chinese} is left out, it stands for {owner} already")
                continue
            seen[chinese] = concept.id
            yield Pair(concept.id, chinese, en)
    losses += _unheld(concepts)


def _unheld(concepts: Sequence[Concept]) -> Iterator[str]:
    counts = {
        "admitted forms": sum(len(concept.admitted) for concept in concepts),
        "garbles": sum(len(concept.deprecated) for concept in concepts),
        "notes": sum(bool(concept.note) for concept in concepts),
        "authorities": sum(bool(concept.authority) for concept in concepts),
    }
    told = [f"{count:,} {name}" for name, count in counts.items() if count]
    if told:
        yield f"the format holds terms and their preferred English only: {', '.join(told)} are left out"
