"""glossary config"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from glossary.cli import options
from glossary.config import KEYS, KINDS, Config, schema


@click.command(short_help="Show what is in force, and where it is from.")
@click.argument("path", required=False, metavar="[PATH]", type=click.Path())
@click.option("--format", "-f", "report", type=click.Choice(["toml", "json"]), default="toml", show_default=True, help="How to show it.")
@click.option("--keys", is_flag=True, help="List every key with its meaning instead.")
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON schema of glossary.toml for an editor instead.")
@options.config_options
def config(path: str | None, report: str, keys: bool, as_schema: bool) -> None:
    """Show the configuration that is in force, and where each value is from.

    With PATH, what holds for that file. The configuration is glossary.toml, or [tool.glossary] in pyproject.toml, of the nearest
    folder upwards that has one.

    \b
    glossary config
    glossary config article.txt --format json
    glossary config --keys
    glossary config --schema > glossary.schema.json
    """
    if as_schema:
        click.echo(json.dumps(schema(), ensure_ascii=False, indent=1))
    elif keys:
        for key in KEYS:
            click.echo(f"{key.name}: {KINDS[key.kind][0]}\n    {key.meaning}")
    else:
        found = options.configuration()
        values = _values(found, path)
        if report == "json":
            rows = {name: {"value": value, "from": found.origins.get(name, "default")} for name, value in values.items()}
            excluded = {"excluded": found.excludes(path)} if path else {}
            click.echo(json.dumps({"path": found.path, **excluded, "values": rows}, ensure_ascii=False, indent=1))
        else:
            click.echo("".join(_toml(found, path, values)), nl=False)


def _values(found: Config, path: str | None) -> dict[str, Any]:
    """Each key with its value, as it may stand in a file; for a path, those that hold there."""
    settings = found.settings(path) if path else None
    values: dict[str, Any] = {}
    for key in KEYS:
        if path and key.name == "per-file":
            continue
        value = getattr(settings if settings and key.per_file else found, key.attribute)
        values[key.name] = _plain(value)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name.replace("_", "-"): _plain(each) for name, each in value.items()}
    return list(value) if isinstance(value, tuple) else getattr(value, "value", value)


def _toml(found: Config, path: str | None, values: dict[str, Any]) -> Iterator[str]:
    yield f"# {found.path or 'no configuration file: these are the defaults'}\n"
    if path and found.excludes(path):
        yield f"# {path} is excluded\n"
    for name, value in values.items():
        origin = found.origins.get(name, "default")
        if value is None:
            yield f"# {name} is not set\n"
        elif name != "per-file":
            yield f"{name} = {_written(value)}  # {origin}\n"
    for pattern, table in values.get("per-file", {}).items():
        yield f"\n[per-file.{json.dumps(pattern, ensure_ascii=False)}]\n"
        yield from (f"{name} = {_written(value)}\n" for name, value in table.items())


def _written(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{json.dumps(name, ensure_ascii=False)} = {_written(each)}" for name, each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
