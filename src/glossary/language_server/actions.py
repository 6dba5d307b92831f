"""What the editor offers at a finding: the fixes, all safe fixes, a marker to ignore it, a row in the term file for a selection."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from glossary.config import Config
from glossary.findings import Finding, Safety
from glossary.language_server.article import Article
from glossary.termbase.concept import COLUMNS

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.glossary"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL, types.CodeActionKind.RefactorExtract)
_COMMENTS = {"markdown": "<!-- {} -->", "html": "<!-- {} -->"}


def actions(article: Article, params: types.CodeActionParams, config: Config) -> Iterator[types.CodeAction]:
    """The code actions for a range, of the kinds asked for."""
    start, end = article.text.offset(params.range.start), article.text.offset(params.range.end)
    wanted = params.context.only
    if _asked(types.CodeActionKind.QuickFix, wanted):
        for finding in article.touching(start, end):
            yield from _quick_fixes(article, finding)
    if _asked(types.CodeActionKind.RefactorExtract, wanted) and start < end:
        yield from _new_row(article.text.content[start:end], config)


def fix_all(uri: str, edits: list[types.TextEdit]) -> Iterator[types.CodeAction]:
    """The code action that makes all safe corrections, if there are any."""
    if edits:
        yield types.CodeAction("Make all safe corrections", kind=FIX_ALL, edit=_edit(uri, edits))


def asks_for_all(params: types.CodeActionParams) -> bool:
    """Whether all safe corrections are asked for; they are not offered unasked."""
    return bool(params.context.only) and _asked(FIX_ALL, params.context.only)


def _asked(kind: str, wanted: object) -> bool:
    """Whether a kind, or one that it is under, is wanted; without a list everything is."""
    kinds = [getattr(each, "value", each) for each in wanted] if isinstance(wanted, (list, tuple)) else None
    name = getattr(kind, "value", kind)
    return kinds is None or any(name == each or name.startswith(f"{each}.") for each in kinds)


def _quick_fixes(article: Article, finding: Finding) -> Iterator[types.CodeAction]:
    uri = article.text.uri
    place = article.text.range(finding.start, finding.end)
    diagnostic = [article.diagnostic(finding)]
    for number, replacement in enumerate(finding.replacements):
        yield types.CodeAction(
            f"Write “{replacement}”" if replacement else f"Delete “{finding.text}”",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=diagnostic,
            is_preferred=number == 0 and len(finding.replacements) == 1 and finding.safety is Safety.SAFE,
            edit=_edit(uri, [types.TextEdit(place, replacement)]),
        )
    name = finding.concept or finding.rule
    marker = _COMMENTS.get(article.document.format, "[{}]").format(f"glossary: ignore[{name}]")
    text = article.text.content
    at = text.find("\n", finding.end)
    at = len(text) if at < 0 else at
    at -= text[at - 1 : at] == "\r"
    yield types.CodeAction(
        f"Ignore {name} on this line",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=diagnostic,
        edit=_edit(uri, [types.TextEdit(article.text.range(at, at), f" {marker}")]),
    )


def _new_row(selected: str, config: Config) -> Iterator[types.CodeAction]:
    """A row for the selection at the end of the last term file of the configuration, for the editor to complete."""
    files = [Path(path) for path in config.term_files if Path(path).suffix.lower() in (".csv", ".tsv") and Path(path).is_file()]
    phrase = " ".join(selected.split())
    if not files or not phrase or len(phrase) > 200:
        return
    file = files[-1]
    text = file.read_text("utf-8-sig", errors="replace")
    delimiter = "\t" if file.suffix.lower() == ".tsv" else ","
    header = next(csv.reader(io.StringIO(text), delimiter=delimiter), list(COLUMNS))
    values = {"id": "new-concept", "zh": "中文", "preferred": "approved English", "deprecated": phrase, "fix": "unsafe"}
    row = io.StringIO()
    csv.writer(row, delimiter=delimiter, lineterminator="\n").writerow([values.get(name, "") for name in header])
    lines = text.splitlines()
    end = types.Position(len(lines), 0) if text.endswith("\n") else types.Position(len(lines) - 1, len(lines[-1]) if lines else 0)
    new = row.getvalue() if text.endswith("\n") else "\n" + row.getvalue()
    yield types.CodeAction(
        f"Add “{phrase}” to {file.name} as a garbled form",
        kind=types.CodeActionKind.RefactorExtract,
        edit=_edit(file.resolve().as_uri(), [types.TextEdit(types.Range(end, end), new)]),
    )


def _edit(uri: str, edits: list[types.TextEdit]) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={uri: edits})
