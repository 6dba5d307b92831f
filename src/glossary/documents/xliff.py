"""XLIFF 1.2 and 2.x: the targets of its units, each with its source beside it. Inline codes stay where they are.

Alternative translations, units that are locked or not to be translated, changes that others have tracked and the content of
native codes are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from glossary.documents import container
from glossary.documents.document import Document, Segment
from glossary.documents.prose import OBJECT, Prose
from glossary.documents.units import Units
from glossary.documents.xml_events import Event, Kind, decoded, encoded, events
from glossary.errors import DocumentError

_NATIVE = frozenset({"ph", "bpt", "ept", "it", "x", "bx", "ex", "sc", "ec", "cp", "sub"})
_UNITS = frozenset({"trans-unit", "segment"})
# A segment that a translation tool keeps from being edited: memoQ and Phrase say it at the unit, Trados in a list behind the target.
_LOCKED = frozenset({"locked", "true"})
_REVISIONS = ("x-sdl-added", "x-sdl-deleted", "x-sdl-feedback-added", "x-sdl-feedback-deleted")
_SIDES = frozenset({"source", "seg-source", "target"})


def read(data: bytes, name: str) -> Document:
    """Read an XLIFF file.

    Raises:
        DocumentError: it is not XLIFF, not well formed, or its target is not English.
    """
    raw = decoded(data, name)
    return container.document(name, data, raw.text, list(_Reader(raw.text, name).units()), lambda text: encoded(text, raw), "xliff")


class _Reader:
    def __init__(self, raw: str, name: str) -> None:
        self._units = Units(raw)
        self._raw = raw
        self._name = name
        self._path: list[tuple[str, bool]] = []  # open elements, and whether they may be translated
        self._side = ""
        self._depth = 0
        self._parts: dict[str, dict[str, Prose]] = {}  # side -> mark -> prose
        self._mark = ""
        self._mark_depth = 0
        self._locked: set[str] = set()  # marks of the unit
        self._unit = ""
        self._segments = 0

    def units(self) -> Iterator[Segment]:
        for event in events(self._raw, self._name):
            if event.kind is Kind.START:
                self._start(event)
            elif event.kind is Kind.END:
                yield from self._end(event)
            elif self._side:
                self._units.text(event, self._parts[self._side][self._mark])

    def _start(self, event: Event) -> None:
        local = event.local if not event.namespace or "xliff:document" in event.namespace else f"other:{event.local}"
        attributes = event.attributes
        parent, translated = self._path[-1] if self._path else ("", True)
        if not self._path and local != "xliff":
            raise DocumentError(f"{self._name}: not XLIFF, its root is <{event.local}>")
        if local in ("xliff", "file"):
            self._require_english(attributes.get("trgLang") or attributes.get("target-language") or "en")
        translated = {"no": False, "yes": True}.get(attributes.get("translate", ""), translated)
        if local == "trans-unit" and any(key.endswith("}locked") and value in _LOCKED for key, value in attributes.items()):
            translated = False
        if local == "other:seg" and attributes.get("locked") in _LOCKED:
            self._locked.add(attributes.get("id", ""))
        self._path.append((local, translated))
        if local in ("trans-unit", "unit"):
            self._unit, self._segments = attributes.get("id", "?"), 0
        if local in _UNITS and not self._side:
            self._segments += 1
            self._parts = {}
            self._locked = set()
            self._segment = attributes.get("id", str(self._segments)) if local == "segment" else ""
        if local in _SIDES and parent in _UNITS and not self._side:
            self._side, self._mark, self._depth = local, "", len(self._path)
            self._parts[local] = {"": self._units.prose()}
        elif self._side:
            self._inline(local, attributes, translated)

    def _inline(self, local: str, attributes: dict[str, str], translated: bool) -> None:
        prose = self._parts[self._side][self._mark]
        kind = attributes.get("mtype", "")
        if self._units.opaque or local in _NATIVE or not translated or kind == "protected" or kind in _REVISIONS:
            is_break = attributes.get("ctype") == "lb" or attributes.get("subType") == "xlf:lb"
            if not self._units.opaque and (is_break or (local not in _NATIVE and not kind.endswith("deleted"))):
                prose.stand_in(" " if is_break else OBJECT)
            self._units.opaque += 1
        elif local == "mrk" and kind == "seg":
            self._mark, self._mark_depth = attributes.get("mid", "?"), len(self._path)
            self._parts[self._side].setdefault(self._mark, self._units.prose())

    def _end(self, event: Event) -> Iterator[Segment]:
        depth = len(self._path)
        local, translated = self._path.pop()
        if self._side and depth == self._depth:
            self._side = ""
        elif self._side and self._units.opaque:
            self._units.opaque -= 1
        elif self._side and self._mark and depth == self._mark_depth:
            self._mark = ""
        if local in _UNITS and translated and not self._side:
            yield from self._pairs()

    def _pairs(self) -> Iterator[Segment]:
        sources = self._parts.get("seg-source") or self._parts.get("source") or {}
        whole = self._parts.get("source", {}).get("")
        for mark, prose in self._parts.get("target", {}).items():
            if (mark or "1") in self._locked:
                continue
            source = sources.get(mark) or whole
            parts = [self._unit, self._segment if self._segments > 1 or self._segment != "1" else "", mark]
            segment = prose.segment("/".join(part for part in parts if part), source.text() if source else None)
            if segment is not None:
                yield segment

    def _require_english(self, language: str) -> None:
        if language.lower().split("-")[0].split("_")[0] != "en":
            raise DocumentError(f"{self._name}: its target language is '{language}'; only English is checked")
