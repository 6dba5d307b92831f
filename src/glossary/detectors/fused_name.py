"""A person's name run together, or fused with the verb after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossary.detectors.passage import SMALL, Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.pinyin import is_name, syllables

RULE = Rule(
    name="fused-name",
    title="Fused name",
    what="A name is written as one word, or has swallowed a syllable of what follows: 安斌从 “Anbincong” for An Bin.",
    why="Chinese has no blanks; an engine that does not know the name cuts in the wrong place, and one person becomes two.",
    severity=Severity.WARNING,
    safety=Safety.UNSAFE,
    safety_reason="Only names that stand elsewhere in the same document are known, and a relative may bear a longer one. Safe where the "
    "name is only run together before a verb of saying.",
    examples=(
        (
            "An Bin spoke first. At the meeting, Anbincong fully affirmed the work.",
            "An Bin spoke first. At the meeting, An Bin fully affirmed the work.",
        ),
        ("Yu Changhe came. Yuchanghe pointed out three points.", "Yu Changhe came. Yu Changhe pointed out three points."),
        ("An Bin and An Binglin met in Anbin village.", "An Bin and An Binglin met in Anbin village."),
    ),
)

# What stands after a name in Chinese reports: 从 对 在 指 强 要 表 说 向 率 主 还 一 等 就 作 讲 到 同 为 出.
_SWALLOWED = tuple("cong dui zai zhi qiang yao biao shuo xiang shuai zhu hai yi deng jiu zuo jiang dao tong wei chu".split())
_VERBS = ("stressed", "pointed", "emphasized", "emphasised", "demanded", "said", "from", "attended", "presided", "requested")
_GLUED = Cues(f"{letter}{verb} " for letter in SMALL for verb in _VERBS)
CUES = (_GLUED,)
_SAYING = lazy(r" (?:pointed out|stressed|emphasi[sz]ed|demanded|said|requested|presided|attended|required|fully affirmed|made|"
                     r"noted|asked|delivered|introduced)\b")
_SURNAME = lazy(r"(?<![\w’'-])([A-Z][a-z]+) $")
_BEFORE = lazy(r"(?<![\w’'-])([A-Z][a-z]+) ([A-Za-z][a-z]+)$")


def detect(passages: Sequence[Passage], text: str, matcher: Matcher) -> Iterator[tuple[Passage, Finding]]:
    """Every fused form of a name that the document also has in full, with its passage; places are in the passage."""
    names = {(surname, given) for passage in passages for _, surname, given in passage.people_loosely}
    forms = {surname + given.lower(): f"{surname} {given}" for surname, given in names}
    for passage in passages:
        yield from ((passage, finding) for finding in _run_together(passage, forms))
        yield from ((passage, finding) for finding in _swallowing(passage, names))
        yield from ((passage, finding) for finding in _glued(passage))


def _run_together(passage: Passage, forms: dict[str, str]) -> Iterator[Finding]:
    text = passage.text
    if not forms:
        return
    for word in passage.strange:
        name = forms.get(word)
        tail = next((tail for tail in _tails(word) if word[: -len(tail)] in forms), "") if name is None else ""
        name = name or forms.get(word[: -len(tail)] if tail else "")
        if name is None:
            continue
        for start, end in passage.occurrences(word):
            saying = _SAYING.match(text, end) is not None
            if tail:
                yield RULE.finding(text, start, end, f"“{word}” is {name} and a syllable of the next word", name)
            elif saying:
                yield RULE.finding(text, start, end, f"“{word}” is {name} in one word", name, safety=Safety.SAFE)


def _tails(word: str) -> Iterator[str]:
    """The syllables of the next word that a word may have swallowed."""
    if word.endswith(_SWALLOWED):
        yield from (tail for tail in _SWALLOWED if word.endswith(tail))


def _swallowing(passage: Passage, names: set[tuple[str, str]]) -> Iterator[Finding]:
    """Chu Wenbincong: three syllables are no given name; so Chu Wenbin, if he is known or a verb of saying follows."""
    text = passage.text
    for given in passage.strange:
        tail = next(_tails(given), "")
        if not tail or not given.istitle() or len(syllables(given)) != 3:
            continue
        for start, end in passage.occurrences(given):
            before = _SURNAME.search(text, max(0, start - 12), start)
            if before is None or not is_name(before.group(1), given[: -len(tail)]):
                continue
            if (before.group(1), given[: -len(tail)]) in names or _SAYING.match(text, end):
                name = f"{before.group(1)} {given[: -len(tail)]}"
                message = f"“{text[before.start() : end]}” is {name} and a syllable of the next word"
                yield RULE.finding(text, before.start(), end, message, name)


def _glued(passage: Passage) -> Iterator[Finding]:
    """Jing chunhuistressed: a name and an English verb without a blank."""
    text = passage.text
    for start, end in passage.places(_GLUED):
        at = start + 1
        before = _BEFORE.search(text, max(0, at - 24), at)
        if before and is_name(before.group(1), before.group(2).capitalize()):
            name = f"{before.group(1)} {before.group(2).capitalize()}"
            verb = text[at : end - 1]
            message = f"“{text[before.start() : end - 1]}” is {name} and the word after it"
            yield RULE.finding(text, before.start(), end - 1, message, f"{name} {verb}")
