"""How much of a list of attested garbles is flagged without its own wordings in the term base: `make leave-one-out`.

Each fixable row of the list goes into a neutral sentence and is checked. It counts as flagged when a finding of warning or
above overlaps it. This is done four times:

- `as shipped`: with the whole term base;
- `without the same wording`: a listed wording that is, folded and without a leading article, the very span of the row is
  taken out;
- `without its own wordings`: so is every listed wording that stands inside the span and inside the span of no other row.
  What is left was listed for another reason than this row alone;
- `nothing listed`: with the garbles of all concepts taken out; what is left are readings predicted from the Chinese, and
  the detectors. This is what a concept is worth of which only the Chinese and the approved English are known.

Taking a wording out is exact: notations stay as they are, and the matcher drops what reads exactly so, before overlaps are
resolved. A shorter or longer listed wording, a prediction or a detector may then flag the row. A concept that loses its only
garble this way keeps the shyer predictions of a concept with garbles.

What this does not show: those who wrote the term base had seen the list. Wordings that they generalised from a row ("law" for
"legal" in it) stay in, so the figures still favour the term base.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import re
import sys
from collections import Counter
from pathlib import Path

import glossary
from glossary.matching.cache import matcher_of
from glossary.matching.matcher import Matcher
from glossary.text import fold

ROOT = Path(__file__).parents[1]
DATA = Path("../shared/data/attested.tsv")
CARRIERS = (
    "The report released on Tuesday dealt with {} at length.",
    "Speakers in the city came back to {} in the afternoon.",
    "A notice published last week referred to {} twice.",
)
ORIGINS = ("listed", "detector", "predicted")


class Without(Matcher):
    """A matcher that can be told to overlook listed wordings."""

    def __init__(self, compiled):
        super().__init__(compiled)
        self.removed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, matcher):
        return cls(matcher._compiled)

    def _candidates(self, data, hits):
        entries, shields = super()._candidates(data, hits)
        if self.removed:
            text = data.decode("latin-1")
            entries = {
                (start, end, rank): found
                for (start, end, rank), found in entries.items()
                if rank or core(text[start:end]) not in self.removed
            }
        return entries, shields


def core(text):
    """A wording as it is compared here: folded, without a leading article."""
    return re.sub(r"^(?:the|an?) (?=.)", "", fold(text).strip())


def holds(text, wording):
    """Whether a wording stands in a text by whole words, both folded."""
    return re.search(rf"(?<!\w){re.escape(wording)}(?!\w)", text) is not None


def read(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row["fixable"] == "yes"]


def overlapping(row, matcher):
    """The findings in the row's sentence that overlap its span."""
    start = row["carrier"].index("{}")
    end = start + len(row["garbled_span"])
    found = glossary.check(row["carrier"].format(row["garbled_span"]), matcher)
    return [each for each in found if each.start < end and each.end > start and each.severity != "info"]


def origin(found):
    """What a row is flagged by, the surest first; empty if by nothing."""
    origins = {each.origin.value for each in found}
    return next((name for name in ORIGINS if name in origins), "")


def own_wordings(row, matcher, others):
    """The listed wordings inside the row's span that stand in the span of no other row: `others` are those, folded."""
    span = core(row["garbled_span"])
    matcher.removed = frozenset()
    return frozenset(each for each in listed(row, matcher) if each == span or not any(holds(other, each) for other in others if other != span))


def listed(row, matcher):
    """Every listed wording in the row's sentence that lies within its span, those that overlap too."""
    start = row["carrier"].index("{}")
    sentence = row["carrier"].format(row["garbled_span"])
    end = start + len(row["garbled_span"])
    return {
        core(sentence[each.start : each.end])
        for each in matcher.every(sentence)
        if each.origin == "listed" and start <= each.start and each.end <= end
    }


def measure(rows, matcher, bare):
    """For each way of looking, what each row is flagged by."""
    spans = [core(row["garbled_span"]) for row in rows]
    found: dict[str, list[str]] = {name: [] for name in ("as shipped", "without the same wording", "without its own wordings", "nothing listed")}
    for row in rows:
        span = core(row["garbled_span"])
        own = own_wordings(row, matcher, spans)
        for name, removed in (("as shipped", frozenset()), ("without the same wording", frozenset({span})), ("without its own wordings", own)):
            matcher.removed = removed
            found[name].append(origin(overlapping(row, matcher)))
        found["nothing listed"].append(origin(overlapping(row, bare)))
    return found


def counted(origins):
    by_origin = Counter(origins)
    flagged = len(origins) - by_origin[""]
    return {"rows": len(origins), "flagged": flagged, "share": round(flagged / max(1, len(origins)), 4), **{name: by_origin[name] for name in ORIGINS}}


def without_garbles(termbase):
    """The term base with no garble listed: what is matched is predicted from the Chinese."""
    return termbase.with_concepts(concept._replace(deprecated=()) for concept in termbase)


def keep(name, record):
    """Write a record of today, with the date and the version at its head."""
    date = datetime.date.today().isoformat()
    path = ROOT / "benchmarks" / "records" / f"{name}-{date}.json"
    path.write_text(json.dumps({"date": date, "version": glossary.__version__} | record, indent=1) + "\n", encoding="utf-8")
    print("recorded in", path.relative_to(ROOT))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="attested.tsv: garbled_span, fixable, basis, category … (%(default)s)")
    parser.add_argument("--missed", type=int, default=0, help="print so many rows that are flagged only by their own wording")
    parser.add_argument("--record", action="store_true", help="write benchmarks/records/leave-one-out-DATE.json")
    options = parser.parse_args()
    if not options.data.is_file():
        print(f"leave-one-out: {options.data} is not there; name the list of attested garbles: make leave-one-out DATA=path/to/attested.tsv", file=sys.stderr)
        return 2
    rows = [row | {"carrier": CARRIERS[number % len(CARRIERS)]} for number, row in enumerate(read(options.data))]
    matcher = Without.of(glossary.matcher_from_files())
    bare = matcher_of(without_garbles(glossary.load()))
    found = measure(rows, matcher, bare)
    groups = {"all fixable": rows} | {f"basis {value}": [row for row in rows if row["basis"] == value] for value in sorted({row["basis"] for row in rows})}
    results = {}
    for group, members in groups.items():
        kept = {id(row) for row in members}
        results[group] = {name: counted([each for row, each in zip(rows, origins, strict=True) if id(row) in kept]) for name, origins in found.items()}
        print(f"{group}: {len(members)} rows")
        for name, count in results[group].items():
            print(f"  {name:<26} {count['flagged']:>4} = {count['share']:6.1%}   " + ", ".join(f"{each} {count[each]}" for each in ORIGINS))
    lost = [row for row, whole, rest in zip(rows, found["as shipped"], found["without its own wordings"], strict=True) if whole and not rest]
    for row in lost[: options.missed]:
        print("  only its own wording:", row["garbled_span"], "|", row["zh"])
    if options.record:
        record = {
            "termbase": {"digest": matcher.digest, "concepts": matcher.concept_count, "wordings": matcher.rendering_count},
            "data": options.data.name,
            "results": results,
        }
        keep("leave-one-out", record)
    return 0


if __name__ == "__main__":
    sys.exit(main())
