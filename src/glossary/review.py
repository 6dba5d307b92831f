"""A review: the findings of a document one after the other, each with what a person decided. Nothing here asks or prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from glossary.documents.document import Document
from glossary.editlog import Record
from glossary.edits import Edit, replay
from glossary.errors import UsageError
from glossary.findings import Finding, Safety
from glossary.text import fold


class Decision(NamedTuple):
    """What becomes of a finding: `after` comes in its place, or it is left as it is (None).

    `action` is accept, choose, edit, skip, always or never. What one keypress brought about has one `group`: it is undone at once.
    """

    action: str
    after: str | None
    group: int


class Kind(NamedTuple):
    """What `always` and `never` hold for: a concept, or for rules without concepts the same words."""

    rule: str
    subject: str

    @classmethod
    def of(cls, finding: Finding) -> Kind:
        """The kind of a finding."""
        return cls(finding.rule, finding.concept or fold(finding.text))


@dataclass
class Review:
    """The findings of a document and the decisions about them.

    `always` and `never` may be shared between the reviews of several documents: they hold for those that follow.
    """

    document: Document
    findings: Sequence[Finding]
    always: dict[Kind, int | str] = field(default_factory=dict)
    never: set[str] = field(default_factory=set)
    decisions: dict[int, Decision] = field(default_factory=dict)
    _group: int = 0
    _standing: dict[int, tuple[Kind | None, str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._follow()

    def open(self) -> int | None:
        """The number of the first finding without a decision; None if there is none."""
        return next((number for number in range(len(self.findings)) if number not in self.decisions), None)

    def open_safe(self) -> list[int]:
        """The findings without a decision that have one replacement, and a safe one."""
        return [
            number
            for number, finding in enumerate(self.findings)
            if number not in self.decisions and finding.safety is Safety.SAFE and len(finding.replacements) == 1
        ]

    def decide(self, number: int, action: str, after: str | None = None, *, with_last: bool = False) -> None:
        """Decide about a finding; `always` and `never` decide about its kind too. `with_last`: undone with the one before.

        Raises:
            UsageError: the edit would touch the markup that another edit takes along.
        """
        finding = self.findings[number]
        if after is not None:
            for other, decision in self.decisions.items():
                beside = self.findings[other]
                if decision.after is not None and beside.start < finding.end and finding.start < beside.end:
                    raise UsageError("its markup belongs to a correction that was accepted already; review the file again")
        self._group += not with_last
        self.decisions[number] = Decision(action, after, self._group)
        if action == "always":
            kind = Kind.of(finding)
            self.always[kind] = finding.replacements.index(after) if after in finding.replacements else after or ""
            self._standing[self._group] = (kind, None)
        elif action == "never":
            name = finding.concept or finding.rule
            self.never.add(name)
            self._standing[self._group] = (None, name)
        self._follow()

    def undo(self) -> int | None:
        """Take back the last decision, and what followed from it; the number of its finding, None if there is none."""
        last = max((decision.group for decision in self.decisions.values()), default=0)
        if not last:  # the rest was decided before this review
            return None
        taken = [number for number, decision in self.decisions.items() if decision.group == last]
        for number in taken:
            del self.decisions[number]
        kind, name = self._standing.pop(last, (None, None))
        if kind:
            self.always.pop(kind, None)
        if name:
            self.never.discard(name)
        return min(taken)

    def edits(self) -> list[Edit]:
        """The edits that were decided on, in order."""
        text = self.document.text
        taken = {self.findings[number].start for number, decision in self.decisions.items() if decision.after is not None}
        made = []
        for number, decision in sorted(self.decisions.items()):
            finding, after = self.findings[number], decision.after
            if after is None or after == finding.text:
                continue
            start, end = finding.start, finding.end
            if not after and text[end : end + 1] == " " and text[max(0, start - 1) : start] in ("", " ", "\n", "(") and end not in taken:
                end += 1  # no two blanks where words are taken out
            made.append(Edit(start, end, text[start:end], after, finding.safety, finding.rule, finding.concept))
        return sorted(made, key=lambda edit: edit.start)

    def standing(self, start: int, end: int) -> str:
        """A stretch of the document's text as it reads with what was decided so far."""
        inside = (edit for edit in self.edits() if start <= edit.start and edit.end <= end)
        return replay(self.document.text[start:end], (edit._replace(start=edit.start - start, end=edit.end - start) for edit in inside))

    def left(self) -> list[Record]:
        """The findings that were skipped, with their places in the text after the edits: they are not asked about again."""
        edits = self.edits()
        result = []
        for number, decision in sorted(self.decisions.items()):
            if decision.after is None:
                finding = self.findings[number]
                if any(edit.start < finding.end and finding.start < edit.end for edit in edits):
                    continue  # its blank went with the words before it
                shift = sum(len(edit.after) - (edit.end - edit.start) for edit in edits if edit.end <= finding.start)
                result.append({**_values(finding), "start": finding.start + shift, "end": finding.end + shift})
        return result

    def skip_again(self, left: Iterable[Record]) -> int:
        """Skip what was skipped in an earlier review of this very text; how many that were."""
        places = {(finding.start, finding.end, finding.rule): number for number, finding in enumerate(self.findings)}
        count = 0
        for record in left:
            number = places.get((record["start"], record["end"], record["rule"]))
            if number is None:  # in Word documents the inserted words move what follows
                alike = [n for n, finding in enumerate(self.findings) if _values(finding).items() <= record.items()]
                number = alike[0] if len(alike) == 1 else None
            if number is not None and number not in self.decisions:
                self.decisions[number] = Decision("skip", None, 0)
                count += 1
        return count

    def replay(self, records: Iterable[Record]) -> int:
        """Decide again as an interrupted review of this very text did; how many decisions stand."""
        places = {(finding.start, finding.end, finding.rule): number for number, finding in enumerate(self.findings)}
        for record in records:
            if record["action"] == "undo":
                self.undo()
                continue
            number = places.get((record["start"], record["end"], record["rule"]))
            if number is not None and number not in self.decisions:
                self.decide(number, record["action"], record["after"], with_last=record.get("with_last", False))
        return len(self.decisions)

    def values(self, number: int) -> Record:
        """A decision as it stands in the log."""
        finding, decision = self.findings[number], self.decisions[number]
        return {
            "action": decision.action, **_values(finding), "start": finding.start, "end": finding.end,
            "before": finding.text, "after": decision.after,
        }  # fmt: skip

    def _follow(self) -> None:
        """Decide about what `always` and `never` hold for."""
        for number, finding in enumerate(self.findings):
            if number in self.decisions:
                continue
            choice = self.always.get(Kind.of(finding))
            if finding.concept in self.never or finding.rule in self.never:
                self.decisions[number] = Decision("never", None, self._group)
            elif isinstance(choice, str):
                self.decisions[number] = Decision("always", choice, self._group)
            elif choice is not None and choice < len(finding.replacements):
                self.decisions[number] = Decision("always", finding.replacements[choice], self._group)


def _values(finding: Finding) -> dict[str, Any]:
    return {"rule": finding.rule, "concept": finding.concept, "segment": finding.segment, "text": finding.text}
