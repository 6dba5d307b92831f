"""The benchmarks that look into the matcher, and the fuzz targets, still find there what they are written for."""

from pathlib import Path

import pytest

import glossary

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def folders(monkeypatch):
    for name in ("benchmarks", "fuzz"):
        monkeypatch.syspath_prepend(str(ROOT / name))


def test_a_listed_wording_can_be_left_out():
    from leave_one_out import Without, core

    matcher = Without.of(glossary.matcher_from_files())
    text = "He headed the politics and law committee."
    (finding,) = glossary.check(text, matcher)
    matcher.removed = frozenset({core(finding.text)})
    assert not [each for each in glossary.check(text, matcher) if each.origin == "listed" and core(each.text) == core(finding.text)]


def test_predictions_can_be_asked_for_more_points():
    from predictions import OFF, Strict, predicted

    matcher = glossary.matcher_from_files()
    text = "The Fujian Provincial Health Committee reported the outbreak."
    assert predicted(text, Strict(matcher, None)) == predicted(text, matcher) != []
    assert predicted(text, Strict(matcher, OFF)) == []


def test_fuzz_targets_take_their_seeds():
    from targets import TARGETS, call

    for name, target in TARGETS.items():
        for seed in target.seeds:
            call(name, seed)
