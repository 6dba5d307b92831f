"""The detectors without terms: a table of cases for each rule, quiet on clean prose, and able to take any text."""

import tomllib
from pathlib import Path

import pytest
from conftest import ROOT, make_termbase
from hypothesis import given
from hypothesis import strategies as st

import glossary
from glossary.detectors import passage as passages
from glossary.detectors import rules as table
from glossary.findings import Severity
from glossary.pinyin import is_name, is_word, syllables
from glossary.quotations import troubles

CASES = Path(__file__).parent / "cases"
OWN = sorted(path.stem for path in CASES.glob("*.toml") if path.stem in glossary.rules())
ROWS = [(rule, case) for rule in OWN for case in tomllib.loads((CASES / f"{rule}.toml").read_text(encoding="utf-8"))["case"]]


@pytest.fixture(scope="module")
def no_terms():
    from glossary.matching.cache import matcher_of

    return matcher_of(make_termbase(("nothing", "nothing", "qqq zzz")))


def found(text, matcher, rule=None):
    return [f for f in glossary.check(text, matcher) if rule is None or f.rule == rule]


@pytest.mark.parametrize(("rule", "case"), ROWS, ids=[f"{rule}: {case['title']}" for rule, case in ROWS])
def test_case(rule, case, no_terms):
    before, after = case["before"], case["after"]
    findings = found(before, no_terms, rule)
    for finding in findings:
        assert before[finding.start : finding.end] == finding.text != ""
        assert finding.text not in finding.replacements
    if after == "silent":
        assert findings == []
    elif after == "info":
        assert findings
        assert all(finding.severity is Severity.INFO for finding in findings)
    else:
        assert findings
        assert any(finding.severity is not Severity.INFO for finding in findings)
        if after != "flag":
            settings = glossary.Settings(select=(rule,), unsafe=True)
            assert glossary.fix(before, no_terms, settings=settings).after == after


@pytest.mark.parametrize("rule", OWN)
def test_a_rule_has_cases_of_both_kinds(rule):
    kinds = {case["after"] == "silent" for name, case in ROWS if name == rule}
    assert kinds == {True, False}


def test_the_docs_list_every_rule():
    page = (ROOT / "docs" / "detectors.md").read_text(encoding="utf-8")
    assert [rule for rule in OWN if f"| `{rule}` |" not in page] == []


def clean_texts():
    return [*sorted((ROOT / "corpora" / "clean").glob("*.txt")), *sorted((ROOT / "corpora").glob("*/reference.en.txt"))]


@pytest.mark.parametrize("path", clean_texts(), ids=lambda path: path.stem if path.parent.name == "clean" else path.parent.name)
def test_clean_prose_is_left_alone(path, no_terms):
    findings = found(path.read_text(encoding="utf-8"), no_terms)
    assert [(f.rule, f.text) for f in findings if f.severity is not Severity.INFO] == []


def test_fixing_a_fixed_text_changes_nothing(no_terms):
    settings = glossary.Settings(unsafe=True)
    for path in sorted((ROOT / "corpora").glob("*/hypothesis.en.txt")):
        once = glossary.fix(path.read_text(encoding="utf-8"), no_terms, settings=settings).after
        assert glossary.fix(once, no_terms, settings=settings).after == once


PIECES = st.sampled_from(
    ["the", " ", "  ", ".", ",", "“", "”", '"', "。", "（", "11", "1th", " -", "- ", "***", "No stressed that", "yongding", "Peng Guo Rui",
     "Peng Guorui", "zhen xiang", "ZhaBai", "公安", "\n", "\n\n", "County", "Public security Bureau", "one is to", "two is to", "’", "É", "İ", "ß"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_is_taken_and_findings_are_its_own(text):
    from glossary.documents.document import whole

    passage = table.passage_of(whole(text))
    every = [f for module in table.SEGMENT_DETECTORS[1:] for f in module.detect(passage, None)]
    every += [f for module in table.DOCUMENT_DETECTORS for _, f in module.detect((passage,), text, None)]
    for finding in every:
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text


@pytest.mark.parametrize("text", ["a" * 50_000, "aeiou" * 10_000, "A " * 20_000, "na" * 20_000, "“" * 5_000, "1 " * 20_000, "the the " * 8_000, "- " * 9_000])
def test_a_hostile_text_takes_no_more_than_its_length(text):
    from glossary.documents.document import whole

    passage = table.passage_of(whole(text))
    for module in table.SEGMENT_DETECTORS[1:]:
        list(module.detect(passage, None))


def test_a_finding_of_the_document_stands_in_its_segment(tmp_path, no_terms):
    path = tmp_path / "a.md"
    path.write_text("# News\n\nPeng Guorui came. Peng Guorui spoke.\n\n- Peng **Guo** Rui left.\n", encoding="utf-8")
    document = glossary.read_document(path)
    (finding,) = glossary.check_document(document, no_terms)
    assert finding.rule == "inconsistent-term"
    assert document.text[finding.start : finding.end] == finding.text == "Peng **Guo** Rui"
    assert "line 3" in finding.message and "line 5" in finding.message


@pytest.mark.parametrize(
    ("word", "cut"),
    [("yongding", "yong ding"), ("Xi'an", "xi an"), ("tiananmen", "tian an men"), ("chuang", "chuang"), ("wasabi", "wa sa bi"), ("street", ""), ("", "")],
)
def test_pinyin_is_cut_into_syllables(word, cut):
    assert syllables(word) == tuple(cut.split())


def test_english_is_no_pinyin():
    assert is_word("yongding") and is_word("Shuangfeng")
    assert not any(map(is_word, ("language", "magazine", "panda", "people", "chinese", "human", "a")))


def test_names_have_the_family_name_first():
    assert is_name("Peng", "Guorui") and is_name("Li", "Ming") and is_name("Ouyang", "Xiu")
    assert not is_name("Guorui", "Peng") and not is_name("He", "Can") and not is_name("Peng", "Washington")


def test_quotations_are_paired():
    text = "“One,” he said. “Two and “three” are four.\n\nFine.\n\n“Five,” he said. Six”"
    assert [(text[place:][:5], kind) for place, kind in troubles(text)] == [("“Two ", "unclosed"), ("”", "unopened")]


def test_cues_are_told_apart_by_case_and_detector():
    from glossary.documents.document import whole

    cues = small, both, dash = passages.Cues(["party"]), passages.Cues(["party", "Party "]), passages.Cues([" – "])
    scanner = passages.Scanner(cues, passages.Scanner.store(cues))
    passage = passages.Passage(whole("The Party – a party. É party"), scanner)
    assert passage.places(small) == [(14, 19), (23, 28)]
    assert passage.places(both) == [(4, 10), (14, 19), (23, 28)]
    assert passage.places(dash) == [(9, 12)]


def test_every_cue_of_a_rule_is_scanned_for():
    for module in (*table.SEGMENT_DETECTORS, *table.DOCUMENT_DETECTORS):
        named = {value for value in vars(module).values() if isinstance(value, passages.Cues)} - {passages.NAME}
        assert named == set(getattr(module, "CUES", ())), module.RULE.name


def test_tokens_keep_their_numbers_when_the_vocabulary_is_made_anew(monkeypatch):
    from glossary.detectors import tokens

    monkeypatch.setattr(tokens, "_MOST", 3)
    vocabulary = tokens.Vocabulary(str.islower)
    text = "One and all.\nSuggestions and suggestions came.\nThe end."
    first = tokens.Tokens(text, vocabulary)
    tokens.Tokens("Five more words stand here.", vocabulary)
    assert first.repeating_lines(6, {"and"}) == tokens.Tokens(text, vocabulary).repeating_lines(6, {"and"}) == [1]
