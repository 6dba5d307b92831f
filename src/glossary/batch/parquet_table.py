"""Parquet, by pyarrow. Columns that are not worked on are handed through as they are, with their types."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossary.errors import DocumentError

if TYPE_CHECKING:
    import pandas as pd

_BATCH = 100  # rows
_AT_ONCE = 1 << 20  # bytes of a column that are read at a time: a file may be a single group of rows


def cut(path: Path, size: int) -> Iterator[tuple[bytes, float]]:
    """Rows, about `size` bytes at a time, each part as an Arrow stream."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, buffer_size=_AT_ONCE, pre_buffer=False) as file:
            held: list[Any] = []
            length = done = 0
            for batch in file.iter_batches(batch_size=_BATCH):
                held.append(batch)
                length += batch.nbytes
                done += batch.num_rows
                if length >= size:
                    yield _stream(held), done / file.metadata.num_rows
                    held, length = [], 0
            if held:
                yield _stream(held), 1.0
    except pa.ArrowInvalid as error:
        raise DocumentError(f"{path}: not Parquet, or damaged: {str(error).splitlines()[0]}") from None


def _stream(batches: list[Any]) -> bytes:
    import pyarrow as pa

    out = io.BytesIO()
    with pa.ipc.new_stream(out, batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return out.getvalue()


class Part:
    """An Arrow table."""

    def __init__(self, data: bytes, ending: str) -> None:
        import pyarrow as pa

        self._table = pa.ipc.open_stream(data).read_all()

    def frame(self) -> pd.DataFrame:
        import pandas as pd

        columns = zip(self._table.column_names, self._table.columns, strict=True)
        return pd.DataFrame(
            {name: pd.Series(cells.to_pylist(), dtype=object) for name, cells in columns if _is_text(cells.type)}, range(len(self._table))
        )

    def joined(self, results: pd.DataFrame, without: Sequence[str]) -> bytes:
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = _without(self._table, {*without, *results.columns}.intersection(self._table.column_names))
        for name in results.columns:
            table = table.append_column(name, pa.array(results[name].tolist(), type=_types().get(name, pa.float64())))
        out = io.BytesIO()
        pq.write_table(table, out, compression="zstd")
        return out.getvalue()


def _without(table: Any, names: set[str]) -> Any:
    """A table without some columns, nor what pandas noted about them in its schema."""
    notes = dict(table.schema.metadata or {})
    if b"pandas" in notes:
        noted = json.loads(notes[b"pandas"])
        noted["columns"] = [column for column in noted["columns"] if column["name"] not in names]
        notes[b"pandas"] = json.dumps(noted).encode()
    return table.drop_columns(sorted(names)).replace_schema_metadata(notes)


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind)) or (
        bool(pa.types.is_dictionary(kind)) and _is_text(kind.value_type)
    )


def _types() -> dict[str, Any]:
    """The types of what is added, the same in every part: one without findings too can be read beside the others."""
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    finding = pa.struct(
        [("rule", text), ("origin", text), ("concept", text), ("zh", text), ("severity", text), ("start", whole), ("end", whole),
         ("text", text), ("message", text), ("replacements", pa.list_(text)), ("safety", text)]
    )  # fmt: skip
    edit = [("rule", text), ("concept", text), ("start", whole), ("end", whole), ("before", text), ("after", text), ("safety", text)]
    return {
        "findings": pa.list_(finding), "applied": pa.list_(pa.struct(edit)), "skipped": pa.list_(pa.struct([*edit, ("reason", text)])),
        "fixed": text, "error": text,
    }  # fmt: skip
