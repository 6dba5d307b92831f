"""TMX: the English variants of its units, each with the Chinese one as its source. Inline codes stay where they are."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.documents import container
from glossary.documents.document import Document, Segment
from glossary.documents.prose import Prose
from glossary.documents.units import Units
from glossary.documents.xml_events import Kind, decoded, encoded, events
from glossary.errors import DocumentError

_NATIVE = frozenset({"bpt", "ept", "it", "ph", "ut", "sub"})
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read(data: bytes, name: str) -> Document:
    """Read a translation memory.

    Raises:
        DocumentError: it is not TMX, or not well formed.
    """
    raw = decoded(data, name)
    return container.document(name, data, raw.text, list(_units(raw.text, name)), lambda text: encoded(text, raw), "tmx")


def _units(raw: str, name: str) -> Iterator[Segment]:
    units = Units(raw)
    number = depth = 0
    key = language = ""
    prose: Prose | None = None
    variants: list[tuple[str, Prose]] = []
    for event in events(raw, name):
        if event.kind is Kind.START:
            depth += 1
            if depth == 1 and event.local != "tmx":
                raise DocumentError(f"{name}: not TMX, its root is <{event.local}>")
            if event.local == "tu":
                number += 1
                key, variants = event.attributes.get("tuid") or str(number), []
            elif event.local == "tuv":
                language = (event.attributes.get(_LANGUAGE) or event.attributes.get("lang") or "").lower()
            elif event.local == "seg":
                prose = units.prose()
                variants.append((language, prose))
            elif prose is not None and (units.opaque or event.local in _NATIVE):
                units.opaque += 1
        elif event.kind is Kind.END:
            depth -= 1
            if units.opaque:
                units.opaque -= 1
            elif event.local == "seg":
                prose = None
            elif event.local == "tu":
                source = next((each.text() for spoken, each in variants if spoken.startswith("zh")), None)
                for spoken, each in variants:
                    segment = each.segment(key, source) if spoken.startswith("en") else None
                    if segment is not None:
                        yield segment
                variants = []  # a unit that stands in another is told once
        elif prose is not None:
            units.text(event, prose)
