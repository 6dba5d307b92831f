"""The names of what can be wrong with a term base, and how much each matters."""

from __future__ import annotations

from typing import NamedTuple

from glossary.findings import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

# rule -> its severity and what it means
RULES: dict[str, tuple[Severity, str]] = {
    "file": (_E, "a file that cannot be read"),
    "column": (_E, "a column that is missing, unknown or there twice"),
    "row": (_E, "a row with more cells than columns"),
    "id": (_E, "an id that is misspelled, or taken"),
    "empty": (_E, "a required cell without content"),
    "value": (_E, "a value that is not known"),
    "notation": (_E, "a garble that is not written in the notation"),
    "unsorted": (_W, "a row that is not in the order of ids"),
    "chinese": (_W, "Chinese that is not simplified, or holds no Chinese character"),
    "chinese-twice": (_E, "Chinese that two concepts claim"),
    "no-authority": (_W, "a preferred form without its authority"),
    "no-note": (_I, "a concept that a person has to mend, without a note that says how"),
    "expired": (_I, "a name that is no longer in force, or dates the wrong way round"),
    "same-form": (_W, "an approved form that the same concept has already"),
    "own-form": (_E, "a garble that its own concept approves of"),
    "garble-approved": (_E, "a garble that another concept approves of"),
    "claimed-twice": (_E, "a wording that two concepts list as a garble"),
    "redundant": (_W, "a garble that another one of the concept covers"),
    "two-replacements": (_W, "a wording with two replacements in one concept"),
    "unreachable": (_W, "a garble that can never be found"),
    "no-change": (_E, "a replacement that differs from its garble in capitals or hyphens only"),
    "replacement-flagged": (_E, "a replacement that holds a garble itself"),
    "eats-word": (_W, "a garble that takes a word of the sentence along"),
    "inflection": (_W, "an inflected garble whose replacement does not inflect with it"),
    "slot": (_W, "a slot of the garble that its replacement does not take over"),
    "guard": (_E, "a guard that refers to an unknown list of words"),
    "common-english": (_W, "a garble that is ordinary English"),
    "example": (_E, "an example that does not hold"),
    "no-example": (_I, "a concept with a safe fix and without an example"),
}


class Problem(NamedTuple):
    """Something wrong in a term file: the line of its row, the text of the row it is about, and what to do.

    `severity` stands instead of the rule's own where this case matters more or less.
    """

    rule: str
    path: str
    line: int
    text: str
    message: str
    concept: str | None = None
    severity: Severity | None = None
