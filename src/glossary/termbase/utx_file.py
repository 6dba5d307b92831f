"""Term files as UTX 1.11: tab-separated, one pair of terms a row, with a status and the id of their concept.

Two columns are our own: `comment` for the note and `notation` for garbles and forms that are more than plain words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from glossary.chinese import simplified
from glossary.errors import TermBaseError
from glossary.findings import Safety
from glossary.termbase.concept import Concept
from glossary.termbase.exchange import Parsed, Written, approved, garble, plain_form, plain_garble, proper_id
from glossary.termbase.termbase import TermBase

_COLUMNS = ("src", "tgt", "term status", "concept ID", "comment", "notation")
_APPROVED, _NON_STANDARD, _FORBIDDEN = "approved", "non-standard", "forbidden"
_UNHELD = ("kind", "fix", "severity", "unless", "only_if", "authority", "since", "until", "short")
_BLANKS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


def dumps(concepts: Sequence[Concept], termbase: TermBase | None = None, format: str = "utx") -> Written:
    """A UTX file, CRLF at the line ends, as the standard says."""
    losses = []
    counts = {name: sum(bool(getattr(concept, name)) for concept in concepts) for name in _UNHELD}
    told = [f"{name.replace('_', '-')} ({count:,} concepts)" for name, count in counts.items() if count]
    if told:
        losses.append(f"UTX has no column for {', '.join(told)}; they are left out")
    lines = ["#UTX 1.11; zh-CN/en; creator: glossary", "#" + "\t".join(_COLUMNS)]
    for concept in concepts:
        for row in _rows(concept):
            cells = [cell.translate(_BLANKS) for cell in row]
            if tuple(cells) != row:
                losses.append(f"{concept.id}: tabs and line breaks became spaces")
            lines.append("\t".join(cells))
    return Written("".join(f"{line}\r\n" for line in lines).encode(), losses)


def _rows(concept: Concept) -> Iterator[tuple[str, ...]]:
    english, notation = plain_form(concept.preferred)
    for place, zh in enumerate(concept.zh):
        yield zh, english, _APPROVED, concept.id, "" if place else concept.note, notation
    for form in concept.admitted:
        english, notation = plain_form(form)
        yield concept.zh[0], english, _NON_STANDARD, concept.id, "", notation
    for entry in concept.deprecated:
        english, notation = plain_garble(entry)
        yield concept.zh[0], english, _FORBIDDEN, concept.id, "", notation


def parse(path: Path, columns: Mapping[str, str] | None = None) -> Parsed:
    """What a UTX file holds. Rows without a concept id belong together if their Chinese is the same.

    Raises:
        TermBaseError: it is not UTX, or not between Chinese and English.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        raise TermBaseError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError as error:
        raise TermBaseError(f"{path}: not UTF-8 at byte {error.start}") from None
    if not lines or not lines[0].startswith("#UTX"):
        raise TermBaseError(f"{path}:1: not UTX; its first line begins with #UTX and names the version and the languages")
    header = [line for line in lines if line.startswith("#")]
    names = [name.strip() for name in header[-1][1:].split("\t")]
    if "src" not in names or "tgt" not in names:
        raise TermBaseError(f"{path}: the last line that begins with # must name the columns src and tgt")
    chinese, english = ("src", "tgt") if _source_language(path, lines[0]).startswith("zh") else ("tgt", "src")
    groups: dict[str, list[dict[str, str]]] = {}
    notes = []
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line.strip():
            continue
        row = dict(zip(names, (cell.strip() for cell in line.split("\t")), strict=False))
        if not row.get(chinese) or not row.get(english):
            notes.append(f"{path}:{number}: is left out: it has no {'English' if row.get(chinese) else 'Chinese'}")
            continue
        groups.setdefault(row.get("concept ID") or "\0" + row[chinese], []).append({**row, "zh": row[chinese], "en": row[english]})
    concepts: dict[str, Concept] = {}
    for key, rows in groups.items():
        found = _concept(key.partition("\0")[0], rows, concepts)
        if found is None:
            notes.append(f"{path}: {rows[0]['zh']} is left out: every English term of it is forbidden")
            continue
        concepts[found.id] = found
    unused = [name for name in names if name and name not in _COLUMNS]
    notes += [f"{path}: the column '{name}' is left out" for name in unused]
    held = {"id", "zh", "preferred", "admitted", "deprecated"} | ({"note"} if "comment" in names else set())
    return Parsed([concept._replace(path=str(path)) for concept in concepts.values()], frozenset(held), notes)


def _source_language(path: Path, first: str) -> str:
    parts = [part.strip().lower() for part in first.split(";")]
    source, _, target = parts[1].partition("/") if len(parts) > 1 else ("", "", "")
    if {source[:2], target[:2]} != {"zh", "en"}:
        raise TermBaseError(f"{path}:1: the languages are '{parts[1] if len(parts) > 1 else ''}'; zh/en or en/zh can be read")
    return source


def _concept(key: str, rows: list[dict[str, str]], known: Mapping[str, Concept]) -> Concept | None:
    usable = [row for row in rows if row.get("term status", "") not in (_FORBIDDEN, "rejected")]
    if not usable:
        return None
    best = next((row for row in usable if row.get("term status") in (_APPROVED, "", None)), usable[0])
    preferred = _form(best)
    admitted = dict.fromkeys(form for row in usable if (form := _form(row)) != preferred)
    forbidden = [row for row in rows if row not in usable]
    return Concept(
        id=proper_id(key, best["en"], known),
        zh=tuple(dict.fromkeys(simplified(row["zh"]) for row in rows)),
        preferred=preferred,
        admitted=tuple(admitted),
        deprecated=tuple(dict.fromkeys(row.get("notation") or garble(row["en"]) for row in forbidden)),
        fix=Safety.UNSAFE,
        note="; ".join(dict.fromkeys(row["comment"] for row in rows if row.get("comment"))),
    )


def _form(row: Mapping[str, str]) -> str:
    return row.get("notation") or approved(row["en"])
