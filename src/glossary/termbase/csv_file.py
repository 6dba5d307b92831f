"""Term files as CSV or TSV: UTF-8, RFC 4180, one concept a row, the first row names the columns."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from glossary.errors import NotationError, TermBaseError
from glossary.findings import Safety, Severity
from glossary.termbase.concept import COLUMNS, KINDS, REQUIRED, Concept
from glossary.termbase.notation import parse, split

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MOST_PROBLEMS = 20


class Fault(NamedTuple):
    """A mistake in a file: the line of its row, the name of the lint rule, the text it is about, and what is wrong with it."""

    line: int
    rule: str
    text: str
    message: str


def read(path: Path) -> list[Concept]:
    """The concepts of a file, in its order.

    Raises:
        TermBaseError: with a line for each mistake, at most 20.
    """
    concepts, faults = inspect(path)
    if faults:
        problems = [f"{path}:{fault.line}: {fault.message}" for fault in faults]
        more = len(problems) - _MOST_PROBLEMS
        raise TermBaseError(problems[:_MOST_PROBLEMS] + ([f"{path}: and {more} more problems"] if more > 0 else []))
    return concepts


def inspect(path: Path) -> tuple[list[Concept], list[Fault]]:
    """The concepts of the rows that are right, and what is wrong with the others, in file order.

    Raises:
        TermBaseError: the file is no table at all.
    """
    rows = _rows(path)
    header = [name.strip() for name in rows[0][1]]
    faults = list(_header_faults(header))
    if faults:
        return [], faults
    concepts: dict[str, Concept] = {}
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            message = f"{len(cells)} cells for {len(header)} columns; put a cell that holds a comma in double quotes"
            faults.append(Fault(line, "row", cells[0], message))
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        found = list(_row_faults(row, line))
        key = row.get("id", "")
        if key in concepts:
            found.append(Fault(line, "id", key, f"id '{key}' is taken by line {concepts[key].line}; choose another"))
        faults += found
        if not found:
            concepts[key] = _concept(row, str(path), line)
    return list(concepts.values()), faults


def write(path: Path, concepts: Iterable[Concept]) -> None:
    """Write concepts in the order given, all columns, LF line ends; `.tsv` takes tabs."""
    path.write_text(dumps(concepts, "\t" if path.suffix.lower() == ".tsv" else ","), encoding="utf-8", newline="")


def dumps(concepts: Iterable[Concept], delimiter: str = ",") -> str:
    """The text of a term file."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(cells(concept) for concept in concepts)
    return out.getvalue()


def cells(concept: Concept) -> list[str]:
    """A concept as a row, in the order of COLUMNS."""
    return [_cell(getattr(concept, name.replace("-", "_"))) for name in COLUMNS]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return ";".join(value) if isinstance(value, tuple) else str(value)


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


def _header_faults(header: list[str]) -> Iterator[Fault]:
    for name in REQUIRED:
        if name not in header:
            yield Fault(1, "column", "", f"the column '{name}' is missing")
    for name in header:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(COLUMNS)}"
            yield Fault(1, "column", name, f"there is no column '{name}'; {hint}")
    for name in sorted({n for n in header if header.count(n) > 1}):
        yield Fault(1, "column", name, f"the column '{name}' stands twice")


def _row_faults(row: dict[str, str], line: int) -> Iterator[Fault]:
    key = row.get("id", "")
    if not ID.fullmatch(key):
        yield Fault(line, "id", key, f"id is '{key}'; write lower-case letters and digits joined by hyphens")
    for name in ("zh", "preferred"):
        if not row.get(name):
            yield Fault(line, "empty", key, f"{name} is empty")
    for name, known in (("kind", KINDS), ("fix", tuple(Safety)), ("severity", tuple(Severity))):
        value = row.get(name)
        if value and value not in known:
            yield Fault(line, "value", value, f"{name} is '{value}'; write {', '.join(known[:-1])} or {known[-1]}")
    for name in ("since", "until"):
        value = row.get(name)
        if value and not _DATE.fullmatch(value):
            yield Fault(line, "value", value, f"{name} is '{value}'; write a year or an ISO date such as 2018-03-21")
    for entry in split(row.get("deprecated", "")):
        try:
            parse(entry)
        except NotationError as error:
            yield Fault(line, "notation", entry, f"deprecated: {error}")


def _concept(row: dict[str, str], path: str, line: int) -> Concept:
    severity = row.get("severity")
    return Concept(
        id=row["id"],
        zh=split(row["zh"]),
        preferred=row["preferred"],
        admitted=split(row.get("admitted", "")),
        deprecated=split(row.get("deprecated", "")),
        kind=row.get("kind", ""),
        fix=Safety(row.get("fix") or "safe"),
        severity=Severity(severity) if severity else None,
        unless=split(row.get("unless", "")),
        only_if=split(row.get("only-if", "")),
        note=row.get("note", ""),
        authority=row.get("authority", ""),
        since=row.get("since", ""),
        until=row.get("until", ""),
        path=path,
        line=line,
    )
