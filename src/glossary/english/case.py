"""Capitals: those of the position are kept, those of the approved form stay, those of the garble are noise."""

from __future__ import annotations

from glossary.patterns import lazy

SMALL_WORDS = frozenset(("a an the and or nor but of in on at to for by with from as into over per via").split())
_WORD = lazy(r"[^\W\d_][\w'’.-]*")
_LETTER = lazy(r"[^\W\d_]")


def capitalize(text: str) -> str:
    """The text with its first letter raised, unless its first word has capitals of its own (e-CNY, iPhone)."""
    first = _WORD.search(text)
    if not first or _LETTER.search(text) is None or first.group() != first.group().lower():
        return text
    if text[: first.start()].strip("\"'“”‘’([ "):
        return text
    return text[: first.start()] + first.group()[0].upper() + text[first.start() + 1 :]


def uncapitalize(text: str) -> str:
    """The text with the first letter of its first word lowered."""
    return text[:1].lower() + text[1:]


def title_case(text: str) -> str:
    """Headline capitals, word by word; capitals inside a word stay."""
    words = list(_WORD.finditer(text))
    parts: list[str] = []
    at = 0
    for index, match in enumerate(words):
        word = match.group()
        inner = 0 < index < len(words) - 1
        if word == word.lower() and not (inner and word in SMALL_WORDS):
            word = word[0].upper() + word[1:]
        parts += (text[at : match.start()], word)
        at = match.end()
    return "".join((*parts, text[at:]))


def is_upper(text: str) -> bool:
    """Whether the text is set in capitals: at least two words of letters, or one of five or more, all upper-case."""
    if text != text.upper():
        return False
    words = _WORD.findall(text)
    return len(words) > 1 or (len(words) == 1 and len(words[0]) > 4)


def is_headline(line: str) -> bool:
    """Whether a line has headline capitals: no final stop, at most 24 words, nearly every long word capitalised."""
    line = line.strip()
    if not line or line[-1] in ".!?;:,。" or "\n" in line or ". " in line:
        return False
    words = [word for word in _WORD.findall(line) if word.lower() not in SMALL_WORDS]
    if not 3 <= len(words) <= 24:
        return False
    return 10 * len([word for word in words if word[0].isupper()]) >= 8 * len(words)
