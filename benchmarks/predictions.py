"""Recall against precision of the readings predicted from the Chinese: `make predictions`.

A reading is put together from pieces, and its words must speak enough for a translation (matching/evidence.py), or the match
does not count. The points that a reading of several pieces needs are the threshold varied here.

The other thing that rations predictions is how many patterns a concept gets, likeliest first: eight as shipped, six beside
listed garbles.

For each threshold: on corpora/labelled, how many predicted findings stand on a garble, and for how many of these the
replacement is that of the expected sentence; on corpora/clean and the references, how many predicted findings there are;
on attested.tsv (and traps.tsv beside it), how many rows are flagged by a prediction, and by anything. First for a term base with
nothing listed, which is what a new concept gets; then for the one that is shipped, and for one whose concepts with listed
garbles are predicted as boldly as the others.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from unittest.mock import patch

from leave_one_out import CARRIERS, DATA, keep, origin, overlapping, read, without_garbles
from quality import CORPORA, counted, garbled_spans, labelled, overlaps

import glossary
from glossary.matching import compiler
from glossary.matching.cache import matcher_of
from glossary.matching.matcher import Matcher
from glossary.settings import Settings
from glossary.termbase import literal
from glossary.termbase.literal import predictions

OFF = 99
PATTERNS = (1, 4, 16)
POINTS = (1, 2, 3, 4, 5, None, OFF)
SETTINGS = Settings()


class Strict(Matcher):
    """A matcher whose predictions of several pieces need so many points; None leaves what was compiled."""

    def __init__(self, matcher, points):
        super().__init__(matcher._compiled)
        self.points = points

    def _rendering(self, number):
        known = number in self._renderings
        rendering = super()._rendering(number)
        *head, pieces, _, replacements = rendering
        if known or not pieces or self.points is None:
            return rendering
        need = OFF if self.points == OFF else self.points if len(pieces) > 1 else 1
        self._renderings[number] = rendering = (*head, pieces, need, replacements)
        return rendering


def bold(termbase):
    """The matcher of a term base in which listed garbles make predictions no shyer."""
    with patch.object(compiler, "predictions", lambda concept, base: predictions(concept._replace(deprecated=()), base)):
        return Matcher(compiler.compile_termbase(termbase))


def rationed(termbase, most):
    """The matcher of a term base whose concepts get so many predicted patterns at most."""
    with patch.object(literal, "MOST_PATTERNS", most):
        return Matcher(compiler.compile_termbase(termbase))


def attested(rows, matcher):
    return [origin(overlapping(row, matcher)) for row in rows]


def predicted(text, matcher):
    return [each for each in counted(text, matcher, SETTINGS) if each.origin == "predicted"]


def measure(matcher, concepts, sentences, clean, rows, traps):
    right = wrong = named = expected = 0
    for row, spans in sentences:
        for finding in predicted(row["before"], matcher):
            if not overlaps(finding, spans):
                wrong += 1
                continue
            right += 1
            if row["after"] not in ("-", row["before"]):
                expected += 1
                forms = [*finding.replacements, *(form.replace("~", "") for form in concepts[finding.concept].admitted)]
                named += any(form.lower() in row["after"].lower() for form in forms)
    origins = attested(rows, matcher)
    return {
        "right": right,
        "wrong": wrong,
        "replacement right": named,
        "replacement known": expected,
        "clean": sum(len(predicted(text, matcher)) for text in clean),
        "attested predicted": origins.count("predicted"),
        "attested flagged": sum(bool(each) for each in origins),
        "attested": len(rows),
        "traps": sum(origin(overlapping(row, matcher)) == "predicted" for row in traps),
    }


def carried(phrases):
    return [{"garbled_span": phrase, "carrier": CARRIERS[number % len(CARRIERS)]} for number, phrase in enumerate(phrases)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="attested.tsv (%(default)s)")
    parser.add_argument("--record", action="store_true", help="write benchmarks/records/predictions-DATE.json")
    options = parser.parse_args()
    if not options.data.is_file():
        print(f"predictions: {options.data} is not there; name the list of attested garbles: make predictions DATA=path/to/attested.tsv", file=sys.stderr)
        return 2
    rows = carried(row["garbled_span"] for row in read(options.data))
    traps = options.data.with_name("traps.tsv")
    if traps.is_file():
        with traps.open(encoding="utf-8", newline="") as lines:
            traps = carried(row["phrase"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    else:
        traps = []
    sentences = []
    for row in labelled():
        before, after = row["before"], row["after"]
        sentences.append((row, [] if before == after else [(0, len(before))] if after == "-" else garbled_spans(before, after)))
    clean = [path.read_text("utf-8") for path in (*sorted((CORPORA / "clean").glob("*.txt")), *sorted(CORPORA.glob("*/reference.en.txt")))]
    termbase = glossary.load()
    unlisted = without_garbles(termbase)
    nothing, shipped, bolder = matcher_of(unlisted), glossary.matcher_from_files(), bold(termbase)
    runs = [("nothing listed", points, Strict(nothing, points)) for points in POINTS]
    runs += [(f"nothing listed, {most} at most", None, Strict(rationed(unlisted, most), None)) for most in PATTERNS]
    runs += [("shipped", points, Strict(shipped, points)) for points in POINTS]
    runs += [("bold", points, Strict(bolder, points)) for points in (1, 2, 3, 4)]
    print("term base, points needed: precision, replacement right, in clean text, in traps, attested by prediction, by anything")
    results = []
    for name, points, matcher in runs:
        got = measure(matcher, termbase.concepts, sentences, clean, rows, traps)
        results.append({"term base": name, "points": "off" if points == OFF else "as compiled" if points is None else points, **got})
        print(f"  {name:<26} {results[-1]['points']!s:<11} {got['right']}/{got['right'] + got['wrong']}  {got['replacement right']}/{got['replacement known']}"
              f"  {got['clean']}  {got['traps']}/{len(traps)}  {got['attested predicted']}  {got['attested flagged']}/{got['attested']}", flush=True)
    if options.record:
        record = {
            "termbase": {"digest": shipped.digest, "concepts": shipped.concept_count, "wordings": shipped.rendering_count},
            "words of clean text": sum(len(text.split()) for text in clean),
            "traps": len(traps),
            "results": results,
        }
        keep("predictions", record)
    return 0


if __name__ == "__main__":
    sys.exit(main())
