"""Edit and Revision: what a fix gives, and how edits are made in a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from glossary.findings import Safety


class Edit(NamedTuple):
    """Replace `before`, which stands at `start:end`, by `after`."""

    start: int
    end: int
    before: str
    after: str
    safety: Safety
    rule: str
    concept: str | None = None


class Skipped(NamedTuple):
    """An edit that was not applied, and why."""

    edit: Edit
    reason: str


class Revision(NamedTuple):
    """A text before and after its edits. Replaying `applied` on `before` gives `after`; their spans are disjoint and ascend."""

    before: str
    after: str
    applied: tuple[Edit, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the text differs."""
        return self.before != self.after


def replay(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made. They must ascend, be disjoint and fit the text.

    Raises:
        ValueError: an edit overlaps the one before it, or its `before` is not what stands at its span.
    """
    parts: list[str] = []
    at = 0
    for edit in edits:
        if edit.start < at or text[edit.start : edit.end] != edit.before:
            raise ValueError(f"the edit at {edit.start}:{edit.end} does not fit the text")
        parts += (text[at : edit.start], edit.after)
        at = edit.end
    return "".join((*parts, text[at:]))


def united(edits: Iterable[Edit]) -> list[Edit]:
    """The edits, but a deletion that begins where the edit before it ends is one with that: what markup is between has one place."""
    result: list[Edit] = []
    for edit in edits:
        if result and not edit.after and result[-1].end == edit.start:
            last = result.pop()
            edit = last._replace(end=edit.end, before=last.before + edit.before)
        result.append(edit)
    return result
