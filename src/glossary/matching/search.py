"""Concepts by their words: what an editor types to find out what there is."""

from __future__ import annotations

from glossary.chinese import is_han, simplified
from glossary.matching.matcher import Matcher
from glossary.termbase.concept import Concept
from glossary.termbase.termbase import TermBase
from glossary.text import fold


def search(words: str, termbase: TermBase, matcher: Matcher) -> list[Concept]:
    """The concepts that hold the words, best first: a whole term, a garble that matches, part of a term, part of the rest.

    Case, hyphens and quotation marks do not count, traditional Chinese finds simplified.
    """
    chinese = simplified(words.strip())
    wanted = "" if any(map(is_han, words)) else fold(words)  # Chinese folds to question marks
    matched = {entry.concept.id for match in matcher.every(words) for entry in match.entries}
    ranked = []
    for concept in termbase:
        rank = _rank(concept, wanted, chinese, concept.id in matched)
        if rank is not None:
            ranked.append((rank, len(concept.preferred), concept.id, concept))
    return [concept for *_, concept in sorted(ranked)]


def _rank(concept: Concept, wanted: str, chinese: str, matched: bool) -> int | None:
    forms = [fold(form.replace("~", "")) for form in concept.approved]
    if chinese in concept.zh or concept.id == chinese or (wanted and wanted in forms):
        return 0
    if matched:
        return 1
    if any(chinese in zh for zh in concept.zh) or (wanted and any(wanted in form for form in forms)):
        return 2
    rest = (concept.id.replace("-", " "), *concept.deprecated, concept.note, concept.authority)
    return 3 if chinese in " ".join(rest) or (wanted and any(wanted in fold(text) for text in rest)) else None
