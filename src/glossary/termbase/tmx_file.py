"""Terms as a translation memory (TMX 1.4): each Chinese term with its preferred English is a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from glossary.chinese import simplified
from glossary.findings import Safety
from glossary.termbase import xml_file
from glossary.termbase.concept import Concept
from glossary.termbase.exchange import Parsed, Written, approved, proper_id
from glossary.termbase.pairs import pairs
from glossary.termbase.termbase import TermBase
from glossary.version import VERSION

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def dumps(concepts: Sequence[Concept], termbase: TermBase | None = None, format: str = "tmx") -> Written:
    """A translation memory; the units of one concept have its id, the further ones with a number."""
    losses: list[str] = []
    counts: dict[str, int] = {}
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n',
        f'<header creationtool="glossary" creationtoolversion="{VERSION}" datatype="plaintext" segtype="phrase" adminlang="en" '
        'srclang="zh-CN" o-tmf="none"/>\n<body>\n',
    ]
    for pair in pairs(concepts, termbase or TermBase({}), losses):
        counts[pair.concept] = counts.get(pair.concept, 0) + 1
        key = pair.concept if counts[pair.concept] == 1 else f"{pair.concept}.{counts[pair.concept]}"
        zh, en = (f'<tuv xml:lang="{code}"><seg>{escape(text)}</seg></tuv>' for code, text in (("zh-CN", pair.zh), ("en", pair.en)))
        parts.append(f"<tu tuid={quoteattr(key)}>{zh}{en}</tu>\n")
    return Written("".join((*parts, "</body>\n</tmx>\n")).encode(), losses)


def parse(path: Path, columns: Mapping[str, str] | None = None) -> Parsed:
    """The units of a translation memory as concepts. Units with the same English, and those numbered under one id, are one.

    Raises:
        TermBaseError: it is not TMX.
    """
    root = xml_file.root(path, "TMX", "tmx")
    found: dict[tuple[str, str], list[str]] = {}
    notes = []
    for number, unit in enumerate(root.iter("tu"), 1):
        texts = {(v.get(_LANG) or v.get("lang") or "").lower().split("-")[0]: " ".join("".join(v.find("seg").itertext()).split())  # type: ignore[union-attr]
                 for v in unit.iter("tuv") if v.find("seg") is not None}  # fmt: skip
        zh, en = texts.get("zh") or texts.get("cmn"), texts.get("en")
        if not zh or not en:
            notes.append(f"{path}: unit {unit.get('tuid') or number} is left out: it has no {'English' if zh else 'Chinese'}")
            continue
        found.setdefault(((unit.get("tuid") or "").partition(".")[0], en), []).append(simplified(zh))
    concepts: dict[str, Concept] = {}
    for (key, en), zhs in found.items():
        name = proper_id(key, en, concepts)
        concepts[name] = Concept(name, tuple(dict.fromkeys(zhs)), approved(en), fix=Safety.UNSAFE, path=str(path))
    return Parsed(list(concepts.values()), frozenset({"id", "zh", "preferred"}), notes)
