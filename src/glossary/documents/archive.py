"""A zip archive read with care: what would unpack to more than a document ever holds is refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from copy import copy

from glossary.errors import DocumentError
from glossary.unpacking import too_much


class Archive:
    """The parts of a zip archive, by name."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._data = data
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise DocumentError(f"{name}: an old or encrypted Word file; save it as .docx without a password")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise DocumentError(f"{name}: not a Word document: it is no zip archive, or a damaged one") from None
        infos = self._zip.infolist()
        if bomb := too_much(infos):
            raise DocumentError(f"{name}: {bomb}")
        self.names = [info.filename for info in infos]
        if len(set(self.names)) < len(infos):
            raise DocumentError(f"{name}: the archive has two parts of one name; save it anew in Word")
        if any(info.flag_bits & 1 for info in infos):
            raise DocumentError(f"{name}: is encrypted; save it without a password")

    def read(self, part: str) -> bytes:
        """The content of a part.

        Raises:
            DocumentError: it is missing, damaged, or larger than it says.
        """
        try:
            info = self._zip.getinfo(part)
            with self._zip.open(info) as stream:
                data = stream.read(info.file_size + 1)
                stream.read()  # to the end, so that the checksum is compared
        except KeyError:
            raise DocumentError(f"{self._name}: the part {part} is missing") from None
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
            raise DocumentError(f"{self._name}: the part {part} is damaged") from None
        if len(data) > info.file_size:
            raise DocumentError(f"{self._name}: the part {part} is larger than it says; this is no document")
        return data

    def with_parts(self, parts: dict[str, bytes]) -> bytes:
        """The archive with some parts replaced or added; the others keep their content, order, dates and attributes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for info in self._zip.infolist():
                data = parts.get(info.filename)
                made.writestr(copy(info), self.read(info.filename) if data is None else data)  # it is changed by writing
            for name in parts:
                if name not in self.names:
                    made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()
