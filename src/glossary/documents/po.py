"""PO (gettext): the translations of each message, plural forms too, with the message as their source.

Comments, flags, the header and obsolete messages are left alone, and so is the way the lines are wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from glossary.documents import container
from glossary.documents.document import Document, Segment
from glossary.documents.encoding import Decoded, decode
from glossary.documents.prose import Prose
from glossary.errors import DocumentError
from glossary.patterns import lazy
from glossary.text import Span

# polib gives the values of messages but not where their lines stand, reads past what it cannot parse (`msgstr nope` is "op" to it), and its
# writer wraps every message anew; an edit that leaves all other bytes alone needs the places. The tests hold this reader against it.
_KEYWORD = lazy(r"[ \t]*(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)?[ \t]*\"((?:[^\"\\]|\\.)*)\"[ \t]*$")
_ESCAPE = lazy(r"\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_CHARSET = lazy(rb"charset=([\w.-]+)")
_LONGEST_NAME = 60


def read(data: bytes, name: str) -> Document:
    """Read a PO file.

    Raises:
        DocumentError: a line is neither a comment nor a message, or the encoding is wrong.
    """
    raw = _decoded(data, name)
    units = [segment for message in _messages(raw.text, name) for segment in _segments(raw.text, message)]
    return container.document(name, data, raw.text, units, raw.encode, "po")


@dataclass
class _Message:
    """The places of the quoted lines of each part of a message."""

    parts: dict[str, list[Span]] = field(default_factory=dict)

    def text(self, raw: str, part: str) -> str:
        return "".join(_read(raw[low:high]) for low, high in self.parts.get(part, ()))


def _decoded(data: bytes, name: str) -> Decoded:
    found = _CHARSET.search(data[:8192])
    charset = found.group(1).decode().lower() if found else "utf-8"
    if charset in ("utf-8", "utf8", "charset", "ascii", "us-ascii"):
        return decode(data, name)
    try:
        return Decoded(data.decode(charset), charset, b"")
    except (LookupError, UnicodeError):
        raise DocumentError(f"{name}: says it is {charset} but is not; save it as UTF-8") from None


def _messages(raw: str, name: str) -> Iterator[_Message]:
    message, part = _Message(), ""
    for number, line in enumerate(re.finditer(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)", raw), 1):
        start, text = line.start(1), line.group(1)
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        found = _KEYWORD.match(text)
        if found is None or (found.group(1) is None and not part):
            raise DocumentError(f"{name}: line {number} is no PO: expected a keyword and a string in double quotes")
        keyword = found.group(1)
        if keyword in ("msgctxt", "msgid") and any(each.startswith("msgstr") for each in message.parts):
            yield message
            message = _Message()
        part = keyword or part
        message.parts.setdefault(part, []).append(Span(start + found.start(3), start + found.end(3)))
    yield message


def _segments(raw: str, message: _Message) -> Iterator[Segment]:
    key = message.text(raw, "msgid")
    if not key:  # the header
        return
    for part, lines in message.parts.items():
        if not part.startswith("msgstr"):
            continue
        prose = Prose(raw, _escape)
        for low, high in lines:
            at = low
            for match in _ESCAPE.finditer(raw, low, high):
                prose.plain(at, match.start())
                prose.coded(match.start(), match.end(), _read(match.group()))
                at = match.end()
            prose.plain(at, high)
        plural = part not in ("msgstr", "msgstr[0]") and "msgid_plural" in message.parts
        name = " ".join(key.split())[:_LONGEST_NAME] + (part[6:] if "[" in part else "")
        segment = prose.segment(name, message.text(raw, "msgid_plural") if plural else key)
        if segment is not None:
            yield segment


def _read(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        if match.group(1):
            return chr(int(match.group(1), 16))
        if match.group(2):
            return chr(int(match.group(2), 8))
        return _NAMED.get(match.group(3), match.group(3))

    return _ESCAPE.sub(character, text)


def _escape(text: str, place: int) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
