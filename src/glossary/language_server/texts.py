"""An open document as the editor has it.

pygls keeps one too, but to it U+2028 or a form feed ends a line, which to editors they do not, and all that follows is misplaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from lsprotocol import types

from glossary.positions import Place, Positions, Range, Unit


@dataclass(frozen=True)
class Text:
    """A version of a document. `unit` is what the editor's columns count."""

    uri: str
    content: str = ""
    unit: Unit = Unit.UTF16
    version: int | None = None
    language: str | None = None

    @cached_property
    def _positions(self) -> Positions:
        return Positions(self.content, self.unit)

    def offset(self, position: types.Position) -> int:
        """The offset of a position of the editor."""
        return self._positions.offset(Place(position.line + 1, position.character + 1))

    def range(self, start: int, end: int) -> types.Range:
        """A span as the editor counts."""
        low, high = self._positions.range(start, end)
        return types.Range(*(types.Position(place.line - 1, place.column - 1) for place in Range(low, high)))

    def before(self, position: types.Position) -> str:
        """The line of a position, up to it."""
        return self.content[self.offset(types.Position(position.line, 0)) : self.offset(position)]

    def changed(self, version: int | None, changes: Iterable[types.TextDocumentContentChangeEvent]) -> Text:
        """The document after what the editor says has changed; each change stands on those before it."""
        text = self
        for change in changes:
            content = change.text
            if isinstance(change, types.TextDocumentContentChangePartial):
                low, high = text.offset(change.range.start), text.offset(change.range.end)
                content = text.content[:low] + content + text.content[high:]
            text = replace(text, content=content)
        return replace(text, version=version)
