"""Chinese as terms are found in it: simplified, one code point for one, so that offsets hold."""

from __future__ import annotations

from functools import cache
from typing import Any

_FULL_STOPS = "。！？；\n"


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def is_han(char: str) -> bool:
    """Whether a character is a Chinese ideograph."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def simplified(text: str) -> str:
    """The text with traditional characters as simplified ones, of the same length (by OpenCC).

    Where a phrase would change its length, its characters are converted one by one.
    """
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(one if len(one := _converter().convert(char)) == 1 else char for char in text)


def sentence(text: str, start: int, end: int) -> str:
    """The Chinese sentence around a span."""
    low = max((text.rfind(stop, 0, start) for stop in _FULL_STOPS), default=-1) + 1
    high = min((at for stop in _FULL_STOPS if (at := text.find(stop, end)) >= 0), default=len(text))
    return text[low:high].strip()
