"""The content words of a text, cut so that inflections of one word are equal."""

from __future__ import annotations

_SMALL = frozenset(("", "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with", "s"))


def stems(text: str) -> frozenset[str]:
    """The stems of the content words of a folded text."""
    words = text.replace("~", "").replace("'", " ").replace("-", " ").split()
    return frozenset(_stem(word) for word in words if word not in _SMALL)


def _stem(word: str) -> str:
    if len(word) > 3 and word.endswith("s"):
        word = word[:-1]
    return (word[:-1] + "i" if word.endswith("y") else word)[:6]
