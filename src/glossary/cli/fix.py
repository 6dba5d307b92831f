"""glossary fix"""

from __future__ import annotations

import difflib
import json
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
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
@click.option("--short-forms", is_flag=True, help="Give corrections of later mentions the short form, such as NPC.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if a file was changed, so that a build notices.")
@click.option("--force-exclude", is_flag=True, help="Heed `exclude` of the configuration for files named here too.")
@click.option("--format", "-f", "report", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to report.")
@click.option("--accept", is_flag=True, help="Write Word documents plainly, not as tracked changes.")
@click.option("--comments", is_flag=True, help="Put the Chinese and the authority beside each change of a Word document.")
@click.option("--author", default="glossary", show_default=True, help="Who changed a Word document.")
@click.option("--log", "log_file", metavar="FILE", help="With -w: keep in FILE what 'glossary revert --log FILE' takes back.")
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
    short_forms: bool,
    exit_non_zero_on_fix: bool,
    force_exclude: bool,
    report: str,
    accept: bool,
    comments: bool,
    author: str,
    log_file: str | None,
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
    if log_file and not write:
        raise UsageError("--log goes with -w")
    config = options.configured(termbases, no_builtin, select, ignore, unsafe=unsafe, short_forms=short_forms)
    matcher = options.matcher(termbases, no_builtin)
    options.require_names(config)
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
            comment = _comments(document, matcher, config.settings(path)) if comments else None
            data = document.write(list(revision.applied), glossary.Tracking(author, accept=accept, comment=comment))
            if output:
                glossary.write_file(output, data)
            elif write and path != "-" and revision.changed:
                if log_file:
                    edits = [glossary.edit_values(edit) for edit in revision.applied]
                    glossary.EditLog(log_file).write(path, document.write([]), data, edits=edits)
                else:
                    glossary.write_file(path, data, instead_of=document.write([]))
        except GlossaryError as error:
            failed = True
            print(f"glossary: {error}", file=sys.stderr)
            results.append({"path": path, "error": str(error), "changed": False, "applied": [], "skipped": []})
            continue
        changed = changed or revision.changed
        results.append(_result(path, revision, document))
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


def _comments(document: glossary.Document, matcher: glossary.Matcher, settings: glossary.Settings) -> Callable[[glossary.Edit], str]:
    """For an edit what its margin comment says: the Chinese and who established the approved form."""
    found = {finding.concept: finding for finding in glossary.check_document(document, matcher, settings) if finding.concept}

    def comment(edit: glossary.Edit) -> str:
        finding = found.get(edit.concept or "")
        return " · ".join(part for part in (finding.zh, finding.authority, finding.note) if part) if finding else ""

    return comment


def _count(revision: glossary.Revision) -> str:
    made = options.counted(len(revision.applied), "correction")
    return f"{made}, {len(revision.skipped)} left to look at" if revision.skipped else made


def _diff(path: str, revision: glossary.Revision) -> Iterator[str]:
    before = revision.before.splitlines(keepends=True)
    after = revision.after.splitlines(keepends=True)
    for line in difflib.unified_diff(before, after, f"a/{path.lstrip('/')}", f"b/{path.lstrip('/')}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _result(path: str, revision: glossary.Revision, document: glossary.Document) -> dict[str, Any]:
    """What was done to a file; in containers places count in the segment, which is named."""
    names, starts = list(document.places), list(document.places.values())

    def placed(edit: glossary.Edit) -> dict[str, Any]:
        values = glossary.edit_values(edit)
        if not starts:
            return values
        number = bisect_right(starts, edit.start) - 1
        return {**values, "start": edit.start - starts[number], "end": edit.end - starts[number], "segment": names[number]}

    return {
        "path": path,
        "changed": revision.changed,
        "applied": [placed(edit) for edit in revision.applied],
        "skipped": [{**placed(skipped.edit), "reason": skipped.reason} for skipped in revision.skipped],
    }
