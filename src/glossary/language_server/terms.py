"""Completion: approved English from the Chinese, or from the beginning of the English, before the cursor."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from glossary.chinese import simplified
from glossary.matching.matcher import Matcher
from glossary.termbase.concept import Concept
from glossary.termbase.files import load
from glossary.termbase.forms import chinese_forms

_HAN = re.compile(r"[\u4e00-\u9fff]+$")
_WORDS = re.compile(r"(?:[\w’'-]+ ){0,5}[\w’'-]+$")
_MOST = 50
_SHORTEST = 3


class Choice(NamedTuple):
    """An approved form, and how much text before the cursor it stands for."""

    preferred: str
    zh: str
    concept: Concept
    size: int


class Terms:
    """The approved forms of a term base, by Chinese and by English."""

    def __init__(self, matcher: Matcher) -> None:
        vocabulary = load(builtin=False)
        forms = [
            (zh, preferred, concept)
            for concept in map(matcher.concept, range(matcher.concept_count))
            for zh, preferred in chinese_forms(concept, vocabulary)
        ]
        self._forms = forms
        self._chinese = sorted((simplified(zh), number) for number, (zh, _, _) in enumerate(forms))
        self._english = sorted((preferred.lower(), number) for number, (_, preferred, _) in enumerate(forms))

    def complete(self, before: str) -> list[Choice]:
        """The approved forms that may be meant by the end of `before`, the text of the line up to the cursor; at most 50."""
        chinese = _HAN.search(before)
        if chinese:
            run = simplified(chinese.group())
            for start in range(len(run)):
                found = self._starting(self._chinese, run[start:], len(run) - start)
                if found:
                    return found
            return []
        words = _WORDS.search(before)
        text = words.group() if words else ""
        while len(text) >= _SHORTEST:
            found = self._starting(self._english, text.lower(), len(text))
            if found:
                return found
            text = text.partition(" ")[2]
        return []

    def _starting(self, index: list[tuple[str, int]], start: str, size: int) -> list[Choice]:
        found: dict[tuple[str, str], Choice] = {}
        at = bisect_left(index, (start, -1))
        while at < len(index) and index[at][0].startswith(start) and len(found) < _MOST:
            zh, preferred, concept = self._forms[index[at][1]]
            found.setdefault((preferred, concept.id), Choice(preferred, zh, concept, size))
            at += 1
        return list(found.values())
