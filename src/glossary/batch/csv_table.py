"""CSV with a header. Lists of findings and edits are written as JSON in their cell."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from glossary.batch.tables import UNREADABLE
from glossary.errors import DocumentError, UsageError

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 1 << 26
_AT_ONCE = 1 << 20
_SHOWN = 1000  # of a row that is longer
_TOO_LONG = "\0too long\0"
_CUT = f"{_TOO_LONG}\n".encode()


def cut(path: Path, size: int) -> Iterator[tuple[bytes, float]]:
    """The header and whole rows, about `size` bytes at a time; a line break inside quotes is none."""
    with path.open("rb") as file:
        total = max(1, os.fstat(file.fileno()).st_size)
        header = _record(file)
        while header and not header.strip():
            header = _record(file)
        if b"\r" in header.rstrip(b"\r\n").replace(b"\r\n", b"\n"):
            raise DocumentError(f"{path}: its lines end in CR alone; save it with LF or CRLF")
        held, length = [header], 0
        while file.tell() < total and (record := _record(file)):  # a file that grows meanwhile has an end all the same
            held.append(record)
            length += len(record)
            if length >= size:
                yield b"".join(held), file.tell() / total
                held, length = [header], 0
        if length:
            yield b"".join(held), 1.0


def _record(file: IO[bytes]) -> bytes:
    """A row with its line breaks. Of one longer than `LONGEST` the beginning is kept, and it is marked."""
    parts: list[bytes] = []
    quotes = length = 0
    whole = False
    while not whole and (line := file.readline(_AT_ONCE)):
        quotes += line.count(b'"')
        whole = line.endswith(b"\n") and quotes % 2 == 0
        length += len(line)
        if length <= LONGEST:
            parts.append(line)
    record = b"".join(parts)
    return record if length <= LONGEST else record[:_SHOWN].replace(b'"', b"'").replace(b"\n", b" ") + _CUT


class Part:
    """Rows under their header."""

    def __init__(self, data: bytes, ending: str) -> None:
        csv.field_size_limit(sys.maxsize)
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"), newline="")))
        self._names, self._rows = rows[0] if rows else [], [row for row in rows[1:] if row]

    def frame(self) -> pd.DataFrame:
        import pandas as pd

        size = len(self._names)
        if len(set(self._names)) < size:
            raise UsageError("the header names a column twice")
        columns: dict[str, Any] = {name: [row[at] if at < len(row) else None for row in self._rows] for at, name in enumerate(self._names)}
        wrong = [_fault(row, size) for row in self._rows]
        if any(wrong):
            columns[UNREADABLE] = wrong
        return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()}, range(len(self._rows)))

    def joined(self, results: pd.DataFrame, without: Sequence[str]) -> bytes:
        kept = [(at, name) for at, name in enumerate(self._names) if name not in (*without, *results.columns)]
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*(name for _, name in kept), *results.columns])
        for row, more in zip(self._rows, results.itertuples(index=False), strict=True):
            writer.writerow([*(row[at] if at < len(row) else "" for at, _ in kept), *(_cell(value) for value in more)])
        return out.getvalue().encode("utf-8", "surrogatepass")


def _fault(row: list[str], size: int) -> str | None:
    if row[-1].endswith(_TOO_LONG):
        row[-1] = row[-1].removesuffix(_TOO_LONG)
        return f"longer than {LONGEST >> 20} MiB, or a quote is never closed"
    return None if len(row) == size else f"{len(row)} cells for {size} columns"


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
