"""pandas in, pandas out: the same findings and fixes as one text at a time."""

import pandas as pd
import pytest
from conftest import make_termbase

import glossary

TERMBASE = make_termbase(("law", "Political and Legal Affairs Commission", "(politics|political) and law committee"), kind="organisation")
TEXTS = ["He heads the politics and law committee.", "Nothing here.", None, 3.5, float("nan"), "公安局宣传工作会议召开", ""]
FRAME = pd.DataFrame({"id": range(7), "body": TEXTS}, index=list("abcdefg"))


def test_a_row_has_the_findings_of_its_text():
    checked = glossary.check_frame(FRAME, "body", termbase=TERMBASE)
    assert list(checked.columns) == ["findings", "error"]
    assert list(checked.index) == list("abcdefg")
    (found,) = checked.findings["a"]
    (expected,) = glossary.check(TEXTS[0], TERMBASE)
    assert {key: found[key] for key in ("rule", "start", "end", "text", "replacements", "safety")} == {
        "rule": expected.rule, "start": expected.start, "end": expected.end, "text": expected.text,
        "replacements": list(expected.replacements), "safety": "safe",
    }  # fmt: skip
    assert checked.findings[["b", "g"]].tolist() == [[], []]
    assert checked.error[["a", "b", "g"]].tolist() == [None, None, None]


def test_a_row_that_is_no_english_text_has_an_error():
    for made in (glossary.check_frame(FRAME, "body", termbase=TERMBASE), glossary.fix_frame(FRAME, "body", termbase=TERMBASE)):
        assert made.error[["c", "d", "e"]].tolist() == ["there is no text", "not a text but float", "there is no text"]
        assert "Chinese" in made.error["f"]


def test_exploded_has_a_row_for_each_finding_and_error():
    twice = pd.DataFrame({"text": [f"{TEXTS[0]} {TEXTS[0]}", "Nothing.", None]})
    made = glossary.check_frame(twice, termbase=TERMBASE, exploded=True)
    assert made.index.tolist() == [0, 0, 2]
    assert made.concept.tolist() == ["law", "law", None]
    assert made.error.tolist() == [None, None, "there is no text"]


def test_fixed_is_the_fixed_text_and_its_edits_lead_there():
    made = glossary.fix_frame(FRAME, "body", termbase=TERMBASE)
    assert made.fixed["a"] == glossary.fix(TEXTS[0], TERMBASE).after
    (edit,) = made.applied["a"]
    assert TEXTS[0][: edit["start"]] + edit["after"] + TEXTS[0][edit["end"] :] == made.fixed["a"]


def test_a_frame_is_left_as_it_is_and_gives_the_same_again():
    before = FRAME.copy()
    one, other = (glossary.check_frame(FRAME, "body", termbase=TERMBASE) for _ in range(2))
    pd.testing.assert_frame_equal(FRAME, before)
    pd.testing.assert_frame_equal(one, other)


def test_a_missing_column_is_named_with_those_there_are():
    with pytest.raises(glossary.UsageError, match="no column 'text'; there are id, body"):
        glossary.check_frame(FRAME, termbase=TERMBASE)


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_every_kind_of_missing_text(missing):
    made = glossary.check_frame(pd.DataFrame({"text": pd.Series(["x", missing], dtype=object)}), termbase=TERMBASE)
    assert made.error.tolist() == [None, "there is no text"]


@pytest.mark.parametrize("dtype", ["string", "str", "category"])
def test_every_type_of_text_column(dtype):
    frame = pd.DataFrame({"text": pd.Series([TEXTS[0], None], dtype=dtype)})
    made = glossary.check_frame(frame, termbase=TERMBASE)
    assert made.error.tolist() == [None, "there is no text"]
    assert len(made.findings[0]) == 1


def test_an_empty_frame():
    made = glossary.check_frame(pd.DataFrame({"text": []}), termbase=TERMBASE)
    assert made.empty
    assert list(made.columns) == ["findings", "error"]
