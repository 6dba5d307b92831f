"""The table of document formats, and the one way from a path to a Document."""

from __future__ import annotations

import importlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from glossary.documents.document import Document
from glossary.documents.encoding import read_bytes
from glossary.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


class DocumentFormat(NamedTuple):
    """A format: its name, the endings it goes by, and the module with `read(data, name) -> Document`.

    With `fields`, `read` also takes which columns or keys hold prose, given behind the name: `csv:zh>en`.
    """

    name: str
    endings: tuple[str, ...]
    module: str
    fields: bool = False


FORMATS = (
    DocumentFormat("text", (".txt", ".text"), "glossary.documents.text_file"),
    DocumentFormat("markdown", (".md", ".markdown"), "glossary.documents.markdown"),
    DocumentFormat("html", (".html", ".htm", ".xhtml"), "glossary.documents.html"),
    DocumentFormat("docx", (".docx", ".docm", ".dotx"), "glossary.documents.docx"),
    DocumentFormat("xliff", (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"), "glossary.documents.xliff"),
    DocumentFormat("tmx", (".tmx",), "glossary.documents.tmx"),
    DocumentFormat("po", (".po",), "glossary.documents.po"),
    DocumentFormat("subtitles", (".srt", ".vtt"), "glossary.documents.subtitles"),
    DocumentFormat("csv", (".csv", ".tsv", ".tab"), "glossary.documents.table", fields=True),
    DocumentFormat("jsonl", (".jsonl", ".ndjson"), "glossary.documents.jsonl", fields=True),
)


def format_of(path: str, name: str | None = None) -> DocumentFormat:
    """The format of a path by its ending, plain text where the ending is unknown; or the one named.

    Raises:
        UsageError: no format has that name.
    """
    if name is not None:
        name = name.partition(":")[0]
        for known in FORMATS:
            if known.name == name:
                return known
        raise UsageError(f"there is no document format '{name}'; known are {', '.join(known.name for known in FORMATS)}")
    lower = path.lower()
    return next((known for known in FORMATS if lower.endswith(known.endings)), FORMATS[0])


def parse(data: bytes, name: str, format: str | None = None) -> Document:
    """A document from its bytes. `name` stands in messages and, by its ending, for the format.

    `format` is the name of one, with fields behind it where it has such: `csv:zh>en,title`.

    Raises:
        UsageError: there is no such format, or it has no fields.
        DocumentError: with the path, what is wrong and what to do.
    """
    _, _, fields = (format or "").partition(":")
    known = format_of(name, format or None)
    read = importlib.import_module(known.module).read
    if fields and not known.fields:
        raise UsageError(f"'{known.name}' has no columns or keys to choose from; leave out ':{fields}'")
    document: Document = read(data, name, fields) if known.fields else read(data, name)
    return document


def read(path: str | Path, format: str | None = None) -> Document:
    """Read a file.

    Raises:
        DocumentError: with the path, what is wrong and what to do.
    """
    return parse(read_bytes(path), str(path), format)


def find(
    paths: Iterable[str], *, endings: tuple[str, ...] = (), skip: Callable[[str, bool], bool] | None = None
) -> Iterator[str]:
    """The files that paths stand for, in order; a folder stands for every file below it whose ending is known.

    Hidden files and folders are passed over, and in folders what `skip(path, is_folder)` says. `-` stays. `endings` are known too.

    Raises:
        DocumentError: a path does not exist, or a folder holds no document.
    """
    endings += tuple(ending for known in FORMATS for ending in known.endings)
    for path in paths:
        if path == "-" or not os.path.isdir(path):
            if path != "-" and not os.path.exists(path):
                raise DocumentError(f"{path}: no such file or folder")
            yield path
            continue
        found = False
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            if skip:
                kept = [name for name in folders if not skip(os.path.join(folder, name), True)]
                found = found or len(kept) < len(folders)
                folders[:] = kept
            for name in sorted(names):
                if name.lower().endswith(endings) and not name.startswith("."):
                    found = True
                    file = os.path.join(folder, name)
                    if not (skip and skip(file, False)):
                        yield file
        if not found:
            raise DocumentError(f"{path}: no readable documents here (known endings: {' '.join(endings)})")


def write_file(path: str | Path, data: bytes, *, instead_of: bytes | None = None) -> None:
    """Write a file whole or not at all, keeping the mode of the one it replaces; a link is followed.

    What is there but is no file (a pipe, /dev/null) is written into.

    Args:
        path: the file.
        data: its new content.
        instead_of: what it held when it was read.

    Raises:
        DocumentError: it cannot be written, or holds something else by now; what was there stays.
    """
    import tempfile
    from pathlib import Path

    target = Path(os.path.realpath(path))
    try:
        if instead_of is None and Path(path).exists() and not Path(path).is_file():
            Path(path).write_bytes(data)
            return
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            if instead_of is not None:
                require_unchanged(path, instead_of)
            os.chmod(temporary, stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
            os.replace(temporary, target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DocumentError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}; it is unchanged") from None


def require_unchanged(path: str | Path, data: bytes) -> None:
    """Refuse to go on with a file that does not hold what it held when it was read.

    Raises:
        DocumentError: it holds something else, or is gone.
    """
    if read_bytes(path) != data:
        raise DocumentError(f"{path}: was changed by somebody else meanwhile; it is left as it is now, run it again")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
