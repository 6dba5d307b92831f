"""With the Chinese beside the English: what is sure, what is dropped, what is missing."""

from itertools import pairwise

import pytest
from conftest import make_termbase

import glossary
from glossary.errors import UsageError


@pytest.fixture(scope="module")
def pieces():
    """A term base with a lexicon of two pieces and concepts without any listed garble."""
    termbase = make_termbase()
    lexicon = {
        "政法": glossary.Piece("政法", "noun", ("politics and law",), ()),
        "委": glossary.Piece("委", "noun", (), ("committee",)),
        "公安": glossary.Piece("公安", "noun", (), ("public security",)),
    }
    concepts = {
        "law": glossary.Concept("law", ("政法委",), "Political and Legal Affairs Commission", kind="organisation"),
        "police": glossary.Concept("police", ("公安局",), "public security bureau", kind="organisation"),
    }
    return glossary.TermBase(concepts, termbase.slots, termbase.guards, lexicon)


def test_a_concept_without_garbles_is_protected(pieces):
    (finding,) = glossary.check("He joined the politics and law committee.", pieces)
    assert (finding.origin, finding.safety, finding.concept) == ("predicted", "unsafe", "law")
    assert "政法 “politics and law” + 委" in finding.message
    assert finding.replacements == ("Political and Legal Affairs Commission",)


def test_the_source_makes_a_prediction_sure(pieces):
    (finding,) = glossary.check("He joined the politics and law committee.", pieces, "他加入政法委。")
    assert finding.safety == "safe"


def test_a_prediction_that_the_source_does_not_bear_out_is_dropped(pieces):
    assert glossary.check("He joined the politics and law committee.", pieces, "他加入了委员会。") == []


def test_a_term_without_approved_rendering_is_missing(pieces):
    text = "The bureau of public safety met.\n\nThe Political and Legal Affairs Commission met."
    (finding,) = glossary.check(text, pieces, "公安局開會。\n\n政法委開會。")
    assert (finding.rule, finding.concept, finding.safety) == ("missing-term", "police", "none")
    assert finding.start < text.index("\n")


def test_terms_missing_from_one_sentence_are_all_told(termbase):
    source = "會議由公安廳副廳長王來明主持。自治區黨委宣傳部副部長宮秉祥，自治區黨委政法委副書記雲喜順，采編部主任丁志軍，廣播電視台副總編輯出席會議。"
    text = (
        "The meeting was presided by Wang Laiming, the second elder of the safety hall. Gong Bingxiang, vice section long of the preaching section, "
        "Yun Xishun, vice book recorder of the law delegation, Ding Zhijun, master of the gather-edit section, and the vice total editor of the "
        "electric wave station came out at the meeting."
    )
    missing = [finding for finding in glossary.check(text, termbase, source) if finding.rule == "missing-term"]
    told = {finding.zh for finding in missing}
    assert {"副廳長", "宣傳部副部長", "政法委副書記", "采編部", "廣播電視台"} <= told
    places = sorted((finding.start, finding.end) for finding in missing)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("市委常委、政法委书记王林出席会议。", "Wang Lin, member of the Standing Committee of the CPC Municipal Committee and secretary of its Political and Legal Affairs Commission, attended."),
        ("县公安局局长李华讲话。", "The public security bureau's director, Li Hua, spoke at the county theater."),
        ("市政府发出通知。", "The municipal government sent word to everyone."),
    ],
)
def test_a_title_told_in_parts_is_not_missing(termbase, source, text):
    assert [finding for finding in glossary.check(text, termbase, source) if finding.rule == "missing-term"] == []


def test_any_approved_form_counts(pieces):
    assert glossary.check("The Public Security Bureaus met.", pieces, "公安局開會。") == []


def test_a_matcher_alone_does_not_do_with_a_source(matcher):
    with pytest.raises(UsageError, match="the term base itself"):
        glossary.check("x", matcher, "政法委")
