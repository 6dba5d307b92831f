r"""The notation of garbled renderings (docs/term-base.md): `(a|b)`, `[x]`, `word~`, `<slot>`, `garble -> replacement`, `garble ?`.

`parse` reads one entry; `Rendering.elements` is the sequence of its parts, each a choice of wordings, with inflections and
slots still marked (`MARK` after an inflected word, `OPEN name CLOSE` around a slot). `forms.py` resolves the marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod

from glossary.errors import NotationError
from glossary.patterns import lazy

MARK, OPEN, CLOSE = "\x01", "\x02", "\x03"
LIMIT = 2000  # wordings of one part of an entry, before inflection and slots

_SPLIT = lazy(r"(?<!\\);")
_TOKEN = lazy(r"\\(.)|<([^<>]*)>|([()\[\]|~<>])|([^\\()\[\]|~<>]+)")
_DEEPEST = 20  # brackets within brackets
_BLANKS = lazy(r"\s+")


# A sequence is a list of texts and choices; a choice is a list of sequences.
_Sequence = list["str | list[_Sequence]"]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One entry of `deprecated`.

    Each of `elements` lists what may stand at its place, several words or none; a wording is one choice from each, joined
    by single blanks. `replacement` is None where the preferred form replaces it; `unsafe` where the entry ends in `?`.
    """

    source: str
    elements: tuple[tuple[str, ...], ...]
    replacement: str | None = None
    unsafe: bool = False

    @property
    def count(self) -> int:
        """How many wordings the entry stands for, before inflection and slots."""
        return prod(len(element) for element in self.elements)


def split(cell: str) -> tuple[str, ...]:
    r"""The values of a cell, between `;`; `\;` is a semicolon of the text."""
    return tuple(value for part in _SPLIT.split(cell) if (value := part.strip()))


def parse(entry: str) -> Rendering:
    """Read one entry of `deprecated`.

    Raises:
        NotationError: brackets do not close, an alternative stands outside brackets, or the entry stands for too many wordings.
    """
    body, arrow, replacement = entry.partition("->")
    body = body.strip()
    unsafe = False
    tail = replacement if arrow else body
    if tail.rstrip().endswith("?") and not tail.rstrip().endswith("\\?"):
        unsafe = True
        tail = tail.rstrip()[:-1].rstrip()
        if not arrow:
            body = tail
    if arrow and body.endswith("?") and not body.endswith("\\?"):
        raise NotationError(f"'{entry}' has its ? before the ->; write it at the very end, or \\? for a question mark")
    if not body:
        raise NotationError(f"'{entry}' has no garble; write the wording, then -> and its replacement")
    elements = _elements(_Parser(body).parse(), body)
    if all("" in element for element in elements):
        raise NotationError(f"'{body}' may be empty; at least one word must stand outside [ ]")
    return Rendering(entry, elements, mark(tail.strip()) if arrow else None, unsafe)


def mark(approved: str) -> str:
    r"""An approved form with its inflections and slots marked; brackets in it are text. `\` keeps a sign as it is."""
    return re.sub(
        r"\\(.)|<(level|Level|one's)>|(?<=\w)(~)",
        lambda m: m.group(1) if m.group(1) else OPEN + m.group(2) + CLOSE if m.group(2) else MARK,
        approved,
    )


def unmark(marked: str) -> str:
    """A marked form as a person reads it: base forms, slots in angle brackets."""
    return marked.replace(MARK, "").replace(OPEN, "<").replace(CLOSE, ">")


def _elements(sequence: _Sequence, body: str) -> tuple[tuple[str, ...], ...]:
    """Cut a sequence at its blanks; what is written together stays together."""
    elements: list[tuple[str, ...]] = []
    current = [""]
    for part in sequence:
        if isinstance(part, str):
            head, *tails = re.split(r"\s+", part)
            current = [text + head for text in current]
            for tail in tails:
                elements.append(_distinct(current))
                current = [tail]
        else:
            options = _spell(part, body)
            ways = len(current) * len(options)
            if ways > LIMIT:
                raise NotationError(f"'{body}': one word of it can be written in {ways} ways; at most {LIMIT} are taken")
            current = [text + option for text in current for option in options]
    elements.append(_distinct(current))
    return tuple(element for element in elements if element != ("",))


def _spell(choice: list[_Sequence], body: str) -> list[str]:
    options = []
    for sequence in choice:
        texts = [""]
        for part in sequence:
            further = [part] if isinstance(part, str) else _spell(part, body)
            if len(texts) * len(further) > LIMIT:
                raise NotationError(f"'{body}': the brackets nest into more than {LIMIT} wordings; write less in one pair")
            texts = [text + more for text in texts for more in further]
        options += texts
    return options


def _distinct(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_BLANKS.sub(" ", text).strip() for text in texts))


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_TOKEN.finditer(text))
        if sum(token.end() - token.start() for token in self.tokens) != len(text):
            raise NotationError(f"'{text}' ends in a backslash; write \\\\ for the sign itself")
        self.at = self.depth = 0

    def parse(self) -> _Sequence:
        sequence = self._sequence()
        if self.at < len(self.tokens):
            sign = self.tokens[self.at].group()
            hint = "write alternatives as (a|b)" if sign == "|" else f"'{sign}' closes nothing"
            raise NotationError(f"'{self.text}': {hint}")
        return sequence

    def _sequence(self) -> _Sequence:
        parts: _Sequence = []
        while self.at < len(self.tokens):
            escaped, slot, sign, text = self.tokens[self.at].groups()
            if sign is not None and sign in ")]|":
                break
            self.at += 1
            if sign == "(":
                parts.append(self._options(")", "("))
            elif sign == "[":
                parts.append([*self._options("]", "["), []])
            elif sign == "~":
                parts.append(MARK)
            elif sign in ("<", ">"):
                raise NotationError(f"'{self.text}': a slot is written <one's> or <level>")
            elif slot is not None:
                if slot not in ("one's", "level", "Level"):
                    raise NotationError(f"'{self.text}': no slot is called <{slot}>; write <one's>, <level> or <Level>")
                parts.append(OPEN + slot + CLOSE)
            else:
                parts.append(escaped if escaped is not None else text)
        return parts

    def _options(self, closing: str, opening: str) -> list[_Sequence]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotationError(f"'{self.text[:60]}…' has brackets {self.depth} deep; write it as several entries")
        options = [self._sequence()]
        while self.at < len(self.tokens) and self.tokens[self.at].group(3) == "|":
            self.at += 1
            options.append(self._sequence())
        if self.at >= len(self.tokens) or self.tokens[self.at].group(3) != closing:
            raise NotationError(f"'{self.text}': {opening} is not closed; write the {closing} that belongs to it")
        self.at += 1
        self.depth -= 1
        return options
