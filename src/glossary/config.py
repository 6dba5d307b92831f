"""Configuration: `glossary.toml`, or `[tool.glossary]` in `pyproject.toml`, found upwards from the working folder.

KEYS is the table: reading, `glossary config`, the JSON schema for editors and the docs all go by it.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from glossary.documents import formats
from glossary.errors import ConfigError
from glossary.findings import Severity
from glossary.settings import Settings

if TYPE_CHECKING:
    import pathspec

NAMES = ("glossary.toml", "pyproject.toml")
SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_SEVERITIES = [severity.value for severity in Severity]


class Key(NamedTuple):
    """A key: its name in the file, what its value is, what it means, and whether it may differ from file to file."""

    name: str
    kind: str
    meaning: str
    per_file: bool = False

    @property
    def attribute(self) -> str:
        """The field of Config that holds it."""
        return self.name.replace("-", "_")


# kind -> what a value must be, in words, and as JSON schema
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "flag": ("true or false", {"type": "boolean"}),
    "number": ("a whole number, 0 or more", {"type": "integer", "minimum": 0}),
    "path": ("a path in quotes", {"type": "string"}),
    "names": ('a list of texts, like ["one", "two"]', {"type": "array", "items": {"type": "string"}}),
    "severity": ("error, warning or info", {"enum": _SEVERITIES}),
    "severities": (
        'a table of name = "error", "warning" or "info"',
        {"type": "object", "additionalProperties": {"enum": _SEVERITIES}},
    ),
    "texts": ('a table of name = "text"', {"type": "object", "additionalProperties": {"type": "string"}}),
    "tables": ("a table of pattern = { … }", {"type": "object"}),
}

KEYS = (
    Key("termbases", "names", "Term files, or folders of them, added to the built-in ones; a later one wins. Paths are from this file."),
    Key("builtin", "flag", "Whether to use the built-in term files."),
    Key("style", "path", "The outlet's house style: a term file that wins over all others."),
    Key("select", "names", "Look only for these rules and concepts.", per_file=True),
    Key("ignore", "names", "Leave out these rules and concepts.", per_file=True),
    Key("severities", "severities", "Another severity for a rule or a concept; a concept's own goes before its rule's.", per_file=True),
    Key("severity", "severity", "The lowest severity that is shown."),
    Key("fail-on", "severity", "The lowest severity that makes the exit code 1; as `severity` unless given."),
    Key("unsafe", "flag", "Make unsafe corrections too.", per_file=True),
    Key("quotations", "flag", "Whether quotations of six words or more are corrected.", per_file=True),
    Key("short-forms", "flag", "Whether corrections of later mentions take the concept's short form.", per_file=True),
    Key("suppressions", "flag", "Whether markers such as `glossary: ignore` are heeded.", per_file=True),
    Key("exclude", "names", "Files and folders to pass over, in the notation of .gitignore."),
    Key("extensions", "texts", 'More endings and their document formats, like ".story" = "text".'),
    Key("baseline", "path", "The file of known findings, which are not reported again."),
    Key("jobs", "number", "Processes to use; 0 is one for each processor."),
    Key("cache", "flag", "Whether results are kept between runs."),
    Key("per-file", "tables", "Other values for the files that a pattern of .gitignore's notation names; the last that fits wins."),
)
_BY_NAME = {key.name: key for key in KEYS}
_PER_FILE = tuple(key.attribute for key in KEYS if key.per_file)


class Config(NamedTuple):
    """What is in force. `path` is the file it was read from; `origins` tells for each key where its value is from."""

    path: str | None = None
    termbases: tuple[str, ...] = ()
    builtin: bool = True
    style: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = {}
    severity: Severity = Severity.WARNING
    fail_on: Severity | None = None
    unsafe: bool = False
    quotations: bool = True
    short_forms: bool = False
    suppressions: bool = True
    exclude: tuple[str, ...] = ()
    extensions: Mapping[str, str] = {}
    baseline: str | None = None
    jobs: int = 0
    cache: bool = True
    per_file: Mapping[str, Mapping[str, Any]] = {}
    origins: Mapping[str, str] = {}

    @property
    def root(self) -> str:
        """The folder that patterns and paths of the configuration are from."""
        return os.path.dirname(self.path or "") or "."

    @property
    def term_files(self) -> tuple[str, ...]:
        """The term files in the order in which they are read: the house style last."""
        return (*self.termbases, *((self.style,) if self.style else ()))

    @property
    def named(self) -> dict[str, str]:
        """Each rule or concept that is named anywhere, with the key that names it."""
        tables: Iterable[tuple[str, Mapping[str, Any]]] = (
            ("", {"select": self.select, "ignore": self.ignore, "severities": self.severities}),
            *((f"per-file.'{pattern}'.", values) for pattern, values in self.per_file.items()),
        )
        keys = ("select", "ignore", "severities")
        return {name: f"{where}{key}" for where, table in tables for key in keys for name in table.get(key, ())}

    def with_flags(self, **flags: Any) -> Self:
        """The configuration under flags of the command line; a flag that is None or empty says nothing. `ignore` adds."""
        given = {name: value for name, value in flags.items() if value is not None and value != ()}
        if "ignore" in given:
            given["ignore"] = (*self.ignore, *given["ignore"])
        names = {name.replace("_", "-"): "the command line" for name in given}
        return self._replace(**given, origins={**self.origins, **names})

    def settings(self, path: str = "") -> Settings:
        """The settings for a file."""
        values = {name: getattr(self, name) for name in _PER_FILE}
        for pattern, other in self.per_file.items():
            if path and path != "-" and _spec((pattern,)).match_file(self._relative(path)):
                for name, value in other.items():
                    if name == "ignore":
                        value = (*values[name], *value)
                    elif name == "severities":
                        value = {**values[name], **value}
                    values[name] = value
        return Settings(**values)

    def format_of(self, path: str) -> str | None:
        """The document format that the configuration names for a path's ending."""
        lower = path.lower()
        return next((name for ending, name in self.extensions.items() if lower.endswith(ending)), None)

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Whether a path is to be passed over."""
        if not self.exclude or path == "-":
            return False
        relative = self._relative(path)
        return not relative.startswith("../") and _spec(self.exclude).match_file(relative + "/" * folder)

    def files(self, paths: Iterable[str], *, force_exclude: bool = False) -> Iterator[str]:
        """The files that paths stand for; those named themselves are excluded only with `force_exclude`.

        In folders the term files of the configuration are passed over: they are tables too, full of garbles.

        Raises:
            DocumentError: a path does not exist, or a folder holds no document.
        """
        own = set(filter(None, map(_identity, self.term_files)))

        def skip(path: str, folder: bool) -> bool:
            return self.excludes(path, folder=folder) or (bool(own) and _identity(path) in own)

        for path in paths:
            if os.path.isdir(path) or not force_exclude or not self.excludes(path):
                yield from formats.find([path], endings=tuple(self.extensions), skip=skip if self.exclude or own else None)

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self.root).replace(os.sep, "/")


def _identity(path: str) -> tuple[int, int] | None:
    """What is the same for every name and link of a file that exists."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


@lru_cache(maxsize=256)
def _spec(patterns: tuple[str, ...]) -> "pathspec.GitIgnoreSpec":
    import pathspec

    return pathspec.GitIgnoreSpec.from_lines(patterns)


def find(folder: str | None = None) -> str | None:
    """The configuration file that is in force in a folder, the working folder unless given; None if there is none.

    The nearest folder upwards that has one decides; in it `glossary.toml` goes before `pyproject.toml`.
    """
    here = os.path.realpath(folder or ".")
    while True:
        for name in NAMES:
            path = os.path.join(here, name)
            if os.path.isfile(path) and (name != "pyproject.toml" or _has_table(path)):
                return os.path.relpath(path) if folder is None else path
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above


def _has_table(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"tool.glossary" in file.read()
    except OSError:
        return False


def load(path: str | None = None) -> Config:
    """The configuration of a file, or of the one that `find` finds; the defaults if there is none.

    Raises:
        ConfigError: it cannot be read, is no TOML, or has a key or value that is not known, with the nearest that is.
    """
    path = path or find()
    return read(path) if path else Config()


def read(path: str) -> Config:
    """The configuration of a file.

    Raises:
        ConfigError: as `load` does.
    """
    import tomllib
    from pathlib import Path

    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    if os.path.basename(path) == "pyproject.toml":
        table = _table(path, _table(path, table.get("tool", {}), "tool").get("glossary", {}), "tool.glossary")
    values = _values(path, table, KEYS, "")
    folder = Path(path).parent
    for name in ("termbases", "style", "baseline"):
        if name in values:
            value = values[name]
            values[name] = str(folder / value) if isinstance(value, str) else tuple(str(folder / each) for each in value)
    return Config(path, **values, origins={name.replace("_", "-"): path for name in values})


def _table(path: str, value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: [{name}] is not a table")
    return value


def _values(path: str, table: Mapping[str, Any], known: Iterable[Key], where: str) -> dict[str, Any]:
    names = {key.name: key for key in known}
    values = {}
    for name, value in table.items():
        if name not in names:
            raise ConfigError(f"{path}: {_unknown(name, names, where)}")
        values[names[name].attribute] = _value(path, names[name], value, where + name)
    return values


def _unknown(name: str, names: Mapping[str, Key], where: str) -> str:
    import difflib

    near = difflib.get_close_matches(name.replace("_", "-").lower(), names, 1, 0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(names)}"
    if name in _BY_NAME:
        hint = f"it holds for all files; set it at the top. Here may stand {', '.join(names)}"
    return f"there is no key '{where}{name}'; {hint}"


def _value(path: str, key: Key, value: Any, name: str) -> Any:
    if key.kind == "tables" and isinstance(value, dict):
        return {pattern: _per_file(path, each, f"{name}.'{pattern}'") for pattern, each in value.items()}
    if not _fits(key.kind, value):
        raise ConfigError(f"{path}: {name} is {_shown(value)}; write {KINDS[key.kind][0]}")
    if key.kind == "names":
        return tuple(value)
    if key.kind == "severity":
        return Severity(value)
    if key.kind == "severities":
        return {each: Severity(severity) for each, severity in value.items()}
    if key.name == "extensions":
        return {_ending(path, ending): _format(path, name, each) for ending, each in value.items()}
    return value


def _per_file(path: str, value: object, where: str) -> dict[str, Any]:
    return _values(path, _table(path, value, where), [key for key in KEYS if key.per_file], where + ".")


def _fits(kind: str, value: object) -> bool:
    """Whether a value is of a kind."""
    if kind == "flag":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if kind == "path":
        return isinstance(value, str)
    if kind == "names":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if kind == "severity":
        return value in _SEVERITIES
    allowed = _SEVERITIES if kind == "severities" else None
    return isinstance(value, dict) and all(isinstance(each, str) and (allowed is None or each in allowed) for each in value.values())


def _ending(path: str, ending: str) -> str:
    if not ending.startswith("."):
        raise ConfigError(f"{path}: extensions: '{ending}' has no dot; write '.{ending}'")
    return ending.lower()


def _format(path: str, name: str, format: str) -> str:
    known = [each.name for each in formats.FORMATS]
    if format not in known:
        raise ConfigError(f"{path}: {name}: there is no document format '{format}'; known are {', '.join(known)}")
    return format


def _shown(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, default=str)


def schema() -> dict[str, Any]:
    """The JSON schema of `glossary.toml`, for editors that check and complete TOML."""
    properties = {key.name: {**KINDS[key.kind][1], "description": key.meaning} for key in KEYS}
    inner = {key.name: properties[key.name] for key in KEYS if key.per_file}
    properties["per-file"] = {
        **properties["per-file"],
        "additionalProperties": {"type": "object", "properties": inner, "additionalProperties": False},
    }
    return {
        "$schema": SCHEMA,
        "title": "glossary.toml",
        "description": "The configuration of glossary; in pyproject.toml the same stands in [tool.glossary].",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
