"""Glossary files of translation engines: DeepL, Google, Amazon, Azure. Written only; their limits are kept, every drop is told.

They hold pairs of terms, nothing else. The sources are their own documents: DeepL API reference (glossaries), Google Cloud
Translation (creating and using glossaries), Amazon Translate (custom terminology), Azure Document Translation (glossaries).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from glossary.errors import UsageError
from glossary.termbase.concept import Concept
from glossary.termbase.exchange import Written
from glossary.termbase.pairs import pairs
from glossary.termbase.termbase import TermBase

_MIB = 1024 * 1024


class Engine(NamedTuple):
    """What an engine takes: the separator, the first row, bytes of a term and of the file in UTF-8."""

    delimiter: str
    header: tuple[str, str] | None
    longest: int
    largest: int


ENGINES = {
    "deepl": Engine("\t", None, 1024, 10 * _MIB),
    "google": Engine(",", None, 1024, 10_400_000),
    "aws": Engine(",", ("zh", "en"), 200, 10_000_000),
    "azure": Engine("\t", None, 1024, 10 * _MIB),
}


def dumps(concepts: Sequence[Concept], termbase: TermBase | None = None, format: str = "deepl") -> Written:
    """A glossary from Chinese to English.

    Raises:
        UsageError: the file would be larger than the engine takes.
    """
    engine = ENGINES[format]
    losses: list[str] = []
    out = io.StringIO()
    if engine.delimiter == ",":
        writer = csv.writer(out, lineterminator="\n")
    else:  # engines take quotes between tabs for part of the term
        writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    if engine.header:
        writer.writerow(engine.header)
    for pair in pairs(concepts, termbase or TermBase({}), losses):
        size = max(len(pair.zh.encode()), len(pair.en.encode()))
        if size > engine.longest:
            losses.append(f"{pair.concept}: {pair.zh} is left out, it has {size:,} bytes and {format} takes {engine.longest:,}")
        elif any(sign in pair.zh + pair.en for sign in "\t\r\n"):
            losses.append(f"{pair.concept}: {pair.zh} is left out, it holds a tab or a line break")
        else:
            writer.writerow(pair[1:])
    data = out.getvalue().encode()
    if len(data) > engine.largest:
        sizes = f"{len(data):,} bytes and {format} takes {engine.largest:,}"
        raise UsageError(f"the glossary would have {sizes}; choose terms with --select or --kind")
    return Written(data, losses)
