import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.text import Folded, LineIndex, fold, has_paragraph_break, paragraph, sentence


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The People’s Police", "the people's police"),
        ("urban -rural", "urban-rural"),
        ("urban – rural", "urban-rural"),
        ("a\u00a0b", "a b"),
        ("line\r\n  break", "line break"),
        ("“two upholds”", "two upholds"),
        ("Ｐｕｂｌｉｃ\u3000Ｓｅｃｕｒｉｔｙ", "public security"),
        ("ÉCOLE", "école"),
    ],
)
def test_what_is_compared_equal(left, right):
    assert fold(left) == fold(right)


@pytest.mark.parametrize(("left", "right"), [("a, b", "a b"), ("a — b", "a b"), ("a. b", "a b"), ("ab", "a b")])
def test_what_is_not(left, right):
    assert fold(left) != fold(right)


ALPHABET = "aZé -–—\"“”‘’\u00a0\t\r\n'.,宣传İßＡ，𝒳"


@given(st.text(ALPHABET, max_size=60))
def test_every_folded_place_leads_back(text):
    folded = Folded(text)
    data = folded.data
    for at in range(len(data)):
        if data[at : at + 1] == b" ":
            continue
        start, end = folded.span(at, at + 1)
        assert end == start + 1
        assert Folded(text[start:end]).data == data[at : at + 1]
    places = [folded.span(at, at + 1)[0] for at in range(len(data)) if data[at : at + 1] != b" "]
    assert places == sorted(set(places))
    assert b"  " not in data


@given(st.text("ab \n\r", max_size=40))
def test_lines_and_columns(text):
    index = LineIndex(text)
    lines = text.replace("\r\n", "\x00\n").replace("\r", "\n").replace("\x00", "\r").split("\n")
    assert len(index) == len(lines)
    for offset in range(len(text) + 1):
        line, column = index.place(offset)
        assert index.line(line).start + column - 1 == offset


def test_sentence_knows_abbreviations():
    text = "He met Dr. Wang. They spoke of No. 3 unit. Good."
    start = text.index("spoke")
    span = sentence(text, start, start + 5)
    assert text[span.start : span.end].strip() == "They spoke of No. 3 unit."


def test_paragraphs():
    text = "one\ntwo\n\nthree\n \nfour"
    at = text.index("three")
    span = paragraph(text, at, at + 5)
    assert text[span.start : span.end].strip() == "three"
    assert has_paragraph_break(text, 0, at)
    assert not has_paragraph_break(text, 0, 7)
