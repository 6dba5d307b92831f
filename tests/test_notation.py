import pytest
from conftest import make_termbase

from glossary.errors import NotationError
from glossary.termbase.forms import approved_forms, garbled_forms
from glossary.termbase.notation import parse, split


def forms(deprecated, preferred="good form"):
    termbase = make_termbase(("a-concept", preferred, deprecated))
    return [(form.text, form.replacement) for concept in termbase for form in garbled_forms(concept, termbase)]


@pytest.mark.parametrize(
    ("notation", "wordings"),
    [
        ("plain words", ["plain words"]),
        ("(a|b) c", ["a c", "b c"]),
        ("[the] words", ["the words", "words"]),
        ("x [y|z]", ["x y", "x z", "x"]),
        ("maintenance[s]", ["maintenances", "maintenance"]),
        ("(a|b (c|d))e", ["ae", "b ce", "b de"]),
        ("  much   space ", ["much space"]),
        ("Upper-Case Words", ["upper case words"]),
        (r"a \(b\)", ["a (b)"]),
        ("“quoted” words", ["quoted words"]),
    ],
)
def test_wordings(notation, wordings):
    assert [text for text, _ in forms(notation)] == wordings


@pytest.mark.parametrize(
    ("notation", "preferred", "pairs"),
    [
        (
            "serve~ the whole", "serve~ the overall interests",
            {"serve the whole": "serve the overall interests", "serves the whole": "serves the overall interests",
             "served the whole": "served the overall interests", "serving the whole": "serving the overall interests"},
        ),
        ("secretary~ of law", "head~ of justice", {"secretary of law": "head of justice", "secretaries of law": "heads of justice"}),
        ("take~ a stand", "hold~ a view", {"took a stand": "held a view", "taken a stand": "held a view"}),
        ("study~ and judge~", "analyze~ and assess~", {"studying and judging": "analyzing and assessing"}),
        ("join~ the work -> start~ work", "x", {"joined the work": "started work"}),
        ("comrade -> ", "x", {"comrade": ""}),
        ("raise <one's> standing", "enhance <one's> awareness",
         {"raise our standing": "enhance our awareness", "raise the standing": "enhance awareness", "raise standing": "enhance awareness"}),
        ("<level> committee minister", "head of the CPC <Level> Committee",
         {"city committee minister": "head of the CPC Municipal Committee", "county committee minister": "head of the CPC County Committee"}),
        ("people's army men", "soldiers", {"peoples army men": "soldiers", "people's army men": "soldiers", "people 's army men": "soldiers"}),
    ],
)  # fmt: skip
def test_replacement_goes_along(notation, preferred, pairs):
    found = dict(forms(notation, preferred))
    for text, replacement in pairs.items():
        assert found[text] == replacement


def test_a_noun_has_no_verb_forms():
    assert {text for text, _ in forms("propaganda minister~", "publicity secretary~")} == {"propaganda minister", "propaganda ministers"}


def test_approved_forms_inflect_too():
    termbase = make_termbase(("a-concept", "serve~ <one's> people"))
    spelled = list(approved_forms(termbase.concepts["a-concept"], termbase))
    assert {"serve our people", "serving their people", "served people"} <= set(spelled)


@pytest.mark.parametrize(
    ("notation", "hint"),
    [
        ("(a|b", "write the )"),
        ("a|b", "write alternatives as (a|b)"),
        ("a)", "closes nothing"),
        ("[a", "write the ]"),
        ("a <b> c", "no slot is called <b>"),
        ("a < c", "a slot is written"),
        ("-> b", "has no garble"),
        ("a b ? -> c", "very end"),
        ("[a] [b]", "at least one word"),
        ("a\\", "ends in a backslash"),
        ("(a|b)" * 12, "one word of it can be written in"),
    ],
)
def test_mistakes_say_what_to_write(notation, hint):
    with pytest.raises(NotationError, match=".*" + "".join(c if c.isalnum() or c == " " else "." for c in hint)):
        parse(notation)


def test_unsafe_mark_and_semicolons():
    assert parse("maybe wrong ?").unsafe
    assert parse("maybe wrong -> right ?").unsafe
    assert parse("maybe wrong -> right ?").replacement == "right"
    assert not parse("surely wrong").unsafe
    assert split(r"a; b\;c ;;") == ("a", r"b\;c")
