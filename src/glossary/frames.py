"""pandas in, pandas out, a document in each row: the seam for batch runs and for other people's engines.

Nothing is kept between calls: the same frame, term base and settings give the same frame, on any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from glossary.checker import check, require_english
from glossary.edits import Edit, Revision
from glossary.errors import GlossaryError, UsageError
from glossary.findings import Finding
from glossary.fixer import fix
from glossary.matching.cache import matcher_of
from glossary.matching.matcher import Matcher
from glossary.settings import Settings
from glossary.termbase.files import load
from glossary.termbase.termbase import TermBase

if TYPE_CHECKING:
    import pandas as pd

CHECKED = ("findings", "error")
FIXED = ("fixed", "applied", "skipped", "error")
FINDING = ("rule", "origin", "concept", "zh", "severity", "start", "end", "text", "message", "replacements", "safety")


def check_frame(
    frame: pd.DataFrame,
    text: str = "text",
    *,
    termbase: TermBase | Matcher | None = None,
    settings: Settings = Settings(),  # noqa: B008
    exploded: bool = False,
) -> pd.DataFrame:
    """The findings in a frame with a document in each row.

    Args:
        frame: the documents; it is left as it is.
        text: the column of English text.
        termbase: a term base, or a matcher compiled from one; the built-in one if None.
        settings: which rules and concepts to look for.
        exploded: give a row for each finding instead of a list of findings in each row.

    Returns:
        A frame with the same index. `findings` holds for each document a list of dicts with the keys of `FINDING`, places in
        code points of the text; `error` says why a document could not be checked and is None otherwise. Exploded: a row for
        each finding, with the index of its document and a column for each key; documents without findings have no row,
        those with an error have one that holds only the error.

    Raises:
        UsageError: the column is missing.
    """
    matcher = matcher_of(load() if termbase is None else termbase)
    rows = _each(frame, text, lambda document: {"findings": [finding_record(each) for each in check(document, matcher, settings=settings)]})
    if not exploded:
        return _made(frame, list(rows), CHECKED)
    index, found = [], []
    for label, row in zip(frame.index, rows, strict=True):
        for record in row.get("findings", [{}] if row["error"] else []):
            index.append(label)
            found.append({**record, "error": row["error"]})
    return _made(frame, found, (*FINDING, "error"), index)


def fix_frame(
    frame: pd.DataFrame,
    text: str = "text",
    *,
    termbase: TermBase | Matcher | None = None,
    settings: Settings = Settings(),  # noqa: B008
) -> pd.DataFrame:
    """The documents of a frame fixed.

    Args:
        frame, text, termbase: as for `check_frame`.
        settings: which rules and concepts to look for, and whether unsafe edits are made too.

    Returns:
        A frame with the same index. `fixed` is the fixed text; `applied` and `skipped` hold lists of edits as
        `edit_record` makes them, skipped ones with a `reason` too; `error` says why a document could not be fixed and is None otherwise.

    Raises:
        UsageError: the column is missing.
    """
    matcher = matcher_of(load() if termbase is None else termbase)
    return _made(frame, list(_each(frame, text, lambda document: _revised(fix(document, matcher, settings=settings)))), FIXED)


def finding_record(finding: Finding) -> dict[str, Any]:
    """A finding as it stands in a frame."""
    return {
        "rule": finding.rule, "origin": finding.origin.value, "concept": finding.concept, "zh": finding.zh,
        "severity": finding.severity.value, "start": finding.start, "end": finding.end, "text": finding.text,
        "message": finding.message, "replacements": list(finding.replacements), "safety": finding.safety.value,
    }  # fmt: skip


def edit_record(edit: Edit) -> dict[str, Any]:
    """An edit as it stands in a frame."""
    return {
        "rule": edit.rule, "concept": edit.concept, "start": edit.start, "end": edit.end, "before": edit.before,
        "after": edit.after, "safety": edit.safety.value,
    }  # fmt: skip


def require_columns(frame: pd.DataFrame, *columns: str | None) -> None:
    """Refuse a frame that lacks a column.

    Raises:
        UsageError: with the columns that there are.
    """
    for column in columns:
        if column is not None and column not in frame.columns:
            raise UsageError(f"there is no column '{column}'; there are {', '.join(map(str, frame.columns)) or 'none'}")


def text_error(value: Any) -> str | None:
    """Why a cell is no text to work on; None if it is one."""
    if isinstance(value, str):
        return None
    try:
        missing = value is None or bool(value != value)
    except (TypeError, ValueError):  # pandas.NA; an array
        missing = type(value).__name__ == "NAType"
    return "there is no text" if missing else f"not a text but {type(value).__name__}"


def _revised(revision: Revision) -> dict[str, Any]:
    return {
        "fixed": revision.after,
        "applied": [edit_record(edit) for edit in revision.applied],
        "skipped": [{**edit_record(each.edit), "reason": each.reason} for each in revision.skipped],
    }


def _each(frame: pd.DataFrame, column: str, work: Callable[[str], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What `work` makes of each text, with its error."""
    require_columns(frame, column)
    for text in frame[column].tolist():
        error = text_error(text)
        if error is None:
            try:
                require_english(text, "the text")
                yield {**work(text), "error": None}
                continue
            except GlossaryError as problem:
                error = str(problem)
            except Exception as problem:  # one document in a billion must not stop the rest; it is named, never passed over
                error = f"internal error: {type(problem).__name__}: {problem}"
        yield {"error": error}


def _made(frame: pd.DataFrame, rows: list[dict[str, Any]], columns: tuple[str, ...], index: Any = None) -> pd.DataFrame:
    import pandas as pd

    held = {name: pd.Series([row.get(name) for row in rows], dtype=object) for name in columns}
    made = pd.DataFrame(held, columns=list(columns))
    made.index = frame.index if index is None else pd.Index(index, name=frame.index.name)
    return made
