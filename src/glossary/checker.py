"""Document + term base -> findings.

The flow: the document, and each of its segments, goes through every detector of the tables (`detectors/rules.py`); findings that
overlap are reduced to the one that says most; places are led back to the document; what markers in the text silence is
left out. Nothing is printed or kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from glossary.detectors import composed_title
from glossary.detectors.passage import Passage
from glossary.detectors.rules import DOCUMENT_DETECTORS, SEGMENT_DETECTORS, HasRule, passage_of, rules
from glossary.documents.document import Document, Segment, whole
from glossary.errors import UsageError
from glossary.findings import Finding, Origin
from glossary.matching.cache import matcher_of
from glossary.matching.matcher import Matcher
from glossary.patterns import lazy
from glossary.settings import Settings

if TYPE_CHECKING:
    from glossary.documents.tracking import Tracking
    from glossary.edits import Edit
    from glossary.termbase.termbase import TermBase

_ORDER = {Origin.LISTED: 0, Origin.DETECTOR: 1, Origin.PREDICTED: 2}
_HAN_FOR_A_WORD = 8  # an English sentence may have a long run of Chinese left in it
_MARK = "glossary:"  # every marker begins so
_LATIN_WORD = lazy("[A-Za-z]{2,}")
_Detector = TypeVar("_Detector", bound=HasRule)
PassageCheck = Callable[[Passage, Matcher, Settings, Sequence[Finding]], list[Finding]]


def check_passage(passage: Passage, matcher: Matcher, settings: Settings, wider: Sequence[Finding]) -> list[Finding]:
    """The findings in one passage, with those that the whole document brought about in it; places are in its text."""
    found = [finding for detector in _looked_for(SEGMENT_DETECTORS, settings) for finding in detector.detect(passage, matcher)]
    return disjoint([*settings.applied(found), *wider])


def check(
    text: str,
    termbase: TermBase | Matcher,
    source: str | None = None,
    *,
    settings: Settings = Settings(),  # noqa: B008
) -> list[Finding]:
    """The findings in a plain text, in order, disjoint.

    Args:
        text: English text. Places in the findings are code points of it.
        termbase: a term base, or a matcher compiled from one; with a source it must be a term base.
        source: the Chinese that the text renders, simplified or traditional.
        settings: which rules and concepts to look for.

    Raises:
        UsageError: the text is mostly Chinese.
    """
    if source is not None:
        document = Document("the text", text, (whole(text),), _unwritten)
        return check_document(document, termbase, settings, source=source)
    matcher, passages = matcher_of(termbase), [passage_of(whole(text))]
    (wider,) = findings_between(passages, text, matcher, settings)
    return _unsilenced(check_passage(passages[0], matcher, settings, wider), text, settings)


def check_document(
    document: Document,
    termbase: TermBase | Matcher,
    settings: Settings = Settings(),  # noqa: B008
    *,
    source: str | None = None,
    passage_check: PassageCheck = check_passage,
) -> list[Finding]:
    """The findings in a document, in order; places are in the document's text.

    With a term base (not a matcher alone) the source decides, where there is one: `source`, or that of a bilingual document.
    `passage_check` may stand for `check_passage`, and remember what it found.

    Raises:
        UsageError: the document is mostly Chinese, or a source is given with a matcher.
    """
    if source is not None and isinstance(termbase, Matcher):
        raise UsageError("with a source the term base itself is needed, not a matcher")
    matcher = matcher_of(termbase)
    require_english(document.sample(), document.path)
    found = []
    passages = [passage_of(segment) for segment in document.segments]
    between = findings_between(passages, document.text, matcher, settings)
    for each, wider in zip(passages, between, strict=True):
        for finding in passage_check(each, matcher, settings, wider):
            found.append(_placed(finding, each.segment, document.text))
    if not isinstance(termbase, Matcher) and (source is not None or document.bilingual):
        from glossary.bilingual import Source, pairs_of

        beside = Source(pairs_of(document, source), termbase)
        found = beside.confirmed(found)
        found = disjoint([*found, *settings.applied(beside.missing(document.text, found))])
    return _unsilenced(found, document.text, settings)


def _unwritten(_edits: list[Edit], *_tracking: Tracking) -> bytes:
    raise UsageError("a text that is only checked is not written")


def _placed(finding: Finding, segment: Segment, text: str) -> Finding:
    """A finding of a segment as a finding of the document, its replacements written as the document needs them."""
    if segment.text is text and segment.name is None:  # and so in its place already
        return finding
    only = segment.pieces[0]
    begins = only.place if segment.name is not None else 0
    if segment.escape is None and len(segment.pieces) == 1 and not only.width:
        shift = only.place - only.start
        return finding.placed(finding.start + shift, finding.end + shift, segment.name, begins)
    from glossary.documents.replacement import placed

    made = [placed(segment, finding.start, finding.end, new, text) for new in finding.replacements]
    start = min([segment.place(finding.start), *(each.start for each in made)])
    end = max([segment.place(finding.end, end=True), *(each.end for each in made)])
    return finding._replace(
        start=start,
        end=end,
        text=text[start:end],
        replacements=tuple(text[start : each.start] + each.text + text[each.end : end] for each in made),
        segment=segment.name,
        segment_start=begins,
    )


def _looked_for(table: tuple[_Detector, ...], settings: Settings) -> Sequence[_Detector]:
    """The detectors whose findings may be wanted: the others need not run."""
    if not settings.select and not settings.ignore:
        return table
    wanted = _wanted(settings.select, settings.ignore)
    return [detector for detector in table if detector.RULE.name in wanted]


@lru_cache(maxsize=8)  # asked for every file
def _wanted(select: tuple[str, ...], ignore: tuple[str, ...]) -> frozenset[str]:
    known = rules()
    settings = Settings(select=select, ignore=ignore)
    return frozenset(name for name in known if settings.needs(name, known))


def findings_between(passages: Sequence[Passage], text: str, matcher: Matcher, settings: Settings) -> list[list[Finding]]:
    """For each passage, what only shows when the document is read as a whole; places are in the passage."""
    found: dict[int, list[Finding]] = {id(passage): [] for passage in passages}
    for detector in _looked_for(DOCUMENT_DETECTORS, settings):
        for passage, finding in detector.detect(passages, text, matcher):
            found[id(passage)].append(finding)
    return [settings.applied(found[id(passage)]) for passage in passages]


def _unsilenced(found: list[Finding], text: str, settings: Settings) -> list[Finding]:
    """The findings that no marker in the text silences, and the markers that silence nothing."""
    if not settings.suppressions or _MARK not in text:
        return found
    from glossary.detectors import unused_suppression
    from glossary.suppressions import Suppressions

    suppressions = Suppressions(text)
    kept = [finding for finding in found if not suppressions.silences(finding, finding.start, finding.end)]
    if not settings.select:  # what is not looked for cannot be said to be unused
        idle = unused_suppression.detect(text, suppressions, settings.ignore)
        kept += settings.applied(idle)
    return sorted(kept, key=lambda finding: finding.start)


def disjoint(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings that overlap the one that rests on most: a list of titles, a listed garble, a detector, a prediction; then the longer."""
    found = sorted(findings, key=attrgetter("start"))
    if _apart(found):
        return found
    ordered = sorted(found, key=lambda f: (_rank(f), f.start - f.end, f.start))
    taken: list[tuple[int, int]] = []
    kept = []
    for finding in ordered:
        at = bisect_left(taken, (finding.start, finding.end))
        if (at and taken[at - 1][1] > finding.start) or (at < len(taken) and taken[at][0] < max(finding.end, finding.start + 1)):
            continue
        taken.insert(at, (finding.start, finding.end))
        kept.append(finding)
    kept.sort(key=lambda finding: finding.start)
    return kept


def _apart(found: Sequence[Finding]) -> bool:
    """Whether no two findings, given by their starts, overlap: as nearly always."""
    reached = 0
    for finding in found:
        start, end = finding.start, finding.end
        if start < reached:
            return False
        reached = end if end > start else start + 1
    return True


def _rank(finding: Finding) -> int:
    return -1 if finding.rule == composed_title.RULE.name and composed_title.is_list(finding) else _ORDER[finding.origin]


def require_english(text: str, name: str) -> None:
    """Refuse a text that is mostly Chinese.

    Raises:
        UsageError: in one line, with what to do.
    """
    head = text[:20000]
    if text.isascii():
        return
    han = sum("\u4e00" <= char <= "\u9fff" for char in head)
    if han > _HAN_FOR_A_WORD * sum(1 for _ in _LATIN_WORD.finditer(head)):
        raise UsageError(f"{name}: this is Chinese, not English; 'glossary terms match' lists the terms in a Chinese text")
