"""The table of formats that a batch run reads and writes, and the one way from paths to parts."""

from __future__ import annotations

import importlib
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from glossary.errors import DocumentError, UsageError

if TYPE_CHECKING:
    import pandas as pd


class TableFormat(NamedTuple):
    """A format: its name, the endings it goes by, its module, and what must be installed for it beside the plain install.

    The module has `cut(path, size)`, which cuts a file into parts of about `size` bytes, the same ones every time, in memory
    that does not grow with the file, and gives each with the share of the file that is behind it; and `Part(data, ending)`, a
    TablePart.
    """

    name: str
    endings: tuple[str, ...]
    module: str
    needs: str = ""


class TablePart(Protocol):
    """Rows that stand together. A row that cannot be read has its reason in the frame's column `UNREADABLE`."""

    def frame(self) -> pd.DataFrame:
        """The rows; the index is 0, 1, ….

        Raises:
            UsageError: the part cannot be read at all.
        """

    def joined(self, results: pd.DataFrame, without: Sequence[str]) -> bytes:
        """The rows with the columns of `results` added and those of `without` left out, as a whole file of the format."""


UNREADABLE = "glossary.unreadable"
FORMATS = (
    TableFormat("parquet", (".parquet", ".pq"), "glossary.batch.parquet_table", "pyarrow"),
    TableFormat("jsonl", (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"), "glossary.batch.jsonl_table"),
    TableFormat("jsonl.zst", (".jsonl.zst", ".ndjson.zst"), "glossary.batch.jsonl_table", "pyarrow"),
    TableFormat("csv", (".csv",), "glossary.batch.csv_table"),
)


class RawPart(NamedTuple):
    """A part as it was cut: its number from 0, the file it is of, its bytes, and the share of the whole input up to its end."""

    number: int
    path: Path
    data: bytes
    share: float


class Table(NamedTuple):
    """The files of an input: all of one format. `ending` is that of the parts that are written."""

    files: tuple[Path, ...]
    format: TableFormat
    ending: str

    def parts(self, size: int) -> Iterator[RawPart]:
        """The parts of all files in order.

        Raises:
            DocumentError: a file cannot be read.
        """
        cut: Callable[[Path, int], Iterator[tuple[bytes, float]]] = importlib.import_module(self.format.module).cut
        sizes = [path.stat().st_size for path in self.files]
        before, total = 0, max(1, sum(sizes))
        number = 0
        for path, length in zip(self.files, sizes, strict=True):
            try:
                for data, share in cut(path, size):
                    yield RawPart(number, path, data, (before + share * length) / total)
                    number += 1
            except (OSError, EOFError, zlib.error) as error:
                reason = (getattr(error, "strerror", None) or str(error)).lower()
                raise DocumentError(f"{path}: cannot be read: {reason}; what is finished is kept") from None
            before += length


def table_of(path: str) -> Table:
    """What a path stands for: a file, or a folder with files of one format.

    Raises:
        UsageError: no format goes by the ending, or a folder has files of several.
        DocumentError: there is no such file, or none in the folder.
    """
    source = Path(path)
    if not source.exists():
        raise DocumentError(f"{path}: no such file or folder")
    files = tuple(_within(source)) if source.is_dir() else (source,)
    if not files:
        raise DocumentError(f"{path}: no tables here (known endings: {' '.join(e for known in FORMATS for e in known.endings)})")
    found = {format_of(file.name) for file in files}
    if len(found) > 1:
        raise UsageError(f"{path}: holds {' and '.join(sorted(ending for _, ending in found))}; give one format at a time")
    ((known, ending),) = found
    if known.needs:
        try:
            importlib.import_module(known.needs)
        except ImportError:
            raise UsageError(f"{path}: {known.name} needs {known.needs}: pip install 'glossary[batch]'") from None
    return Table(files, known, ending)


def format_of(name: str) -> tuple[TableFormat, str]:
    """The format of a file by its ending, and that ending.

    Raises:
        UsageError: no format goes by it.
    """
    for known in FORMATS:
        for ending in known.endings:
            if name.lower().endswith(ending):
                return known, ending
    raise UsageError(f"{name}: not a table; known endings are {' '.join(ending for known in FORMATS for ending in known.endings)}")


def part_of(data: bytes, format: str, ending: str) -> TablePart:
    """A part from its bytes, on whatever machine."""
    module: Any = importlib.import_module(next(known.module for known in FORMATS if known.name == format))
    part: TablePart = module.Part(data, ending)
    return part


def _within(folder: Path) -> Iterator[Path]:
    endings = tuple(ending for known in FORMATS for ending in known.endings)
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        yield from (Path(place) / name for name in sorted(names) if name.lower().endswith(endings) and not name.startswith((".", "_")))
