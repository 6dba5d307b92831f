"""How much is found in garbled articles from which no term was made: `make unseen`.

`corpora/unseen/` has whole articles, written from imagined Chinese without knowledge of the term base and its lists, and the
spans in them that a newsdesk would change. A span counts as flagged when a finding of warning or above overlaps it. What is
found outside the spans is counted, not judged: the articles have other faults too.

The figure is worth something only while the missed spans are not read and added; once they are, write new articles.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from leave_one_out import keep

import glossary

UNSEEN = Path(__file__).parents[1] / "corpora" / "unseen"


def measure(matcher, folder=UNSEEN):
    """Spans and flagged ones by kind, and how many findings there are in and outside the spans."""
    with (folder / "spans.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    spans, flagged, findings = Counter(), Counter(), Counter()
    for article in sorted({row["article"] for row in rows}):
        text = (folder / f"{article}.txt").read_text("utf-8")
        found = [finding for finding in glossary.check(text, matcher) if finding.severity != "info"]
        places = []
        for row in rows:
            if row["article"] == article:
                here = list(_places(text, row["span"]))
                assert here, (article, row["span"])
                places += here
                spans[row["kind"]] += 1
                flagged[row["kind"]] += any(_touches(finding, here) for finding in found)
        for finding in found:
            findings[f"{finding.origin.value}, {'in a span' if _touches(finding, places) else 'elsewhere'}"] += 1
    return spans, flagged, findings


def _places(text, span):
    at = text.find(span)
    while at >= 0:
        yield at, at + len(span)
        at = text.find(span, at + 1)


def _touches(finding, places):
    return any(finding.start < end and start < finding.end for start, end in places)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=UNSEEN, help="articles and their spans.tsv (%(default)s)")
    parser.add_argument("--record", action="store_true", help="write benchmarks/records/unseen-DATE.json")
    options = parser.parse_args()
    matcher = glossary.matcher_from_files()
    spans, flagged, findings = measure(matcher, options.folder)
    print(f"flagged: {flagged.total()}/{spans.total()} = {flagged.total() / spans.total():.1%}")
    for kind, count in spans.most_common():
        print(f"  {kind:<14} {flagged[kind]:>4}/{count}")
    for name, count in sorted(findings.items()):
        print(f"  findings, {name}: {count}")
    if options.record:
        base = {"digest": matcher.digest, "concepts": matcher.concept_count, "wordings": matcher.rendering_count}
        keep("unseen", {"termbase": base, "spans": dict(spans), "flagged": dict(flagged), "findings": dict(findings)})


if __name__ == "__main__":
    main()
