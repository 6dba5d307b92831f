"""Term files as TBX (ISO 30042): reads version 3 in both styles and version 2, writes TBX-Basic of version 3.

What TBX-Basic has no data category for (kind, fix, guards, the notation of a garble) stands in notes that begin with
`glossary.`; other programs show them, and reading takes them back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from glossary.chinese import simplified
from glossary.findings import Safety, Severity
from glossary.patterns import lazy
from glossary.termbase import table, xml_file
from glossary.termbase.concept import COLUMNS, KINDS, Concept
from glossary.termbase.exchange import Parsed, Written, approved, garble, plain_form, plain_garble, proper_id
from glossary.termbase.notation import split
from glossary.termbase.termbase import TermBase
from glossary.termbase.xml_file import local

_OWN = "glossary."
_NOTATION = f"{_OWN}notation: "
_PROPERTIES = ("kind", "fix", "severity", "unless", "only-if", "since", "until", "short")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SCHEMA = "https://raw.githubusercontent.com/LTAC-Global"
_PREFERRED, _ADMITTED, _DEPRECATED = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"
# how programs and older versions write a status
_STATUSES = {
    "preferred": _PREFERRED, "preferredterm": _PREFERRED, "standardizedterm": _PREFERRED, "approved": _PREFERRED,
    "regulatedterm": _PREFERRED, "legalterm": _PREFERRED,
    "admitted": _ADMITTED, "admittedterm": _ADMITTED, "allowed": _ADMITTED, "notrecommended": _DEPRECATED,
    "deprecated": _DEPRECATED, "deprecatedterm": _DEPRECATED, "superseded": _DEPRECATED, "supersededterm": _DEPRECATED,
    "forbidden": _DEPRECATED, "obsolete": _DEPRECATED, "prohibited": _DEPRECATED, "rejected": _DEPRECATED,
}  # fmt: skip
_TYPED = frozenset("termNote descrip admin transac ref xref descripNote adminNote transacNote".split())
_MOST_LEFT_OUT = 20


def dumps(concepts: Sequence[Concept], termbase: TermBase | None = None, format: str = "tbx") -> Written:
    """A TBX-Basic document, in the style DCA for `tbx`, DCT for `tbx-dct`."""
    style = "dct" if format == "tbx-dct" else "dca"
    losses: list[str] = []
    parts = [*_head(style), *(_entry(concept, style, losses) for concept in concepts), "</body></text></tbx>\n"]
    if not concepts:
        losses.append("there is no concept; TBX wants at least one")
    return Written("".join(parts).encode(), losses)


def _head(style: str) -> Iterator[str]:
    base = "" if style == "dca" else ' xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    if style == "dca":
        yield f'<?xml-model href="{_SCHEMA}/TBX_Core_RNG/master/TBXcoreStructV03.rng" type="application/xml" '
        yield 'schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
    else:
        yield f'<?xml-model href="{_SCHEMA}/TBX-Basic_dialect/master/DCT/TBX-Basic.nvdl" type="application/xml" '
        yield 'schematypens="http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"?>\n'
    yield f'<?xml-model href="{_SCHEMA}/TBX-Basic_dialect/master/{style.upper()}/TBX-Basic_{style.upper()}.sch" type="application/xml" '
    yield 'schematypens="http://purl.oclc.org/dsdl/schematron"?>\n'
    yield f'<tbx type="TBX-Basic" style="{style}" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"{base}>\n'
    yield "<tbxHeader><fileDesc><sourceDesc><p>A term base exported by glossary</p></sourceDesc></fileDesc></tbxHeader>\n<text><body>\n"


def _entry(concept: Concept, style: str, losses: list[str]) -> str:
    row = dict(zip(COLUMNS, table.cells(concept), strict=True))
    if any(map(_NOT_XML.search, row.values())):
        losses.append(f"{concept.id}: holds control characters, which XML has no place for; they are left out")
    notes = [f"{_OWN}{name}: {row[name]}" for name in _PROPERTIES if row[name]]
    if concept.note:
        notes.append(f"{_OWN}note: {concept.note}" if concept.note.startswith(_OWN) else concept.note)
    zh = [_term(term, "", _ADMITTED if place else _PREFERRED, style) for place, term in enumerate(concept.zh)]
    en = [_term(*plain_form(concept.preferred), _PREFERRED, style, concept.authority)]
    en += [_term(*plain_form(form), _ADMITTED, style) for form in concept.admitted]
    en += [_term(*plain_garble(entry), _DEPRECATED, style) for entry in concept.deprecated]
    aux = "".join(f"<note>{_xml(note)}</note>" for note in notes)
    # an XML id may not begin with a digit; ours never hold an underscore
    key = f"_{concept.id}" if concept.id[0].isdigit() else concept.id
    languages = f'<langSec xml:lang="zh-Hans">{"".join(zh)}</langSec>\n<langSec xml:lang="en">{"".join(en)}</langSec>'
    return f"<conceptEntry id={quoteattr(key)}>{aux}\n{languages}\n</conceptEntry>\n"


def _term(text: str, notation: str, status: str, style: str, source: str = "") -> str:
    if style == "dca":
        noted = f'<termNote type="administrativeStatus">{status}</termNote>'
        origin = f'<admin type="source">{_xml(source)}</admin>' if source else ""
    else:
        noted = f"<min:administrativeStatus>{status}</min:administrativeStatus>"
        origin = f"<basic:source>{_xml(source)}</basic:source>" if source else ""
    note = f"<note>{_xml(_NOTATION + notation)}</note>" if notation else ""
    return f"<termSec><term>{_xml(text)}</term>{noted}{origin}{note}</termSec>"


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text), {"\r": "&#13;"})


class _Term(NamedTuple):
    text: str
    status: str
    source: str


def parse(path: Path, columns: Mapping[str, str] | None = None) -> Parsed:
    """What a TBX file holds: the entries with Chinese and English. Where no English term is marked, the first is preferred.

    Raises:
        TermBaseError: it is not TBX.
    """
    root = xml_file.root(path, "TBX", "tbx", "martif")
    concepts: dict[str, Concept] = {}
    notes: list[str] = []
    dropped: Counter[str] = Counter()
    left_out = 0
    seen = {"id", "zh", "preferred", "admitted", "deprecated"}
    for number, entry in enumerate((e for e in root.iter() if local(e) in ("conceptEntry", "termEntry")), 1):
        found = _concept(entry, number, concepts, dropped, seen)
        if isinstance(found, Concept):
            concepts[found.id] = found
            continue
        left_out += 1
        if left_out <= _MOST_LEFT_OUT:
            notes.append(f"{path}: entry {entry.get('id') or number} is left out: {found}")
    if left_out > _MOST_LEFT_OUT:
        notes.append(f"{path}: and {left_out - _MOST_LEFT_OUT} more entries")
    notes += [f"{path}: {name} is not kept ({count} times)" for name, count in sorted(dropped.items())]
    return Parsed([concept._replace(path=str(path)) for concept in concepts.values()], frozenset(seen), notes)


def _concept(entry: ElementTree.Element, number: int, known: Mapping[str, Concept], dropped: Counter[str], seen: set[str]) -> Concept | str:
    zh: list[_Term] = []
    en: list[_Term] = []
    notes: list[str] = []
    own: dict[str, str] = {}
    for language in entry:
        name = local(language)
        if name in ("langSec", "langSet"):
            code = (language.get(_LANG) or language.get("lang") or "").lower()
            wanted = zh if code.split("-")[0] in ("zh", "cmn") else en if code.split("-")[0] == "en" else None
            if wanted is None:
                dropped[f"the language {code or 'without a code'}"] += 1
                continue
            wanted += _terms(language, own, notes, dropped)
        else:
            _auxiliary(language, own, notes, dropped)
    if not zh or not en:
        return "it has no Chinese term" if not zh else "it has no English term"
    return _assembled(entry.get("id") or str(number), zh, en, notes, own, known, seen)


def _assembled(
    key: str, zh: list[_Term], en: list[_Term], notes: list[str], own: dict[str, str], known: Mapping[str, Concept], seen: set[str]
) -> Concept | str:
    usable = [term for term in en if term.status != _DEPRECATED]
    if not usable:
        return "every English term of it is deprecated"
    preferred = next((term for term in usable if term.status == _PREFERRED), usable[0])
    zh.sort(key=lambda term: term.status not in ("", _PREFERRED))
    sources = list(dict.fromkeys(term.source for term in (preferred, *en) if term.source))
    seen.update(own)
    if notes:
        seen.add("note")
    if sources:
        seen.add("authority")
    severity = own.get("severity", "")
    return Concept(
        id=proper_id(key, preferred.text, known),
        zh=tuple(dict.fromkeys(simplified(term.text) for term in zh)),
        preferred=preferred.text,
        admitted=tuple(dict.fromkeys(term.text for term in usable if term is not preferred)),
        deprecated=tuple(dict.fromkeys(term.text for term in en if term.status == _DEPRECATED)),
        kind=own["kind"] if own.get("kind") in KINDS else "",
        fix=Safety(own["fix"]) if own.get("fix") in tuple(Safety) else Safety.UNSAFE,
        severity=Severity(severity) if severity in tuple(Severity) else None,
        unless=split(own.get("unless", "")),
        only_if=split(own.get("only-if", "")),
        note="; ".join(notes),
        authority="; ".join(sources[:1]),
        since=own.get("since", ""),
        until=own.get("until", ""),
        short=own.get("short", ""),
    )


def _terms(language: ElementTree.Element, own: dict[str, str], notes: list[str], dropped: Counter[str]) -> Iterator[_Term]:
    english = (language.get(_LANG) or language.get("lang") or "").lower().startswith("en")
    for section in language:
        if local(section) not in ("termSec", "tig", "ntig"):
            _auxiliary(section, own, notes, dropped)
            continue
        text = status = source = notation = ""
        for part in section.iter():
            name, value = _category(part), "".join(part.itertext())
            if name == "term":
                text = value
            elif name in ("administrativeStatus", "normativeAuthorization", "status"):
                status = _status(value) or status
            elif name == "source":
                source = value.strip()
            elif name == "note" and value.startswith(_NOTATION):
                notation = value.removeprefix(_NOTATION)
            elif name not in ("termSec", "tig", "ntig", "termGrp", "termNoteGrp", "adminGrp", "descripGrp", "transacGrp", "transacNote"):
                _auxiliary(part, own, notes, dropped)
        if text.strip():
            words = " ".join(text.split())
            written = (garble(words) if status == _DEPRECATED else approved(words)) if english else words.replace(";", "\\;")
            yield _Term(notation or written, status, source)


def _auxiliary(element: ElementTree.Element, own: dict[str, str], notes: list[str], dropped: Counter[str]) -> None:
    """What stands beside the terms: our own properties, notes and definitions; of all else it is told that it is not kept."""
    for part in element.iter():
        name, text = _category(part), "".join(part.itertext())
        if name == "note" and text.startswith(_OWN):
            key, _, value = text.removeprefix(_OWN).partition(": ")
            if key == "note":
                notes.append(value)
            else:
                own[key] = value
        elif name in ("note", "definition", "explanation", "context") and text.strip():
            notes.append(text if name == "note" else f"{name}: {text.strip()}")
        elif name == "subjectField" and text.strip():
            notes.append(f"subject field: {text.strip()}")
        elif not name.endswith("Grp") and text.strip():
            dropped[name] += 1


def _status(value: str) -> str:
    plain = value.strip().lower().removesuffix("-admn-sts").replace(" ", "").replace("-", "")
    return _STATUSES.get(plain, "")


def _category(element: ElementTree.Element) -> str:
    """The data category of an element: its type in the style DCA and in version 2, its name in the style DCT."""
    name = local(element)
    return element.get("type", name) if name in _TYPED else name
