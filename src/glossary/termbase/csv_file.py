"""Term files as CSV or TSV: UTF-8, RFC 4180, one concept a row, the first row names the columns."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable
from pathlib import Path

from glossary.errors import NotationError, TermBaseError
from glossary.findings import Safety, Severity
from glossary.termbase.concept import COLUMNS, KINDS, REQUIRED, Concept
from glossary.termbase.notation import parse, split

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MOST_PROBLEMS = 20


def read(path: Path) -> list[Concept]:
    """The concepts of a file, in its order.

    Raises:
        TermBaseError: with a line for each mistake, at most 20.
    """
    rows = _rows(path)
    header = [name.strip() for name in rows[0][1]] if rows else []
    problems = _header_problems(path, header)
    if problems:
        raise TermBaseError(problems)
    concepts: dict[str, Concept] = {}
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        place = f"{path}:{line}"
        if len(cells) > len(header):
            problems.append(f"{place}: {len(cells)} cells for {len(header)} columns; put a cell that holds a comma in double quotes")
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        found = _row_problems(row)
        if row.get("id", "") in concepts:
            found.append(f"id '{row['id']}' is taken by line {concepts[row['id']].line}; choose another")
        problems += [f"{place}: {problem}" for problem in found]
        if not found:
            concepts[row["id"]] = _concept(row, str(path), line)
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        raise TermBaseError(problems[:_MOST_PROBLEMS] + ([f"{path}: and {more} more problems"] if more > 0 else []))
    return list(concepts.values())


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


def _header_problems(path: Path, header: list[str]) -> list[str]:
    problems = [f"{path}:1: the column '{name}' is missing" for name in REQUIRED if name not in header]
    for name in header:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(COLUMNS)}"
            problems.append(f"{path}:1: there is no column '{name}'; {hint}")
    problems += [f"{path}:1: the column '{name}' stands twice" for name in sorted({n for n in header if header.count(n) > 1})]
    return problems


def _row_problems(row: dict[str, str]) -> list[str]:
    problems = []
    if not ID.fullmatch(row.get("id", "")):
        problems.append(f"id is '{row.get('id', '')}'; write lower-case letters and digits joined by hyphens")
    problems += [f"{name} is empty" for name in ("zh", "preferred") if not row.get(name)]
    for name, known in (("kind", KINDS), ("fix", tuple(Safety)), ("severity", tuple(Severity))):
        if row.get(name) and row[name] not in known:
            problems.append(f"{name} is '{row[name]}'; write {', '.join(known[:-1])} or {known[-1]}")
    for name in ("since", "until"):
        if row.get(name) and not _DATE.fullmatch(row[name]):
            problems.append(f"{name} is '{row[name]}'; write a year or an ISO date such as 2018-03-21")
    for entry in split(row.get("deprecated", "")):
        try:
            parse(entry)
        except NotationError as error:
            problems.append(f"deprecated: {error}")
    return problems


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
