"""What a zip archive would unpack to, asked before anything is unpacked."""

from __future__ import annotations

from collections.abc import Sequence
from zipfile import ZipInfo

_MOST_PARTS = 10_000
_LARGEST = 1 << 29
_RATIO = 200  # office programs' own XML shrinks to a tenth or a fiftieth
_SMALL = 1 << 20  # below this any ratio is harmless


def too_much(parts: Sequence[ZipInfo]) -> str | None:
    """Why the parts of an archive are no document's; None if they may be one's."""
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
        return f"would unpack to more than {_LARGEST >> 20} MiB or {_MOST_PARTS} parts; this is no document"
    for part in parts:
        if part.file_size > _SMALL and part.file_size > _RATIO * max(1, part.compress_size):
            return f"{part.filename} would unpack to {part.file_size >> 20} MiB; this is no document"
    return None
