"""a or an, by the first sound of what follows; neither before a plural."""

from __future__ import annotations

import re

from glossary.patterns import lazy

_CONSONANT_SOUND = lazy(
    r"(?:eu|ewe|once?\b|one-|uni(?!n[^i]|m)|us(?:e|ing|ual|ur|able|age)|ut[eio]|ub[io]|ur(?:[aeio]|ugu)|uygh?ur"
    r"|uk\b|u-|u\b|u\.|ouija)",
    re.I,
)
_VOWEL_SOUND = lazy(r"(?:hono[u]?r|honest|hour|heir)", re.I)
_SPOKEN = lazy(r"[A-Z]{2,}s?\b|[A-Z]\b(?![’'])")
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
_ACRONYM_WORDS = frozenset({"NATO", "NASA", "UNESCO", "UNICEF", "FIFA", "OPEC", "APEC", "ASEAN", "AIDS", "SARS"})
_CONSONANT_ACRONYMS = frozenset({"NATO", "NASA", "UNESCO", "UNICEF", "FIFA", "SARS"})
_NUMBER = lazy(r"\d[\d,.]*")
_AFTER_HEAD = lazy(r" (?:of|in|for|to|on|at|with|from|by|under|who|that)\b")
_SINGULAR = frozenset("news series means species headquarters politics economics ethics gas laos".split())
_PLURAL = frozenset("police personnel men women people cattle".split())


def is_plural(phrase: str) -> bool:
    """Whether the head of a noun phrase looks like a plural: members of the public, police, but not Congress or news."""
    words = _AFTER_HEAD.split(phrase, 1)[0].split()
    head = words[-1].strip("\"'“”‘’()").lower() if words else ""
    if head in _PLURAL:
        return True
    return len(head) > 3 and head.endswith("s") and not head.endswith(("ss", "us", "is", "'s", "’s")) and head not in _SINGULAR


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
