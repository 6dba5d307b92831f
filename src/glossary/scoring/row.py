"""Row: what is compared as one, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.edits import Edit, Skipped


@dataclass(frozen=True, slots=True)
class Row:
    """A segment of the hypothesis beside its fixed text, its references and its source.

    Places in `edits` and `skipped` are code points of `hypothesis`. `document` names the article that the row is from.
    """

    hypothesis: str
    fixed: str
    references: tuple[str, ...]
    source: str | None = None
    document: str = ""
    edits: tuple[Edit, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the fix altered the row."""
        return self.hypothesis != self.fixed
