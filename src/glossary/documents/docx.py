"""Word documents (.docx): the paragraphs of the body, tables, text boxes, headers, footers, foot- and endnotes.

Edits are written as tracked changes: the old words as `w:del`, the new as `w:ins`, each run cut at the edit and its
formatting copied. Changes that others have tracked, field codes and everything else in the file stay as they are.
The raw XML is edited in place (`wordml.py` finds the places); no part is made anew.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from glossary.documents.archive import Archive
from glossary.documents.container import by_unit, joined
from glossary.documents.document import Document, Segment
from glossary.documents.encoding import Decoded
from glossary.documents.replacement import Replacement, shares
from glossary.documents.tracking import Tracking
from glossary.documents.wordml import Paragraph, Text, paragraphs
from glossary.documents.xml_events import Kind, decoded, encoded, escape, events
from glossary.edits import Edit
from glossary.errors import DocumentError
from glossary.patterns import lazy

_PARTS = ("document.main+xml", "template.main+xml", "footnotes+xml", "endnotes+xml", "header+xml", "footer+xml")
_MAIN = lazy(r"(?:document|template)(?:\.macroEnabled(?:Template)?)?\.main\+xml$", re.I)
_ID = lazy(r"\bid=[\"'](\d{1,9})[\"']")
_NEW_ID = lazy(r"(rPrChange\b[^>]*?\bid=[\"'])\d+")
_TOKEN = lazy(r"&[#\w]+;|\w+(?:['’]\w+)*|[\W\s]", re.S)
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


@dataclass
class _Part:
    """One XML part and its paragraphs."""

    name: str
    raw: Decoded
    paragraphs: list[Paragraph]
    is_main: bool


def read(data: bytes, name: str) -> Document:
    """Read a Word document.

    Raises:
        DocumentError: it is none, is encrypted or damaged, or would unpack to more than a document holds.
    """
    archive = Archive(data, name)
    types = _types(archive, name)
    parts = []
    for part, is_main in types:
        raw = decoded(archive.read(part), f"{name}: {part}")
        parts.append(_Part(part, raw, paragraphs(raw.text, f"{name}: {part}", "" if is_main else _short(part)), is_main))
    units = [(part, paragraph, paragraph.segment) for part in parts for paragraph in part.paragraphs if paragraph.segment is not None]
    text, segments = joined(segment for _, _, segment in units)

    def write(edits: list[Edit], tracking: Tracking = Tracking()) -> bytes:  # noqa: B008
        if not edits:
            return data
        writer = _Writer(archive, tracking, name)
        inside = by_unit(edits, segments)
        for part in parts:
            changes = [(one, segment, inside[n]) for n, (of, one, segment) in enumerate(units) if of is part and n in inside]
            if changes:
                writer.change(part, changes)
        return archive.with_parts(writer.finished())

    return Document(name, text, segments, write, "docx")


def _types(archive: Archive, name: str) -> list[tuple[str, bool]]:
    """The parts with prose, the body first."""
    if "[Content_Types].xml" not in archive.names:
        raise DocumentError(f"{name}: not a Word document: the archive has no [Content_Types].xml")
    raw = decoded(archive.read("[Content_Types].xml"), name).text
    found: list[tuple[int, str, bool]] = []
    for event in events(raw, name):
        if event.kind is Kind.START and event.local == "Override":
            kind = event.attributes.get("ContentType", "")
            part = event.attributes.get("PartName", "").lstrip("/")
            is_main = bool(_MAIN.search(kind)) and "word" in kind.lower()
            rank = 0 if is_main else next((n for n, end in enumerate(_PARTS) if "wordprocessingml" in kind and kind.endswith(end)), -1)
            if rank >= 0 and part in archive.names:
                found.append((rank, part, is_main))
    found.sort(key=lambda item: item[:2])
    if not found or not found[0][2]:
        raise DocumentError(f"{name}: not a Word document: the archive has no main document")
    return [(part, is_main) for _, part, is_main in found]


def _short(part: str) -> str:
    return part.rpartition("/")[2].removesuffix(".xml") + "/"


@dataclass
class _Change:
    """What a share does to a text: the raw old words at a span, the new ones, and what goes around them."""

    share: Replacement
    before: str = ""
    after: str = ""


@dataclass
class _Writer:
    """Makes the changed parts. Numbers are given in order, so the same edits always give the same file."""

    archive: Archive
    tracking: Tracking
    name: str
    comments: list[str] = field(default_factory=list)
    made: dict[str, bytes] = field(default_factory=dict)
    main: str = ""

    def __post_init__(self) -> None:
        highest = 0
        for part in self.archive.names:
            if part.endswith(".xml") and part.startswith("word/"):
                found = _ID.findall(self.archive.read(part).decode("utf-8", "replace"))
                highest = max([highest, *map(int, found)])
        self._ids = count(highest + 1)
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
        self._date = (self.tracking.date or now).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._author = escape(self.tracking.author).replace('"', "&quot;")

    def change(self, part: _Part, changes: list[tuple[Paragraph, Segment, list[Edit]]]) -> None:
        """Make the edits of one part."""
        texts: dict[Text, list[_Change]] = {}
        for paragraph, segment, edits in changes:
            for edit in edits:
                self._place(texts, paragraph, segment, edit, part)
                if paragraph.mirror is not None and paragraph.mirror.segment is not None:
                    self._place(texts, paragraph.mirror, paragraph.mirror.segment, edit, part)
        raw = part.raw.text
        rewrite = self._plain if self.tracking.accept else self._tracked
        pieces = [rewrite(text, found, raw) for text, found in texts.items()]
        pieces.sort()
        result: list[str] = []
        at = 0
        for start, end, new in pieces:
            result += (raw[at:start], new)
            at = end
        self.made[part.name] = encoded("".join((*result, raw[at:])), part.raw)
        if part.is_main:
            self.main = part.name

    def _place(self, texts: dict[Text, list[_Change]], paragraph: Paragraph, segment: Segment, edit: Edit, part: _Part) -> None:
        raw = part.raw.text
        found = []
        for share in shares(segment, edit.start, edit.end, edit.after):
            new = escape(share.text)
            if new != raw[share.start : share.end]:
                change = _Change(_narrowed(share._replace(text=new), raw))
                texts.setdefault(paragraph.text_at(share.start), []).append(change)
                found.append(change)
        wanted = found and part.is_main and not paragraph.boxed and not self.tracking.accept
        remark = self.tracking.comment(edit) if self.tracking.comment and wanted else ""
        if remark:
            number = next(self._ids)
            prefix = paragraph.text_at(found[0].share.start).run.prefix
            found[0].before = f'<{prefix}commentRangeStart {prefix}id="{number}"/>'
            found[-1].after = (
                f'<{prefix}commentRangeEnd {prefix}id="{number}"/><{prefix}r><{prefix}commentReference {prefix}id="{number}"/></{prefix}r>'
            )
            self.comments.append(
                f'<w:comment w:id="{number}" w:author="{self._author}" w:date="{self._date}" w:initials="g">'
                f'<w:p><w:r><w:t xml:space="preserve">{escape(remark)}</w:t></w:r></w:p></w:comment>'
            )

    def _plain(self, text: Text, changes: list[_Change], raw: str) -> tuple[int, int, str]:
        parts: list[str] = []
        at = text.inside.start
        for change in changes:
            parts += (raw[at : change.share.start], change.share.text)
            at = change.share.end
        return text.start, text.end, _element(text.run.prefix, "t", "".join((*parts, raw[at : text.inside.end])))

    def _tracked(self, text: Text, changes: list[_Change], raw: str) -> tuple[int, int, str]:
        """The run cut around the changes; what would be left empty of it is left out."""
        run, prefix = text.run, text.run.prefix
        if not prefix:
            raise DocumentError(f"{self.name}: writes Word's elements without a prefix, changes cannot be tracked; use --accept")
        properties = raw[run.properties.start : run.properties.end]
        opening = raw[run.start : run.inside] + properties
        kept: list[str] = []
        at = text.inside.start
        for change in changes:
            kept.append(raw[at : change.share.start])
            at = change.share.end
        kept.append(raw[at : text.inside.end])
        bare_start, bare_end = text.is_first and not kept[0], text.is_last and not kept[-1]
        parts: list[str] = [] if bare_start else [_element(prefix, "t", kept[0]), f"</{prefix}r>"]
        for index, change in enumerate(changes):
            if index and kept[index]:
                parts += (self._fresh(opening), _element(prefix, "t", kept[index]), f"</{prefix}r>")
            parts.append(change.before)
            old = raw[change.share.start : change.share.end]
            parts.append(self._mark(prefix, "del", self._fresh(properties), _element(prefix, "delText", old)))
            parts.append(self._mark(prefix, "ins", self._fresh(properties), _element(prefix, "t", change.share.text)))
            parts.append(change.after)
        if not bare_end:
            parts += (self._fresh(opening), _element(prefix, "t", kept[-1]))
        return run.start if bare_start else text.start, run.end if bare_end else text.end, "".join(parts)

    def _mark(self, prefix: str, kind: str, properties: str, content: str) -> str:
        if not content:
            return ""
        head = f'{prefix}{kind} {prefix}id="{next(self._ids)}" {prefix}author="{self._author}" {prefix}date="{self._date}"'
        return f"<{head}><{prefix}r>{properties}{content}</{prefix}r></{prefix}{kind}>"

    def _fresh(self, properties: str) -> str:
        """A copy of a run's properties; a change of format that someone tracked in them gets a number of its own."""
        return _NEW_ID.sub(lambda match: f"{match.group(1)}{next(self._ids)}", properties)

    def finished(self) -> dict[str, bytes]:
        """The changed parts, with the comments' part and what leads to it."""
        if self.comments:
            self._add_comments()
        return self.made

    def _add_comments(self) -> None:
        added = "".join(self.comments)
        types = self._text("[Content_Types].xml")
        known = re.search(rf'PartName="/?([^"]+)"[^>]*ContentType="{re.escape(_COMMENTS)}"', types) or re.search(
            rf'ContentType="{re.escape(_COMMENTS)}"[^>]*PartName="/?([^"]+)"', types
        )
        if known and known.group(1) in self.archive.names:
            part = known.group(1)
            existing = self._text(part)
            close = re.search(r"</w:comments\s*>\s*$", existing)
            if close is not None:
                self.made[part] = (existing[: close.start()] + added + existing[close.start() :]).encode()
                return
            empty = re.search(r"<w:comments\b([^>]*)/>\s*$", existing)
            if empty is None:
                raise DocumentError(f"{self.name}: {part} is not written as Word writes it; leave out --comments")
            self.made[part] = (existing[: empty.start()] + f"<w:comments{empty.group(1)}>{added}</w:comments>").encode()
            return
        folder, _, file = self.main.rpartition("/")
        part = f"{folder}/comments.xml" if folder else "comments.xml"
        namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        self.made[part] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{namespace}">{added}</w:comments>'.encode()
        )
        self._insert("[Content_Types].xml", "Types", f'<Override PartName="/{part}" ContentType="{_COMMENTS}"/>')
        links = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        self._insert(links, "Relationships", f'<Relationship Id="rIdGlossaryComments" Type="{_COMMENTS_LINK}" Target="comments.xml"/>')

    def _text(self, part: str) -> str:
        return decoded(self.archive.read(part), f"{self.name}: {part}").text

    def _insert(self, part: str, element: str, new: str) -> None:
        """Put an element at the end of a small part of the package."""
        existing = self._text(part)
        close = re.search(rf"</{element}\s*>\s*$", existing)
        if close is None:
            raise DocumentError(f"{self.name}: {part} is not written as Word writes it; leave out --comments")
        self.made[part] = (existing[: close.start()] + new + existing[close.start() :]).encode()


def _narrowed(share: Replacement, raw: str) -> Replacement:
    """The share without the words that it begins and ends with as before: an editor is shown what is new, and no more."""
    old, new = _TOKEN.findall(raw, share.start, share.end), _TOKEN.findall(share.text)
    room = min(len(old), len(new))
    ahead = next((n for n in range(room) if old[n] != new[n]), room)
    room -= ahead
    behind = next((n for n in range(room) if old[-1 - n] != new[-1 - n]), room)
    start = share.start + sum(map(len, old[:ahead]))
    return Replacement(start, share.end - sum(map(len, old[len(old) - behind :])), "".join(new[ahead : len(new) - behind]))


def _element(prefix: str, name: str, raw: str) -> str:
    return f'<{prefix}{name} xml:space="preserve">{raw}</{prefix}{name}>' if raw else ""
