"""Official titles put together from level, body and post."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial

from glossary.detectors.passage import Cues, Passage
from glossary.detectors.rule import Rule
from glossary.english.agreement import agree
from glossary.findings import Finding, Safety, Severity
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.pinyin import syllables
from glossary.termbase.concept import Concept
from glossary.termbase.titles import parts_of
from glossary.titles.reading import POSTS, Chain, Title, chains
from glossary.titles.writing import COMMITTEE, Names, chinese, joined, written

RULE = Rule(
    name="composed-title",
    title="Title from parts",
    what="Titles whose parts are known, in Chinese order or with a post that does not go with the body: “municipal Party committee "
    "standing committee, propaganda minister Li Hua”.",
    why="Engines render level, body and post one by one. The inner body comes first in English, the outer one last; 部长 heads a "
    "Party department, and 常委 is a person.",
    severity=Severity.WARNING,
    safety=Safety.SAFE,
    safety_reason="Safe where every part of the list is known, the words can only be Chinese, and it is clear where the titles begin "
    "and the name ends. Elsewhere it is unsafe.",
    examples=(
        (
            "Municipal party committee standing committee, propaganda minister Li Hua spoke.",
            "Li Hua, member of the Standing Committee of the CPC Municipal Committee and head of its Publicity Department, spoke.",
        ),
        (
            "Li Hua, secretary of the Political and Legal Affairs Commission of the CPC Municipal Committee, met the standing committee.",
            "Li Hua, secretary of the Political and Legal Affairs Commission of the CPC Municipal Committee, met the standing committee.",
        ),
    ),
)

_POSTS = Cues(cased for post in POSTS for cased in (post, post.capitalize(), post.title(), post.upper()))
CUES = (_POSTS,)
_BEFORE = lazy(r"(?:^|\n|[.!?:;”)]\s*|(?<![\w-])(?:by|with|from|to|that|said|when|while|where|as) )(?:[Tt]he )?$")
_ARTICLE = lazy(r"[Tt]he $")
_AFTER = lazy(r"$|[.;:!?)](?!\w)|\s*\n|, (?:[a-z]+ed|led|said|made|gave|came|went|spoke|took)\b|[ \xa0](?![A-Z])([a-z]+)")
_END = lazy(r"\s*(?:$|[.;:!?)”\"]|(?!and\b|or\b)[a-z])")
_PAUSE = lazy(r", [a-z]")
_ONLY_CHINESE = frozenset({"政法委", "统战部"})
_NO_NAMES = frozenset(("came", "made", "gave", "can", "has", "had", "was", "led", "and", "he", "in", "on"))  # made of pinyin syllables


def detect(passage: Passage, matcher: Matcher | None) -> Iterator[Finding]:
    """Every run of titles that is not in order; the span holds the name after it where that moves."""
    if matcher is None or _concept(matcher, COMMITTEE) is None:
        return  # the term base is about something else
    places = [start for start, _ in passage.places(_POSTS)]
    if not places:
        return
    table = parts_of(matcher.titles)
    names = Names(partial(_concept, matcher), table.level_by_zh)
    for chain in chains(passage.text, places, table):
        finding = _finding(passage.text, chain, matcher, names)
        if finding is not None:
            yield finding


def is_list(finding: Finding) -> bool:
    """Whether a finding of this rule mends what terms cannot see as a whole: several titles, or one that moves or was cut by a comma."""
    zh = finding.zh or ""
    if "常委、" in zh:  # a person, whom a term alone would leave a body
        return True
    return finding.safety is Safety.SAFE and ("、" in zh or "," in finding.text or "," in finding.replacements[0])


def _finding(text: str, chain: Chain, matcher: Matcher, names: Names) -> Finding | None:
    titles = chain.titles
    if chain.name is None and titles[-1].bare and not (chain.named_before and len(titles) == 1):
        titles = titles[:-1]
    short = all(title.chinese_order or (title.post and title.post.level) for title in titles)
    misplaced = chain.name is not None and (not short or ", " in chain.joints)
    if not titles or not (any(title.garbled for title in titles) or misplaced):
        return None
    if not _is_chinese(chain, titles) or matcher.foreign(text, chain.start, chain.end):
        return None
    made = written(titles, names)
    if made is None:
        return None
    end = chain.tokens[titles[-1].last - 1].end
    zh = "、".join(map(chinese, titles))
    moved = _moved(text, chain, made) if chain.name and titles == chain.titles else None
    if moved is not None:
        start, end, after = moved
        safety = Safety.SAFE
    else:
        if not any(title.garbled for title in titles):
            return None
        start, end, after, sure = agree(text, chain.start, end, joined(made, chain.joints, _ends(text, chain, end)))
        safety = Safety.SAFE if sure and chain.name is None and _sure_here(chain, titles) else Safety.UNSAFE
    if text[start:end] == after:
        return None
    message = f"these titles ({zh}) are read word by word, or stand in Chinese order; write “{after}”"
    found = RULE.finding(text, start, end, message, after, safety=safety)
    severity = Severity.ERROR if safety is Safety.SAFE else Severity.WARNING
    return found._replace(zh=zh, concept=_concept_of(titles), severity=severity)


def _is_chinese(chain: Chain, titles: tuple[Title, ...]) -> bool:
    """Whether the words can only speak of China: a Chinese name, a Party committee, a body that no other country has."""
    if chain.name is not None or chain.named_before:
        return True
    owners = [title.owner for title in titles if title.owner is not None]
    return any(owner.telling or owner.place for owner in owners) or any(title.body and title.body.zh in _ONLY_CHINESE for title in titles)


def _sure_here(chain: Chain, titles: tuple[Title, ...]) -> bool:
    """Whether a Standing Committee in the list can only be a person: a comma sets it off from the next title."""
    for index, title in enumerate(titles):
        if title.bare and not chain.named_before and (index >= len(chain.joints) or chain.joints[index] != ", "):
            return False
    return True


def _moved(text: str, chain: Chain, made: tuple[str, ...]) -> tuple[int, int, str] | None:
    """The name, and the titles after it between commas; none where it is not clear where they begin or end."""
    assert chain.name is not None
    low, high = chain.name
    start = chain.start
    before = _BEFORE.search(text, max(0, start - 40), start)
    after = _AFTER.match(text, high)
    if before is None or chain.named_before or after is None:
        return None
    word = after.group(1)
    if word and syllables(word) and word not in _NO_NAMES:
        return None
    article = _ARTICLE.search(text, max(0, start - 4), start)
    start = article.start() if article else start
    comma = "," if word else ""
    return start, high, f"{text[low:high]}, {joined(made, chain.joints, True)}{comma}"


def _ends(text: str, chain: Chain, end: int) -> bool:
    """Whether the list of titles ends here, so that its last joint can be "and"."""
    return _END.match(text, end) is not None or (chain.named_before and _PAUSE.match(text, end) is not None)


def _concept_of(titles: tuple[Title, ...]) -> str | None:
    for title in titles:
        if title.garbled:
            if title.post is None:
                return "standing-committee-member-level"
            if title.body is not None:
                return (title.body.local if title.owner else title.body.concept) or title.body.concept or title.body.local
    return None


def _concept(matcher: Matcher, name: str) -> Concept | None:
    """A concept of the compiled term base, where they are in order, by its id."""
    at = bisect_left(range(matcher.concept_count), name, key=lambda number: matcher.concept(number).id)
    concept = matcher.concept(at) if at < matcher.concept_count else None
    return concept if concept is not None and concept.id == name else None
