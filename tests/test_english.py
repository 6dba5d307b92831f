import pytest

from glossary.english.agreement import agree
from glossary.english.articles import indefinite
from glossary.english.inflection import inflections


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("NPC deputy", "an"), ("CPC member", "a"), ("university", "a"), ("hour", "an"), ("uninformed man", "an"), ("European body", "a"),
        ("11-member group", "an"), ("18th", "an"), ("80", "an"), ("1,800 men", "a"), ("100", "a"), ("UN body", "a"), ("MPS official", "an"),
        ("one-off", "a"), ("official", "an"), ("“NPC", "an"), ("SOE", "an"), ("honest", "an"), ("house", "a"), ("unit", "a"), ("umbrella", "an"),
    ],
)  # fmt: skip
def test_a_or_an(words, article):
    assert indefinite(words) == article


def fixed(text, garble, replacement, **kind):
    start = text.index(garble)
    place = agree(text, start, start + len(garble), replacement, **kind)
    return text[: place.start] + place.replacement + text[place.end :]


ORGANISATION = {"organisation": True}


@pytest.mark.parametrize(
    ("text", "garble", "replacement", "kind", "expected"),
    [
        ("secretary of law committee", "law committee", "Law Commission", ORGANISATION, "secretary of the Law Commission"),
        ("secretary of the law committee", "law committee", "Law Commission", ORGANISATION, "secretary of the Law Commission"),
        ("county law committee", "law committee", "Law Commission", ORGANISATION, "county Law Commission"),
        ("He is an NPC men.", "NPC men", "deputy", {}, "He is a deputy."),
        ("A vast mass came.", "vast mass", "NPC deputy", {}, "An NPC deputy came."),
        ("serve the vast masses", "vast masses", "the public", {}, "serve the public"),
        ("serve vast masses", "vast masses", "the public", {}, "serve the public"),
        ("The vast masses came.", "vast masses", "the public", {}, "The public came."),
        ("Vast masses came.", "Vast masses", "the public", {}, "The public came."),
        ("our vast masses", "vast masses", "the public", {}, "our public"),
        ("rural vast masses", "vast masses", "the public", {}, "rural public"),
        ("the Party party work", "party work", "Party building", {}, "the Party building"),
        ("the law committee Commission", "law committee", "Law Commission", {}, "the Law Commission"),
        ("the law affair's office", "law affair", "legal affairs", {}, "the legal affairs' office"),
        ("Vast Masses Came to City Hall", "Vast Masses", "the public", {}, "The Public Came to City Hall"),
        ("THE VAST MASSES", "VAST MASSES", "the public", {}, "THE PUBLIC"),
        ("met Propaganda Minister Zhang", "Propaganda Minister", "publicity chief", {"title": True}, "met Publicity Chief Zhang"),
        ("met propaganda minister Zhang", "propaganda minister", "publicity chief", {"title": True}, "met publicity chief Zhang"),
        ("met Propaganda Minister.", "Propaganda Minister", "publicity chief", {"title": True}, "met publicity chief."),
        ("He said. vast masses came.", "vast masses", "the public", {}, "He said. The public came."),
        ("comrade Wang came", "comrade", "", {}, "Wang came"),
        ("Yes, comrade.", "comrade", "", {}, "Yes."),
        ("He met comrades Wang and Li.", "comrades", "", {}, "He met Wang and Li."),
        ("Comrades we came", "Comrades", "", {}, "We came"),
    ],
)  # fmt: skip
def test_agreement(text, garble, replacement, kind, expected):
    assert fixed(text, garble, replacement, **kind) == expected


@pytest.mark.parametrize(("text", "sure"), [('the "four iron" police', True), ('the four iron" police', False), ("the four “iron police", False)])
def test_half_a_pair_of_quotation_marks_is_not_sure(text, sure):
    start = text.index("four")
    if '"four' in text:
        start -= 1
    assert agree(text, start, len(text), "ironclad police").sure is sure


@pytest.mark.parametrize(
    ("word", "tag", "form"),
    [("serve", "ing", "serving"), ("Secretary", "s", "Secretaries"), ("take", "en", "taken"), ("take", "ed", "took"), ("deputy-head", "s", "deputy-heads")],
)
def test_inflection(word, tag, form):
    assert inflections(word)[tag] == form
