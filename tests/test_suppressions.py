"""Markers silence what they name, by lines, in any comment syntax; those of no use are found."""

import pytest
from conftest import make_termbase

import glossary

GARBLE = "the vast masses"
OTHER = "political and law committee"


@pytest.fixture(scope="module")
def termbase():
    return make_termbase(("public", "the public", GARBLE), ("law", "Political and Legal Affairs Commission", OTHER))


def found(text, termbase, **settings):
    return [(f.concept or f.rule, text.count("\n", 0, f.start) + 1) for f in glossary.check(text, termbase, settings=glossary.Settings(**settings))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"x {GARBLE} [glossary: ignore]\n{GARBLE}\n", [("public", 2)]),
        (f"x {GARBLE} [glossary:ignore]\n", []),
        (f"x {GARBLE} glossary: ignore\n", []),
        (f"x {GARBLE} <!-- glossary: ignore -->\n", []),
        (f"x {GARBLE} <!-- glossary: ignore -- as the minister said -->\n", []),
        (f"x {GARBLE} % glossary: ignore[public]\n", []),
        (f"x {GARBLE} # glossary: ignore[deprecated-term]\n", []),
        (f"x {GARBLE} /* glossary: ignore[law, public] */ {OTHER}\n", []),
        (f"x {GARBLE}, {OTHER} [glossary: ignore[law]]\n", [("public", 1)]),
        (f"<!-- glossary: ignore -->\n{GARBLE}\n{GARBLE}\n", [("public", 3)]),
        (f"- item\n\n  <!-- glossary: ignore -->\n\n* **{GARBLE}**\n", []),
        (f"| a |\n|---|\n| {GARBLE} <!-- glossary: ignore --> |\n| {GARBLE} |\n", [("public", 4)]),
        (f"// glossary: ignore-next-line[public]\n{GARBLE}\n", []),
        (f"text glossary: ignore-next-line\n{GARBLE}\n{GARBLE}\n", [("public", 3)]),
        (f"{GARBLE}\n<!-- glossary: ignore-begin -->\n{GARBLE}\n\n{GARBLE}\n<!-- glossary: ignore-end -->\n{GARBLE}\n", [("public", 1), ("public", 7)]),
        (f"<!-- glossary: ignore-begin[law] -->\n{GARBLE} {OTHER}\n", [("public", 2)]),
        (f"{GARBLE}\n{OTHER}\n\nglossary: ignore-file\n", []),
        (f"{GARBLE}\n{OTHER}\n\nglossary: ignore-file[law]\n", [("public", 1)]),
        (f"x the vast\nmasses [glossary: ignore]\r\n{GARBLE}", [("public", 3)]),
        (f"See the glossary: ignore the rest. {GARBLE}\n", [("public", 1)]),
        (f"my-glossary: ignore\n{GARBLE}\n", [("public", 2)]),
        ("nothing [glossary: ignore]\n", [("unused-suppression", 1)]),
        (f"{GARBLE} [glossary: ignore[public, law]]\n", [("unused-suppression", 1)]),
        ("<!-- glossary: ignore-next-line -->\n", [("unused-suppression", 1)]),
        (f"[glossary: ignore[{OTHER}]]\n", [("unused-suppression", 1)]),
    ],
)
def test_markers(text, expected, termbase):
    assert found(text, termbase) == expected


def test_markers_can_be_left_unheeded(termbase):
    assert found(f"{GARBLE} [glossary: ignore]\n", termbase, suppressions=False) == [("public", 1)]


def test_what_is_not_looked_for_is_not_called_unused(termbase):
    text = f"{GARBLE} [glossary: ignore[public]]\n{OTHER} [glossary: ignore]\n"
    assert found(text, termbase, select=("law",)) == []
    assert found(text, termbase, ignore=("public",)) == []


@pytest.mark.parametrize("before", ["", f"{OTHER} and ", f"{OTHER}\n\n{OTHER}\n"])
def test_fix_leaves_alone_what_is_silenced(before, termbase):
    silent = f"{before.splitlines()[-1] if before.endswith(' ') else ''}{GARBLE} [glossary: ignore[public]]"
    text = f"{before}{GARBLE} [glossary: ignore[public]]\n\n{GARBLE}\n"
    fixed = glossary.fix(text, termbase).after
    assert fixed == text.replace(OTHER, "Political and Legal Affairs Commission").replace(f"\n\n{GARBLE}\n", "\n\nthe public\n"), silent
    assert glossary.fix(fixed, termbase).after == fixed


def test_markers_in_markdown_comments_are_heeded(termbase):
    document = glossary.parse_document(f"# Title\n\n<!-- glossary: ignore -->\n**{GARBLE}**\n\n{GARBLE}\n".encode(), "a.md")
    assert [f.start for f in glossary.check_document(document, termbase)] == [document.text.rindex(GARBLE)]
