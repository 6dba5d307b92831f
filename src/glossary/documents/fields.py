"""Which columns of a table, or keys of a record, hold the prose and which the Chinese beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from glossary.errors import DocumentError
from glossary.patterns import lazy

_TARGETS = lazy(
    r"en(?:[-_]\w+)?|english|target|tgt|translation|hypothesis|hyp|mt|text|body|content|title|headline|summary|caption|paragraph|sentence",
    re.I,
)
_SOURCES = lazy(r"zh(?:[-_]\w+)?|chinese|source|src|original", re.I)
_HAN = lazy("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Fields:
    """What was asked for: `en,title` or, with the Chinese beside it, `zh>en`. Empty: go by the usual names."""

    targets: tuple[str, ...] = ()
    source: str = ""

    @classmethod
    def of(cls, wanted: str) -> Fields:
        """Read `SOURCE>TARGET,TARGET…`."""
        source, arrow, targets = wanted.rpartition(">")
        return cls(tuple(name.strip() for name in targets.split(",") if name.strip()), source.strip() if arrow else "")

    def chosen(self, names: Iterable[str], path: str) -> tuple[frozenset[str], str | None]:
        """The names that hold prose, and the one that holds the Chinese.

        Raises:
            DocumentError: a name that was asked for is not there.
        """
        known = list(dict.fromkeys(names))
        for wanted in (*self.targets, self.source):
            if wanted and wanted not in known:
                raise DocumentError(f"{path}: there is no '{wanted}'; there are {', '.join(known[:20])}")
        source = self.source or next((name for name in known if name not in self.targets and _SOURCES.fullmatch(name.strip())), None)
        usual = [name for name in known if _TARGETS.fullmatch(name.strip())]
        return frozenset(self.targets or usual or [name for name in known if name != source]), source


def is_chinese(text: str) -> bool:
    """Whether a source holds Chinese at all."""
    return _HAN.search(text) is not None


def is_usual(name: str) -> bool:
    """Whether a name is one that prose or its source usually goes by."""
    return bool(_TARGETS.fullmatch(name.strip()) or _SOURCES.fullmatch(name.strip()))
