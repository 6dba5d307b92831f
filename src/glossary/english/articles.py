"""a or an, by the first sound of what follows."""

from __future__ import annotations

import re

from glossary.patterns import lazy

_CONSONANT_SOUND = lazy(
    r"(?:eu|ewe|once?\b|one-|uni(?!n[^i]|m)|us(?:e|ing|ual|ur|able|age)|ut[eio]|ub[io]|uran|ure|uk\b|u-|u\b|u\.|ouija)", re.I
)
_VOWEL_SOUND = lazy(r"(?:hono[u]?r|honest|hour|heir)", re.I)
_SPOKEN = lazy(r"[A-Z]{2,}s?\b|[A-Z]\b(?![’'])")
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
_ACRONYM_WORDS = frozenset({"NATO", "NASA", "UNESCO", "UNICEF", "FIFA", "OPEC", "APEC", "ASEAN", "AIDS", "SARS"})
_CONSONANT_ACRONYMS = frozenset({"NATO", "NASA", "UNESCO", "UNICEF", "FIFA", "SARS"})
_NUMBER = lazy(r"\d[\d,.]*")


def indefinite(following: str) -> str:
    """`a` or `an` for the words that follow it: an NPC deputy, a university, an 11-member group, a CPC member."""
    words = following.lstrip("\"'“‘([ ")
    number = _NUMBER.match(words)
    if number:
        digits = number.group().split(".")[0].replace(",", "")
        return "an" if digits[0] == "8" or (digits[:2] in ("11", "18") and len(digits) % 3 == 2) else "a"
    spoken = _SPOKEN.match(words)
    if spoken and words.split()[0].strip(".,;:") not in ("A", "I"):
        letters = spoken.group().rstrip("s")
        if letters in _ACRONYM_WORDS:
            return "a" if letters in _CONSONANT_ACRONYMS else "an"
        return "an" if letters[0] in _VOWEL_LETTERS else "a"
    if _VOWEL_SOUND.match(words):
        return "an"
    if _CONSONANT_SOUND.match(words):
        return "a"
    return "an" if words[:1].lower() in "aeiou" and words[:1] else "a"
