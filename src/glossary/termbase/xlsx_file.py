"""Term files as XLSX: the first sheet of a workbook, by openpyxl. Every cell is text, so that nothing is taken for a formula."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from glossary.errors import TermBaseError
from glossary.patterns import lazy
from glossary.termbase import table
from glossary.termbase.concept import COLUMNS, REQUIRED, Concept
from glossary.termbase.exchange import Parsed, Written
from glossary.termbase.termbase import TermBase
from glossary.unpacking import too_much

_WIDTHS = {"id": 28, "zh": 28, "preferred": 44, "admitted": 44, "deprecated": 60, "note": 40, "authority": 30}
_NOT_HELD = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = lazy("_x[0-9A-Fa-f]{4}_")
_LONGEST = 32_767  # characters of a cell
_MOST_CELLS = 5_000_000  # empty ones too: one cell in the last row and column stands for billions


def parse(path: Path, columns: Mapping[str, str] | None = None) -> Parsed:
    """What the first sheet holds; `columns` leads from our name of a column to the file's.

    Raises:
        TermBaseError: it is no workbook, or holds mistakes.
    """
    found = table.read(_rows(path), str(path), columns).checked(str(path))
    return Parsed(found.concepts, found.columns, [f"{path}: the column '{name}' is left out" for name in found.unused])


def dumps(concepts: Sequence[Concept], termbase: TermBase | None = None, format: str = "xlsx") -> Written:
    """A workbook with one sheet, its first row fixed and filtered. Characters that XLSX cannot hold are left out and told."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("terms")
    sheet.freeze_panes = "B2"
    for number, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 12)
    losses: list[str] = []
    height = 0
    for row in table.rows(concepts):
        cells = []
        for name, text in zip(COLUMNS, row, strict=True):
            kept = _NOT_HELD.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
            if kept != text:
                losses.append(f"{row[0]}: {name} holds control characters, which XLSX has no place for; they are left out")
            if len(kept) > _LONGEST:
                losses.append(f"{row[0]}: {name} has {len(kept):,} characters; a cell of XLSX holds {_LONGEST:,}, so the row is left out")
            cell = WriteOnlyCell(sheet, value=None)
            cell.data_type = "s"
            # Excel reads _x000A_ as a line break: the underscore before it is written as its code
            cell._value = _ESCAPE.sub(lambda m: "_x005F" + m.group(), kept)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=not height)
            cells.append(cell)
        if all(len(text) <= _LONGEST for text in row):
            sheet.append(cells)
            height += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{height}"
    out = io.BytesIO()
    book.save(out)
    return Written(out.getvalue(), losses)


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with path.open("rb") as data:
            if bomb := too_much(zipfile.ZipFile(data).infolist()):
                raise TermBaseError(f"{path}: {bomb}")
            book = openpyxl.load_workbook(data, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what it says of its own size, however few its cells
            rows = list(_filled(path, sheet.iter_rows(values_only=True)))
            book.close()
    except OSError as error:
        raise TermBaseError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError) as error:
        raise TermBaseError(f"{path}: not an XLSX workbook ({error}); save it as .xlsx or .csv") from None
    if not rows:
        raise TermBaseError(f"{path}:1: the first sheet is empty; its first row names the columns: {','.join(REQUIRED)}, …")
    width = max((number for number, text in enumerate(rows[0][1], 1) if text), default=0)
    return [(line, cells[:width] if not any(cells[width:]) else cells) for line, cells in rows]


def _filled(path: Path, sheet: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with their numbers."""
    cells = 0
    for number, row in enumerate(sheet, 1):
        cells += 1 + len(row)
        if cells > _MOST_CELLS:
            raise TermBaseError(f"{path}: the first sheet has more than {_MOST_CELLS:,} cells; this is no term file")
        texts = [_text(value) for value in row]
        if any(texts):
            yield number, texts


def _text(value: Any) -> str:
    """A cell as text: 2018 for the number 2018, an ISO date for a date."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)
