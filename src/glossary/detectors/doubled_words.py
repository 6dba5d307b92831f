"""A word or a phrase said twice where once was meant. Only lines that repeat themselves are looked at word by word."""

from collections.abc import Iterator
from itertools import accumulate
from operator import eq

from glossary.addresses import in_address
from glossary.detectors.passage import Passage
from glossary.detectors.rule import Rule
from glossary.detectors.tokens import without_marks
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.pinyin import SURNAMES
from glossary.wordlists import words

RULE = Rule(
    name="doubled-words",
    title="Doubled words",
    what="A word or phrase stands twice in a row, or twice around “and” or “of”: “publicity publicity”, “paths and paths”.",
    why="Chinese pairs near synonyms (宣传宣讲, 意见建议), and an engine that has one word for both writes it twice.",
    severity=Severity.WARNING,
    safety=Safety.SAFE,
    safety_reason="Safe for a word twice in a row that English never doubles, and for a name of two words or more. Unsafe around “and” "
    "and “of”, where the second word may have meant something else, and for phrases, which a speaker may repeat on purpose.",
    examples=(
        ("Publicity publicity banners were hung.", "Publicity banners were hung."),
        ("They invited suggestions and suggestions from residents.", "They invited suggestions from residents."),
        ("He had had more and more work in Bora Bora.", "He had had more and more work in Bora Bora."),
    ),
)

_TOKEN = lazy(r"[^\s,.;:()\"“”\[\]!?]+")
_LONGEST = 6  # words from a phrase to where it stands again
_LINKS = frozenset("and of or".split())
_FREE = frozenset("what whatever who whoever that which how if when make makes made".split())  # whatever happens happens
_SMALL = frozenset("the a an of and to for with from by at as or be are were been has have will its their our".split())
_WORD = lazy(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*$")
_STOP = lazy(r"[.!?;:()\[\]\"“”\n]")


_Repeat = tuple[int, int, int]  # index of the first word, how many words the phrase has, index where it stands again


def detect(passage: Passage, matcher: Matcher) -> Iterator[Finding]:
    """Every repeated word or phrase, the longest first where they overlap."""
    text = passage.text
    repeating = passage.tokens.repeating_lines(_LONGEST, _LINKS)
    if not repeating:
        return
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for number in repeating:
        yield from _in_line(text, starts[number], starts[number + 1] - 1)


def _in_line(text: str, start: int, end: int) -> Iterator[Finding]:
    tokens = without_marks(text[start:end]).lower().split()
    repeats = list(_repeats(tokens))
    if not repeats:
        return
    places = [match.span() for match in _TOKEN.finditer(text, start, end)]
    if len(places) != len(tokens):
        return
    taken = 0
    for first, size, second in sorted(repeats, key=lambda repeat: (repeat[0], -repeat[1])):
        if first < taken:
            continue
        finding = _finding(text, tokens, places, (first, size, second))
        if finding is not None:
            taken = second + size
            yield finding


def _repeats(tokens: list[str]) -> Iterator[_Repeat]:
    for distance in range(1, min(_LONGEST + 1, len(tokens))):
        same = bytes(map(eq, tokens, tokens[distance:]))
        least = distance if distance < 3 else distance - 1
        if distance == 2:
            least = 1
        start = same.find(b"\x01" * least)
        while start >= 0:
            end = start + least
            while end < len(same) and same[end]:
                end += 1
            size = min(end - start, distance)
            if distance == 2 and size == 2 and tokens[start] in _LINKS:
                yield start + 1, 1, start + 3  # and police and police
                start = same.find(b"\x01" * least, end)
                continue
            if size == distance or tokens[start + size] in _LINKS:
                yield start, size, start + distance
            start = same.find(b"\x01" * least, end)


def _finding(text: str, tokens: list[str], places: list[tuple[int, int]], repeat: _Repeat) -> Finding | None:
    first, size, second = repeat
    last = second + size
    start, end = places[first][0], places[last - 1][1]
    between = text[places[first + size - 1][1] : places[second][0]]
    phrase = tokens[first : first + size]
    if not all(_WORD.match(word) for word in phrase) or _STOP.search(text, start, end) or in_address(text, start, end):
        return None
    linked = second > first + size
    judge = _word if size == 1 else _phrase
    verdict = judge(text, tokens, places, repeat, between.strip() if linked else between.strip(" \t"))
    if verdict is None:
        return None
    while size == 1 and not linked and last < len(tokens) and tokens[last] == phrase[0] and not text[end : places[last][0]].strip():
        end = places[last][1]
        last += 1
    kept = text[places[first][0] : places[first + size - 1][1]]
    safety, severity = verdict
    return RULE.finding(text, start, end, f"“{kept}” stands twice", kept, safety=safety, severity=severity)


_Verdict = tuple[Safety, Severity] | None
_SURE = Safety.SAFE, Severity.WARNING
_LIKELY = Safety.UNSAFE, Severity.WARNING
_WEAK = Safety.UNSAFE, Severity.INFO


def _word(text: str, tokens: list[str], places: list[tuple[int, int]], repeat: _Repeat, between: str) -> _Verdict:
    first, _, second = repeat
    word = tokens[first]
    one, two = text[slice(*places[first])], text[slice(*places[second])]
    official = word in words("officialese")
    if word in words("doubling"):
        return None
    if second == first + 1:
        before = tokens[first - 1] if first else ""
        if between or (len(word) < 3 and word not in _SMALL) or (before in _FREE and not official):
            return None
        if two[0].isupper():
            return _LIKELY if official else None
        return None if one[0].isupper() and word in SURNAMES and len(tokens) > 1 else _SURE
    if "," in between or word in _SMALL or len(word) < 4 or word.endswith("er") or two[0].isupper() or (one[0].isupper() and not official):
        return None
    if between == "of":
        again = tokens[second + 1 : second + 3]
        return _LIKELY if official or again == ["of", word] else _WEAK
    if between == "or" or word.endswith("ed"):
        return None
    return _LIKELY if official else _WEAK


def _phrase(text: str, tokens: list[str], places: list[tuple[int, int]], repeat: _Repeat, between: str) -> _Verdict:
    first, size, second = repeat
    phrase = tokens[first : first + size]
    start, end = places[first][0], places[first + size - 1][1]
    content = [word for word in text[start:end].split() if word.lower() not in _SMALL]
    if "," in text[start:end] or len(set(phrase)) == 1 or phrase == ["new", "york"] or between not in ("", "and", ","):
        return None
    if second > first + size and (between != "and" or phrase[0] in _LINKS or phrase[-1] in _LINKS):
        return None
    if phrase[1:] == ["of"] and tokens[first : first + 3] == [phrase[0], "of", phrase[0]] and phrase[0] not in words("doubling"):
        return _LIKELY  # means of means of
    following = tokens[second + size] if second + size < len(tokens) else ""
    if len(content) < 2 or following == "not" or text.startswith(":", places[second + size - 1][1]):
        return None  # What It Is and What It Is Not; Errico Malatesta, Errico Malatesta: His Life
    if all(word[0].isupper() for word in content):
        again = text[places[second][0] : places[second + size - 1][1]]
        return _SURE if between == "," and again == text[start:end] else _LIKELY
    official = words("officialese")
    return _LIKELY if not between or size > 3 or (between == "and" and size > 2) or any(word in official for word in phrase) else _WEAK
