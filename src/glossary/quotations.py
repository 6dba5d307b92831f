"""Where quotations are: a house may want the words of a speaker left as they were said."""

from __future__ import annotations

import re

_QUOTATION = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"|「[^「」\n]*」")
_WORDS = 6  # a slogan in quotation marks is shorter


def in_quotation(text: str, start: int, end: int) -> bool:
    """Whether a span lies in a quotation of six words or more, inside one paragraph."""
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    line = text[low : high if high >= 0 else len(text)]
    return any(
        match.start() <= start - low and match.end() >= end - low and len(match.group().split()) >= _WORDS
        for match in _QUOTATION.finditer(line)
    )
