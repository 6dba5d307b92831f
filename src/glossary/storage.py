"""How values are kept in the files of the cache: plain lists, tuples, dictionaries, texts and numbers, as bytes.

Marshal, because it is there when Python starts and the quickest to read: importing `json` alone takes longer than reading does. It
trusts what it reads, so only what has passed a checksum is given to it. Its second format is the last in which equal
values are equal bytes, and every Python 3 reads it.
"""

from __future__ import annotations

import marshal
from typing import Any

_FORMAT = 2


def packed(value: Any) -> bytes:
    """A value as bytes."""
    return marshal.dumps(value, _FORMAT)


def unpacked(data: bytes | memoryview) -> Any:
    """The value that `packed` made bytes of.

    Raises:
        ValueError, EOFError, TypeError: the bytes are others.
    """
    return marshal.loads(data)
