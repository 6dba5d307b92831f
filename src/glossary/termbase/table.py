"""Rows of cells to concepts: what CSV, TSV and XLSX have in common."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from glossary.errors import NotationError, TermBaseError
from glossary.findings import Safety, Severity
from glossary.patterns import lazy
from glossary.termbase.concept import COLUMNS, KINDS, REQUIRED, Concept
from glossary.termbase.exchange import new_id
from glossary.termbase.notation import parse, split

ID = lazy(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = lazy(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MOST_PROBLEMS = 20


class Fault(NamedTuple):
    """A mistake in a table: the line of its row, the name of the lint rule, the text it is about, and what is wrong with it."""

    line: int
    rule: str
    text: str
    message: str


class Table(NamedTuple):
    """What a table holds: the concepts of the rows that are right, its columns, its mistakes, and the columns left out."""

    concepts: list[Concept]
    columns: frozenset[str]
    faults: list[Fault]
    unused: list[str]

    def checked(self, path: str) -> Table:
        """The table itself.

        Raises:
            TermBaseError: it has mistakes; with a line for each, at most 20.
        """
        if self.faults:
            problems = [f"{path}:{fault.line}: {fault.message}" for fault in self.faults]
            more = len(problems) - _MOST_PROBLEMS
            raise TermBaseError(problems[:_MOST_PROBLEMS] + ([f"{path}: and {more} more problems"] if more > 0 else []))
        return self


def read(rows: Sequence[tuple[int, list[str]]], path: str, columns: Mapping[str, str] | None = None) -> Table:
    """Read rows, the first of which names the columns.

    Args:
        rows: the cells of each row with the line it begins on.
        path: the file, for the concepts' places.
        columns: our name -> theirs. With it other columns of the file are left out, and ids are made where there are none.
    """
    header = [name.strip() for name in rows[0][1]]
    unused: list[str] = []
    if columns:
        ours = {theirs: name for name, theirs in columns.items()}
        unknown = [theirs for theirs in ours if theirs not in header]
        if unknown:
            return Table([], frozenset(), [Fault(1, "column", "", f"there is no column '{name}' to map") for name in unknown], [])
        header = [ours.get(name, name if name in COLUMNS and name not in columns else "") for name in header]
        unused = [theirs for theirs, name in zip(rows[0][1], header, strict=True) if not name]
    faults = list(_header_faults(header, bool(columns)))
    if faults:
        return Table([], frozenset(), faults, unused)
    concepts: dict[str, Concept] = {}
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            message = f"{len(cells)} cells for {len(header)} columns; put a cell that holds a comma in double quotes"
            faults.append(Fault(line, "row", cells[0], message))
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if columns and not row.get("id"):
            row["id"] = new_id(row.get("preferred", ""), concepts)
        found = list(_row_faults(row, line))
        key = row.get("id", "")
        if key in concepts:
            found.append(Fault(line, "id", key, f"id '{key}' is taken by line {concepts[key].line}; choose another"))
        faults += found
        if not found:
            concepts[key] = _concept(row, path, line)
    return Table(list(concepts.values()), frozenset(name for name in header if name), faults, unused)


def rows(concepts: Iterable[Concept]) -> Iterator[list[str]]:
    """The rows of a table of concepts, the names of its columns first."""
    yield list(COLUMNS)
    for concept in concepts:
        yield cells(concept)


def cells(concept: Concept) -> list[str]:
    """A concept as a row, in the order of COLUMNS."""
    return [_cell(getattr(concept, name.replace("-", "_"))) for name in COLUMNS]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return ";".join(value) if isinstance(value, tuple) else str(value)


def _header_faults(header: list[str], mapped: bool) -> Iterator[Fault]:
    for name in REQUIRED:
        if name not in header and not (mapped and name == "id"):
            hint = f"; map it with {name}=THEIR-NAME" if mapped else ""
            yield Fault(1, "column", "", f"the column '{name}' is missing{hint}")
    for name in header:
        if name and name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(COLUMNS)}"
            yield Fault(1, "column", name, f"there is no column '{name}'; {hint}")
    for name in sorted({n for n in header if n and header.count(n) > 1}):
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
        short=row.get("short", ""),
        path=path,
        line=line,
    )
