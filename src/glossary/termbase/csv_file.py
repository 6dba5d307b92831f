"""Term files as CSV or TSV: UTF-8, RFC 4180, one concept a row, the first row names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from glossary.errors import TermBaseError
from glossary.termbase import table
from glossary.termbase.concept import COLUMNS, REQUIRED, Concept
from glossary.termbase.exchange import Parsed, Written
from glossary.termbase.table import Table
from glossary.termbase.termbase import TermBase
from glossary.text import LineIndex


def read(path: Path) -> list[Concept]:
    """The concepts of a file, in its order.

    Raises:
        TermBaseError: with a line for each mistake, at most 20.
    """
    return parse(path).concepts


def parse(path: Path, columns: Mapping[str, str] | None = None) -> Parsed:
    """What a file holds; `columns` leads from our name of a column to the file's.

    Raises:
        TermBaseError: with a line for each mistake, at most 20.
    """
    found = inspect(path, columns).checked(str(path))
    return Parsed(found.concepts, found.columns, [f"{path}: the column '{name}' is left out" for name in found.unused])


def inspect(path: Path, columns: Mapping[str, str] | None = None) -> Table:
    """The table of a file with its mistakes.

    Raises:
        TermBaseError: the file is no table at all.
    """
    return table.read(_rows(path), str(path), columns)


def dumps(concepts: Sequence[Concept], termbase: TermBase | None = None, format: str = "csv") -> Written:
    """A term file in the format `csv` or `tsv`. It holds everything."""
    return Written(text(concepts, "\t" if format == "tsv" else ",").encode(), [])


def text(concepts: Iterable[Concept], delimiter: str = ",") -> str:
    """The text of a term file: all columns, in the order given, LF line ends."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(table.rows(concepts))
    return out.getvalue()


def insert(path: Path, values: Mapping[str, str]) -> bytes:
    """The file with one row more, in its place by id. Every other row stays as it is written; so do the line ends and the columns.

    Args:
        path: a term file; where there is none yet, a new one is made.
        values: column -> cell.

    Raises:
        TermBaseError: the row is not right, its id is taken, or the file has no column for one of its values.
    """
    rows = _rows(path) if path.exists() else [(1, list(COLUMNS))]
    header = [name.strip() for name in rows[0][1]]
    for name, value in values.items():
        if value and name not in header:
            raise TermBaseError(f"{path}:1: there is no column '{name}' for '{value}'; add it to the first row")
    cells = [values.get(name, "") for name in header]
    problems = table.read([rows[0], (0, cells)], str(path)).faults
    if problems:
        raise TermBaseError([f"{path}: {fault.message}" for fault in problems])
    at = header.index("id")
    taken = next((line for line, row in rows[1:] if row[at : at + 1] == [values["id"]]), None)
    if taken is not None:
        raise TermBaseError(f"{path}:{taken}: id '{values['id']}' is taken; choose another")
    data = path.read_bytes() if path.exists() else (",".join(COLUMNS) + "\n").encode()
    content = data.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in content else "\n"
    out = io.StringIO()
    csv.writer(out, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", lineterminator=end).writerow(cells)
    after = next((line for line, row in rows[1:] if row[at : at + 1] and row[at].strip() > values["id"]), None)
    place = len(content)
    if after is not None:
        place = LineIndex(content).line(after).start
    elif not content.endswith("\n"):
        content += end
        place = len(content)
    changed = content[:place] + out.getvalue() + content[place:]
    return (b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b"") + changed.encode()


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Each row with the line it begins on."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise TermBaseError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError as error:
        raise TermBaseError(f"{path}: not UTF-8 at byte {error.start}; save it as CSV UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if path.suffix.lower() == ".tsv" else ",", strict=True)
    rows = []
    line = 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise TermBaseError(f"{path}:{line}: a double quote is not closed ({error}); inside a cell write it twice") from None
    if not rows:
        raise TermBaseError(f"{path}:1: the file is empty; the first row names the columns: {','.join(REQUIRED)}, …")
    return rows
