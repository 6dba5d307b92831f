"""The result cache: what was found in a file, kept by its content, the term base, the settings and the program.

An SQLite file beside the compiled term bases, so that several processes may read and write it. It is a convenience:
where it is damaged or cannot be written, files are checked as if it were not there.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sqlite3
import time
from types import TracebackType
from typing import Any, Self

from glossary.findings import Finding, Origin, Safety, Severity
from glossary.matching.cache import folder
from glossary.settings import Settings
from glossary.termbase.files import builtin_folder
from glossary.version import VERSION

NAME = "results-1.sqlite"  # in the cache folder
_DAYS = 30


class Results:
    """The results for one term base; use it in a `with` statement, new ones are kept at its end."""

    def __init__(self, digest: str) -> None:
        self._seed = hashlib.blake2b(f"{_program()}\0{digest}".encode(), digest_size=16)
        self._new: dict[bytes, str] = {}
        self._today = int(time.time() // 86400)
        self._connection = _open()

    def key(self, data: bytes, format: str, settings: Settings) -> bytes:
        """The key of a file's content, read in a format, under settings."""
        digest = self._seed.copy()
        digest.update(f"{format}\0{settings!r}\0".encode())
        digest.update(data)
        return digest.digest()

    def get(self, key: bytes) -> tuple[int, list[Finding]] | None:
        """The words of the text and the findings in it, if they are known."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT value FROM results WHERE key = ?", (key,)).fetchone()
            return _loads(row[0]) if row else None
        except (sqlite3.Error, ValueError, TypeError, KeyError):
            return None

    def put(self, key: bytes, words: int, findings: list[Finding]) -> None:
        """Keep a result."""
        self._new[key] = _dumps(words, findings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._connection is None:
            return
        if self._new:
            rows = [(key, value, self._today) for key, value in self._new.items()]
            try:
                with self._connection:
                    self._connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
                    self._connection.execute("DELETE FROM results WHERE day < ?", (self._today - _DAYS,))
            except sqlite3.OperationalError:
                pass  # full, locked or not to be written
            except sqlite3.DatabaseError:
                (folder() / NAME).unlink(missing_ok=True)
        self._connection.close()


def _open() -> sqlite3.Connection | None:
    path = folder() / NAME
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=5)
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, value TEXT, day INTEGER) WITHOUT ROWID")
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                return None
            path.unlink(missing_ok=True)  # no database, or a damaged one
        except OSError:
            return None
        else:
            return connection
    return None


@functools.cache
def _program() -> str:
    """A key of the program: its version, and the dates of its files, which change in a checkout."""
    dates = sorted(
        (path, os.stat(path).st_mtime_ns)
        for top in (os.path.dirname(__file__), builtin_folder() / "titles")
        for folder, _, names in os.walk(top)
        for path in (os.path.join(folder, name) for name in names if name.endswith((".py", ".csv", ".tsv", ".txt")))
    )
    return f"{VERSION} {hashlib.blake2b(repr(dates).encode(), digest_size=8).hexdigest()}"


def _dumps(words: int, findings: list[Finding]) -> str:
    return json.dumps([words, findings], ensure_ascii=False)


def _loads(stored: str) -> tuple[int, list[Finding]]:
    words, rows = json.loads(stored)
    return words, [_finding(*row) for row in rows]


def _finding(rule: str, severity: str, safety: str, origin: str, *rest: Any) -> Finding:
    finding = Finding(rule, Severity(severity), Safety(safety), Origin(origin), *rest)
    return finding._replace(replacements=tuple(finding.replacements))
