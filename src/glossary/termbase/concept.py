"""Concept: what an editor maintains, as a value."""

from typing import NamedTuple

from glossary.findings import Safety, Severity

KINDS = ("title", "organisation", "phrase", "slogan", "campaign", "document", "place", "rank", "media")
COLUMNS = (
    "id", "zh", "preferred", "admitted", "deprecated", "kind", "fix", "severity",
    "unless", "only-if", "note", "authority", "since", "until", "short",
)  # fmt: skip
REQUIRED = ("id", "zh", "preferred")


class Concept(NamedTuple):
    """One meaning. The fields are the columns of a term file (docs/term-base.md).

    `path` and `line` say where it stands, and do not count when two are compared.
    """

    id: str
    zh: tuple[str, ...]
    preferred: str
    admitted: tuple[str, ...] = ()
    deprecated: tuple[str, ...] = ()
    kind: str = ""
    fix: Safety = Safety.SAFE
    severity: Severity | None = None
    unless: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()
    note: str = ""
    authority: str = ""
    since: str = ""
    until: str = ""
    short: str = ""
    path: str = ""
    line: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Concept) and self[:-2] == other[:-2]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:-2])

    @property
    def place(self) -> str:
        """`path:line`, for messages."""
        return f"{self.path}:{self.line}" if self.path else self.id

    @property
    def approved(self) -> tuple[str, ...]:
        """Every approved form: the preferred one, those admitted, the short one."""
        return tuple(dict.fromkeys((self.preferred, *self.admitted, *filter(None, (self.short,)))))

    @property
    def full_forms(self) -> tuple[str, ...]:
        """What introduces the short form: the preferred form, and those admitted that are a part of it; the longest first."""
        full = (form for form in self.approved if form != self.short and form in self.preferred)
        return tuple(sorted(full, key=len, reverse=True))

    def severity_of(self, safety: Safety) -> Severity:
        """The severity of a finding: what the concept says, otherwise an error where the fix is safe and a warning elsewhere."""
        return self.severity or (Severity.ERROR if safety is Safety.SAFE else Severity.WARNING)
