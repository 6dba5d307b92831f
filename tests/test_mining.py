"""Mining: what editors change comes back as a candidate for the concept it belongs to."""

import json

import pytest
from conftest import ROOT, make_termbase
from test_cli import TERMS, run

import glossary
from glossary.findings import Origin
from glossary.mining import Texts, mine
from glossary.text import fold

TRIPLES = sorted((ROOT / "corpora").glob("[0-9]*"))


def texts(folder):
    names = ("hypothesis.en.txt", "reference.en.txt", "source.zh.txt")
    return Texts(*((folder / name).read_text("utf-8") for name in names))


TERMBASE = glossary.TermBase({}).with_concepts(
    [
        glossary.Concept("law", ("政法委",), "Political and Legal Affairs Commission", deprecated=("politics and law committee",)),
        glossary.Concept("public", ("群众",), "the public"),
    ]
)
PAIRS = [
    ("Secretary of the political science and law committee came.", "Secretary of the Political and Legal Affairs Commission came.", "政法委书记来了。"),
    ("He went into the masses of crowd today.", "He went into the public today.", "他今天深入群众。"),
    ("He is of the politics and law committee.", "He is of the Political and Legal Affairs Commission.", "他是政法委的。"),
]


@pytest.mark.parametrize("with_source", [True, False])
def test_a_new_wording_comes_back_with_its_concept(with_source):
    hypothesis, edited, source = ("\n".join(lines) for lines in zip(*PAIRS, strict=True))
    found = mine([Texts(hypothesis, edited, source if with_source else None)], TERMBASE)
    assert [(c.wording, c.concept, c.zh, c.edited, c.times, c.in_source) for c in found if c.concept] == [
        ("masses of crowd", "public", "群众", "the public", 1, int(with_source)),
        ("political science and law committee", "law", "政法委", "Political and Legal Affairs Commission", 1, int(with_source)),
    ]
    assert "went into the masses of crowd today" in found[0].contexts[0]


def test_the_source_says_that_another_concept_is_meant():
    hypothesis, edited, _ = PAIRS[0]
    assert not mine([Texts(hypothesis, edited, "他来了。")], TERMBASE)


def test_wordings_of_no_concept_are_told_when_they_come_again():
    line = "They came {} yesterday."
    pairs = Texts("\n".join([line.format("in the depth scene")] * 2), "\n".join([line.format("to the site")] * 2))
    (found,) = mine([pairs], make_termbase())
    assert (found.wording, found.concept, found.edited, found.times) == ("depth scene", None, "site", 2)
    assert not mine([pairs], make_termbase(), least_unknown=3)


def test_what_is_approved_is_no_candidate():
    termbase = make_termbase(("a", "Law Commission"), ("b", "legal office"))
    assert not mine([Texts("The legal office met.\n", "The Law Commission met.\n")], termbase)


def test_what_was_planted_comes_back(termbase, matcher):
    """With every garble taken out of the term base, mining the triples finds those again that it had listed there."""
    listed = termbase.with_concepts(concept._replace(deprecated=()) for concept in termbase)
    bare = glossary.TermBase(listed.concepts, listed.slots, listed.guards)
    triples = [texts(folder) for folder in TRIPLES]
    planted = set()
    for each in triples:
        for hypothesis, edited in zip(each.hypothesis.splitlines(), each.edited.splitlines(), strict=True):
            for match in matcher.matches(hypothesis):
                entry = match.entries[0]
                if match.origin is Origin.LISTED and entry.replacement in edited:
                    planted.add((entry.concept.id, fold(hypothesis[match.start : match.end])))
    mined = {(candidate.concept, candidate.wording) for candidate in mine(triples, bare)}
    back = {(key, text) for key, text in planted if any(found == key and (text in wording or wording in text) for found, wording in mined)}
    assert len(planted) > 40
    assert len(back) > 0.45 * len(planted)


def test_the_command(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    for name, lines in zip(("mt", "edited", "zh"), zip(*PAIRS, strict=True), strict=True):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    arguments = ["mine", "mt", "edited", "--source", "zh", "--no-builtin", "-t", "terms.csv"]
    done = run(arguments, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "political science and law committee -> Political and Legal Affairs Commission   [law-commission 政法委; 1×, 1 with its Chinese" in done.stdout.decode()
    (tmp_path / "mined.csv").write_bytes(run([*arguments, "--format", "csv"], tmp_path).stdout)
    run(["terms", "import", "mined.csv", "--into", "terms.csv", "--no-builtin"], tmp_path)
    assert json.loads(run([*arguments, "--format", "json"], tmp_path).stdout) == []
    (tmp_path / "edited" / "a.txt").unlink()
    done = run(arguments, tmp_path)
    assert (done.returncode, done.stderr) == (2, b"glossary: edited/a.txt: no such file; it belongs to mt/a.txt\n")


def test_candidates_are_accepted_one_by_one(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "mt.txt").write_text(PAIRS[0][0] + "\nThe politics science and law committee met.\n", encoding="utf-8")
    (tmp_path / "ed.txt").write_text(PAIRS[0][1] + "\nThe Political and Legal Affairs Commission met.\n", encoding="utf-8")
    done = run(["mine", "mt.txt", "ed.txt", "--into", "ours.csv", "--no-builtin", "-t", "terms.csv"], tmp_path, b"y\nn\n")
    assert done.returncode == 0, done.stderr
    (concept,) = glossary.load(tmp_path / "ours.csv", builtin=False)
    assert concept.deprecated == ("(politics|political) and law committee", "political science and law committee")
