"""Bytes to text and back, to the byte: byte-order marks and line ends stay as they are."""

import codecs
import os
from typing import IO, NamedTuple

from glossary.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LARGEST = 1 << 30
_TOO_LARGE = "larger than 1 GiB; split it, or use glossary batch"
_AT_ONCE = 1 << 20


class Decoded(NamedTuple):
    """The text of a file, and what is needed to make the same bytes of it again."""

    text: str
    encoding: str
    mark: bytes

    def encode(self, text: str) -> bytes:
        """The bytes of another text in the same encoding, with the same byte-order mark."""
        return self.mark + text.encode(self.encoding)


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The content of a file.

    Raises:
        DocumentError: it cannot be read, or is larger than 1 GiB.
    """
    try:
        if os.stat(path).st_size > LARGEST:
            raise DocumentError(f"{path}: {_TOO_LARGE}")
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise DocumentError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise DocumentError(f"{path}: is a folder") from None
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None


def read_stream(stream: IO[bytes]) -> bytes:
    """The content of standard input.

    Raises:
        DocumentError: it is larger than 1 GiB.
    """
    parts = []
    length = 0
    while part := stream.read(_AT_ONCE):
        parts.append(part)
        length += len(part)
        if length > LARGEST:
            raise DocumentError(f"standard input: {_TOO_LARGE}")
    return b"".join(parts)


def decode(data: bytes, name: str) -> Decoded:
    """Text of UTF-8, or of UTF-16 and UTF-32 with a byte-order mark.

    Raises:
        DocumentError: it is binary or in another encoding; the message says at which byte and what to do.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding, mark)
            except UnicodeDecodeError as error:
                raise DocumentError(f"{name}: starts as {encoding} but is damaged at byte {error.start + len(mark)}") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name}: not UTF-8 at byte {error.start}{_guess(data)}; save it as UTF-8") from None
    if "\0" in text:
        what = "looks like UTF-16 without a byte-order mark; save it as UTF-8" if _wide(data) else "is binary, not text"
        raise DocumentError(f"{name}: {what}")
    return Decoded(text, "utf-8", b"")


def _wide(data: bytes) -> bool:
    head = data[:4096]
    return len(head) >= 8 and max(head[::2].count(0), head[1::2].count(0)) > 0.3 * len(head) / 2


def _guess(data: bytes) -> str:
    if data[:4096].count(0) > 8:
        return " (UTF-16 without a byte-order mark?)" if _wide(data) else " (a binary file?)"
    head = data[:65536]
    for encoding in ("gb18030", "big5"):
        try:
            text = head.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4:
                continue
            text = head[: error.start].decode(encoding, "ignore")
        if any("\u4e00" <= char <= "\u9fff" for char in text) and all(char.isprintable() or char.isspace() for char in text):
            return f" (looks like {encoding.upper()})"
    return ""
