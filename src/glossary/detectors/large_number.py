"""Numbers counted in 万 and 亿, read digit by digit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from glossary.detectors.passage import DIGITS, Cues, Passage
from glossary.detectors.rule import Rule
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy

if TYPE_CHECKING:
    from decimal import Decimal

RULE = Rule(
    name="large-number",
    title="Large number in Chinese steps",
    what="A number is given in steps of ten thousand or in two parts: “35.6 ten thousand”, “5 billion 320 million”.",
    why="Chinese counts in 万 (10,000) and 亿 (100 million); English in thousands, millions and billions.",
    severity=Severity.WARNING,
    safety=Safety.SAFE,
    safety_reason="The sum is exact, so it is written out. Unsafe where the two parts may be two numbers.",
    examples=(
        ("It cost 5 billion 320 million yuan.", "It cost 5.32 billion yuan."),
        ("The county has 35.6 ten thousand people.", "The county has 356,000 people."),
        (
            "There were ten thousand men and 5 billion and 320 million in two funds.",
            "There were ten thousand men and 5 billion and 320 million in two funds.",
        ),
    ),
)

_UNITS = {
    "thousand": 10**3, "ten thousand": 10**4, "hundred thousand": 10**5, "million": 10**6, "ten million": 10**7,
    "hundred million": 10**8, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_COUNTED = Cues(f"{digit} {unit.split()[0]} " for digit in DIGITS for unit in _UNITS)
CUES = (_COUNTED,)
_DIGITS = "0123456789.,"
_STEP = lazy(r"([0-9][\d,]*(?:\.\d+)?) (ten thousand|hundred million|ten million|hundred thousand)\b")
_TWO = lazy(
    r"([0-9][\d,]*(?:\.\d+)?) (trillion|billion|million|thousand)( and)? (\d{1,3}(?:,\d{3})*(?:\.\d+)?)(?: (billion|million|"
    r"thousand)\b)?(?![\d,.-]*\d|%| percent)"
)


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every number that can be summed."""
    text = passage.text
    for match in passage.matches(_COUNTED, _STEP, back=_DIGITS):
        number, unit = match.groups()
        value = _value(number) * _UNITS[unit]
        after = _written(value)
        small = _value(number) in (1, 10, 100)  # 1 ten thousand is a word problem; 10 ten thousand may be two numbers
        yield RULE.finding(text, *match.span(), f"{match.group()} is {after}", after, safety=Safety.UNSAFE if small else Safety.SAFE)
    for match in passage.matches(_COUNTED, _TWO, back=_DIGITS):
        finding = _of_two(text, match)
        if finding is not None:
            yield finding


def _of_two(text: str, match: re.Match[str]) -> Finding | None:
    number, unit, linked, rest, smaller = match.groups()
    first = _value(number) * _UNITS[unit]
    if smaller is None:
        # 87 thousand and 600
        if unit != "thousand" or not linked or _value(rest) >= 1000 or "." in rest or "." in number:
            return None
        after = _written(first + _value(rest))
        return RULE.finding(text, *match.span(), f"{match.group()} is {after}", after, safety=Safety.UNSAFE)
    second = _value(rest) * _UNITS[smaller]
    if _UNITS[smaller] >= _UNITS[unit] or second >= _UNITS[unit] or "." in number or linked:
        return None
    after = _written(first + second)
    return RULE.finding(text, *match.span(), f"{match.group()} is {after}", after)


def _value(digits: str) -> Decimal:
    from decimal import Decimal

    return Decimal(digits.replace(",", ""))


def _written(value: Decimal) -> str:
    """The number as newspapers write it: with commas below a million, then in millions and billions."""
    for unit in ("trillion", "billion", "million"):
        scaled = (value / _UNITS[unit]).normalize()
        if scaled >= 1 and -int(scaled.as_tuple().exponent) <= 6:
            return f"{scaled:,f} {unit}"
    return f"{value.normalize():,f}"
