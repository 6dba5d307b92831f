"""The segments of an open document: those that stand as they did are not checked again, so that one of a megabyte is quick to follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from glossary.checker import PassageCheck, check_passage
from glossary.detectors.passage import Passage
from glossary.documents.document import Document, Piece, Segment
from glossary.findings import Finding
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.settings import Settings

_LARGE = 50_000  # no guard looks further than this: beyond it each paragraph of a text stands alone
# the end of a paragraph; not where the next one begins with a quotation mark and may go on with a quotation
_END = lazy(r"\n[ \t\r]*\n(?![\s]*[\"“])")

Wanted = Callable[[], bool]


class Stale(Exception):  # noqa: N818
    """What is being checked is no longer wanted."""


class Segments:
    """What was found in the segments of a document, under one configuration."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, tuple[Finding, ...]], list[Finding]] = {}

    def check(self, wanted: Wanted) -> PassageCheck:
        """`check_passage` for those segments that are new; it raises `Stale` as soon as no more is wanted."""

        def remembered(passage: Passage, matcher: Matcher, settings: Settings, wider: Sequence[Finding]) -> list[Finding]:
            key = (passage.text, tuple(wider))
            found = self._found.get(key)
            if found is None:
                if not wanted():
                    raise Stale
                found = self._found[key] = check_passage(passage, matcher, settings, wider)
            return found

        return remembered

    def keep(self, document: Document) -> None:
        """Forget the segments that a document no longer has."""
        standing = {segment.text for segment in document.segments}
        self._found = {key: found for key, found in self._found.items() if key[0] in standing}


def cut(document: Document) -> Document:
    """The document in segments that are small: a large text, which is matched in blocks elsewhere, in paragraphs."""
    if document.format != "text" or len(document.text) <= _LARGE:
        return document
    return document._replace(segments=tuple(_paragraphs(document.text)))


def _paragraphs(text: str) -> Iterator[Segment]:
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        if end > start:
            yield Segment(text[start:end], (Piece(0, start, end - start),))
        start = end
