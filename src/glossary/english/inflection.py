"""Inflected forms, by the lemminflect data (MIT). Used only when a term base is compiled."""

from __future__ import annotations

from functools import cache

# The five forms that a garble and its replacement share. Penn tags for verbs first, then nouns: "works" is both.
TAGS = ("base", "s", "ed", "en", "ing")
# Where the data has only the rarer form: "relaid" is to lay again.
_CORRECTED = {("relay", "en"): "relayed"}
_PENN = {"s": ("VBZ", "NNS"), "ed": ("VBD",), "en": ("VBN", "VBD"), "ing": ("VBG",)}


@cache
def inflections(word: str) -> dict[str, str]:
    """The forms of a word by tag: base, s (third person or plural), ed (past), en (past participle), ing.

    A word that is no verb has only base and s. A plural given as the base stays as it is.
    """
    import lemminflect

    head, hyphen, stem = word.rpartition("-")
    lower = stem.lower()
    found = lemminflect.getAllInflections(lower) or lemminflect.getAllInflectionsOOV(lower, "NOUN")
    forms = {"base": word}
    for tag, penn in _PENN.items():
        corrected = _CORRECTED.get((lower, tag))
        surfaces = (corrected,) if corrected else next((found[name] for name in penn if name in found), ())
        if surfaces:
            forms[tag] = head + hyphen + _like(stem, surfaces[0])
    if "NNS" in found and "NN" not in found and "VB" not in found:
        forms["s"] = word
    return forms


def _like(word: str, inflected: str) -> str:
    """The inflected form in the case of the word: Secretary -> Secretaries, CPC -> CPCs."""
    stem = 0
    while stem < min(len(word), len(inflected)) and word[stem].lower() == inflected[stem]:
        stem += 1
    tail = inflected[stem:]
    return word[:stem] + (tail.upper() if word.isupper() and len(word) > 4 else tail)
