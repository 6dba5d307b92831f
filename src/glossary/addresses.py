"""Where no prose stands: URLs, e-mail addresses, paths, file names, identifiers and code."""

from __future__ import annotations

import re

from glossary.patterns import lazy

_ADDRESS = lazy(r"://|@\w|\bwww\.|\w/\w+/|\\\w|[_=<>{}|#$~^`]|\.(?:com|cn|org|net|gov|edu|htm|html|io|info|asp|php|py|js|pdf|docx?|"
                      r"txt|csv|exe)\b", re.I)
_FAR = 300  # characters; without a bound a text without blanks would take the square of its length


def token(text: str, start: int, end: int) -> tuple[int, int]:
    """The run of characters without blanks around a span; of a longer one what stands near."""
    lowest, highest = max(0, start - _FAR), min(len(text), end + _FAR)
    while start > lowest and not text[start - 1].isspace():
        start -= 1
    while end < highest and not text[end].isspace():
        end += 1
    return start, end


def in_address(text: str, start: int, end: int) -> bool:
    """Whether a span touches an address, an identifier, or code between backticks."""
    if _ADDRESS.search(text, *token(text, start, end)):
        return True
    if "`" not in text[end : end + 200]:
        return False
    line = text.rfind("\n", 0, start) + 1
    return text.count("`", line, start) % 2 == 1
