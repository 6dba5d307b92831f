"""Fixing, with yardsticks from outside: replayed edits, disjoint spans, lengths, untouched text, and fixing twice."""

from functools import cache

import pytest
from conftest import make_termbase
from hypothesis import given, settings
from hypothesis import strategies as st

import glossary
from glossary.edits import Edit, replay
from glossary.findings import Safety
from glossary.fixer import compose
from glossary.matching.compiler import compile_termbase
from glossary.matching.matcher import Matcher

WORDS = ["law", "party", "the", "a", "public", "work", "mass", "line", "of", "Xi"]
phrase = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
GAPS = [" ", "  ", "\r\n", "\n\n", "\t", ", ", ". ", ' "', "” ", "-"]
article = st.lists(st.tuples(st.sampled_from([*WORDS, "LAW", "Mass", "宣传", "𝒳"]), st.sampled_from(GAPS)), max_size=30).map(
    lambda parts: "This is English all the same, whatever follows; " * 3 + "".join(word + gap for word, gap in parts)
)
entries = st.lists(st.tuples(phrase, phrase, st.sampled_from(["safe", "unsafe"])), min_size=1, max_size=6)


def matcher_of(rows):
    return Matcher(
        compile_termbase(
            make_termbase(
                *((f"c-{n}", f"{preferred} ok", f"{garble} [work]") for n, (preferred, garble, _) in enumerate(rows)),
            ).with_concepts([])
        )
    )


@cache
def builtin():
    return glossary.matcher_from_files()


def check_revision(revision):
    at = 0
    parts = []
    for edit in revision.applied:
        assert at <= edit.start <= edit.end <= len(revision.before)
        assert revision.before[edit.start : edit.end] == edit.before
        parts += [revision.before[at : edit.start], edit.after]
        at = edit.end
    assert "".join(parts) + revision.before[at:] == revision.after
    assert len(revision.after) - len(revision.before) == sum(len(e.after) - len(e.before) for e in revision.applied)


@given(entries, article, st.booleans())
def test_a_revision_is_its_edits_and_fixing_twice_changes_nothing(rows, text, unsafe):
    matcher = matcher_of(rows)
    settings = glossary.Settings(unsafe=unsafe)
    revision = glossary.fix(text, matcher, settings=settings)
    check_revision(revision)
    again = glossary.fix(revision.after, matcher, settings=settings)
    assert again.after == revision.after
    skipped = {(item.edit.before) for item in again.skipped}
    left = [f for f in glossary.check(revision.after, matcher) if f.safety == "safe" and len(f.replacements) == 1]
    assert all(f.text in skipped for f in left)


@given(article)
def test_the_builtin_term_base_too(text):
    matcher = builtin()
    revision = glossary.fix(text, matcher)
    check_revision(revision)
    assert glossary.fix(revision.after, matcher).after == revision.after


@given(entries, st.lists(article, min_size=1, max_size=3), st.booleans(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_neither_the_order_of_concepts_nor_of_files_matters(rows, texts, unsafe, chance):
    wanted = glossary.Settings(unsafe=unsafe)
    rows = [(f"c-{n}", f"{preferred} ok", f"{garble} [work]") for n, (preferred, garble, _) in enumerate(rows)]
    files = [(f"{n}.md", text) for n, text in enumerate(texts)]

    def revisions(rows, files):
        matcher = Matcher(compile_termbase(make_termbase(*rows)))
        return {path: glossary.fix_document(glossary.parse_document(text.encode(), path), matcher, wanted) for path, text in files}

    assert revisions(chance.sample(rows, len(rows)), chance.sample(files, len(files))) == revisions(rows, files)


def test_the_order_of_term_files_does_not_matter(tmp_path):
    """Concepts that share garbles, hold one another's and bring one another about; ids do not clash."""
    files = {
        "one": ["a,词,good law,the law [office],safe", "b,字,public work,mass [work],safe"],
        "two": ["c,文,fine law,law office,safe", "d,书,mass line,of the mass line,unsafe"],
    }
    paths = []
    for name, lines in files.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text("\n".join(["id,zh,preferred,deprecated,fix", *lines]), encoding="utf-8")
    text = "English all the same: the law office, mass work of the mass line, a law office and the mass."
    for unsafe in (False, True):
        wanted = glossary.Settings(unsafe=unsafe)
        one, other = (glossary.fix(text, glossary.matcher_from_files(*order, builtin=False), settings=wanted) for order in (paths, paths[::-1]))
        assert one == other
        assert one.changed


def test_a_chain_of_concepts_settles_and_a_circle_is_left_out():
    chain = Matcher(compile_termbase(make_termbase(("a", "second one", "first one"), ("b", "third one", "x second one"))))
    assert glossary.fix("x first one.", chain).after == "third one."
    circle = Matcher(compile_termbase(make_termbase(("a", "x second one", "first one"), ("b", "first one now", "x second"))))
    once = glossary.fix("the first one.", circle)
    assert glossary.fix(once.after, circle).after == once.after
    check_revision(once)


spans = st.lists(st.integers(0, 20), max_size=8, unique=True).map(sorted)


def edits_of(text, places, words):
    places = places[: len(places) // 2 * 2]
    pairs = [(a, b) for a, b in zip(places[::2], places[1::2], strict=True) if b <= len(text)]
    return [Edit(a, b, text[a:b], word, Safety.SAFE, "r") for (a, b), word in zip(pairs, words, strict=False)]


@given(st.text("abc", min_size=20, max_size=20), spans, spans, st.lists(st.text("xyz", max_size=4), min_size=8, max_size=8))
def test_composed_edits_do_what_both_do(text, first, second, words):
    before = edits_of(text, first, words[:4])
    middle = replay(text, before)
    after = edits_of(middle, second, words[4:])
    assert replay(text, compose(before, after, text)) == replay(middle, after)


@pytest.mark.parametrize(
    ("data", "fixed"),
    [
        (b"\xef\xbb\xbfthe law office\r\nnext\r\n", b"\xef\xbb\xbfthe statute\r\nnext\r\n"),
        ("the law office".encode("utf-16"), "the statute".encode("utf-16")),
        (b"law office\tx\rlaw\n  office", b"statute\tx\rstatute"),
        ("é law office 宣传 𝒳".encode(), "é statute 宣传 𝒳".encode()),
        (b"law office\n\n\n", b"statute\n\n\n"),
        (b"", b""),
    ],
)
def test_bytes_outside_the_edits_stay(data, fixed):
    document = glossary.parse_document(data, "x.txt")
    matcher = Matcher(compile_termbase(make_termbase(("b", "statute", "law office"))))
    revision = glossary.fix_document(document, matcher)
    assert document.write(list(revision.applied)) == fixed
    assert document.write([]) == data


def test_what_is_skipped_says_why():
    matcher = Matcher(
        compile_termbase(make_termbase(("a", "good", "bad one ?"), ("b", "fine", "worse one"), ("c", "better", "worse one")))
    )
    revision = glossary.fix("bad one, worse one", matcher)
    assert revision.applied == ()
    assert [item.reason for item in revision.skipped] == [
        "unsafe: look at it, or use --unsafe",
        "there is more than one replacement; choose one",
    ]
    assert glossary.fix("bad one", matcher, settings=glossary.Settings(unsafe=True)).after == "good"


def test_quotations_can_be_left_alone():
    matcher = Matcher(compile_termbase(make_termbase(("b", "statute", "law office"))))
    text = 'He said "we all went to the law office again". The "law office" is new.'
    kept = glossary.fix(text, matcher, settings=glossary.Settings(quotations=False)).after
    assert kept == 'He said "we all went to the law office again". The "statute" is new.'


def test_rules_and_concepts_can_be_selected_and_ignored():
    matcher = Matcher(compile_termbase(make_termbase(("a", "good", "bad one"), ("b", "fine", "worse one"))))
    text = "bad one, worse one"
    assert [f.concept for f in glossary.check(text, matcher, settings=glossary.Settings(select=("a",)))] == ["a"]
    assert [f.concept for f in glossary.check(text, matcher, settings=glossary.Settings(ignore=("a",)))] == ["b"]
    assert glossary.check(text, matcher, settings=glossary.Settings(ignore=("deprecated-term",))) == []


CONGRESS = {
    "id": "npc", "preferred": "National People's Congress", "admitted": ("NPC",), "short": "NPC", "kind": "organisation",
    "deprecated": ("national people congress", "all people's big meeting"),
}  # fmt: skip


def shortener():
    return Matcher(compile_termbase(make_termbase().with_concepts([glossary.Concept(zh=("全国人大",), **CONGRESS)])))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The National People Congress met. A deputy to national people congress spoke.", "The National People's Congress met. A deputy to the NPC spoke."),
        ("The National People’s\nCongress met. The national people congress closed.", "The National People’s\nCongress met. The NPC closed."),
        ("The NPC met. The national people congress closed.", "The NPC met. The National People's Congress closed."),
        (
            "The National People's Congress met. She is a national people congress deputy.",
            "The National People's Congress met. She is an NPC deputy.",
        ),
        (
            "National People Congress deputies met. National People Congress's law, the all people's big meeting.",
            "National People's Congress deputies met. NPC's law, the NPC.",
        ),
    ],
)
def test_later_mentions_take_the_short_form_when_asked_for(text, expected):
    settings = glossary.Settings(short_forms=True)
    revision = glossary.fix(text, shortener(), settings=settings)
    check_revision(revision)
    assert revision.after == expected
    assert glossary.fix(expected, shortener(), settings=settings).after == expected
    assert "NPC" in text or "NPC" not in glossary.fix(text, shortener()).after


def test_a_full_form_in_an_earlier_paragraph_counts(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# All national people congress news\n\nThe *national people congress* met.\n")
    document = glossary.read_document(path)
    revision = glossary.fix_document(document, shortener(), glossary.Settings(short_forms=True))
    assert revision.after == "# All National People's Congress news\n\nThe *NPC* met.\n"


def test_the_built_in_term_files_know_short_forms():
    text = "The Central Commission for Discipline Inspection met. He told the central commission of discipline inspection."
    assert glossary.fix(text, builtin()).after.count("CCDI") == 0
    assert glossary.fix(text, builtin(), settings=glossary.Settings(short_forms=True)).after.endswith("He told the CCDI.")
