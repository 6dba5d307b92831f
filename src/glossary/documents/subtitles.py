"""Subtitles, SRT and WebVTT: the text of the cues; numbers, times, settings, notes, styles and tags are left alone.

A sentence that runs on into the next cue is matched as one, and what replaces it is cut at the same place. Cues that
overlap in time are two voices and stay apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape as escaped
from html import unescape
from typing import NamedTuple

from glossary.documents.document import Document, Segment
from glossary.documents.encoding import decode
from glossary.documents.prose import Prose
from glossary.documents.tracking import Tracking
from glossary.edits import Edit, replay
from glossary.errors import DocumentError
from glossary.patterns import lazy
from glossary.text import Span

_LINE = lazy(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_TIMES = lazy(r"\s*((?:\d+:)?\d+:\d+[.,]\d+)\s*-->\s*((?:\d+:)?\d+:\d+[.,]\d+)")
_MARKUP = lazy(r"<[^<>\n]*>|\{\\[^{}\n]*\}|&(?:\w+|#\d+);")
_FINISHED = lazy(r"[.!?:;…。！？♪][\"”’')\]]*\s*$")
_NEW_VOICE = lazy(r"\s*(?:[-–—♪\[(]|>>)")
_PAUSE = 2.0  # seconds; after a longer one a new sentence is assumed


class _Cue(NamedTuple):
    start: float
    end: float
    lines: list[Span]


def read(data: bytes, name: str) -> Document:
    """Read a subtitle file; its text is the whole decoded file.

    Raises:
        DocumentError: it has no cues.
    """
    decoded = decode(data, name)
    text = decoded.text

    def write(edits: list[Edit], tracking: Tracking = Tracking()) -> bytes:  # noqa: B008
        return decoded.encode(replay(text, edits))

    cues = list(_cues(text))
    if not cues and text.strip() and not text.startswith("WEBVTT"):
        raise DocumentError(f"{name}: no cue times ('00:00:01,000 --> 00:00:02,000') in this subtitle file")
    return Document(name, text, tuple(_segments(text, cues, text.startswith("WEBVTT"))), write, "subtitles")


def _cues(text: str) -> Iterator[_Cue]:
    """The cues in order of the file: a line of times, and the lines behind it up to a blank one."""
    cue: _Cue | None = None
    for line in _LINE.finditer(text):
        times = _TIMES.match(line.group(1))
        if times:
            if cue is not None:
                yield cue
            cue = _Cue(_seconds(times.group(1)), _seconds(times.group(2)), [])
        elif not line.group(1).strip():
            if cue is not None:
                yield cue
            cue = None
        elif cue is not None:
            cue.lines.append(Span(*line.span(1)))
    if cue is not None:
        yield cue


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def _segments(text: str, cues: list[_Cue], is_vtt: bool) -> Iterator[Segment]:
    prose = Prose(text, _escape if is_vtt else None)
    end = 0.0
    for cue in cues:
        for number, line in enumerate(cue.lines):
            standing = text[line.start : line.end]
            runs_on = number > 0 or (end <= cue.start <= end + _PAUSE and not _FINISHED.search(prose.text()))
            if prose.text() and (not runs_on or _NEW_VOICE.match(standing)):
                segment = prose.segment()
                if segment is not None:
                    yield segment
                prose = Prose(text, _escape if is_vtt else None)
            if prose.text():
                prose.stand_in(" ")
            _take(prose, text, line, is_vtt)
        end = cue.end
    segment = prose.segment()
    if segment is not None:
        yield segment


def _take(prose: Prose, text: str, line: Span, is_vtt: bool) -> None:
    at = line.start
    for match in _MARKUP.finditer(text, line.start, line.end):
        if match.group().startswith("&"):
            if is_vtt:
                prose.plain(at, match.start())
                prose.coded(match.start(), match.end(), unescape(match.group()))
                at = match.end()
            continue
        prose.plain(at, match.start())
        at = match.end()
    prose.plain(at, line.end)


def _escape(text: str, place: int) -> str:
    return escaped(text, quote=False)
