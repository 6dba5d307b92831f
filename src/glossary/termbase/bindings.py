"""What the words of a pattern bind, and the replacement that takes it over: the inflection, and the fillings of slots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from glossary.patterns import lazy

INFLECTION = "~"
TELLING = "!"  # begins the name that a word binds which betrays a literal translation
PLAIN = "."  # begins the name that a word of a literal reading binds which is ordinary English by itself
SLOT = lazy("\x02([^\x03]*)\x03")
Binding = tuple[tuple[str, str], ...]

_BLANKS = lazy(r"\s+")


def merged(bindings: Iterable[Binding]) -> dict[str, str] | None:
    """What several words bind together; None if they contradict each other."""
    result: dict[str, str] = {}
    for binding in bindings:
        for name, value in binding:
            if result.setdefault(name, value) != value:
                return None
    return result


def resolved(replacements: Mapping[str, str], binding: Mapping[str, str]) -> str:
    """The replacement for what a wording binds: inflected, slots filled; a slot that nothing fills is left out."""
    return squeezed(SLOT.sub("", filled(replacements.get(binding.get(INFLECTION, "base"), replacements["base"]), binding)))


def chinese(marked: str, binding: Mapping[str, str], slots: Mapping[str, Mapping[str, str]]) -> str:
    """A Chinese term with its slots filled for what a wording binds; `slots` leads from approved English to Chinese."""
    return SLOT.sub(lambda match: slots.get(match.group(1).lower(), {}).get(binding.get(match.group(1).lower(), ""), ""), marked)


def filled(marked: str, words: Mapping[str, str]) -> str:
    """A marked form with the words that its slots are given; a name with a capital gives its word one."""

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        word = words.get(name.lower())
        if word is None:
            return match.group()
        return word[:1].upper() + word[1:] if name[0].isupper() else word

    return SLOT.sub(fill, marked)


def squeezed(text: str) -> str:
    """The text with single blanks, and none at its ends."""
    return _BLANKS.sub(" ", text).strip()
