"""TermBase: all concepts, and what their notation refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, Self

from glossary.termbase.concept import COLUMNS, Concept

_FIELDS = [name.replace("-", "_") for name in COLUMNS]


class Slot(NamedTuple):
    """A place in a rendering that several words can take, such as the administrative level.

    `values` are (Chinese, approved English, other English readings).
    """

    name: str
    values: tuple[tuple[str, str, tuple[str, ...]], ...]


class Piece(NamedTuple):
    """A piece of Chinese with its readings: those that betray a literal translation, and those that are plain English too.

    `kinds` names its word classes, which decide how readings inflect.
    """

    zh: str
    kinds: str
    literal: tuple[str, ...]
    plain: tuple[str, ...]


class TermBase:
    """All concepts, by id, with the slots and guards that their notation refers to. It is a value: nothing in it changes.

    `guards` leads from a name such as `foreign` to the words it stands for, `lexicon` from a piece of Chinese to its readings.
    `ordinary` are wordings that are good English although a literal reading could end in them, folded.
    """

    def __init__(
        self,
        concepts: Mapping[str, Concept],
        slots: Mapping[str, Slot] = MappingProxyType({}),
        guards: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        lexicon: Mapping[str, Piece] = MappingProxyType({}),
        ordinary: tuple[str, ...] = (),
    ) -> None:
        self.concepts = concepts
        self.slots = slots
        self.guards = guards
        self.lexicon = lexicon
        self.ordinary = ordinary

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TermBase) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __len__(self) -> int:
        return len(self.concepts)

    def with_concepts(self, concepts: Iterable[Concept]) -> Self:
        """A term base in which these concepts are added, or stand instead of those with the same id."""
        merged = dict(self.concepts)
        merged.update((concept.id, concept) for concept in concepts)
        return type(self)(dict(sorted(merged.items())), self.slots, self.guards, self.lexicon, self.ordinary)

    @cached_property
    def digest(self) -> str:
        """A key of everything in the term base: two term bases with one digest find the same."""
        parts = [repr([getattr(concept, name) for name in _FIELDS]) for concept in self]
        parts += [repr(slot) for slot in self.slots.values()]
        parts += [repr(item) for item in (*self.guards.items(), *self.lexicon.items(), *self.ordinary)]
        import hashlib

        return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
