import pytest

from glossary.english.agreement import agree
from glossary.english.articles import indefinite, is_plural
from glossary.english.inflection import inflections


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("NPC deputy", "an"), ("CPC member", "a"), ("university", "a"), ("hour", "an"), ("uninformed man", "an"), ("European body", "a"),
        ("11-member group", "an"), ("18th", "an"), ("80", "an"), ("1,800 men", "a"), ("100", "a"), ("UN body", "a"), ("MPS official", "an"),
        ("one-off", "a"), ("official", "an"), ("“NPC", "an"), ("SOE", "an"), ("honest", "an"), ("house", "a"), ("unit", "a"), ("umbrella", "an"),
        ("urine test", "a"), ("urgent call", "an"), ("urban area", "an"), ("Uygur artist", "a"), ("Urumqi court", "an"),
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
        ("Comrades, we came", "Comrades", "", {}, "We came"),
        ("Yes, comrades, we came", "comrades", "", {}, "Yes, we came"),
        ("the vast, happy people", "vast", "", {}, "the happy people"),
        ("a vast officer", "vast", "", {}, "an officer"),
        ("An utter man", "utter", "", {}, "A man"),
        ("an “utter” man", "“utter”", "", {}, "a man"),
        ("“comrade Wang” came", "comrade", "", {}, "“Wang” came"),
        ("Serve vast\npeople", "vast", "", {}, "Serve people"),
        ("an one-stop garble", "one-stop garble", "one-stop service", {}, "a one-stop service"),
        ("a garble group", "garble group", "8-point decision", {}, "an 8-point decision"),
        ("AN GARBLE GROUP MET", "GARBLE GROUP", "people's deputy", {}, "A PEOPLE'S DEPUTY MET"),
        ("a “people deputy” spoke", "people deputy", "NPC deputy", {}, "an “NPC deputy” spoke"),
        ("a “four points” idea", "“four points”", "“eight-point” rule", {}, "an “eight-point” rule idea"),
        ("by a garble.", "garble", "members of the public", {}, "by members of the public."),
        ("by a garble.", "garble", "headquarters for the drive", {}, "by a headquarters for the drive."),
        ("A broad masses meeting was held.", "broad masses", "the public", {}, "A public meeting was held."),
        ("a large broad masses", "broad masses", "the public", {}, "a large public"),
        ("in the county the broad masses", "the broad masses", "the public", {}, "in the county the public"),
        ("the county broad masses", "broad masses", "the public", {}, "the county public"),
        ("Beijing's broad masses", "broad masses", "the public", {}, "Beijing's public"),
        ("the comrades’ broad masses", "broad masses", "the public", {}, "the comrades’ public"),
        ("the law affairs' office", "law affairs", "law commission", {}, "the law commission's office"),
        ("the law affairs’ office", "law affairs", "law commission", {}, "the law commission’s office"),
        ("the 'old law affairs' office", "law affairs", "law commission", {}, "the 'old law commission' office"),
        ("the ‘law affairs’ office", "law affairs", "law commission", {}, "the ‘law commission’ office"),
        ("THE LAW AFFAIR'S OFFICE", "LAW AFFAIR", "legal affairs", {}, "THE LEGAL AFFAIRS' OFFICE"),
        ("the masses’s wishes", "masses", "public", {}, "the public’s wishes"),
        ("the law congress's bill", "law congress", "National People's Congress", {}, "the National People's Congress's bill"),
        ("the Central Committee party office", "party office", "Central Committee office", {}, "the Central Committee office"),
        ("the central committee Central Committee met", "central committee", "CPC Central Committee", {}, "the CPC Central Committee met"),
        ("propaganda work work.", "propaganda work", "publicity work", {}, "publicity work."),
        ("propaganda work work-related", "propaganda work", "publicity work", {}, "publicity work work-related"),
        ("of of law office", "of law office", "of the law office", {}, "of the law office"),
        ("went on on Monday law", "on Monday law", "on Monday", {}, "went on on Monday"),
        ("publicity\n\npropaganda work", "propaganda work", "publicity work", {}, "publicity\n\npublicity work"),
        ("In Sept. masses work began.", "masses work", "public work", {}, "In Sept. public work began."),
        ("“Masses work” is key.", "Masses work", "public work", {}, "“Public work” is key."),
        ("1. Masses work is key.", "Masses work", "public work", {}, "1. Public work is key."),
        ("Second, Masses Work is key.", "Masses Work", "public work", {}, "Second, public work is key."),
        ("the CPC NPC garble met", "CPC NPC", "two bodies", {}, "the two bodies garble met"),
        ("the LAW COMMITTEE met", "LAW COMMITTEE", "law commission", {}, "the LAW COMMISSION met"),
        ("Masses work", "Masses work", "e-CNY pilot", {}, "e-CNY pilot"),
        ("the “two safeguards”", "two safeguards", "Two Upholds", {}, "the “Two Upholds”"),
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
    ("text", "garble", "replacement", "sure"),
    [
        ("the discussion meeting spirit", "meeting spirit", "guiding principles of the meeting", False),  # which meeting?
        ("Pujiang Party Committee secretary Li", "Party Committee secretary", "secretary of the Party committee", False),
        ("Municipal health office", "health office", "office of the health campaign", True),
        ("The Party Committee secretary Li", "Party Committee secretary", "secretary of the Party committee", True),
        ("Henan Department of Propaganda", "Department of Propaganda", "Publicity Department", True),
        ("implement meeting spirit", "meeting spirit", "guiding principles of the meeting", True),
        ("the meeting spirit", "meeting spirit", "guiding principles of the meeting", True),
        ("construction work of political law", "work of political law", "political and legal work", False),
        ("do work of political law", "work of political law", "political and legal work", True),
        ("by a garble.", "garble", "members of the public", False),
        ("these vast masses came", "vast masses", "the public", False),
        ("our vast masses came", "vast masses", "the public", True),
        ("A vast masses meeting was held.", "vast masses", "the public", False),
        ("such a vast masses", "vast masses", "the public", False),
        ("the “vast masses”", "vast masses", "the public", False),
    ],
)  # fmt: skip
def test_what_a_person_has_to_look_at(text, garble, replacement, sure):
    start = text.index(garble)
    assert agree(text, start, start + len(garble), replacement).sure is sure


@pytest.mark.parametrize(
    ("phrase", "plural"),
    [("members of the public", True), ("officials in charge", True), ("police", True), ("Congress", False), ("news", False), ("the Party's line", False), ("status", False), ("", False)],
)  # fmt: skip
def test_plurals(phrase, plural):
    assert is_plural(phrase) is plural


@pytest.mark.parametrize(
    ("word", "tag", "form"),
    [("serve", "ing", "serving"), ("Secretary", "s", "Secretaries"), ("take", "en", "taken"), ("take", "ed", "took"), ("deputy-head", "s", "deputy-heads")],
)
def test_inflection(word, tag, form):
    assert inflections(word)[tag] == form
