"""The edit log: every decision about a file, and what brings its bytes back. JSON Lines, `glossary/edits/1`.

A record of what is about to be written goes into the log first, then the file is replaced whole: whatever stops the program,
the file is the old one or the new one, and the log leads back from the new to the old.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from glossary.documents.encoding import read_bytes
from glossary.documents.formats import require_unchanged, write_file
from glossary.edits import Edit
from glossary.errors import DocumentError, UsageError

SCHEMA = "glossary/edits/1"
ENDING = ".glossary-log"
_MOST_LINES = 5000  # beyond, the changed middle of a file is kept as one piece

Record = dict[str, Any]


class EditLog:
    """A log file. It may hold several documents; their paths are kept from the log's folder."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._folder = Path(path).resolve().parent

    @classmethod
    def beside(cls, document: str) -> EditLog:
        """The log that belongs to a document: beside it, with its name and `.glossary-log`."""
        return cls(document + ENDING)

    def records(self, document: str) -> list[Record]:
        """What is known of a document, the oldest first; nothing if there is no log.

        Raises:
            DocumentError: a line is no record. A last line that was cut off is passed over.
        """
        if not os.path.exists(self.path):
            return []
        name = self._name(document)
        lines = read_bytes(Path(self.path)).decode("utf-8", "replace").split("\n")
        found = []
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                if record["schema"] != SCHEMA:
                    raise ValueError
            except (ValueError, KeyError, TypeError):
                if number == len(lines):
                    break
                raise DocumentError(f"{self.path}: line {number} is no record of {SCHEMA}; was the file edited?") from None
            if record.get("path") == name:
                found.append(record)
        return found

    def add(self, document: str, event: str, **values: Any) -> None:
        """Append a record.

        Raises:
            DocumentError: the log cannot be written.
        """
        time = datetime.now(UTC).isoformat(timespec="seconds")
        record = {"schema": SCHEMA, "time": time, "path": self._name(document), "event": event, **values}
        try:
            with Path(self.path).open("a+b") as out:
                if out.tell() and not _ends_line(self.path):
                    out.write(b"\n")  # a line that was cut off stands alone
                out.write((json.dumps(record, ensure_ascii=False) + "\n").encode())
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise DocumentError(f"{self.path}: cannot be written: {(error.strerror or str(error)).lower()}; nothing was changed") from None

    def write(self, document: str, before: bytes, after: bytes, **values: Any) -> None:
        """Replace a document's content, so that `revert` finds the way back.

        Raises:
            DocumentError: the document or the log cannot be written; the document is unchanged.
        """
        require_unchanged(document, before)
        self.add(document, "written", before=state_of(before), after=state_of(after), undo=_difference(after, before), **values)
        if before != after:
            write_file(document, after, instead_of=before)

    def _name(self, document: str) -> str:
        return Path(os.path.relpath(Path(document).resolve(), self._folder)).as_posix()


def edit_values(edit: Edit) -> Record:
    """An edit as it stands in a record."""
    return {
        "rule": edit.rule, "concept": edit.concept, "start": edit.start, "end": edit.end,
        "before": edit.before, "after": edit.after, "safety": edit.safety.value,
    }  # fmt: skip


def revert(document: str, log: EditLog | None = None, *, last: bool = False) -> int:
    """Bring back what a document was before the edits in its log, byte for byte.

    Args:
        document: its path.
        log: the log; the one beside the document unless given.
        last: take back only what was written last.

    Returns:
        How many times it had been written.

    Raises:
        UsageError: the log does not know the document, or everything is taken back already.
        DocumentError: the document was changed by something else since; it is left alone.
    """
    log = log or EditLog.beside(document)
    written = pending(log.records(document))
    if not written:
        raise UsageError(f"{document}: nothing to take back; {log.path} holds no edits of it")
    data = found = read_bytes(Path(document))
    taken = 0
    for record in reversed(written[-1:] if last else written):
        if state_of(data) == record["before"]:  # it was never replaced
            continue
        if state_of(data) != record["after"]:
            raise DocumentError(f"{document}: has been changed since {record['time']} by something else; it is left alone")
        data = _applied(data, record["undo"])
        if state_of(data) != record["before"]:
            raise DocumentError(f"{log.path}: does not lead back to the original of {document}; it is left alone")
        taken += 1
    write_file(document, data, instead_of=found)
    log.add(document, "reverted", after=state_of(data), count=1 if last else len(written))
    return taken


def pending(records: Sequence[Record]) -> list[Record]:
    """The records of writing that have not been taken back."""
    written: list[Record] = []
    for record in records:
        if record["event"] == "written":
            written.append(record)
        elif record["event"] == "reverted":
            del written[-record["count"] :]
    return written


def state_of(data: bytes) -> Record:
    """What tells one content of a file from another."""
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def _difference(old: bytes, new: bytes) -> list[list[Any]]:
    """What makes `new` of `old`: pieces [start, end, base64 of what comes there], ascending and disjoint."""
    if old == new:
        return []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    low = 0
    while low < min(len(before), len(after)) and before[low] == after[low]:
        low += 1
    high = 0
    while high < min(len(before), len(after)) - low and before[-1 - high] == after[-1 - high]:
        high += 1
    one, other = before[low : len(before) - high], after[low : len(after) - high]
    if len(one) + len(other) > _MOST_LINES:
        blocks = [(0, len(one), 0, len(other))]
    else:
        from difflib import SequenceMatcher

        codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        blocks = [(a, b, c, d) for tag, a, b, c, d in codes if tag != "equal"]
    starts = [0, *accumulate(map(len, before))]
    return [
        [starts[low + a], starts[low + b], base64.b64encode(b"".join(other[c:d])).decode("ascii")] for a, b, c, d in blocks
    ]


def _applied(data: bytes, pieces: Iterable[Sequence[Any]]) -> bytes:
    parts: list[bytes] = []
    at = 0
    for start, end, new in pieces:
        parts += (data[at:start], base64.b64decode(new))
        at = end
    return b"".join((*parts, data[at:]))


def _ends_line(path: str) -> bool:
    with Path(path).open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
