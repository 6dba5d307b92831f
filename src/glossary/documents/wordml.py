"""WordprocessingML: the paragraphs of a part, and where in its raw XML their runs and texts stand.

Read as prose: text, also in links, content controls and text boxes. Not read: what someone has inserted, deleted or moved
with changes tracked, field codes, and the results of fields that Word writes itself (a table of contents, a page number).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from glossary.documents.document import Segment
from glossary.documents.prose import OBJECT, Prose
from glossary.documents.xml_events import Event, Kind, escape, events
from glossary.text import Span

_WORD = frozenset({
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
})  # fmt: skip
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OTHERS = frozenset({"ins", "del", "moveFrom", "moveTo"})
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": OBJECT, "sym": OBJECT}


@dataclass(eq=False)
class Run:
    """A run: its span, where its content begins, its properties, and the prefix of Word's names in it, with the colon."""

    start: int
    inside: int
    prefix: str
    properties: Span
    end: int = 0


@dataclass(eq=False)
class Text:
    """A text element of a run; `is_first` and `is_last` say that nothing else of the run's content is before or behind it."""

    run: Run
    start: int
    inside: Span
    is_first: bool
    end: int = 0
    is_last: bool = True


@dataclass(eq=False)
class Paragraph:
    """A paragraph; `boxed` if it is in a text box; `mirror` is the copy of it that old readers see instead (a box is stored twice)."""

    prose: Prose
    start: int
    fallbacks: int
    hidden: bool
    boxed: bool
    texts: list[Text] = field(default_factory=list)
    segment: Segment | None = None
    mirror: Paragraph | None = None
    run: Run | None = None
    text: Text | None = None
    run_depth: int = 0
    object_open: bool = False

    def text_at(self, place: int) -> Text:
        """The text element that holds a place."""
        return self.texts[max(0, bisect_right(self.texts, place, key=lambda text: text.inside.start) - 1)]


def paragraphs(raw: str, name: str, prefix: str) -> list[Paragraph]:
    """The paragraphs of a part in order; those with prose have a segment, named by the prefix and their number."""
    return _Reader(raw, name).read(prefix)


class _Reader:
    def __init__(self, raw: str, name: str) -> None:
        self._raw = raw
        self._name = name
        self._found: list[Paragraph] = []
        self._open: list[Paragraph] = []
        self._path: list[tuple[str, int, int]] = []  # names of open elements, and where their tags stand
        self._fields: list[list[str]] = []  # of each open field: its code, then "" once the result has begun
        self._revisions = 0
        self._fallbacks = 0
        self._choices: list[tuple[list[Paragraph], list[Paragraph]]] = []

    def read(self, prefix: str) -> list[Paragraph]:
        for event in events(self._raw, self._name):
            if event.kind is Kind.START:
                self._start(event)
            elif event.kind is Kind.END:
                self._end(event)
            elif event.kind is Kind.TEXT:
                self._text(event)
        self._found.sort(key=lambda paragraph: paragraph.start)
        mirrors = {id(paragraph.mirror) for paragraph in self._found}
        number = 0
        result = []
        for paragraph in self._found:
            if id(paragraph) in mirrors:
                paragraph.segment = paragraph.prose.segment()
                continue
            number += 1
            paragraph.segment = None if paragraph.hidden else paragraph.prose.segment(f"{prefix}p{number}")
            result.append(paragraph)
        return result

    def _name_of(self, event: Event) -> str:
        if event.namespace in _WORD:
            return event.local
        return f"mc:{event.local}" if event.namespace == _COMPATIBILITY else f"other:{event.local}"

    def _start(self, event: Event) -> None:
        name = self._name_of(event)
        parent = self._path[-1][0] if self._path else ""
        self._path.append((name, event.start, event.end))
        attributes = {key.rpartition("}")[2]: value for key, value in event.attributes.items()}
        if name == "p":
            self._open.append(Paragraph(self._prose(), event.start, self._fallbacks, self._revisions > 0, bool(self._open)))
        elif name in _OTHERS and parent not in ("rPr", "trPr", "tcPr", "pPr", "numPr"):
            self._revisions += 1
            self._object()
        elif name == "mc:AlternateContent":
            self._choices.append(([], []))
        elif name == "mc:Fallback":
            self._fallbacks += 1
        elif name == "fldSimple":
            self._fields.append([attributes.get("instr", ""), ""])
        elif name == "fldChar":
            self._field(attributes.get("fldCharType", ""))
        paragraph = self._here()
        if paragraph is None:
            return
        if name == "r" and paragraph.run is None:
            tag = self._raw[event.start + 1 : event.end]
            written = tag.split(None, 1)[0].rstrip("/>")
            start = Span(event.end, event.end)
            paragraph.run = Run(event.start, event.end, written[: -len("r")], start)
            paragraph.run_depth = len(self._path)
            paragraph.text = None
        elif paragraph.run is not None and len(self._path) == paragraph.run_depth + 1 and name != "rPr":
            first = self._raw[paragraph.run.properties.end : event.start].strip() == ""
            if paragraph.text is not None:
                paragraph.text.is_last = False
            if name == "t":
                paragraph.text = Text(paragraph.run, event.start, Span(event.end, event.end), first)
            elif name in _BREAKS and self._readable(paragraph):
                paragraph.prose.stand_in(_BREAKS[name])

    def _end(self, event: Event) -> None:
        name, start, inside = self._path.pop()
        paragraph = self._here()
        if name in _OTHERS and self._revisions and (self._path[-1][0] if self._path else "") not in ("rPr", "trPr", "tcPr", "pPr", "numPr"):
            self._revisions -= 1
        elif name == "mc:Fallback":
            self._fallbacks -= 1
        elif name == "mc:AlternateContent":
            self._pair(*self._choices.pop())
        elif name == "fldSimple" and self._fields:
            self._fields.pop()
        elif name == "p":
            closed = self._open.pop()
            self._found.append(closed)
            if self._choices:
                self._choices[-1][self._fallbacks > 0].append(closed)
        elif paragraph is not None and paragraph.run is not None:
            depth = len(self._path) + 1
            if name == "r" and depth == paragraph.run_depth:
                paragraph.run.end = event.end
                paragraph.run = paragraph.text = None
            elif name == "rPr" and depth == paragraph.run_depth + 1:
                paragraph.run.properties = Span(start, event.end)
            elif name == "t" and depth == paragraph.run_depth + 1 and paragraph.text is not None:
                text = paragraph.text
                text.inside, text.end = Span(inside, event.start), event.end
                if event.start < event.end or inside < event.start:
                    paragraph.texts.append(text)

    def _text(self, event: Event) -> None:
        if not self._path:
            return
        name = self._path[-1][0]
        if name == "instrText" and self._fields and len(self._fields[-1]) == 1:
            self._fields[-1][0] += event.name
            return
        paragraph = self._here()
        if name != "t" or paragraph is None or paragraph.run is None or paragraph.text is None:
            return
        if not self._readable(paragraph) or event.cdata or len(self._path) != paragraph.run_depth + 1:
            self._object()
            return
        if self._raw[event.start : event.end] == event.name:
            paragraph.prose.plain(event.start, event.end)
        else:
            paragraph.prose.coded(event.start, event.end, event.name)
        paragraph.object_open = False

    def _here(self) -> Paragraph | None:
        """The paragraph that reads what stands here; the copy for old readers is not read into the outer one."""
        if not self._open or self._open[-1].fallbacks != self._fallbacks:
            return None
        return self._open[-1]

    def _readable(self, paragraph: Paragraph) -> bool:
        return not self._revisions and all(len(each) > 1 and each[0].split()[:1] == ["HYPERLINK"] for each in self._fields)

    def _object(self) -> None:
        """Something here is read by people but not by us: nothing is matched across it."""
        paragraph = self._here()
        if paragraph is not None and not paragraph.object_open and self._path[-1][0] not in ("del", "moveFrom"):
            paragraph.prose.stand_in(OBJECT)
            paragraph.object_open = True

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([""])
        elif kind == "separate" and self._fields:
            self._fields[-1].append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _pair(self, chosen: list[Paragraph], fallen: list[Paragraph]) -> None:
        if len(chosen) == len(fallen) and all(one.prose.text() == other.prose.text() for one, other in zip(chosen, fallen, strict=True)):
            for one, other in zip(chosen, fallen, strict=True):
                one.mirror = other

    def _prose(self) -> Prose:
        return Prose(self._raw, lambda text, place: escape(text))
