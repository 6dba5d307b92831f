"""Later mentions of a concept in its short form: the National People's Congress, and after that the NPC."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from glossary.edits import Edit, replay
from glossary.english.agreement import agree
from glossary.english.articles import indefinite
from glossary.patterns import lazy

_INDEFINITE = lazy(r"(a)n? (?=\w)", re.I)
_ARTICLE, _POSSESSIVE = "(?:(?:the|an?) )?", "(?:['’]s?)?"


class Mention(NamedTuple):
    """How a concept is mentioned: the short form, what finds a full one, and whether a text is a full one and no more."""

    short: str
    full: re.Pattern[str]
    alone: re.Pattern[str]


def mentions(short_forms: Iterable[tuple[str, Iterable[str]]]) -> list[Mention]:
    """The mentions of concepts, each with its short form and its full forms."""
    return [_mention(short, forms) for short, forms in short_forms]


def shortened(text: str, edits: Sequence[Edit], earlier: Sequence[str], known: Sequence[Mention]) -> list[Edit]:
    """The edits of a text; those that write a full form which stands before, here or in earlier texts, write the short form."""
    result: list[Edit] = []
    for edit in edits:
        mention = next((mention for mention in known if mention.alone.fullmatch(edit.after)), None)
        if mention:
            before = replay(text[: edit.start], result)
            if any(mention.full.search(part) for part in (*earlier, before)):
                edit = _short(text, edit, mention, result[-1].end if result else 0)
        result.append(edit)
    return result


def _short(text: str, edit: Edit, mention: Mention, low: int) -> Edit:
    """The edit with the short form, its article decided again; the edit as it is where that is not sure."""
    new = mention.full.sub(mention.short, edit.after, count=1)
    own = _INDEFINITE.match(new)
    if own:
        new = own.group(1) + indefinite(new[own.end() :])[1:] + new[own.end() - 1 :]
    place = agree(text, edit.start, edit.end, new)
    if place.start < low or not place.sure:
        return edit
    return edit._replace(start=place.start, end=place.end, before=text[place.start : place.end], after=place.replacement)


def _mention(short: str, forms: Iterable[str]) -> Mention:
    written = (r"\s+".join(map(re.escape, form.split())).replace("'", "['’]") for form in forms)
    full = rf"\b(?:{'|'.join(written)})\b"
    return Mention(short, re.compile(full), re.compile(f"(?i:{_ARTICLE}){full}{_POSSESSIVE}"))
