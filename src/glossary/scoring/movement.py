"""What each edit does to the distance from the reference, by rule and by concept: how an editor finds a bad entry."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from glossary.edits import Edit
from glossary.findings import Finding, Safety
from glossary.scoring.metrics import measure, segment_score
from glossary.scoring.row import Row

METRIC = "chrF2"  # of the three it tells segments apart best, and it sees part of a word
GIVEN = "given"  # the rule of an edit that no finding explains
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_NOTHING = 1e-9


@dataclass(slots=True)
class Moved:
    """How often a rule or concept fired and was applied, and where its edits moved their segments: to the reference or away."""

    name: str
    fired: int = 0
    applied: int = 0
    toward: int = 0
    away: int = 0
    gain: float = 0.0

    @property
    def still(self) -> int:
        """Edits that left the score as it was."""
        return self.applied - self.toward - self.away


def gains(row: Row) -> tuple[float, ...]:
    """For each edit of a row, how much chrF2 the row gains if it is the only one made."""
    if not row.edits:
        return ()
    before = segment_score(METRIC, measure(METRIC, row.hypothesis, row.references))
    found = []
    for edit in row.edits:
        text = row.hypothesis[: edit.start] + edit.after + row.hypothesis[edit.end :]
        found.append(segment_score(METRIC, measure(METRIC, text, row.references)) - before)
    return tuple(found)


def moved(rows: Sequence[Row], gained: Sequence[Sequence[float]], key: str) -> list[Moved]:
    """The movement by `rule` or by `concept`, the most harmful first."""
    found: dict[str, Moved] = {}
    for row, gain in zip(rows, gained, strict=True):
        for edit, value in zip(row.edits, gain, strict=True):
            each = found.setdefault(name := getattr(edit, key) or "", Moved(name))
            each.fired += 1
            each.applied += 1
            each.toward += value > _NOTHING
            each.away += value < -_NOTHING
            each.gain += value
        for skipped in row.skipped:
            found.setdefault(name := getattr(skipped.edit, key) or "", Moved(name)).fired += 1
    found.pop("", None)
    return sorted(found.values(), key=lambda each: (-each.away, each.gain, each.name))


def changes(before: list[str], after: list[str]) -> list[tuple[int, int, int, int]]:
    """The stretches in which two lists of words and blanks differ; two with nothing but a blank between them are one.

    Blanks are not difflib's junk: it would then match single words only, and take a common word for more than a long common phrase.
    """
    found: list[tuple[int, int, int, int]] = []
    for kind, first, last, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if found and not "".join(before[found[-1][1] : first]).strip():
            first, start = found[-1][0], found[-1][2]
            found.pop()
        found.append((first, last, start, end))
    return found


def difference(row: Row, findings: Iterable[Finding]) -> Row:
    """A row whose fixed text was given, with the edits between its texts, word by word; findings lend them rule and concept."""
    before, after = _WORD.findall(row.hypothesis), _WORD.findall(row.fixed)
    places = [0]
    for word in before:
        places.append(places[-1] + len(word))
    known = list(findings)
    edits = []
    for first, last, start, end in changes(before, after):
        edit = Edit(places[first], places[last], "".join(before[first:last]), "".join(after[start:end]), Safety.NONE, GIVEN)
        for finding in known:
            if finding.start < max(edit.end, edit.start + 1) and edit.start < finding.end:
                edit = edit._replace(rule=finding.rule, concept=finding.concept)
                break
        edits.append(edit)
    return replace(row, edits=tuple(edits))
