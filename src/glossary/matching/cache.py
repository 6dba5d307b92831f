"""The compiled cache: a term base is compiled once, and read back in milliseconds after that.

A file is named by what it was compiled from, written beside its place and renamed into it: two processes cannot disturb
each other, and a damaged file is compiled anew. A folder that cannot be written costs time, nothing else.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tempfile
import zlib
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path

from glossary.matching.matcher import Compiled, Matcher
from glossary.termbase.concept import TermBase
from glossary.version import VERSION

_MAGIC = b"glossary compiled term base 1\n"
_VARIABLE = "GLOSSARY_CACHE"
_KEPT = 8
_COMPILING = (
    "text.py", "english/inflection.py", "termbase/notation.py", "termbase/literal.py", "termbase/forms.py",
    "matching/compiler.py", "matching/automaton.py", "matching/matcher.py", "matching/structure.py",
)  # fmt: skip


def matcher_of(termbase: TermBase | Matcher) -> Matcher:
    """The matcher of a term base, from the cache where it has one; a matcher is returned as it is."""
    if isinstance(termbase, Matcher):
        return termbase
    return _recent(_Keyed(termbase))


def matcher_from_files(*paths: str | Path, builtin: bool = True) -> Matcher:
    """The matcher of term files. The files are read as term files only when the cache has none for their content.

    Raises:
        TermBaseError: as `load` does.
    """
    from glossary.termbase import files

    sources = files.source_files(*paths, builtin=builtin)
    sources += files.vocabulary_files()
    return cached(key(sources), lambda: _compile(files.load(*paths, builtin=builtin)))


class _Keyed:
    """A term base that is equal to another with the same digest."""

    def __init__(self, termbase: TermBase) -> None:
        self.termbase = termbase

    def __hash__(self) -> int:
        return hash(self.termbase.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and self.termbase.digest == other.termbase.digest


@functools.lru_cache(maxsize=4)
def _recent(keyed: _Keyed) -> Matcher:
    return cached(f"{keyed.termbase.digest}-{_program()}", lambda: _compile(keyed.termbase))


def _compile(termbase: TermBase) -> Compiled:
    from glossary.matching.compiler import compile_termbase

    return compile_termbase(termbase)


def _program() -> str:
    """A key of the program that compiles: its version, and the dates of the files that do it, which change in a checkout."""
    package = Path(__file__).parents[1]
    dates = [os.stat(package / name).st_mtime_ns for name in _COMPILING]
    return f"{VERSION}-{hashlib.blake2b(repr(dates).encode(), digest_size=4).hexdigest()}"


def folder() -> Path:
    """Where compiled term bases are kept: $GLOSSARY_CACHE, or the user's cache folder."""
    named = os.environ.get(_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_cache_dir("glossary"))


def key(files: Iterable[Path]) -> str:
    """A key of the content of files and of the program's version. A file that cannot be read counts as empty."""
    digest = hashlib.blake2b(_program().encode(), digest_size=16)
    for path in files:
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def cached(name: str, make: Callable[[], Compiled]) -> Matcher:
    """The matcher kept under this name, or a new one, which is then kept."""
    path = folder() / f"{name}.termbase"
    try:
        return Matcher(loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, EOFError):
        compiled = make()
        _keep(path, dumps(compiled))
        return Matcher(compiled)


def dumps(compiled: Compiled) -> bytes:
    """A compiled term base as bytes: lengths, checksum, then the parts."""
    parts = [
        json.dumps(compiled.meta, ensure_ascii=False).encode(), compiled.automaton,
        compiled.roles, compiled.record_offsets.tobytes(), compiled.records, compiled.rendering_offsets.tobytes(),
        compiled.renderings, compiled.concept_offsets.tobytes(), compiled.concepts,
    ]  # fmt: skip
    body = b"".join(parts)
    header = array("Q", [zlib.crc32(body), *map(len, parts)])
    return _MAGIC + header.tobytes() + body


def loads(data: bytes) -> Compiled:
    """The compiled term base that `dumps` stored.

    Raises:
        ValueError: it is damaged or of another kind.
    """
    start = len(_MAGIC)
    header = array("Q")
    body = start + (1 + len(Compiled._fields)) * header.itemsize
    if data[:start] != _MAGIC or len(data) < body:
        raise ValueError("not a compiled term base")
    header.frombytes(data[start:body])
    checksum, *lengths = header
    if len(data) != body + sum(lengths) or zlib.crc32(memoryview(data)[body:]) != checksum:
        raise ValueError("damaged")
    parts = []
    at = body
    for length in lengths:
        parts.append(data[at : at + length])
        at += length
    meta, automaton, roles, record_offsets, records, rendering_offsets, renderings, concept_offsets, concepts = parts
    return Compiled(
        json.loads(meta), automaton, roles, _integers(record_offsets), records, _integers(rendering_offsets), renderings,
        _integers(concept_offsets), concepts,
    )  # fmt: skip


def _integers(data: bytes) -> array[int]:
    integers = array("I")
    integers.frombytes(data)
    return integers


def _keep(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
        _forget_oldest(path.parent)
    except OSError:
        return


def _forget_oldest(parent: Path) -> None:
    files = sorted(parent.glob("*.termbase"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in files[_KEPT:]:
        old.unlink(missing_ok=True)
