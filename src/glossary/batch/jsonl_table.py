"""JSON Lines, plain or packed with gzip or zstd. A line that is no object is a row with an error, and is kept as it stands."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from glossary.batch.tables import UNREADABLE

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 1 << 26
_SHOWN = 1000  # of a line that cannot be read


def cut(path: Path, size: int) -> Iterator[tuple[bytes, float]]:
    """Whole lines, about `size` bytes at a time. Of a line longer than `LONGEST` the end is not kept: it will not be read as JSON."""
    with path.open("rb") as raw:
        total = max(1, os.fstat(raw.fileno()).st_size)
        file = _opened(raw, path.name.lower())
        ready, held = b"", list[bytes]()  # lines, and the beginning of one
        length = 0
        while raw.tell() <= total and (data := file.read(size)):  # a file that grows meanwhile has an end all the same
            end = data.rfind(b"\n") + 1
            if end:
                if ready:
                    yield ready, raw.tell() / total
                ready, held, length = b"".join((*held, data[:end])), [data[end:]], len(data) - end
            elif length < LONGEST:
                held.append(data)
                length += len(data)
        ready += b"".join(held)
        if ready.strip():
            yield ready, 1.0


def _opened(raw: IO[bytes], name: str) -> IO[bytes]:
    if name.endswith(".gz"):
        return cast(IO[bytes], gzip.open(raw))
    if name.endswith(".zst"):
        import pyarrow

        opened: IO[bytes] = pyarrow.CompressedInputStream(raw, "zstd")
        return opened
    return raw


class Part:
    """Lines."""

    def __init__(self, data: bytes, ending: str) -> None:
        self._ending = ending
        self._rows = [_row(line) for line in data.split(b"\n") if line.strip()]

    def frame(self) -> pd.DataFrame:
        import pandas as pd

        names = list(dict.fromkeys(name for row in self._rows for name in row))
        columns = {name: pd.Series([row.get(name) for row in self._rows], dtype=object) for name in names}
        return pd.DataFrame(columns, range(len(self._rows)))

    def joined(self, results: pd.DataFrame, without: Sequence[str]) -> bytes:
        added = results.to_dict("records")
        left_out = {*without, UNREADABLE}
        rows = (
            {**{key: value for key, value in row.items() if key not in left_out}, **more}
            for row, more in zip(self._rows, added, strict=True)
        )
        return _packed(b"".join(map(_line, rows)), self._ending)


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"line": line[:_SHOWN].decode("utf-8", "replace"), UNREADABLE: f"not JSON: {error}"}
    return row if isinstance(row, dict) else {"line": line[:_SHOWN].decode("utf-8", "replace"), UNREADABLE: "not a JSON object"}


def _line(row: dict[str, Any]) -> bytes:
    try:
        return f"{json.dumps(row, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can hold and UTF-8 cannot
        return f"{json.dumps(row)}\n".encode()


def _packed(data: bytes, ending: str) -> bytes:
    if ending.endswith(".gz"):
        return gzip.compress(data, 6, mtime=0)
    if ending.endswith(".zst"):
        import pyarrow

        packed: bytes = pyarrow.compress(data, codec="zstd", asbytes=True)
        return packed
    return data
