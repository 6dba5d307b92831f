"""glossary fix"""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

import glossary
from glossary.cli import options
from glossary.errors import GlossaryError, UsageError

SCHEMA = "glossary/fix/1"


@click.command(short_help="Show, or make, the corrections.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--write", "-w", is_flag=True, help="Rewrite the files in place.")
@click.option("--output", "-o", metavar="FILE", help="Write the fixed text of one document here.")
@click.option("--diff", is_flag=True, help="Show a unified diff (what happens without -w or -o).")
@click.option("--check", is_flag=True, help="Only say which files would change.")
@click.option("--unsafe", is_flag=True, help="Make unsafe corrections too.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if a file was changed, so that a build notices.")
@click.option("--force-exclude", is_flag=True, help="Heed `exclude` of the configuration for files named here too.")
@click.option("--format", "-f", "report", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to report.")
@click.option("--input-format", metavar="NAME", help="Read every file in this format, whatever its ending.")
@options.selection_options
@options.termbase_options
def fix(
    paths: tuple[str, ...],
    write: bool,
    output: str | None,
    diff: bool,
    check: bool,
    unsafe: bool,
    exit_non_zero_on_fix: bool,
    force_exclude: bool,
    report: str,
    input_format: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    termbases: tuple[str, ...],
    no_builtin: bool,
) -> None:
    """Show the corrections as a unified diff, or make them with -w or -o.

    From standard input (-) the fixed text goes to standard output.
    Exit code: 0 done or nothing to do, 2 a file cannot be used; 1 with --diff or --check if something would change, and with
    --exit-non-zero-on-fix if something was changed.

    \b
    glossary fix article.txt
    glossary fix -w articles/
    glossary fix - < article.txt > fixed.txt
    """
    if output and (write or diff or check):
        raise UsageError("-o goes with neither -w, --diff nor --check")
    config = options.configured(termbases, no_builtin, select, ignore, unsafe=unsafe)
    matcher = options.matcher(termbases, no_builtin)
    results: list[dict[str, Any]] = []
    failed = changed = False
    read: Iterable[tuple[str, glossary.Document | GlossaryError]] = options.documents(paths, input_format, force_exclude=force_exclude)
    if output and len(read := list(read)) != 1:
        raise UsageError("-o takes the fixed text of one document; use -w for several")
    for path, document in read:
        try:
            if isinstance(document, GlossaryError):
                raise document
            revision = glossary.fix_document(document, matcher, config.settings(path))
            data = document.write(list(revision.applied))
            if output:
                glossary.write_file(output, data)
            elif write and path != "-" and revision.changed:
                glossary.write_file(path, data)
        except GlossaryError as error:
            failed = True
            print(f"glossary: {error}", file=sys.stderr)
            results.append({"path": path, "error": str(error), "changed": False, "applied": [], "skipped": []})
            continue
        changed = changed or revision.changed
        results.append(_result(path, revision))
        if report == "json":
            continue
        if check:
            if revision.changed:
                click.echo(f"would change {path}: {_count(revision)}")
        elif path == "-" and not (diff or output):
            sys.stdout.buffer.write(data)
        elif write or output:
            if revision.changed:
                click.echo(f"{output or path}: {_count(revision)}", err=output == "-")
        else:
            click.echo("".join(_diff(path, revision)), nl=False)
    if report == "json":
        click.echo(json.dumps({"schema": SCHEMA, "files": results}, ensure_ascii=False, indent=1))
    raise click.exceptions.Exit(2 if failed else 1 if changed and (diff or check or exit_non_zero_on_fix) else 0)


def _count(revision: glossary.Revision) -> str:
    made = f"{len(revision.applied)} correction{'s' * (len(revision.applied) != 1)}"
    return f"{made}, {len(revision.skipped)} left to look at" if revision.skipped else made


def _diff(path: str, revision: glossary.Revision) -> Iterator[str]:
    before = revision.before.splitlines(keepends=True)
    after = revision.after.splitlines(keepends=True)
    for line in difflib.unified_diff(before, after, f"a/{path.lstrip('/')}", f"b/{path.lstrip('/')}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _result(path: str, revision: glossary.Revision) -> dict[str, Any]:
    return {
        "path": path,
        "changed": revision.changed,
        "applied": [_edit(edit) for edit in revision.applied],
        "skipped": [{**_edit(skipped.edit), "reason": skipped.reason} for skipped in revision.skipped],
    }


def _edit(edit: glossary.Edit) -> dict[str, Any]:
    return {
        "rule": edit.rule, "concept": edit.concept, "start": edit.start, "end": edit.end,
        "before": edit.before, "after": edit.after, "safety": edit.safety.value,
    }  # fmt: skip
