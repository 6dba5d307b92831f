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
from glossary.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 1 << 26


def cut(path: Path, size: int) -> Iterator[tuple[bytes, float]]:
    """The header and whole rows, about `size` bytes at a time; a line break inside quotes is none."""
    with path.open("rb") as file:
        total = max(1, os.fstat(file.fileno()).st_size)
        header = _record(file)
        while header and not header.strip():
            header = _record(file)
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
    """A row with its line breaks. Where a quote is never closed it ends at `LONGEST`, and its cells will not fit the header."""
    record = file.readline(LONGEST)
    if record.count(b'"') % 2 == 0:
        return record
    parts, quotes, length = [record], 1, len(record)
    while quotes % 2 and length < LONGEST and (line := file.readline(LONGEST)):
        parts.append(line)
        quotes += line.count(b'"')
        length += len(line)
    return b"".join(parts)


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
        wrong = [None if len(row) == size else f"{len(row)} cells for {size} columns" for row in self._rows]
        if any(wrong):
            columns[UNREADABLE] = wrong
        return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()}, range(len(self._rows)))

    def joined(self, results: pd.DataFrame, without: Sequence[str]) -> bytes:
        kept = [(at, name) for at, name in enumerate(self._names) if name not in without]
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*(name for _, name in kept), *results.columns])
        for row, more in zip(self._rows, results.itertuples(index=False), strict=True):
            writer.writerow([*(row[at] if at < len(row) else "" for at, _ in kept), *(_cell(value) for value in more)])
        return out.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
