"""What passes between a term file and the term base: what was read, what was written, and what did not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from glossary.errors import NotationError
from glossary.patterns import lazy
from glossary.termbase.concept import Concept
from glossary.termbase.notation import mark, parse, unmark


class Parsed(NamedTuple):
    """What a file holds: its concepts, the columns that it knows of, and a line for each thing that could not be taken."""

    concepts: list[Concept]
    columns: frozenset[str]
    notes: list[str]


class Written(NamedTuple):
    """A file, and a line for each thing that it could not hold."""

    data: bytes
    losses: list[str]


_SIGNS = lazy(r"[\\()\[\]|~<>;?]")
_APPROVED_SIGNS = lazy(r"[\\~<;]")


def garble(text: str) -> str:
    """Plain words as an entry of `deprecated`: signs of the notation are escaped."""
    return _SIGNS.sub(r"\\\g<0>", text)


def approved(text: str) -> str:
    """Plain words as an approved form."""
    return _APPROVED_SIGNS.sub(r"\\\g<0>", text)


def plain_garble(entry: str) -> tuple[str, str]:
    """One wording of a garble as another program shows it, and the entry itself if that wording does not say all of it."""
    try:
        elements = parse(entry).elements
    except NotationError:
        return entry, entry
    plain = " ".join(unmark(text) for element in elements if (text := next((t for t in element if t), "")))
    return plain, "" if garble(plain) == entry else entry


def plain_form(form: str) -> tuple[str, str]:
    """An approved form as another program shows it, and the form itself if its signs would be lost."""
    plain = plain_approved(form)
    return plain, "" if approved(plain) == form else form


def plain_approved(form: str) -> str:
    """An approved form without the signs of its inflections."""
    return unmark(mark(form))


def new_id(english: str, taken: Iterable[str]) -> str:
    """An id for a concept that has none, from its English; numbered if it is taken."""
    words = re.sub(r"[^a-z0-9]+", "-", plain_approved(english).lower().replace("'", "").replace("’", "")).strip("-")
    base = "-".join(words.split("-")[:8]) or "term"
    known = set(taken)
    number, name = 1, base
    while name in known:
        number += 1
        name = f"{base}-{number}"
    return name


def proper_id(given: str, english: str, taken: Iterable[str]) -> str:
    """The id that a file gives, if ours may look like that; otherwise a new one."""
    known = set(taken)
    name = re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-")
    return name if name and name not in known else new_id(english, known)
