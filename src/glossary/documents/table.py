"""Tables, CSV and TSV: the cells of the columns that hold prose; `csv:zh>en,title` names them.

Without names the first row decides: columns called target, translation, en, text and the like are prose, one called source
or zh is the Chinese beside them; in a table without such names every cell is prose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from glossary.documents.document import Document, Segment
from glossary.documents.encoding import decode
from glossary.documents.fields import Fields, is_chinese, is_usual
from glossary.documents.prose import Prose
from glossary.documents.tracking import Tracking
from glossary.edits import Edit, replay
from glossary.errors import DocumentError


class Cell(NamedTuple):
    """A cell at a span of the file, without its quotes."""

    start: int
    end: int
    quoted: bool


def read(data: bytes, name: str, fields: str = "") -> Document:
    """Read a table; its text is the whole decoded file.

    Raises:
        DocumentError: a quote is not closed, or a column that was asked for is not there.
    """
    decoded = decode(data, name)
    text = decoded.text
    delimiter = "\t" if name.lower().endswith((".tsv", ".tab")) else _delimiter(text)
    loose: list[Cell] = []

    def write(edits: list[Edit], tracking: Tracking = Tracking()) -> bytes:  # noqa: B008
        return decoded.encode(replay(text, _quoted(edits, loose, text, delimiter)))

    segments = tuple(_segments(text, delimiter, Fields.of(fields), name, loose))
    return Document(name, text, segments, write, "table")


def cells(text: str, delimiter: str, name: str) -> Iterator[list[Cell]]:
    """The rows of a table."""
    pattern = re.compile(rf'"((?:[^"]|"")*)"(?={re.escape(delimiter)}|[\r\n]|\Z)|([^{re.escape(delimiter)}\r\n]*)')
    row: list[Cell] = []
    at, size = 0, len(text)
    while at < size or row:
        match = pattern.match(text, at)
        assert match is not None
        quoted = match.group(1) is not None
        if not quoted and delimiter != "\t" and text.startswith('"', at):
            raise DocumentError(f"{name}: the double quote in line {1 + text.count(chr(10), 0, at)} is not closed, or text follows it")
        row.append(Cell(*match.span(1 if quoted else 2), quoted))
        at = match.end()
        if text.startswith(delimiter, at):
            at += 1
            continue
        yield row
        row = []
        at += 2 if text.startswith("\r\n", at) else 1


def _segments(text: str, delimiter: str, fields: Fields, name: str, loose: list[Cell]) -> Iterator[Segment]:
    rows = cells(text, delimiter, name)
    first = next(rows, [])
    names = [_read(text, cell) for cell in first]
    headed = bool(fields.targets or fields.source) or any(is_usual(each) for each in names)
    numbered = [str(number) for number in range(1, len(first) + 1)]
    if headed and all(each in numbered for each in (*fields.targets, fields.source) if each) and fields.targets:
        names, headed = numbered, False
    targets, source = fields.chosen(names, name) if headed or fields.targets else (frozenset[str](), None)

    def of_row(row: list[Cell]) -> Iterator[Segment]:
        chinese = next((_read(text, cell) for each, cell in zip(names, row, strict=False) if each == source), None)
        for number, cell in enumerate(row):
            if targets and (number >= len(names) or names[number] not in targets):
                continue
            segment = _segment(text, cell, delimiter, chinese if chinese and is_chinese(chinese) else None)
            if segment is not None:
                if not cell.quoted:
                    loose.append(cell)
                yield segment

    if not headed:
        yield from of_row(first)
    for row in rows:
        yield from of_row(row)


def _segment(text: str, cell: Cell, delimiter: str, source: str | None) -> Segment | None:
    prose = Prose(text, _escape(cell, delimiter))
    at = cell.start
    if cell.quoted:
        for match in re.compile('""').finditer(text, cell.start, cell.end):
            prose.plain(at, match.start())
            prose.coded(match.start(), match.end(), '"')
            at = match.end()
    prose.plain(at, cell.end)
    return prose.segment(source=source)


def _escape(cell: Cell, delimiter: str) -> Callable[[str, int], str]:
    if cell.quoted:
        return lambda text, place: text.replace('"', '""')
    if delimiter == "\t":
        return lambda text, place: " ".join(re.split(r"[\t\r\n]+", text))
    return lambda text, place: text


def _quoted(edits: list[Edit], loose: list[Cell], text: str, delimiter: str) -> list[Edit]:
    """The edits, with quotes around cells that need them now and did not before."""
    if delimiter == "\t" or not any(char in edit.after for edit in edits for char in f'{delimiter}"\r\n'):
        return edits
    starts = [cell.start for cell in loose]
    inside: dict[Cell, list[Edit]] = {}
    result = []
    for edit in edits:
        index = bisect_right(starts, edit.start) - 1
        if index >= 0 and edit.end <= loose[index].end:
            inside.setdefault(loose[index], []).append(edit)
        else:
            result.append(edit)
    for cell, changes in inside.items():
        if not any(char in edit.after for edit in changes for char in f'{delimiter}"\r\n'):
            result += changes
            continue
        new = replay(text[: cell.end], changes)[cell.start :].replace('"', '""')
        result.append(Edit(cell.start, cell.end, text[cell.start : cell.end], f'"{new}"', changes[0].safety, changes[0].rule))
    return sorted(result, key=lambda edit: edit.start)


def _read(text: str, cell: Cell) -> str:
    raw = text[cell.start : cell.end]
    return raw.replace('""', '"') if cell.quoted else raw


def _delimiter(text: str) -> str:
    first = re.sub(r'"(?:[^"]|"")*"', "", text[:100_000]).splitlines()[:1]
    return max(",;\t", key=first[0].count) if first else ","
