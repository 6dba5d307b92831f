"""The compiled cache: a term base is compiled once, and read back in milliseconds after that.

A file is named by what it was compiled from, written beside its place and renamed into it: two processes cannot disturb
each other, and a damaged file is compiled anew. A folder that cannot be written costs time, nothing else.
"""

from __future__ import annotations

import functools
import mmap
import os
import sys
import weakref
import zlib
from array import array
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from glossary.matching.matcher import Compiled, Matcher
from glossary.storage import packed, unpacked
from glossary.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from glossary.termbase.termbase import TermBase

_MAGIC = b"glossary compiled term base 14\n"
_INTEGERS = frozenset(name for name in Compiled._fields if name.endswith("_offsets")) | {"anchored", "string_table", "shapes", "neighbours"}
_VARIABLE = "GLOSSARY_CACHE"
_ROOM = 512 << 20  # bytes of compiled term bases; small ones do not drive out a large one
_KEYS = 256
_MADE, _FEW = ".made", 8
_COMPILING = (
    "text.py", "english/inflection.py", "english/frequency.tsv", "english/stems.py",
    "termbase/concept.py", "termbase/termbase.py", "termbase/csv_file.py", "termbase/table.py", "termbase/files.py",
    "termbase/vocabulary.py", "termbase/notation.py", "termbase/literal.py", "termbase/bindings.py", "termbase/forms.py",
    "termbase/counterparts.py", "termbase/titles.py", "termbase/title_tables.py",
    "matching/compiler.py", "matching/anchors.py",
    "matching/automaton.py", "matching/matcher.py", "matching/structure.py", "matching/neighbours.py", "matching/index.py",
    "matching/evidence.py", "storage.py",
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
    package = os.path.dirname(os.path.dirname(__file__))
    dates = [os.stat(os.path.join(package, name)).st_mtime_ns for name in _COMPILING]
    return f"{VERSION}-{zlib.crc32(repr(dates).encode()):08x}"


def folder() -> Path:
    """Where compiled term bases are kept: $GLOSSARY_CACHE, or the user's cache folder."""
    from pathlib import Path

    return Path(_folder())


def _folder() -> str:
    named = os.environ.get(_VARIABLE)
    if named:
        return named
    if sys.platform == "linux":  # what platformdirs answers, without the tenth of a start that it takes to ask
        return os.path.join(os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache"), "glossary")
    import platformdirs

    return platformdirs.user_cache_dir("glossary")


def key(files: Iterable[str]) -> str:
    """A key of the content of files and of the program. A file that cannot be read counts as empty.

    Files whose dates and sizes are those of an earlier call are not read again: the key of that call is kept.
    """
    files = list(files)
    program, here = _program(), os.getcwd()
    states = [program]
    for path in files:
        name = os.path.join(here, path)
        try:
            state = os.stat(name)
            states.append(f"{name}\t{state.st_size}\t{state.st_mtime_ns}\t{state.st_ino}")
        except OSError:
            states.append(f"{name}\tnone")
    listed = "\n".join(states).encode(errors="surrogateescape")
    kept = os.path.join(_folder(), f"{zlib.crc32(listed):08x}.key")
    try:
        with open(kept, "rb") as file:
            found, _, known = file.read().partition(b"\n")
        if known == listed:
            return found.decode()
    except OSError:
        pass
    made = _content_key(files, program)
    _keep(kept, made.encode() + b"\n" + listed)
    return made


def _content_key(files: list[str], program: str) -> str:
    import hashlib

    digest = hashlib.blake2b(program.encode(), digest_size=16)
    for path in files:
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            data = b""
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def kept(name: str, folders: Iterable[str], make: Callable[[], bytes]) -> bytes:
    """What is made of the program's own files, while the files of some of its folders have the dates they had."""
    dates = [(entry.name, entry.stat().st_mtime_ns) for each in folders for entry in os.scandir(each) if entry.is_file()]
    path = os.path.join(_folder(), f"{name}-{zlib.crc32(repr((VERSION, sys.version_info, sorted(dates))).encode()):08x}{_MADE}")
    try:
        with open(path, "rb") as file:
            stored = file.read()
        if zlib.crc32(stored[4:]) == int.from_bytes(stored[:4], "little"):
            return stored[4:]
    except OSError:
        pass
    made = make()
    _keep(path, zlib.crc32(made).to_bytes(4, "little") + made)
    return made


def cached(name: str, make: Callable[[], Compiled]) -> Matcher:
    """The matcher kept under this name, or a new one, which is then kept. One that is in use is given again."""
    matcher = _in_use.get(name)
    if matcher is None:
        path = os.path.join(_folder(), f"{name}.termbase")
        try:
            matcher = Matcher(_stored(path))
        except (OSError, ValueError, KeyError, EOFError):
            compiled = make()
            data = dumps(compiled)
            _keep(path, data, dated=_checksum(data))
            matcher = Matcher(compiled)
        _in_use[name] = matcher
    return matcher


_in_use: weakref.WeakValueDictionary[str, Matcher] = weakref.WeakValueDictionary()


def _stored(path: str) -> Compiled:
    """A compiled term base as it lies on disk: only what is looked at is read. The file is never written to, only replaced."""
    with open(path, "rb") as file:
        return loads(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), int(os.fstat(file.fileno()).st_mtime))


def dumps(compiled: Compiled) -> bytes:
    """A compiled term base as bytes: checksum and lengths, then the parts, each beginning at a multiple of 8."""
    parts = [packed(compiled.meta)]
    parts += [part.tobytes() if isinstance(part, array) else bytes(part) for part in compiled[1:]]
    body = b"".join(part + b"\0" * (-len(part) % 8) for part in parts)
    header = array("Q", [zlib.crc32(body), *map(len, parts)])
    return _MAGIC + header.tobytes() + body


def loads(data: bytes | mmap.mmap, dated: int | None = None) -> Compiled:
    """The compiled term base that `dumps` stored, without copying it.

    A file is given its checksum as its date. While it has that date nobody has written to it, and the sum need not be
    taken again, which would read all of it.

    Raises:
        ValueError: it is damaged or of another kind.
    """
    view = memoryview(data)
    start = len(_MAGIC)
    header = array("Q")
    at = start + (1 + len(Compiled._fields)) * header.itemsize
    if view[:start] != _MAGIC or len(view) < at:
        raise ValueError("not a compiled term base")
    header.frombytes(view[start:at])
    checksum, *lengths = header
    if len(view) != at + sum(length + -length % 8 for length in lengths) or (
        dated != checksum and zlib.crc32(view[at:]) != checksum
    ):
        raise ValueError("damaged")
    parts: list[Any] = []
    for name, length in zip(Compiled._fields, lengths, strict=True):
        part = view[at : at + length]
        parts.append(unpacked(part) if name == "meta" else part.cast("I") if name in _INTEGERS else part)
        at += length + -length % 8
    return Compiled(*parts)


def _checksum(data: bytes) -> int:
    return array("Q", data[len(_MAGIC) : len(_MAGIC) + 8])[0]


def _keep(path: str, data: bytes, dated: int | None = None) -> None:
    import tempfile

    try:
        parent = os.path.dirname(path)
        os.makedirs(parent, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            if dated is not None:
                os.utime(temporary, (dated, dated))
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
        _forget_oldest(parent)
    except OSError:
        return


def _forget_oldest(parent: str) -> None:
    def newest(ending: str) -> list[os.DirEntry[str]]:
        found = [entry for entry in os.scandir(parent) if entry.name.endswith(ending)]
        return sorted(found, key=lambda entry: entry.stat().st_ctime, reverse=True)

    old = newest(".key")[_KEYS:] + newest(_MADE)[_FEW:]
    room = _ROOM
    for entry in newest(".termbase"):
        room -= entry.stat().st_size
        if room < 0:
            old.append(entry)
    for entry in old:
        with suppress(FileNotFoundError):
            os.unlink(entry.path)
