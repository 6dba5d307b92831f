"""The ignore list: the rules and concepts that a person never wants to see, kept in the configuration file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from glossary.documents.formats import write_file
from glossary.errors import ConfigError

NEW = "glossary.toml"


def add_ignored(names: Iterable[str], path: str | None = None) -> str:
    """Add names to `ignore` of a configuration file, which keeps its comments and layout.

    Args:
        names: rules and concepts.
        path: `glossary.toml` or `pyproject.toml`; a new `glossary.toml` in the working folder unless given.

    Returns:
        The path.

    Raises:
        ConfigError: the file is no TOML, or its `ignore` is no list.
        DocumentError: it cannot be written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = path or NEW
    try:
        text = Path(path).read_text("utf-8") if Path(path).exists() else ""
        document: Any = tomlkit.parse(text)
        table = document
        if Path(path).name == "pyproject.toml":
            table = document.setdefault("tool", tomlkit.table(True)).setdefault("glossary", tomlkit.table())
        kept = table.get("ignore")
        if kept is None:
            table["ignore"] = kept = tomlkit.array()
        kept.extend([name for name in dict.fromkeys(names) if name not in kept])
    except (TOMLKitError, AttributeError, TypeError, ValueError, OSError) as error:
        raise ConfigError(f"{path}: cannot take a name to ignore: {error}") from None
    write_file(path, tomlkit.dumps(document).encode())
    return path
