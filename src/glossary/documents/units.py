"""Translation units in XML: the prose between inline codes, which stay where they are."""

from __future__ import annotations

from glossary.documents.prose import Prose
from glossary.documents.xml_events import Event, Kind, escape


class Units:
    """Collects the prose of one element after the other; `opaque` counts open elements whose content is native code."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._in_cdata: list[range] = []
        self.opaque = 0

    def prose(self) -> Prose:
        """A new, empty collection."""
        return Prose(self._raw, self._escape)

    def text(self, event: Event, *proses: Prose) -> None:
        """Take a stretch of text."""
        if event.kind is not Kind.TEXT or self.opaque:
            return
        if event.cdata:
            self._in_cdata.append(range(event.start, event.end))
        for prose in proses:
            if self._raw[event.start : event.end] == event.name:
                prose.plain(event.start, event.end)
            else:
                prose.coded(event.start, event.end, event.name)

    def _escape(self, text: str, place: int) -> str:
        if any(place in stretch for stretch in self._in_cdata):
            return text.replace("]]>", "]]]]><![CDATA[>")
        return escape(text)
