"""Titles from parts: what the grammar reads and writes, and that its tables agree with the term base."""

import tomllib
from pathlib import Path

import pytest
from conftest import make_termbase

import glossary
from glossary.termbase.titles import parts_of
from glossary.titles.reading import chains
from glossary.titles.writing import chinese

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "composed-titles.toml").read_text(encoding="utf-8"))["case"]
ONLY = glossary.Settings(select=("composed-title",))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["title"])
def test_case(case, matcher):
    before = case["before"]
    after = before if case["after"] == "same" else case["after"]
    settings = ONLY if case["after"] == "same" else glossary.Settings()  # what terms and titles make together
    fixed = glossary.fix(before, matcher, settings=settings).after
    assert fixed == after
    assert glossary.fix(fixed, matcher, settings=settings).after == fixed
    if case["after"] == "same":
        assert [f for f in glossary.check(before, matcher, settings=ONLY) if f.safety is glossary.Safety.SAFE] == []


def test_the_whole_title_stands_before_the_terms_in_it(matcher):
    text = "Zhang Wei, member of the Standing Committee of the Municipal Party Committee, Minister of Propaganda Department, attended."
    assert [finding.rule for finding in glossary.check(text, matcher)] == ["composed-title"]


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("deputy secretary of the political and legal committee of the municipal party committee", "市委政法委副书记"),
        ("Provincial Party Committee Standing Committee, standing vice governor Zhou Li", "省委常委、常务副省长"),
        ("minister of the organization department of the CPC Xining Municipal Committee", "Xining市委组织部部长"),
    ],
)
def test_titles_lead_back_to_chinese(text, zh, matcher):
    (chain,) = chains(text, [0], parts_of(matcher.titles))
    assert "、".join(map(chinese, chain.titles)) == zh


def test_bodies_are_those_of_the_term_base(termbase, matcher):
    parts = parts_of(matcher.titles)
    for body in {body for table in (parts.bodies, parts.fields) for _, body in table.entries()}:
        assert body.concept or body.local, body
        for name in filter(None, (body.concept, body.local)):
            assert name in termbase.concepts, body
        if body.concept:
            concept = termbase.concepts[body.concept]
            assert body.name in {form.replace("~", "") for form in concept.approved}, body


def test_no_approved_name_of_a_body_counts_as_garbled(termbase, matcher):
    approved = {form.replace("~", "").lower() for concept in termbase for form in concept.approved}
    # what names a national body is garbled where a level stands before it
    national = ("congress", "conference")
    garbled = {text for text, body in parts_of(matcher.titles).bodies.entries() if body.garbled and body.posts not in national}
    assert garbled & approved == set()


def test_titles_need_the_bodies_of_the_term_base():
    own = make_termbase(("committee-stone", "stone committee", "rock committee"))
    text = "Deputy secretary of the politics and law committee of the municipal party committee Li Hua spoke."
    assert glossary.check(text, own, settings=ONLY) == []


def test_a_person_in_an_unsafe_list_is_not_made_a_body(matcher):
    text = "On May 3, county party committee standing committee, politics and law committee secretary Chen Jun, met them."
    assert glossary.fix(text, matcher).after == text
    (finding,) = glossary.check(text, matcher)
    assert finding.safety is glossary.Safety.UNSAFE and finding.replacements[0].startswith("member of the Standing Committee")
