"""How good the findings and fixes are, on the labelled sentences and the clean texts of corpora/: `make quality`.

Per phenomenon: how many garbled sentences are flagged where they are garbled, and how many false alarms there are. Per rule
and origin: precision. For fixes, by rule too: how many applied edits stand in the expected sentence, and how many sentences come out as
expected to the letter; what is expected is `after` or one of `also`. For clean text: findings per 10,000 words. A dated record goes to
benchmarks/records/.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import difflib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import glossary

ROOT = Path(__file__).parents[1]
CORPORA = ROOT / "corpora"


def labelled():
    for path in sorted((CORPORA / "labelled").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def garbled_spans(before, after):
    """Where the two sentences differ, as spans of `before`, by whole words."""
    left = list(re.finditer(r"\S+", before))
    right = re.findall(r"\S+", after)
    spans = []
    for tag, low, high, _, _ in difflib.SequenceMatcher(None, [m.group() for m in left], right, autojunk=False).get_opcodes():
        if tag == "insert":
            at = left[low].start() if low < len(left) else len(before)
            spans.append((max(0, at - 1), at + 1))
        elif tag != "equal":
            spans.append((left[low].start(), left[high - 1].end()))
    return spans


def overlaps(finding, spans):
    return any(finding.start < high and finding.end > low for low, high in spans)


def counted(text, matcher, settings):
    return [f for f in glossary.check(text, matcher, settings=settings) if f.severity != "info"]


def stands(edit, expected, concepts):
    """Whether what an edit wrote, or another form that its concept admits, stands in the expected sentence; case aside."""
    expected = expected.lower()
    forms = [edit.after]
    if edit.concept:
        forms += [form.replace("~", "") for form in concepts[edit.concept].admitted]
    return any(form.lower() in expected for form in forms)


def expected(row):
    """The sentences that are right for a garbled one."""
    return [row["after"], *filter(None, row["also"].split(" | "))]


def is_right(edit, row, concepts):
    """Whether an edit touches what is garbled and stands in a sentence that is expected."""
    return any(
        overlaps_edit(edit, garbled_spans(row["before"], sentence)) and stands(edit, sentence, concepts) for sentence in expected(row)
    )


def measure(matcher, concepts, settings, wrong):
    phenomena = defaultdict(Counter)
    rules = defaultdict(Counter)
    fixes = Counter()
    by_rule = defaultdict(Counter)
    for row in labelled():
        before, after = row["before"], row["after"]
        found = counted(before, matcher, settings)
        count = phenomena[row["phenomenon"]]
        if before == after:
            count["silent"] += 1
            count["false alarms"] += bool(found)
            for finding in found:
                rules[(finding.rule, finding.origin.value)]["wrong"] += 1
                wrong.append(("false alarm", row["id"], finding.text, finding.concept or finding.rule))
            continue
        spans = [(0, len(before))] if after == "-" else garbled_spans(before, after)
        count["garbled"] += 1
        count["flagged"] += any(overlaps(f, spans) for f in found)
        for finding in found:
            right = overlaps(finding, spans)
            rules[(finding.rule, finding.origin.value)]["right" if right else "wrong"] += 1
            if not right:
                wrong.append(("outside the garble", row["id"], finding.text, finding.concept or finding.rule))
        if after == "-":
            continue
        for name, unsafe in (("safe", False), ("unsafe too", True)):
            revision = glossary.fix(before, matcher, settings=glossary.Settings(unsafe=unsafe))
            fixes[f"{name}: sentences changed"] += revision.changed
            fixes[f"{name}: sentences as expected"] += revision.changed and revision.after in expected(row)
            for edit in revision.applied:
                right = is_right(edit, row, concepts)
                fixes[f"{name}: edits"] += 1
                fixes[f"{name}: edits as expected"] += right
                by_rule[edit.rule][f"{name}: edits"] += 1
                by_rule[edit.rule][f"{name}: as expected"] += right
                if not right and name == "safe":
                    wrong.append(("another fix", row["id"], f"{edit.before} -> {edit.after}", f"{edit.concept or edit.rule} | {after}"))
    return phenomena, rules, fixes, by_rule


def overlaps_edit(edit, spans):
    return any(edit.start < high and edit.end > low for low, high in spans)


def clean_rates(matcher, settings, wrong):
    rates = {}
    groups = {
        "clean, China": sorted((CORPORA / "clean").glob("cn-*.txt")),
        "clean, the world": sorted((CORPORA / "clean").glob("world-*.txt")),
        "references": sorted(CORPORA.glob("*/reference.en.txt")),
    }
    for name, paths in groups.items():
        words = found = 0
        for path in paths:
            document = glossary.read_document(path)
            words += len(document.text.split())
            for finding in glossary.check_document(document, matcher, settings):
                if finding.severity != "info":
                    found += 1
                    wrong.append((name, path.parent.name + "/" + path.name, finding.text, finding.concept or finding.rule))
        rates[name] = {"words": words, "findings": found, "per 10,000 words": round(found / max(1, words) * 10_000, 2)}
    return rates


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong findings and fixes")
    parser.add_argument("--ignore", action="append", default=[], help="leave out a rule or concept")
    parser.add_argument("--record", action="store_true", help="write benchmarks/records/quality-DATE.json")
    options = parser.parse_args()
    matcher = glossary.matcher_from_files()
    settings = glossary.Settings(ignore=tuple(options.ignore))
    wrong: list[tuple[str, ...]] = []
    phenomena, rules, fixes, by_rule = measure(matcher, glossary.load().concepts, settings, wrong)
    rates = clean_rates(matcher, settings, wrong)
    total = sum(phenomena.values(), Counter())
    print(f"flagged {total['flagged']} of {total['garbled']} garbled sentences; false alarms in {total['false alarms']} of {total['silent']} good ones")
    for name, count in sorted(phenomena.items()):
        print(f"  {name:<20} flagged {count['flagged']}/{count['garbled']}" + (f"  false alarms {count['false alarms']}/{count['silent']}" if count["silent"] else ""))
    for (rule, origin), count in sorted(rules.items()):
        print(f"  precision {rule} ({origin}): {count['right']}/{count['right'] + count['wrong']}")
    for name, count in fixes.items():
        print(f"  {name}: {count}")
    for rule, count in sorted(by_rule.items()):
        figures = (f"{name}: {count[f'{name}: as expected']}/{count[f'{name}: edits']}" for name in ("safe", "unsafe too") if count[f"{name}: edits"])
        print(f"  fixes {rule:<24} {', '.join(figures)}")
    for name, rate in rates.items():
        print(f"  {name}: {rate['findings']} findings in {rate['words']} words, {rate['per 10,000 words']} per 10,000")
    for line in wrong[: options.wrong]:
        print("   ", *line, sep=" | ")
    if options.record:
        record = {
            "date": datetime.date.today().isoformat(),
            "version": glossary.__version__,
            "termbase": {"digest": matcher.digest, "concepts": matcher.concept_count, "wordings": matcher.rendering_count},
            "phenomena": {name: dict(count) for name, count in sorted(phenomena.items())},
            "rules": {f"{rule} ({origin})": dict(count) for (rule, origin), count in sorted(rules.items())},
            "fixes": dict(fixes),
            "fixes by rule": {rule: dict(count) for rule, count in sorted(by_rule.items())},
            "clean": rates,
        }
        path = ROOT / "benchmarks" / "records" / f"quality-{record['date']}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        print("recorded in", path.relative_to(ROOT))


if __name__ == "__main__":
    main()
