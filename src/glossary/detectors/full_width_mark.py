"""Chinese punctuation left in English prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.detectors.passage import Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy

RULE = Rule(
    name="full-width-mark",
    title="Full-width mark",
    what="A Chinese comma, stop, bracket, title mark or full-width letter stands in English text.",
    why="It is wider than an English mark, carries its own blank, and many fonts lack it.",
    severity=Severity.WARNING,
    safety=Safety.SAFE,
    safety_reason="Safe beside Latin letters: each mark has one English counterpart. Unsafe for title marks, which become quotation marks "
    "or italics. Silent beside Chinese characters.",
    examples=(
        ("They carried out the decisions。", "They carried out the decisions."),
        ("The police，the courts and the schools（all three）agreed.", "The police, the courts and the schools (all three) agreed."),
        ("The Ministry (公安部，北京) replied.", "The Ministry (公安部，北京) replied."),
    ),
)

_PLAIN = dict(zip("，。．：；？！（）、％＂＇－～／", ",..:;?!(),%\"’--/", strict=True))
_RUN = lazy("[，。．：；？！（）、％＂＇－～／]+|[Ａ-Ｚａ-ｚ０-９]+")
_TITLE = lazy(r"[《〈]([^《》〈〉\n]{1,160})[》〉]|[「『【]([^「」『』【】\n]{1,160})[」』】]")


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every run of full-width marks or letters that has no Chinese beside it."""
    text = passage.text
    if passage.western:
        return
    for match in _RUN.finditer(text):
        if _beside_chinese(text, *match.span()):
            continue
        after = _english(text, match)
        if after is not None:
            yield RULE.finding(text, *match.span(), f"“{match.group()}” is a Chinese mark; English has “{after.strip()}”", after)
    for match in _TITLE.finditer(text):
        inner = match.group(1) or match.group(2)
        if not any(map(_is_han, inner)):
            message = "Chinese title marks; English sets a title in quotation marks or italics"
            yield RULE.finding(text, *match.span(), message, f"“{inner.strip()}”", safety=Safety.UNSAFE)


def _beside_chinese(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip()[-1:]
    after = text[end : end + 3].lstrip()[:1]
    if _is_han(before) or _is_han(after):
        return True
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[low : high if high >= 0 else len(text)]
    return 5 * sum(map(_is_han, line)) > len(line)  # a line of Chinese, with Latin words in it


def _is_han(char: str) -> bool:
    """Whether a character is Chinese or Japanese, marks aside."""
    return "\u2e80" <= char <= "\u2fff" or "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff"


def _english(text: str, match: re.Match[str]) -> str | None:
    """The English of a run, with the blanks that it carried."""
    start, end = match.span()
    run = match.group()
    if run[0] not in _PLAIN:
        return "".join(chr(ord(char) - 0xFEE0) for char in run)
    before, after = text[start - 1 : start], text[end : end + 1]
    plain = "".join(_PLAIN[char] for char in run)
    if run[0] == "（" and before.isalnum():
        plain = " " + plain
    between_digits = before.isdigit() and after.isdigit()
    if after.isalnum() and not between_digits and run[-1] in "，。．：；？！）、％":
        plain += " "
    return plain
