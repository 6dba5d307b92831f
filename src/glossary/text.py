"""Text with exact places: folding for comparison, sentences, lines and columns.

Offsets are code points of the original text, half open, everywhere.
"""

import re
from bisect import bisect_right
from itertools import accumulate, repeat
from operator import add
from typing import NamedTuple

from glossary.patterns import lazy

# Marks that Latin-1 lacks, and the one character each is compared as. One to one, so offsets hold. The common ones are
# tried first: most texts have no others.
_COMMON = {"\u2019": "'", "\u2018": "'", "\u201c": " ", "\u201d": " ", "\u2013": " ", "\u2014": "?", "\u2026": "?"}
_RARE = {
    "\u201b": "'", "\u02bc": "'", "\uff07": "'",
    "\u201e": " ", "\u300a": " ", "\u300b": " ", "\u300c": " ", "\u300d": " ",
    "\u2010": " ", "\u2011": " ", "\u2012": " ", "\u2212": " ",
    "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ",
}  # fmt: skip
_FULL_WIDTH = lazy("[\uff01-\uff5e]")
_FULL_WIDTH_TABLE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _byte_table() -> bytes:
    table = bytearray(bytes(range(256)).decode("latin-1").encode("latin-1"))
    for code in range(256):
        lower = chr(code).lower()
        if len(lower) == 1 and ord(lower) < 256:
            table[code] = ord(lower)
    for blank in ' \t\n\r\x0b\x0c\x85\xa0-"\xab\xbb\xad':
        table[ord(blank)] = 0x20
    table[0xB4] = ord("'")
    return bytes(table)


_TABLE = _byte_table()
_BLANKS_AND_MARKS = bytes(0x20 if chr(code).isspace() else 0x78 for code in range(256))


class Span(NamedTuple):
    """A half-open stretch of text, in code points."""

    start: int
    end: int


class Folded:
    """A text as it is compared: lower-case Latin-1 bytes, quotes and hyphens as spaces, runs of spaces as one.

    `data` is what is searched; `span` leads from places in it back to the original.
    """

    __slots__ = ("_bare", "_ends", "_original_ends", "_parts", "data")

    def __init__(self, text: str) -> None:
        # between the parts two blanks stood; of a longer run an odd one is left at the start of the next part
        self._parts = parts = _latin(text).translate(_TABLE).split(b"  ")
        self._bare = [parts[0], *[bare for part in parts[1:] if (bare := part.lstrip(b" "))]]
        self._ends: list[int] = []
        self._original_ends: list[int] = []
        self.data = b" ".join(self._bare)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original place of `data[start:end]`; neither end of it may be a blank."""
        ends, original = self._ends, self._original_ends
        if not ends:  # only a text with a match has to know
            ends, original = self._ends, self._original_ends = self._count()
        first = bisect_right(ends, start)
        last = bisect_right(ends, end - 1, first)
        return start + original[first] - ends[first], end + original[last] - ends[last]

    def _count(self) -> tuple[list[int], list[int]]:
        """Where each part ends, with the blank after it: in `data`, and in the original."""
        ends = list(accumulate(map(add, map(len, self._bare), repeat(1))))
        original = list(accumulate(map(add, map(len, self._parts), repeat(2)), initial=-1))[1:]
        if len(original) > len(ends):  # parts of nothing but blanks
            original = [original[0], *[at for at, part in zip(original[1:], self._parts[1:], strict=True) if part.strip(b" ")]]
        return ends, original


def _usual(text: str) -> bytes | None:
    """A text in Latin-1, the usual quotation marks and dashes replaced; none if it has other characters beyond."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        pass
    for mark, plain in _COMMON.items():
        text = text.replace(mark, plain)
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None


def _latin(text: str) -> bytes:
    usual = _usual(text)
    if usual is not None:
        return usual
    for mark, plain in (*_COMMON.items(), *_RARE.items()):
        text = text.replace(mark, plain)
    if _FULL_WIDTH.search(text):
        text = text.translate(_FULL_WIDTH_TABLE)
    return text.encode("latin-1", "replace")


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span begins and ends at the edges of words."""
    return not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum()


def is_western(text: str) -> bool:
    """Whether a text has no character beyond Latin-1 but the usual quotation marks and dashes; found at the speed of C."""
    return _usual(text) is not None


def fold(text: str) -> str:
    """The text as it is compared, without blanks at its ends: two texts match if their folds are equal."""
    return Folded(text).data.strip().decode("latin-1")


def word_count(text: str) -> int:
    """How many words, between blanks, a text has: `len(text.split())`, without making the words."""
    try:
        data = b" " + text.encode("latin-1").translate(_BLANKS_AND_MARKS)
    except UnicodeEncodeError:
        return len(text.split())
    return data.count(b" x")


class LineIndex:
    """Lines and columns, both counted from 1, columns in code points. CRLF, LF and CR end a line."""

    def __init__(self, text: str) -> None:
        if "\r" in text:
            self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
        else:
            self._starts = list(accumulate([len(line) + 1 for line in text.split("\n")[:-1]], initial=0))
        self._text = text

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> Span:
        """The span of a line without its line break."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        while end > start and self._text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def __len__(self) -> int:
        return len(self._starts)


_PARAGRAPH_BREAK = lazy(r"\n[ \t\r]*\n")
_SENTENCE_BREAK = lazy(r"[.!?。！？][\"”’')\]]*\s+(?=[\"“‘'(\[]*(?![a-z])[^\W_])|[。！？;；]|\n[ \t\r]*\n")
_ABBREVIATION = lazy(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|No|Nos|St|vs|U\.S|U\.K|e\.g|i\.e|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.\s*$"
)
_REACH = 2000  # a sentence longer than this is cut: garbled copy may have no stops at all


def sentence(text: str, start: int, end: int) -> Span:
    """The sentence around a span, at most 2,000 code points to either side of it."""
    low = max(0, start - _REACH)
    before = low
    for match in _SENTENCE_BREAK.finditer(text, low, start):
        if not _ABBREVIATION.search(text, max(low, match.start() - 8), match.end()):
            before = match.end()
    high = min(len(text), end + _REACH)
    for match in _SENTENCE_BREAK.finditer(text, end, high):
        if not _ABBREVIATION.search(text, max(low, match.start() - 8), match.end()):
            return Span(before, match.end())
    return Span(before, high)


def paragraph(text: str, start: int, end: int) -> Span:
    """The stretch between blank lines around a span."""
    before = 0
    at = text.rfind("\n", 0, start)
    while at >= 0:
        following = text.rfind("\n", 0, at)
        if not text[following + 1 : at].strip() and following >= 0:
            before = at + 1
            break
        at = following
    after = _PARAGRAPH_BREAK.search(text, end)
    return Span(before, after.start() if after else len(text))


def has_paragraph_break(text: str, start: int, end: int) -> bool:
    """Whether a blank line lies within the span."""
    return "\n" in text[start:end] and _PARAGRAPH_BREAK.search(text, start, end) is not None
