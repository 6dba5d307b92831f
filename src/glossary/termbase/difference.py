"""What is different between two term bases, concept by concept: what a reviewer wants to see."""

from __future__ import annotations

from typing import NamedTuple

from glossary.termbase.concept import COLUMNS, Concept
from glossary.termbase.termbase import TermBase


class Change(NamedTuple):
    """A column of a concept before and after. For a list `before` is what went and `after` what came."""

    column: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Difference(NamedTuple):
    """How two term bases differ. `changed` leads from an id to the changes of its columns, in their order."""

    added: list[Concept]
    removed: list[Concept]
    changed: dict[str, list[Change]]


def difference(old: TermBase, new: TermBase) -> Difference:
    """What came, went and changed from one term base to another, by id."""
    changed = {
        key: changes for key, concept in new.concepts.items() if key in old.concepts and (changes := _changes(old.concepts[key], concept))
    }
    return Difference(
        [concept for key, concept in new.concepts.items() if key not in old.concepts],
        [concept for key, concept in old.concepts.items() if key not in new.concepts],
        changed,
    )


def _changes(old: Concept, new: Concept) -> list[Change]:
    changes = []
    for column in COLUMNS[1:]:
        before, after = (_values(getattr(concept, column.replace("-", "_"))) for concept in (old, new))
        if before != after:
            gone, come = [v for v in before if v not in after], [v for v in after if v not in before]
            if not gone and not come:  # only the order changed
                gone, come = list(before), list(after)
            changes.append(Change(column, tuple(gone), tuple(come)))
    return changes


def _values(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (str(value),) if value else ()
