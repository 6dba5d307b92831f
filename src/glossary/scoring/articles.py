"""Article: the texts that belong together; and how they are read from files, folders and tables."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from glossary.documents.document import Document
from glossary.documents.formats import find
from glossary.errors import DocumentError, UsageError

Text = str | Sequence[str]
Read = Callable[[str], Document]

# what a column may be called; the first that a table has is taken
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "hypothesis": ("hypothesis", "hyp", "mt", "target"),
    "reference": ("reference", "references", "ref", "pe", "post_edit", "post-edit"),
    "fixed": ("fixed",),
    "source": ("source", "src", "zh"),
    "document": ("document", "doc", "docid", "doc_id"),
}
TABLES = (".jsonl", ".tsv", ".csv")
_REQUIRED = ("hypothesis", "reference")


@dataclass(frozen=True, slots=True)
class Article:
    """What belongs together: a text is a string, to be aligned, or a list of segments, which are compared one by one.

    `references` are one text or more. Without `fixed` the hypothesis is fixed first. A segment of `source` may be None.
    """

    hypothesis: Text
    references: Sequence[Text]
    fixed: Text | None = None
    source: str | Sequence[str | None] | None = None
    name: str = ""


def read_articles(
    hypothesis: str,
    references: Sequence[str],
    fixed: str | None,
    source: str | None,
    *,
    pattern: str | None = None,
    columns: Mapping[str, str] | None = None,
    read: Read,
) -> Iterator[Article]:
    """The articles that paths stand for.

    A table (JSON Lines, TSV, CSV) holds everything in its columns. In a folder the other paths are folders with the same files,
    or, with a pattern, patterns whose stars take what its stars stand for: `*/mt.txt` with reference `*/human.txt`.

    Args:
        hypothesis: a file, a table or a folder.
        references: a path or pattern each; none for a table.
        fixed: the path or pattern of the fixed text, if it is made already.
        source: the path or pattern of the Chinese original.
        pattern: which files of the folder are hypotheses.
        columns: the names of a table's columns, by what they hold, where they are not the usual ones.
        read: reads one document.

    Raises:
        UsageError: what is given does not go together.
        DocumentError: a file is missing or cannot be read.
    """
    if hypothesis.lower().endswith(TABLES) and not os.path.isdir(hypothesis) and not references:
        yield from _table(read(hypothesis), columns or {})
        return
    if not references:
        raise UsageError(f"{hypothesis}: give a human text with --reference; only tables ({' '.join(TABLES)}) carry it themselves")
    others = [*references, *(path for path in (fixed, source) if path is not None)]
    if not os.path.isdir(hypothesis):
        if pattern is not None:
            raise UsageError(f"--pattern chooses files of a folder, and {hypothesis} is none")
        yield _article("", [hypothesis, *others], len(references), fixed is not None, read)
        return
    found = False
    for name, paths in _folder(hypothesis, pattern, others):
        found = True
        yield _article(name, paths, len(references), fixed is not None, read)
    if not found:
        raise DocumentError(f"{hypothesis}: no file fits the pattern '{pattern}'")


def _folder(folder: str, pattern: str | None, others: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """For each hypothesis its name and the paths of all texts."""
    if pattern is None:
        for other in others:
            if not os.path.isdir(other):
                raise UsageError(f"{other}: must be a folder as {folder} is; or say with --pattern which files are hypotheses")
        for path in find([folder]):
            name = os.path.relpath(path, folder)
            yield name, [path, *(_there(os.path.join(other, name), path) for other in others)]
        return
    fits = re.compile("([^/]*)".join(map(re.escape, pattern.split("*"))))
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for each in sorted(names):
            path = os.path.join(parent, each)
            name = os.path.relpath(path, folder)
            match = fits.fullmatch(name.replace(os.sep, "/"))
            if match:
                yield name, [path, *(_there(os.path.join(folder, _filled(other, match.groups())), path) for other in others)]


def _filled(pattern: str, stars: Sequence[str]) -> str:
    if pattern.count("*") > len(stars):
        raise UsageError(f"'{pattern}' has more stars than the pattern of the hypotheses")
    words = iter(stars)
    return re.sub(r"\*", lambda _: next(words), pattern)


def _there(path: str, beside: str) -> str:
    if not Path(path).is_file():
        raise DocumentError(f"{path}: no such file; it belongs to {beside}")
    return path


def _article(name: str, paths: Sequence[str], references: int, fixed: bool, read: Read) -> Article:
    """An article from the paths of its hypothesis, its references, its fixed text and its source."""
    documents = [read(path) for path in paths]
    has_source = len(documents) > 1 + references + fixed
    texts = _texts(documents)
    beside: str | Sequence[str | None] | None = texts[-1] if has_source else None
    if not has_source and not isinstance(texts[0], str):
        beside = _sources(documents[0])
    return Article(texts[0], texts[1 : 1 + references], texts[1 + references] if fixed else None, beside, name)


def _texts(documents: Sequence[Document]) -> list[Text]:
    """Containers in segments by name where all have the same, one by one where they have as many; otherwise texts to be aligned."""
    if all(document.format == "text" for document in documents):
        return [document.text for document in documents]
    first = documents[0]
    names = [segment.name for segment in first.segments]
    texts = [{segment.name: segment.text for segment in document.segments} for document in documents]
    if None not in names and all(set(found) == set(names) and len(found) == len(names) for found in texts):
        return [[found[name] for name in names] for found in texts]
    if all(document.format == first.format and len(document.segments) == len(names) for document in documents):
        return [[segment.text for segment in document.segments] for document in documents]
    return [
        document.text if document.format == "text" else "\n\n".join(" ".join(segment.text.split()) for segment in document.segments)
        for document in documents
    ]


def _sources(document: Document) -> list[str | None] | None:
    return [segment.source for segment in document.segments] if document.bilingual else None


def _table(document: Document, columns: Mapping[str, str]) -> Iterator[Article]:
    rows = list(_rows(document))
    if not rows:
        raise DocumentError(f"{document.path}: there are no rows")
    names = _columns(document.path, rows[0][1], columns)
    for name, group in groupby(rows, key=lambda row: str(row[1].get(names["document"]) or "") if "document" in names else ""):
        part = list(group)
        values = {what: [_value(document.path, line, row, column, what) for line, row in part] for what, column in names.items()}
        references = [each if isinstance(each, list) else [each] for each in values["reference"]]
        if len({len(each) for each in references}) > 1:
            raise DocumentError(f"{document.path}: every row of a document needs as many references")
        yield Article(values["hypothesis"], list(zip(*references, strict=True)), values.get("fixed"), values.get("source"), name)


def _rows(document: Document) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a table, each with its line."""
    if document.path.lower().endswith(".jsonl"):
        for line, text in enumerate(document.text.split("\n"), 1):
            if text.strip():
                try:
                    row = json.loads(text)
                except ValueError as error:
                    raise DocumentError(f"{document.path}:{line}: not JSON: {error}") from None
                if not isinstance(row, dict):
                    raise DocumentError(f"{document.path}:{line}: a row must be an object with columns, like {{\"hypothesis\": \"…\"}}")
                yield line, row
        return
    tabbed = document.path.lower().endswith(".tsv")
    reader = csv.DictReader(io.StringIO(document.text, newline=""), dialect="excel-tab" if tabbed else "excel")
    for values in reader:
        yield reader.line_num, dict(values)


def _columns(path: str, row: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    for what, column in given.items():
        if what not in COLUMNS:
            raise UsageError(f"there is no column for '{what}'; known are {', '.join(COLUMNS)}")
        if column not in row:
            raise UsageError(f"{path}: there is no column '{column}'; it has {', '.join(map(str, row))}")
    found = dict(given)
    for what, usual in COLUMNS.items():
        here = next((name for name in usual if name in row), None)
        if what not in found and here is not None:
            found[what] = here
    for what in _REQUIRED:
        if what not in found:
            raise UsageError(f"{path}: there is no column '{what}'; it has {', '.join(map(str, row))}. --column {what}=NAME names it")
    return found


def _value(path: str, line: int, row: Mapping[str, Any], column: str, what: str) -> Any:
    value = row.get(column)
    if isinstance(value, str) or (value is None and what in ("source", "document")):
        return value
    if what == "reference" and isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return value
    raise DocumentError(f"{path}:{line}: '{column}' must be text" + (" or a list of texts" if what == "reference" else ""))
