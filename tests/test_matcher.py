"""The matcher against a naive search that shares no code with it but the spelling of a pattern's words."""

import pickle
import re

import pytest
from conftest import make_termbase
from hypothesis import given
from hypothesis import strategies as st

from glossary.matching.automaton import Automaton
from glossary.matching.compiler import compile_termbase
from glossary.matching.index import Index
from glossary.matching.matcher import Matcher
from glossary.matching.overlaps import resolve
from glossary.termbase.concept import Concept
from glossary.termbase.forms import approved_forms, garbled_forms
from glossary.termbase.termbase import Piece, Slot, TermBase

BLANK = "[\\s\u00a0“”\"-]+"


def matcher_of(*rows, **more):
    return Matcher(compile_termbase(make_termbase(*rows, **more)))


def spans(matcher, text):
    return [(match.start, match.end, match.entries[0].concept.id) for match in matcher.matches(text)]


def as_regex(wording):
    words = [re.escape(word).replace("'", "['’]") for word in wording.split()]
    return re.compile(r"(?<![^\W_])(?<!\w-)" + BLANK.join(words) + r"(?![^\W_])(?!-\w)", re.I)


def naive(termbase, text):
    """All wordings tried one by one; shields, then longest, leftmost."""
    approved = {form for concept in termbase for form in approved_forms(concept, termbase)}
    folded = {" ".join(form.lower().replace("-", " ").split()) for form in approved}
    shields = [m.span() for form in approved for m in as_regex(form.replace("-", " ")).finditer(text)]
    shields = [(low - 4 if re.search("the[ \\n\u00a0]$", text[:low].lower()) else low, high) for low, high in shields]
    found = {}
    for concept in termbase:
        for form in garbled_forms(concept, termbase):
            if form.text in folded:
                continue
            pattern = as_regex(form.text)
            at = 0
            while match := pattern.search(text, at):
                length = len(" ".join(re.split(BLANK, match.group())))
                found.setdefault(match.span(), (length, concept.id))
                at = match.start() + 1
    kept = []
    for (start, end), (_, _concept) in sorted(found.items(), key=lambda item: (-item[1][0], item[0])):
        if any(low <= start and end <= high for low, high in shields):
            continue
        if all(end <= low or high <= start for low, high in kept):
            kept.append((start, end))
    return sorted(kept)


WORDS = ["law", "party", "the", "public", "of", "security", "work", "and", "people's", "mass", "line"]
phrase = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
choice = st.lists(phrase, min_size=1, max_size=3).map(lambda options: f"({'|'.join(options)})")
optional = phrase.map(lambda words: f"[{words}]")
notation = st.tuples(phrase, st.lists(st.one_of(phrase, choice, optional), max_size=3)).map(lambda parts: " ".join([parts[0], *parts[1]]))
GAPS = [" ", "  ", "\n", "\u00a0", "-", " -", ", ", ". ", ' "', "” ", "—"]
article = st.lists(st.tuples(st.sampled_from([*WORDS, "people’s", "PARTY", "Law", "lawn"]), st.sampled_from(GAPS)), max_size=24).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


@given(st.lists(st.tuples(phrase, notation), min_size=1, max_size=6), article)
def test_equal_to_a_naive_search(entries, text):
    rows = [(f"c-{number}", f"approved {preferred}", garble) for number, (preferred, garble) in enumerate(entries)]
    termbase = make_termbase(*rows)
    assert [(start, end) for start, end, _ in spans(Matcher(compile_termbase(termbase)), text)] == naive(termbase, text)


@given(st.lists(st.tuples(phrase, notation), min_size=1, max_size=4), article)
def test_shields_equal_to_a_naive_search(entries, text):
    rows = [(f"c-{number}", preferred + " line", garble + " work") for number, (preferred, garble) in enumerate(entries)]
    termbase = make_termbase(*rows)
    assert [(start, end) for start, end, _ in spans(Matcher(compile_termbase(termbase)), text)] == naive(termbase, text)


@given(st.lists(phrase, min_size=1, max_size=8, unique=True), article)
def test_the_order_of_concepts_does_not_matter(garbles, text):
    rows = [(f"c-{number}", "good", garble) for number, garble in enumerate(garbles)]
    assert spans(matcher_of(*rows), text) == spans(matcher_of(*reversed(rows)), text)


@given(st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=20, unique=True), st.text("abc", max_size=40))
def test_both_engines_find_the_same(patterns, text):
    from glossary.matching.automaton import _ahocorasick

    encoded = [pattern.encode() for pattern in patterns]
    expected = sorted(
        (at, at + len(pattern), number)
        for number, pattern in enumerate(patterns)
        for at in range(len(text))
        if text.startswith(pattern, at)
    )
    assert sorted(Automaton.build(encoded).find(text.encode())) == expected
    assert sorted(_ahocorasick(encoded)(text.encode())) == expected


@given(st.lists(st.text("ab .'é", min_size=1, max_size=6).map(str.strip).filter(bool), max_size=20, unique=True), st.text("ab .'é", max_size=60))
def test_the_index_finds_what_stands_between_edges_of_words(strings, text):
    encoded, data = [string.encode("latin-1") for string in strings], text.encode("latin-1")
    expected = sorted(
        (match.start(), match.end(), number)
        for number, string in enumerate(strings)
        for match in (re.compile(re.escape(string)).match(text, at) for at in range(len(text)))
        if match and not text[match.start() - 1 : match.start()].isalnum() and not text[match.end() : match.end() + 1].isalnum()
    )
    assert sorted(Index.of(encoded).find(data)) == expected


def test_short_and_long_texts_have_the_same_matches():
    matcher = matcher_of(("c-1", "public security authorities", "(police|public) security (organ|organs) [of] [the] (party|side)"))
    text = "The public security organs of the party met. "
    found = spans(matcher, text)
    assert found
    assert [match.start for match in matcher.matches(text * 1000)] == [found[0][0] + len(text) * at for at in range(1000)]
    assert spans(matcher, text) == found


RICH = "(a|b|c|d|e) (mass|crowd|people) (line|route|path) [of] [the] (party|side) (work~|task~)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the b crowd route of the party works went", "b crowd route of the party works"),
        ("A mass\nline  party tasks.", "A mass\nline  party tasks"),
        ("xa mass line party work", None),
        ("a mass line party workshop", None),
        ("a mass line, party work", None),
        ("non-a mass line party work", None),
    ],
)
def test_rich_patterns_are_read_around_an_anchor(text, expected):
    matcher = matcher_of(("rich", "good job~", RICH))
    found = matcher.matches(text)
    assert [text[m.start : m.end] for m in found] == ([expected] if expected else [])
    if found and expected.endswith("s"):
        assert found[0].entries[0].replacement == "good jobs"


def test_an_approved_form_shields_what_lies_within():
    matcher = matcher_of(("a", "party law office", "bad law office"), ("b", "statute", "law office"))
    assert spans(matcher, "the party law office and a law office") == [(27, 37, "b")]


@pytest.mark.parametrize(
    "text",
    ["see https://example.com/law-office/x", "mail law office@example.com", "path/law office/x/y", "law\n\noffice", "by-law office", "law office-bound"],
)
def test_never_in_addresses_or_across_paragraphs(text):
    assert matcher_of(("b", "statute", "law office")).matches(text) == []


def test_chinese_beside_a_match_does_not_hide_it():
    assert spans(matcher_of(("b", "statute", "law office")), "政法law office宣传") == [(2, 12, "b")]


def test_two_concepts_with_one_garble_offer_both():
    (match,) = matcher_of(("a", "good", "law office"), ("b", "better", "law office")).matches("law office")
    assert {entry.replacement for entry in match.entries} == {"good", "better"}


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("The central committee law office met.", True),
        ("The law office of Vietnam met.", False),
        ("It rained. The law office met.\n\nVietnam won.", False),
        ("It rained in Wuhan. The law office met.\n\nVietnam won.", True),
        ("Vietnam won. The law office met.", False),
        ("Vietnam won in Beijing. The law office met.", True),
        ("The law office of vietnam noodles met.", True),
    ],
)
def test_foreign_bodies_are_left_alone(text, fires):
    assert bool(matcher_of(("b", "statute", "law office"), unless=("@foreign",)).matches(text)) is fires


def test_only_if():
    matcher = matcher_of(("b", "statute", "law office"), only_if=("county", "Henan"))
    assert not matcher.matches("The law office met.")
    assert matcher.matches("The county's law office met.")
    assert matcher.matches("In Henan, the law office met.")


def test_a_guard_of_several_words_may_begin_with_a_possessive():
    matcher = matcher_of(("b", "statute", "law office"), unless=("people's congress", "women’s day"))
    assert matcher.matches("The people met, and the law office met.")
    assert not matcher.matches("The People’s Congress met, and the law office met.")


def test_overlaps_ask_the_best_first_and_leave_room_for_the_next():
    long, short, after = (0, 10, 0), (0, 4, 0), (8, 12, 1)
    assert resolve([short, long, after], [], lambda c: c) == [long]
    assert resolve([short, long, after], [], lambda c: c if c != long else None) == [short, after]
    assert resolve([(0, 4, 1), (0, 4, 0)], [], lambda c: c) == [(0, 4, 0)]
    assert resolve([long], [(0, 3), (0, 12), (1, 2)], lambda c: c) == []


def test_a_matcher_can_be_sent_to_another_process(matcher):
    text = "He joined the politics and law committee."
    assert pickle.loads(pickle.dumps(matcher)).matches(text) == matcher.matches(text) != []


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("Mass acid detection began.", "核酸检测"),
        ("The original antigen detection began.", "抗原检测"),
        ("The county detection office opened.", "县检测办"),
        ("Detection work goes on.", "抗原检测"),  # neither term fits better: the first
    ],
)
def test_a_match_names_the_chinese_that_it_renders(text, zh):
    lexicon = {
        "核酸": Piece("核酸", "noun", ("mass acid",), ()), "抗原": Piece("抗原", "noun", ("original antigen",), ()),
        "检测": Piece("检测", "noun", ("detection",), ()),
    }  # fmt: skip
    slots = {"level": Slot("level", (("县", "county", ()), ("市", "municipal", ("city",))))}
    concepts = [
        Concept("test", ("抗原检测", "核酸检测"), "testing", deprecated=("mass acid detection", "original antigen detection", "detection work")),
        Concept("office", ("<level>检测办",), "<level> testing office", deprecated=("<level> detection office",)),
    ]
    matcher = Matcher(compile_termbase(TermBase({each.id: each for each in concepts}, slots, {}, lexicon)))
    assert [match.entries[0].zh for match in matcher.matches(text)] == [zh]
