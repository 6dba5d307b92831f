"""Chinese left as it was: characters, or pinyin that no reader knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from glossary.addresses import in_address
from glossary.detectors.passage import SMALL, Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.pinyin import SYLLABLES, is_english, is_telling, is_telling_syllable, syllables
from glossary.wordlists import words

RULE = Rule(
    name="leftover-chinese",
    title="Left-over Chinese",
    what="Chinese characters, or a word or run of words in pinyin, stand in the middle of English prose.",
    why="The engine met a word it did not know and left it: “ZhaBai problem”, “ge ren san deng gong”.",
    severity=Severity.WARNING,
    safety=Safety.NONE,
    safety_reason="It has to be translated. A Chinese gloss in brackets or quotation marks after its English is left alone, and so are "
    "names and words that English has taken over.",
    examples=(
        ("Officials in 公安局 did not comment.", ""),
        ("The ZhaBai problem is grave, and he won ge ren san deng gong.", ""),
        ("The bureau (公安局) on BeiDou and hukou reform.", "The bureau (公安局) on BeiDou and hukou reform."),
    ),
)

_CAMEL = lazy(r"[A-Z][a-z]{1,5}(?:[A-Z][a-z]{1,5}){1,5}")
_RUN = lazy(r"[a-z]{1,12}(?: [a-z]{1,12})+(?![\w’'-])")
_RUN_BEFORE = lazy(r"(?<![\w’'-])(?:[a-z]{1,12} )+$")
_LOWER = lazy(r"[a-z]+")
_TONED = lazy(r"[1-4] ([a-z]{1,6})[1-4](?![\w.-])")
_TONES = Cues(f"{tone} {letter}" for tone in "1234" for letter in SMALL)
CUES = (_TONES,)
_SYLLABLE = lazy(r"(?<![\w.-])[a-z]{1,6}$")
_OPENERS = frozenset("([{（“\"‘'《「【=:：/|")
_PLACE = lazy(
    r"\s+(?:[A-Z]|(?i:county|district|city|town|township|village|province|prefecture|road|street|river|mountain|station|community)\b)"
)
_LEVEL = lazy(r" (?i:county|district|city|town|township|village|province|prefecture)\b")  # a place: see name-case
_NAMED = lazy(r"\b(?:in|at|from|to|of|near|visited|[A-Z][a-z]+) $")


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every stretch of Chinese characters or unknown pinyin."""
    if not passage.western:
        yield from _characters(passage.text)
    yield from _camel_case(passage)
    yield from _toned(passage)
    yield from _runs(passage)
    yield from _words(passage)


def _characters(text: str) -> Iterator[Finding]:
    runs = list(_han().finditer(text))
    bilingual = len(runs) > 20 and 30 * sum(len(run.group()) for run in runs) > len(text)
    severity = Severity.INFO if bilingual else Severity.WARNING
    low, high, english = 0, -1, False
    for match in runs:
        start, end = match.span()
        if start > high:
            low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            high = high if high >= 0 else len(text)
            english = _mostly_english(text[low:high])
        before, after = text[max(low, start - _AROUND) : start].rstrip("*_` "), text[end : min(high, end + _AROUND)].lstrip()
        if not english or before[-1:] in _OPENERS or after[:1] in ("(", "（", "=") or _open_bracket(before):
            continue
        yield RULE.finding(text, start, end, f"“{match.group()}” is left in Chinese", severity=severity)


@cache
def _han() -> re.Pattern[str]:
    # compiled when first needed: wide classes take milliseconds
    return re.compile("[\u3400-\u9fff][\u3400-\u9fff\u3001\u300a\u300b\uff0c\u00b7]*")


def _open_bracket(before: str) -> bool:
    return before.count("(") > before.count(")") or before.count("（") > before.count("）") or before.count("“") > before.count("”")


_AROUND = 400  # code points: no bracket is open for longer
_SENTENCE = 24  # letters: so much English around a run of Chinese, however long, is a sentence that the run was left in


def _mostly_english(line: str) -> bool:
    latin = sum(char.isascii() and char.isalpha() for char in line)
    han = sum("\u3400" <= char <= "\u9fff" for char in line)
    return latin > 4 * han or latin > max(han, _SENTENCE)


def _camel_case(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for word in sorted(passage.tokens.notable):
        if word.islower() or word.istitle() or word.isupper() or not _CAMEL.fullmatch(word) or word.lower() in words("pinyin_lookalikes"):
            continue
        if not all(map(syllables, re.findall(r"[A-Z][a-z]+", word))) or not is_telling(word) or _is_known(word):
            continue
        for start, end in passage.occurrences(word):
            joined = text[max(0, start - 1) : start] in tuple("’'-.@#") or text[end : end + 1] in tuple("’'-")
            if not joined and not _LEVEL.match(text, end) and not in_address(text, start, end):
                yield RULE.finding(text, start, end, f"“{word}” is Chinese in Latin letters")


def _toned(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for match in passage.matches(_TONES, _TONED):
        before = _SYLLABLE.search(text, max(0, match.start() - 7), match.start())
        if before and before.group() in SYLLABLES and match.group(1) in SYLLABLES:
            span = before.start(), match.end()
            yield RULE.finding(text, *span, f"“{text[slice(*span)]}” is pinyin with tone numbers")


def _words(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for word in sorted(passage.strange):
        count = len(syllables(word))
        if count < (3 if word.islower() else 4) or not (word.islower() or word.istitle()) or not is_telling(word, 2) or _is_known(word):
            continue
        for start, end in passage.occurrences(word):
            if in_address(text, start, end) or (text[start - 1 : start] in _OPENERS and count < 4) or _glossed(text, start, end):
                continue
            if word.istitle() and (_PLACE.match(text, end) or _NAMED.search(text, max(0, start - 24), start)):
                continue
            if not _PLACE.match(text, end):
                severity = Severity.WARNING if count > 3 else Severity.INFO
                yield RULE.finding(text, start, end, f"“{word}” is Chinese in Latin letters", severity=severity)


def _runs(passage: Passage) -> Iterator[Finding]:
    """Runs of pinyin, looked for around the syllables and words that tell."""
    text = passage.text
    cues = {word for word in passage.strange if word.islower()} | set(filter(is_telling_syllable, passage.tokens.notable))
    done = 0
    for place in sorted({span.start for cue in cues for span in passage.occurrences(cue)}):
        if place < done:
            continue
        before = _RUN_BEFORE.search(text, max(0, place - 90), place)
        whole = _RUN.match(text, before.start() if before else place)
        if whole is None:
            continue
        done = whole.end()
        run: list[tuple[int, int]] = []
        for piece in _LOWER.finditer(text, *whole.span()):
            if syllables(piece.group()):
                run.append(piece.span())
                continue
            yield from _run(text, run)
            run = []
        yield from _run(text, run)


def _run(text: str, run: list[tuple[int, int]]) -> Iterator[Finding]:
    """A run of words that are all pinyin, without the English ones at its ends."""
    total = sum(len(syllables(text[start:end])) for start, end in run)
    while run and is_english(text[slice(*run[0])]):
        run = run[1:]
    while run and is_english(text[slice(*run[-1])]):
        run = run[:-1]
    pieces = [text[start:end] for start, end in run]
    strange = [piece for piece in pieces if not is_english(piece)]
    telling = sum(map(is_telling, strange))
    if total < 4 or 2 * len(strange) <= len(pieces) or telling < (1 if len(strange) > 2 else 2):
        return
    start, end = run[0][0], run[-1][1]
    if not in_address(text, start, end) and not _glossed(text, start, end):
        yield RULE.finding(text, start, end, f"“{text[start:end]}” is Chinese in Latin letters")


def _glossed(text: str, start: int, end: int) -> bool:
    """Whether the word stands in brackets, or its English follows in brackets."""
    low = max(text.rfind("\n", 0, start) + 1, start - 200)
    return text[end : end + 2] == " (" or text[end : end + 3] in ('" (', "” (") or text.count("(", low, start) > text.count(")", low, start)


def _is_known(word: str) -> bool:
    return word.lower() in words("pinyin_known")
