"""Concepts of another file brought into a term file: added, brought up to date, or reported where the two contradict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from glossary.chinese import simplified
from glossary.termbase.concept import COLUMNS, Concept
from glossary.termbase.exchange import new_id
from glossary.termbase.notation import mark, unmark
from glossary.text import fold

_LISTS = ("zh", "admitted", "deprecated", "unless", "only_if")
_VALUES = ("preferred", "kind", "fix", "severity", "note", "authority", "since", "until", "short")


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge comes to. `concepts` is everything, by id; `updated` and `conflicts` hold a line for each change or clash."""

    concepts: list[Concept]
    added: list[Concept]
    updated: list[str]
    unchanged: int
    conflicts: list[str]


def merge(
    ours: Sequence[Concept],
    theirs: Iterable[Concept],
    columns: Collection[str] = COLUMNS,
    *,
    take_theirs: bool = False,
    taken: Collection[str] = (),
) -> Merge:
    """Merge concepts. They belong together if they share the id, or a Chinese term, or else the preferred form.

    Args:
        ours: what is there.
        theirs: what comes in.
        columns: the columns that the incoming file knows of; the others say nothing.
        take_theirs: whether the incoming value stands where both have one; otherwise ours stays. It is reported either way.
        taken: ids elsewhere in the term base, which a new concept must not have by chance.
    """
    known = {concept.id: concept for concept in ours}
    by_zh = {simplified(zh): concept.id for concept in ours for zh in concept.zh}
    by_form = {_form(concept): concept.id for concept in ours}
    added: list[str] = []
    updated: list[str] = []
    conflicts: list[str] = []
    unchanged = 0
    for concept in theirs:
        key = concept.id if concept.id in known else next((by_zh[zh] for zh in map(simplified, concept.zh) if zh in by_zh), None)
        key = key or by_form.get(_form(concept))
        if key is None:
            fresh = concept if concept.id not in taken else concept._replace(id=new_id(concept.preferred, {*taken, *known}))
            known[fresh.id] = fresh
            added.append(fresh.id)
            key = fresh.id
        else:
            merged, changes, clashes = _merged(known[key], concept, columns, take_theirs)
            conflicts += clashes
            if changes:
                known[key] = merged
                updated += changes if key not in added else []
            else:
                unchanged += 1
        by_zh.update((simplified(zh), key) for zh in known[key].zh)
        by_form.setdefault(_form(known[key]), key)
    concepts = sorted(known.values(), key=lambda concept: concept.id)
    return Merge(concepts, [known[key] for key in added], updated, unchanged, conflicts)


def _form(concept: Concept) -> str:
    return fold(unmark(mark(concept.preferred)))


def _merged(ours: Concept, theirs: Concept, columns: Collection[str], take_theirs: bool) -> tuple[Concept, list[str], list[str]]:
    values: dict[str, Any] = {}
    changes: list[str] = []
    conflicts: list[str] = []
    for name in _VALUES:
        old, new = getattr(ours, name), getattr(theirs, name)
        if name not in columns or not new or old == new:
            continue
        if not old:
            values[name] = new
            changes.append(f"{ours.id}: {name} is now '{new}'")
            continue
        if name == "preferred" and fold(unmark(mark(new))) in _forms(ours) and not take_theirs:
            continue  # an admitted form of ours: nothing new, and the choice stays
        conflicts.append(f"{ours.id}: {name} is '{old}' here and '{new}' there; {'theirs is taken' if take_theirs else 'ours stays'}")
        if take_theirs:
            values[name] = new
            changes.append(f"{ours.id}: {name} is now '{new}'")
    for name in _LISTS:
        if name.replace("_", "-") not in columns:
            continue
        more = _new_values(name, ours, theirs, conflicts)
        if more:
            values[name] = (*getattr(ours, name), *more)
            changes.append(f"{ours.id}: {name.replace('_', '-')} also has {'; '.join(more)}")
    return ours._replace(**values), changes, conflicts


def _new_values(name: str, ours: Concept, theirs: Concept, conflicts: list[str]) -> list[str]:
    """What a list of theirs has that ours has not, as text is compared. A form cannot be right in one and a garble in the other."""
    fold_one = simplified if name == "zh" else fold
    there = {fold_one(value) for value in getattr(ours, name)}
    forms, garbles = _forms(ours), {fold(entry) for entry in ours.deprecated}
    more = []
    for value in dict.fromkeys(getattr(theirs, name)):
        folded = fold_one(value)
        if folded in there or (name == "admitted" and folded in forms):
            continue
        if name == "admitted" and folded in garbles:
            conflicts.append(f"{ours.id}: '{value}' is a garble here and admitted there; ours stays")
        elif name == "deprecated" and folded in forms:
            conflicts.append(f"{ours.id}: '{value}' is approved here and a garble there; ours stays")
        else:
            more.append(value)
    return more


def _forms(concept: Concept) -> set[str]:
    return {fold(unmark(mark(form))) for form in concept.approved}
