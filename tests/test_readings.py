"""Readings predicted from the Chinese: their orders, what speaks against them, what they leave alone."""

import pytest

import glossary
from glossary.matching.evidence import Evidence, approved_stems
from glossary.matching.structure import following, preceding
from glossary.termbase.bindings import PLAIN, TELLING
from glossary.termbase.concept import Concept
from glossary.termbase.termbase import TermBase


@pytest.fixture(scope="module")
def predicted(termbase):
    def of(text, zh, preferred, deprecated=()):
        bare = TermBase({"it": Concept("it", (zh,), preferred, deprecated=deprecated)}, termbase.slots, termbase.guards, termbase.lexicon, termbase.ordinary)
        return [each.text for each in glossary.check(text, bare) if each.origin == "predicted"]

    return of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The prohibit drug detachment met.", ["prohibit drug detachment"]),  # the Chinese order
        ("The detachment of the prohibit drug met.", ["detachment of the prohibit drug"]),
        ("The detachment for prohibit drug met.", ["detachment for prohibit drug"]),
        ("The detachment prohibit drug met.", ["detachment prohibit drug"]),
        ("The detachments of drug prohibition met.", ["detachments of drug prohibition"]),
        ("The anti-drug detachment met.", []),  # nothing in it betrays a translation
        ("The narcotics control detachment met.", []),
    ],
)
def test_the_orders_of_a_reading(predicted, text, found):
    assert predicted(text, "禁毒支队", "narcotics control detachment") == found


def test_a_piece_may_be_left_out_inside_and_never_takes_the_article_along(predicted):
    term = ("群众的安全感", "public sense of security")
    assert predicted("Patrols raise the crowd safety sense.", *term) == ["crowd safety sense"]
    assert predicted("Patrols raise the crowd of safety sense.", *term) == ["crowd of safety sense"]


def test_garbles_listed_beside_it_make_a_prediction_no_surer_and_no_shyer(predicted):
    for deprecated in ((), ("drug forbidding troop",)):
        assert predicted("The prohibit drug detachment met.", "禁毒支队", "narcotics control detachment", deprecated)


def test_ordinary_english_is_left_alone(termbase, predicted):
    assert "bill of rights" in termbase.ordinary
    assert predicted("The bill of rights was read.", "权力清单", "list of powers") == []
    assert predicted("The right bill was read.", "权力清单", "list of powers") == ["right bill"]


def test_evidence_is_weighed_against_what_is_approved():
    evidence = Evidence(approved_stems(("Political and Legal Affairs Commission", "stud~ies of law")))
    assert evidence.of({TELLING + "政法": "politics and right"}) == 3  # two words
    assert evidence.of({TELLING + "法": "rights"}) == 2
    assert evidence.of({TELLING + "政": "politics"}) == 1  # approved in another inflection
    assert evidence.of({PLAIN + "委": "committee"}) == 1
    assert evidence.of({PLAIN + "委": "commissions"}) == 0
    assert evidence.of({PLAIN + "的": "of"}) == 0
    assert evidence.of({"level": "municipal", "~": "s"}) == 0
    assert evidence.of({TELLING + "法": "rights", PLAIN + "委": "committee"}) == 3


def test_small_words_beside_an_anchor_are_passed_over():
    data = b"head of the old school for the young"
    assert following(data, 4) == (b"of", b"the", b"old")
    assert preceding(data, data.index(b"old")) == (b"the", b"of", b"head")
    assert preceding(data, 0) == ()
    assert following(data, len(data)) == ()
    assert following(b"head of", 4) == (b"of",)
    assert preceding(b"of head", 3) == (b"of",)
