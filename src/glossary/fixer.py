"""Findings -> edits -> revision.

Fixing a text twice changes nothing: after the edits are made the segment is checked again, and what a replacement brought
about is merged into the edit that caused it, until nothing safe is left. An edit that never settles is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from glossary.checker import PassageCheck, check_passage, findings_between, require_english
from glossary.detectors.passage import Passage
from glossary.detectors.rules import passage_of
from glossary.documents.document import Document, Segment, whole
from glossary.documents.replacement import placed
from glossary.edits import Edit, Revision, Skipped, replay, united
from glossary.findings import Finding, Safety
from glossary.matching.cache import matcher_of
from glossary.matching.matcher import Matcher
from glossary.mentions import mentions, shortened
from glossary.quotations import in_quotation
from glossary.settings import Settings
from glossary.suppressions import Suppressions
from glossary.termbase.termbase import TermBase

_ROUNDS = 6


def fix(text: str, termbase: TermBase | Matcher, *, settings: Settings = Settings()) -> Revision:  # noqa: B008
    """A plain text with its safe edits made, and with the unsafe ones too if the settings say so.

    Raises:
        UsageError: the text is mostly Chinese.
    """
    require_english(text, "the text")
    matcher, passage = matcher_of(termbase), passage_of(whole(text))
    (wider,) = findings_between([passage], text, matcher, settings)
    return _revision(text, [_fix_passage(passage, matcher, settings, _suppressions(text, settings), wider, ())])


def fix_document(
    document: Document,
    termbase: TermBase | Matcher,
    settings: Settings = Settings(),  # noqa: B008
    *,
    passage_check: PassageCheck = check_passage,
) -> Revision:
    """The revision of a document's text; `document.write(list(revision.applied))` makes the new file.

    `passage_check` may stand for `check_passage`, and remember what it found.

    Raises:
        UsageError: the document is mostly Chinese.
    """
    require_english(document.sample(), document.path)
    matcher = matcher_of(termbase)
    suppressions = _suppressions(document.text, settings)
    passages = [*map(passage_of, document.segments)]
    between = findings_between(passages, document.text, matcher, settings)
    parts = []
    earlier: list[str] = []
    for passage, wider in zip(passages, between, strict=True):
        part = _fix_passage(passage, matcher, settings, suppressions, wider, earlier, passage_check)
        parts.append(part)
        if settings.short_forms:
            earlier.append(replay(passage.text, part[1]))
    return _revision(document.text, parts)


def _suppressions(text: str, settings: Settings) -> Suppressions | None:
    suppressions = Suppressions(text) if settings.suppressions else None
    return suppressions if suppressions and suppressions.markers else None


def edit_of(finding: Finding, choice: int = 0) -> Edit:
    """The edit that a finding proposes; without a replacement it changes nothing."""
    after = finding.replacements[choice] if finding.replacements else finding.text
    return Edit(finding.start, finding.end, finding.text, after, finding.safety, finding.rule, finding.concept)


def compose(first: Sequence[Edit], second: Sequence[Edit], text: str) -> list[Edit]:
    """One list of edits of `text` that does what `first`, and then `second` on its result, do.

    Both lists ascend and are disjoint. Edits that meet become one, which keeps the rule and concept of the first.
    """
    middle = replay(text, first)
    items = [(edit.start, edit.end, edit, False) for edit in second]
    shift = 0
    for edit in first:
        items.append((edit.start + shift, edit.start + shift + len(edit.after), edit, True))
        shift += _growth(edit)
    items.sort(key=lambda item: item[:2])
    result: list[Edit] = []
    shift = 0
    while items:
        low, high, lead, _ = items[0]
        group = []
        while items and items[0][0] <= high:
            group.append(items.pop(0))
            high = max(high, group[-1][1])
        start = low - shift
        shift += sum(_growth(edit) for _, _, edit, is_first in group if is_first)
        end = high - shift
        later = [edit._replace(start=edit.start - low, end=edit.end - low) for _, _, edit, is_first in group if not is_first]
        after = replay(middle[low:high], later)
        if after != text[start:end]:
            result.append(lead._replace(start=start, end=end, before=text[start:end], after=after))
    return result


def _growth(edit: Edit) -> int:
    return len(edit.after) - (edit.end - edit.start)


def _fix_passage(
    passage: Passage,
    matcher: Matcher,
    settings: Settings,
    suppressions: Suppressions | None,
    wider: Sequence[Finding],
    earlier: Sequence[str],
    passage_check: PassageCheck = check_passage,
) -> tuple[Segment, list[Edit], list[Skipped]]:
    """The edits of a passage in its segment, and what is left; `earlier` are the segments before it as they have become."""
    segment, text = passage.segment, passage.text
    known = mentions(matcher.short_forms) if settings.short_forms else []

    def findings(current: str, edits: Sequence[Edit]) -> list[Finding]:
        """What is found in the segment once the edits are made, but for what markers silence."""
        if edits:
            found = passage_check(passage_of(segment._replace(text=current)), matcher, settings, ())
        else:
            found = passage_check(passage, matcher, settings, wider)
        if suppressions is None:
            return found
        spans = [(_before(f.start, edits), max(_before(f.end, edits), _before(f.start, edits) + 1)) for f in found]
        places = [(segment.place(start), segment.place(end, end=True)) for start, end in spans]
        return [finding for finding, place in zip(found, places, strict=True) if not suppressions.silences(finding, *place)]

    edits, skipped = _plan(text, findings(text, ()), settings)
    edits = shortened(text, edits, earlier, known)
    if not edits:
        return segment, [], skipped
    current = replay(text, edits)
    for _ in range(_ROUNDS):
        further, _unused = _plan(current, findings(current, edits), settings)
        if not further:
            return segment, edits, skipped
        edits = compose(edits, shortened(current, further, earlier, known), text)
        current = replay(text, edits)
    settled, unsettled = _settled(text, edits, settings, findings)
    skipped += [Skipped(edit, "its replacement is flagged in turn; see glossary terms lint") for edit in unsettled]
    return segment, settled, skipped


def _before(offset: int, edits: Iterable[Edit]) -> int:
    """Where an offset stood before the edits; inside of what an edit put there, at its start."""
    shift = 0
    for edit in edits:
        start = edit.start + shift
        if offset < start + len(edit.after):
            return min(offset, start) - shift
        shift += _growth(edit)
    return offset - shift


def _settled(
    text: str, edits: list[Edit], settings: Settings, findings: Callable[[str, Sequence[Edit]], list[Finding]]
) -> tuple[list[Edit], list[Edit]]:
    """The edits that leave nothing to fix, each tried alone, and the others."""
    settled: list[Edit] = []
    unsettled: list[Edit] = []
    for edit in edits:
        current = replay(text, [edit])
        around = range(edit.start, edit.start + len(edit.after) + 1)
        left, _ = _plan(current, findings(current, [edit]), settings)
        (unsettled if any(e.start in around or e.end - 1 in around for e in left) else settled).append(edit)
    return settled, unsettled


def _plan(text: str, findings: list[Finding], settings: Settings) -> tuple[list[Edit], list[Skipped]]:
    edits, skipped = [], []
    for finding in findings:
        edit = edit_of(finding)
        reason = _reason(text, finding, settings)
        if reason:
            skipped.append(Skipped(edit, reason))
        else:
            edits.append(edit)
    return edits, skipped


def _reason(text: str, finding: Finding, settings: Settings) -> str:
    """Why a finding's edit is not applied; empty if it is."""
    if finding.safety is Safety.NONE or not finding.replacements:
        return "needs a person: there is no mechanical fix"
    if len(finding.replacements) > 1:
        return "there is more than one replacement; choose one"
    if finding.safety is Safety.UNSAFE and not settings.unsafe:
        return "unsafe: look at it, or use --unsafe"
    if not settings.quotations and in_quotation(text, finding.start, finding.end):
        return "inside a quotation"
    return ""


def _revision(text: str, parts: Iterable[tuple[Segment, list[Edit], list[Skipped]]]) -> Revision:
    applied: list[Edit] = []
    skipped: list[Skipped] = []
    for segment, edits, left in parts:
        for edit in (_placed(edit, segment, text) for edit in united(edits)):
            if edit.before == edit.after:
                skipped.append(Skipped(edit, "what it would change is markup, which is kept"))
            elif _splits_paragraph(text, edit):
                skipped.append(Skipped(edit, "it would leave an empty line inside a paragraph"))
            else:
                applied.append(edit)
        skipped += [Skipped(_placed(item.edit, segment, text), item.reason) for item in left]
    applied.sort(key=lambda edit: edit.start)
    for before, edit in pairwise(applied):
        if edit.start < before.end:  # markup that both would take along
            skipped.append(Skipped(edit, "its markup belongs to another edit; fix again"))
    skipped.sort(key=lambda item: item.edit.start)
    left_out = {id(item.edit) for item in skipped}
    applied = [edit for edit in applied if id(edit) not in left_out]
    return Revision(text, replay(text, applied), tuple(applied), tuple(skipped))


def _splits_paragraph(text: str, edit: Edit) -> bool:
    """Whether an edit that keeps a line break empties the line behind it, though text follows."""
    if "\n" not in edit.after:
        return False
    rest = text[edit.end :].split("\n", 2)[:2]
    return len(rest) == 2 and bool(rest[1].strip()) and not (edit.after.rpartition("\n")[2] + rest[0]).strip()


def _placed(edit: Edit, segment: Segment, text: str) -> Edit:
    """An edit of a segment as an edit of the document."""
    start, end, after = placed(segment, edit.start, edit.end, edit.after, text)
    return edit._replace(start=start, end=end, before=text[start:end], after=after)
