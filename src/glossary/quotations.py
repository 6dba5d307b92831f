"""Where quotations are, since a house may want the words of a speaker left as they were said; and quotation marks without a partner."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from glossary.patterns import lazy
from glossary.text import Span

_QUOTATION = lazy(r"“[^“”\n]*”|\"[^\"\n]*\"|「[^「」\n]*」")
_WORDS = 6  # a slogan in quotation marks is shorter


def in_quotation(text: str, start: int, end: int) -> bool:
    """Whether a span lies in a quotation of six words or more, inside one paragraph."""
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    line = text[low : high if high >= 0 else len(text)]
    return any(
        match.start() <= start - low and match.end() >= end - low and len(match.group().split()) >= _WORDS
        for match in _QUOTATION.finditer(line)
    )


class Trouble(NamedTuple):
    """A quotation mark at `place` that is `unclosed`, `unopened`, or `turned` the wrong way."""

    place: int
    kind: str


_MARKS = "“”\"„"
_PARAGRAPH = lazy(r"[^\n]+(?:\n(?![ \t\r]*\n)[^\n]+)*")
_SENTENCE_END = lazy(r"[.!?…]\s+$")
_LONG_LINE = 160  # a longer line is a paragraph of its own, even without a blank line after it
_OPENS_AFTER = frozenset(" \t\n\xa0([{—–-/‘'“")
_CLOSES_BEFORE = frozenset(" \t\n\xa0,.;:!?)]}—–-’'”…*")


def troubles(text: str) -> list[Trouble]:
    """The quotation marks of a text that have no partner in their paragraph, and those that are turned the wrong way, in order."""
    marks = sorted(at for mark in _MARKS for at in _places(text, mark))
    found: list[Trouble] = []
    first = 0
    for match in _PARAGRAPH.finditer(text) if marks else ():
        if first < len(marks) and marks[first] < match.end():
            for low, high in _parts(match):
                last = bisect_left(marks, high, first)
                if last > first:
                    found += _of_paragraph(text, low, high, marks[first:last])
                first = last
    return found


def _places(text: str, mark: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


def _parts(paragraph: re.Match[str]) -> Iterator[Span]:
    """What of a paragraph a quotation may run through: all of it, or a long line alone."""
    start, end = paragraph.span()
    lines = paragraph.group().split("\n")
    if len(lines) == 1 or max(map(len, lines)) <= _LONG_LINE:
        yield Span(start, end)
        return
    for line in lines:
        yield Span(start, start + len(line))
        start += len(line) + 1


def _of_paragraph(text: str, low: int, high: int, marks: list[int]) -> list[Trouble]:
    """What is wrong with the marks of a paragraph. Of lonely ones only the first is told: the others follow from it."""
    if any(text[at] == "„" for at in marks):
        return []
    told: list[Trouble] = []
    opened: int | None = None
    count = 0
    for at in marks:
        lean = _lean(text, at, low, high)
        mark = text[at]
        if mark == '"':
            if opened is None and at > low and text[at - 1].isdigit() and lean != "open":
                continue  # inches, seconds
            count += 1
            opens = opened is None if lean != "open" else True
            if opened is None and lean == "close":
                told.append(Trouble(at, "unopened"))
                continue
        else:
            opens = mark == "“"
            if opens and lean == "close":
                told.append(Trouble(at, "turned"))
                opened = None
                continue
            if not opens and opened is None:
                turned = lean == "open" or (lean == "" and text[at - 1] in ".!?…" and text[at + 1 : at + 2].isalpha())
                told.append(Trouble(at, "turned" if turned else "unopened"))
                opened = at if turned else None
                continue
        if opens:
            if opened is not None and _SENTENCE_END.search(text, max(low, at - 4), at):
                count -= 1  # a quotation of several paragraphs, run together
            elif opened is not None:
                told.append(Trouble(opened, "unclosed"))
            opened = at
        elif opened is not None:
            opened = None
    if opened is not None and not _continues(text, high):
        told.append(Trouble(opened, "unclosed"))
    straight = all(text[at] == '"' for at in marks)
    if straight and count % 2 == 0:
        return []
    lonely = [trouble for trouble in told if trouble.kind != "turned"]
    return sorted([trouble for trouble in told if trouble.kind == "turned"] + lonely[:1])


def _lean(text: str, at: int, low: int, high: int) -> str:
    """Whether a mark leans on the word after it (`open`), on the word before it (`close`), or on neither."""
    before = text[at - 1] if at > low else " "
    after = text[at + 1] if at + 1 < high else " "
    if before in _OPENS_AFTER and not after.isspace():
        return "" if before in "-–—/'‘" and after in _CLOSES_BEFORE else "open"
    if not before.isspace() and after in _CLOSES_BEFORE:
        return "close"
    return ""


def _continues(text: str, end: int) -> bool:
    """Whether the next paragraph opens with a mark again: a quotation of several paragraphs."""
    return text[end : end + 200].lstrip()[:1] in ("“", '"')
