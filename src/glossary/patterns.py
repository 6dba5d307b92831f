"""Regular expressions that are compiled when they are first used: a check pays only for those that its text comes to.

To compile some fifty of them is a tenth of a short run. `stored` keeps what the compiler of `re` makes of the expressions, and
`supply` gives it back to them. Its form is an inner matter of `re`: where it is not what it was, they are compiled as ever.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterator
from importlib import import_module
from typing import Any, AnyStr, cast

from glossary.storage import packed, unpacked

_FOREIGN = (AttributeError, ImportError, LookupError, OverflowError, RuntimeError, TypeError, ValueError)  # of another `re`


class _Made:
    """What `re` made of expressions: of each its flags, groups, their names, and its program."""

    def __init__(self, stored: bytes) -> None:
        self._table: dict[str, tuple[int, int, dict[str, int], bytes]] = unpacked(stored)

    def compiled(self, key: str, source: str | bytes) -> re.Pattern[Any] | None:
        """The expression of a key, if it is known and this Python can use it."""
        known = self._table.get(key)
        if known is None:
            return None
        flags, groups, names, program = known
        by_number: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            by_number[number] = name
        try:
            engine: Any = import_module("_sre")
            found: re.Pattern[Any] = engine.compile(source, flags, array("I", program).tolist(), groups, names, tuple(by_number))
            return found
        except _FOREIGN:
            return None


class _Lazy:
    """Stands for a compiled expression, and becomes as quick as one with its first use."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags
        self.known: _Made | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = (self.known and self.known.compiled(self.key, self._source)) or re.compile(self._source, self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

    @property
    def key(self) -> str:
        """What it is told by."""
        return f"{self._flags} {self._source!r}"

    def made(self) -> tuple[int, int, dict[str, int], list[int]]:
        """What `re` makes of it: flags, groups, their names and the program; an empty one where `re` is not what it was."""
        try:
            from re import _compiler, _parser  # type: ignore[attr-defined]

            parsed = _parser.parse(self._source, self._flags)
            state = parsed.state
            return int(self._flags | state.flags), state.groups - 1, dict(state.groupdict), _compiler._code(parsed, self._flags)
        except _FOREIGN:
            return 0, 0, {}, []


def lazy(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` of the same arguments gives, compiled with its first use."""
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))


def stored() -> bytes:
    """The compiled expressions of the modules that are loaded."""
    made = {each.key: each.made() for each in _loaded()}
    return packed({key: (*head, array("I", program).tobytes()) for key, (*head, program) in made.items() if program})


def supply(stored: bytes) -> None:
    """Give the expressions of the modules that are loaded what was stored of them."""
    made = _Made(stored)
    for each in _loaded():
        each.known = made


def _loaded() -> Iterator[_Lazy]:
    package = __name__.partition(".")[0]
    for name, module in list(sys.modules.items()):
        if name.startswith(package):
            yield from (value for value in vars(module).values() if type(value) is _Lazy)
