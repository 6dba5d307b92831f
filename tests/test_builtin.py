"""The built-in term base: its examples hold, and it is quiet on what is right."""

import csv

import pytest
from conftest import ROOT

import glossary

EXAMPLES = list(csv.DictReader((ROOT / "glossaries" / "examples.csv").open(encoding="utf-8", newline="")))
REFERENCES = sorted((ROOT / "corpora").glob("*/reference.en.txt"))


def test_examples_become_what_they_should(matcher):
    wrong = []
    for row in EXAMPLES:
        if row["before"] != row["after"]:
            fixed = row["before"]
            for unsafe in (False, True):  # an unsafe fix is shown too, where no safe one changes the sentence
                if fixed == row["before"]:
                    settings = glossary.Settings(select=(row["concept"],), unsafe=unsafe)
                    fixed = glossary.fix(row["before"], matcher, settings=settings).after
            if fixed != row["after"]:
                wrong.append((row["concept"], fixed, row["after"]))
    assert not wrong


def test_what_must_not_fire_is_silent(matcher):
    silent = [row for row in EXAMPLES if row["before"] == row["after"]]
    assert len(silent) >= 400
    assert not [
        (row["concept"], finding.text)
        for row in silent
        for finding in glossary.check(row["before"], matcher)
        if finding.severity != "info"
    ]


def test_nearly_every_safe_concept_has_an_example(termbase):
    shown = {row["concept"] for row in EXAMPLES if row["before"] != row["after"]}
    safe = [concept.id for concept in termbase if concept.fix == "safe" and concept.deprecated]
    assert len(safe) > 3000
    assert sum(name in shown for name in safe) > 0.95 * len(safe)


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.parent.name)
def test_the_references_are_quiet(path, matcher):
    found = glossary.check_document(glossary.read_document(path), matcher)
    assert not [(finding.concept or finding.rule, finding.text) for finding in found if finding.severity != "info"]


def test_the_seeds(seeds, matcher, termbase):
    for name in ("000", "001", "002", "004"):
        (path,) = seeds.glob(f"{name}_*")
        document = glossary.read_document(path)
        assert len(glossary.check_document(document, matcher)) >= 15
        revision = glossary.fix_document(document, matcher)
        assert glossary.fix(revision.after, matcher).after == revision.after
    (path,) = seeds.glob("003_*")
    terms = glossary.source_terms(path.read_text(encoding="utf-8"), termbase)
    assert len(terms) >= 60
