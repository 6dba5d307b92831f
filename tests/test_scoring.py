"""Scores: equal to sacrebleu's own, additive, aligned honestly, and terms by hand-worked figures."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys

import pytest
from conftest import make_termbase
from hypothesis import example, given
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.metrics.lib_ter import translation_edit_rate
from sacrebleu.significance import PairedTest

import glossary
from glossary import alignment
from glossary.detectors.rules import rules
from glossary.errors import UsageError
from glossary.scoring import significance
from glossary.scoring.edit_rate import edit_rate
from glossary.scoring.metrics import METRICS
from glossary.scoring.quality import RESOURCE, TYPES
from glossary.scoring.terms import ApprovedMatcher, Occurrence, assigned

THEIRS = {"BLEU": BLEU, "chrF2": CHRF, "chrF++": lambda: CHRF(word_order=2), "TER": TER}
NAMES = tuple(THEIRS)
VOCABULARY = "the county police bureau held a publicity meeting on safety work and party building in the city today".split()


def corpus(size=45, references=1, seed=3):
    """Random hypotheses, fixed texts of which a third differ, and references, with moved blocks and an empty line."""
    random_ = random.Random(seed)
    columns = [[], [], *([] for _ in range(references))]
    for number in range(size):
        words = random_.choices(VOCABULARY, k=random_.randint(3, 15))
        cut = random_.randint(0, len(words))
        moved = words[cut:] + words[:cut] if random_.random() < 0.3 else list(words)
        noisy = [random_.choice(VOCABULARY) if random_.random() < 0.3 else word for word in moved]
        fixed = list(noisy)
        if number % 3 == 0:
            fixed[random_.randrange(len(fixed))] = random_.choice(words)
        texts = [noisy, fixed, *([random_.choice(VOCABULARY) if random_.random() < 0.1 else w for w in words] for _ in range(references))]
        for column, text in zip(columns, texts, strict=True):
            column.append(" ".join(text).capitalize() + ".")
    columns[0][5] = columns[1][5] = ""
    return columns[0], columns[1], columns[2:]


def scored(hypothesis, reference, fixed=None, **options):
    return glossary.score(hypothesis, reference, fixed, termbase=options.pop("termbase", make_termbase()), metrics=NAMES, **options)


@pytest.mark.parametrize("references", [1, 3])
def test_scores_are_sacrebleus_to_the_last_digit(references):
    hypothesis, fixed, texts = corpus(references=references)
    for each in scored(hypothesis, texts, fixed, test=None).metrics:
        theirs = THEIRS[each.name]()
        assert each.before == theirs.corpus_score(hypothesis, texts).score
        assert each.after == theirs.corpus_score(fixed, texts).score
        assert each.signature == str(theirs.get_signature())


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_scores_of_files_are_those_of_sacrebleus_command(tmp_path, ending):
    hypothesis, _fixed, [reference] = corpus()
    paths = []
    for name, column in (("hyp", hypothesis), ("ref", reference)):
        paths.append(tmp_path / name)
        paths[-1].write_bytes((ending.join(column) + ending).encode())
    command = [sys.executable, "-m", "sacrebleu", str(paths[1]), "-i", str(paths[0]), "-m", "bleu", "chrf", "ter", "-w", "12", "-b", "-f", "text"]
    theirs = [float(line) for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()]
    texts = [path.read_bytes().decode() for path in paths]
    scores = glossary.score(texts[0], texts[1], texts[0], termbase=make_termbase())
    assert scores.aligned_by == "lines"
    assert [round(each.before, 12) for each in scores.metrics] == theirs


@pytest.mark.parametrize("test", ["bs", "ar"])
@pytest.mark.parametrize("cells", [4_000_000, 45 * 32])
def test_paired_tests_are_sacrebleus_draw_for_draw(test, cells, monkeypatch):
    monkeypatch.setattr(significance, "_CELLS", cells)
    hypothesis, fixed, texts = corpus()
    signatures, theirs = PairedTest(
        [("before", hypothesis), ("after", fixed)], {name: make() for name, make in THEIRS.items()}, texts, test_type=test, n_samples=100
    )()
    theirs["chrF++"], signatures["chrF++"] = theirs["chrF2++"], signatures["chrF2++"]
    scores = scored(hypothesis, texts, fixed, test=test, samples=100)
    for each in scores.metrics:
        before, after = theirs[each.name]
        assert each.p_value == after.p_value
        assert each.signature == str(signatures[each.name])
        if test == "bs":
            assert each.interval_before == (before.mean, before.ci)
            assert each.interval_after == (after.mean, after.ci)


def test_a_fix_that_changes_nothing_is_not_significant_and_one_row_is_not_tested():
    hypothesis, _, texts = corpus(10)
    assert {each.p_value for each in scored(hypothesis, texts, hypothesis).metrics} == {1.0}
    assert {each.p_value for each in scored(hypothesis[:1], [texts[0][:1]], hypothesis[:1]).metrics} == {None}


@given(st.lists(st.sampled_from("abcdef"), max_size=14), st.lists(st.sampled_from("abcdef"), max_size=14))
@example(list("abcdefgh" * 8), list("hgfedcba" * 4))
@example(list("abcdefghijkl" * 6), list("x" * 50 + "abcdefghijkl"))
@example([str(n) for n in range(70)], [str(n) for n in (*range(40, 70), *range(40))])
@example([str(n) for n in range(30)], [str(n) for n in range(90, 0, -1)])
def test_edit_rate_counts_as_sacrebleu_does(words, reference):
    found = edit_rate(words, [reference])
    assert (found.edits, found.length) == translation_edit_rate(list(words), reference)
    assert all(0 <= place < len(reference) for place in found.errors)
    assert len(found.errors) <= found.edits


def test_segment_scores_are_sacrebleus_sentence_scores():
    hypothesis, fixed, texts = corpus(12)
    scores = scored(hypothesis, texts, fixed, test=None)
    for name in NAMES:
        theirs = BLEU(effective_order=True) if name == "BLEU" else THEIRS[name]()
        expected = [theirs.sentence_score(text, [reference]).score for text, reference in zip(fixed, texts[0], strict=True)]
        assert [after for _, after in scores.segment_scores(name)] == expected


def test_shards_joined_give_the_score_of_one_run_and_jobs_change_nothing():
    hypothesis, fixed, [reference] = corpus(210)
    whole = scored(hypothesis, [reference], fixed, samples=50)
    parts = [scored(hypothesis[a:b], [reference[a:b]], fixed[a:b], samples=50) for a, b in ((0, 70), (70, 71), (71, 210))]
    assert glossary.Scores.joined(parts).to_dict(rows=True) == whole.to_dict(rows=True)
    seen = []
    spread = scored(hypothesis, [reference], fixed, samples=50, jobs=2, progress=lambda done, total: seen.append((done, total)))
    assert spread.to_dict(rows=True) == whole.to_dict(rows=True)
    assert seen[-1][0] == seen[-1][1] and [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_changed_rows_alone_score_as_a_corpus_of_them():
    hypothesis, fixed, [reference] = corpus()
    scores = scored(hypothesis, [reference], fixed)
    pairs = [(h, f, r) for h, f, r in zip(hypothesis, fixed, reference, strict=True) if h != f]
    alone = scored([h for h, _, _ in pairs], [[r for _, _, r in pairs]], [f for _, f, _ in pairs])
    assert scores.only_changed().metrics == alone.metrics


TERMS = glossary.TermBase(
    {
        concept.id: concept
        for concept in (
            glossary.Concept("commission", ("政法委", "政法委员会"), "Political and Legal Affairs Commission", ("PLAC",)),
            glossary.Concept("housing", ("住建局",), "Housing Bureau"),
            glossary.Concept("serve", ("服务大局",), "serve~ the overall interests"),
        )
    }
)
# worked out by hand in docs/scoring.md
SOURCE = ["政法委和住建局开会。", "政法委开会。"]
REFERENCE = ["The Political and Legal Affairs Commission and the Housing Bureau met.", "The PLAC met."]
HYPOTHESIS = ["The politics and law committee and the Housing Bureau met.", "The PLAC met."]


@pytest.mark.parametrize("source", [SOURCE, None])
def test_term_figures_are_those_worked_out_by_hand(source):
    terms = glossary.score(HYPOTHESIS, REFERENCE, REFERENCE, source=source, termbase=TERMS).term_scores
    assert (terms.required, terms.right_before, terms.right_after, terms.right_in_reference) == (3, 2, 3, 3)
    assert (terms.agreed_before, terms.agreed_after) == (2, 3)
    assert (terms.consistency_before, terms.consistency_after, terms.consistency_in_reference) == (0.5, 0.5, 0.5)
    assert terms.window_overlap_before == pytest.approx(2 / 3)
    assert terms.window_overlap_after == 1
    assert terms.one_minus_term_before == pytest.approx(1 - 8 / 14)
    assert terms.one_minus_term_after == 1


def test_concepts_that_the_reference_words_otherwise_come_first():
    scores = glossary.score(
        ["Housing Bureau and PLAC"], ["PLAC and the building office"], ["Housing Bureau"], source=["政法委和住建局"], termbase=TERMS
    )
    assert scores.term_concepts() == [("housing", 1, 1, 1, 0), ("commission", 1, 1, 0, 1)]
    assert (scores.term_scores.agreed_before, scores.term_scores.agreed_after) == (1, 0)


def test_the_ceiling_takes_the_references_wording_at_terms_and_nowhere_else():
    reference = ["The PLAC met and agreed."]
    hypothesis = ["The politics committee met all agreed."]
    scores = glossary.score(hypothesis, reference, hypothesis, source=["政法委"], termbase=TERMS, ceiling=True)
    expected = BLEU().corpus_score(["The PLAC met all agreed."], [reference]).score
    assert scores.ceiling()["BLEU"] == expected


@pytest.mark.parametrize(
    ("text", "right", "surface"),
    [
        ("The Housing Bureau met.", 1, 1),
        ("the HOUSING bureau met", 1, 1),
        ("Both Housing Bureaus met.", 1, 0),
        ("The Housing Bureau's head spoke.", 1, 1),
        ("The Greenhousing Bureau met.", 0, 0),
        ("The Bureau of Housing met.", 0, 0),
        ("", 0, 0),
    ],
)  # fmt: skip
def test_a_term_counts_in_any_case_and_form_on_word_boundaries(text, right, surface):
    scores = glossary.score([text], ["The Housing Bureau met."], [text], source=["住建局开会。"], termbase=TERMS)
    assert (scores.term_scores.right_before, scores.term_scores.surface_before) == (right, surface)


def test_an_inflected_verb_counts_as_inflected():
    scores = glossary.score(["It served the overall interests."], ["x"], ["x"], source=["服务大局"], termbase=TERMS)
    assert (scores.term_scores.right_before, scores.term_scores.surface_before) == (1, 0)


def test_one_wording_answers_to_one_requirement_only():
    scores = glossary.score(["The PLAC met the PLAC."], ["x"], ["The PLAC met."], source=["政法委、政法委、政法委"], termbase=TERMS)
    assert (scores.term_scores.required, scores.term_scores.right_before, scores.term_scores.right_after) == (3, 2, 1)


def test_without_requirements_shares_are_none():
    terms = glossary.score(["a b"], ["a b"], ["a b"], termbase=TERMS).term_scores
    assert terms.required == 0
    assert terms.consistency_before is None and terms.window_overlap_before is None


@given(st.lists(st.frozensets(st.sampled_from("abc"), min_size=1), max_size=5), st.lists(st.sampled_from("abc"), max_size=5))
def test_as_many_requirements_as_possible_are_met(required, found):
    from itertools import permutations

    from glossary.scoring.terms import Form

    occurrences = [Occurrence(n, n + 1, (Form(name, 0, True),)) for n, name in enumerate(found)]
    met = [each for each in assigned(required, occurrences) if each is not None]
    assert len(met) == len(set(met))
    padded = [*found, *[None] * len(required)]
    best = max(
        (sum(name in need for need, name in zip(required, order, strict=False) if name) for order in permutations(padded, len(required))),
        default=0,
    )
    assert len(met) == best


def test_the_longest_approved_wording_is_taken():
    base = TERMS.with_concepts([glossary.Concept("bureau", ("局",), "Bureau")])
    found = ApprovedMatcher(base).occurrences("The Housing Bureau and the Bureau")
    assert [(each.start, each.end, each.forms[0].concept) for each in found] == [(4, 18, "housing"), (27, 33, "bureau")]


def test_term_figures_do_not_rest_on_the_findings():
    base = make_termbase(("police", "police publicity work", "public security propaganda work"))
    scores = glossary.score(["The public security propaganda work is good."], ["Publicity by the police is good."], termbase=base)
    assert scores.rows[0].fixed == "The police publicity work is good."
    assert scores.term_scores.required == 0  # neither source nor reference has the term: the fix cannot vouch for itself


def test_harm_movement_and_quality_of_a_good_and_a_bad_entry():
    base = make_termbase(("good", "county police", "county public security"), ("bad", "reach", "tentacles"), ("idle", "x y z", "z y x"))
    scores = glossary.score(
        ["The county public security met.", "Its tentacles grew.", "Nothing here."],
        ["The county police met.", "Its tentacles grew.", "Nothing here."],
        termbase=base,
    )
    harm = scores.harm()
    assert (harm.improved, harm.unchanged, harm.harmed) == ([0], [], [1])
    assert [(each.name, each.fired, each.applied, each.toward, each.away) for each in scores.moved_concepts()] == [
        ("bad", 1, 1, 0, 1),
        ("good", 1, 1, 1, 0),
    ]
    [rule] = scores.rules()
    assert (rule.name, rule.applied, rule.toward, rule.away) == ("deprecated-term", 2, 1, 1)
    found = scores.qualities()
    # two errors, each major (5 points), in 10 words; the fixed text has none; the reference keeps the tentacles
    assert [found[name].weight for name in ("before", "after", "reference")] == [10, 0, 5]
    assert found["before"].rate == pytest.approx(1000 * 10 / 10)
    assert {issue.type for issue in found["before"].counts} == {RESOURCE}
    assert scores.dead_concepts() == ["idle"]
    data = scores.to_dict()
    assert data["changed"]["segments"] == 2 and data["changed"]["harmed"] == 1
    [harmed] = data["changed"]["harmed_segments"]
    assert harmed["segment"] == 2 and harmed["edits"][0]["concept"] == "bad" and harmed["edits"][0]["gain"] < 0


def test_edits_of_a_given_fixed_text_take_their_names_from_the_findings():
    base = make_termbase(("good", "county police", "county public security"))
    scores = glossary.score(["The county public security meets in town."], ["x"], ["The county police meets in cities."], termbase=base)
    assert {(edit.rule, edit.concept) for edit in scores.rows[0].edits} == {("deprecated-term", "good"), ("given", None)}
    for row in scores.rows:
        assert all(row.hypothesis[edit.start : edit.end] == edit.before for edit in row.edits)


@pytest.mark.parametrize(
    ("hypothesis", "reference", "by", "rows"),
    [
        ("A one b.\nTwo c.\n", "A one.\nTwo.", "lines", [("A one b.", "A one."), ("Two c.", "Two.")]),
        ("A b.\n\nTwo c.\n", "A one.\n\nTwo.\n", "lines", [("A b.", "A one."), ("", ""), ("Two c.", "Two.")]),
        ("A b.\nTwo c.\n", "A one.\n\n\nTwo.\n", "lines", [("A b.", "A one."), ("Two c.", "Two.")]),
        (
            "The police met today.\nThe mayor spoke of safety.\n\nFarmers harvested wheat early.",
            "The police met today. The mayor spoke about safety.\n\nFarmers brought in the wheat early.",
            "paragraphs",
            [
                ("The police met today. The mayor spoke of safety.", "The police met today. The mayor spoke about safety."),
                ("Farmers harvested wheat early.", "Farmers brought in the wheat early."),
            ],
        ),
        (
            "The police met today. The mayor spoke of safety. Farmers harvested wheat early.",
            "The police met today.\nThe mayor spoke about safety.\nFarmers brought in wheat early.",
            "sentences",
            [
                ("The police met today.", "The police met today."),
                ("The mayor spoke of safety.", "The mayor spoke about safety."),
                ("Farmers harvested wheat early.", "Farmers brought in wheat early."),
            ],
        ),
        ("Alpha beta gamma.\nDelta.", "Epsilon zeta eta.", "document", [("Alpha beta gamma. Delta.", "Epsilon zeta eta.")]),
    ],
)
def test_texts_are_aligned_by_the_first_units_that_fit(hypothesis, reference, by, rows):
    scores = glossary.score(hypothesis, reference, hypothesis, termbase=make_termbase())
    assert scores.aligned_by == by
    assert [(row.hypothesis, row.references[0]) for row in scores.rows] == rows


def test_lines_that_slipped_are_not_compared_one_by_one_though_their_counts_agree():
    lines = [f"The {word} committee discussed {word} matters with {word} officials." for word in ("water", "forest", "school", "road")]
    hypothesis = "\n".join([lines[0] + " " + lines[1], lines[2], lines[3], "Editor: Li."])
    scores = glossary.score(hypothesis, "\n".join(lines), hypothesis, termbase=make_termbase())
    assert scores.aligned_by == "paragraphs"
    assert next((row.hypothesis, row.references[0]) for row in scores.rows) == (lines[0] + " " + lines[1],) * 2
    assert scores.notes[0] == "row 1: paragraphs 1-2 of the reference, 1 of the hypothesis, 1 of the fixed text"
    forced = glossary.score(hypothesis, "\n".join(lines), hypothesis, termbase=make_termbase(), by="lines")
    assert forced.aligned_by == "lines" and len(forced.rows) == 4


def test_nothing_is_lost_in_alignment():
    paragraphs = [f"Paragraph {n} tells of {word} and more {word}." for n, word in enumerate("wheat rice maize soy cotton tea".split())]
    reference = "\n\n".join(paragraphs)
    hypothesis = "\n\n".join(["An extra opening that nobody has.", *paragraphs[:2], paragraphs[2] + " " + paragraphs[3], *paragraphs[4:]])
    scores = glossary.score(hypothesis, reference, hypothesis, source="".join(f"第{n}段。\n\n" for n in range(6)), termbase=make_termbase())
    assert " ".join(row.hypothesis for row in scores.rows).split() == hypothesis.split()
    assert " ".join(row.references[0] for row in scores.rows).split() == reference.split()
    assert len(scores.rows) == 5 and len(scores.notes) == 2


def test_the_fixed_text_follows_the_hypothesis_through_a_term_that_runs_over_a_line():
    base = make_termbase(("good", "county police", "county public security"))
    scores = glossary.score("The county public\nsecurity met.\n", "The county police\nmet.\n", termbase=base)
    assert [row.fixed for row in scores.rows] == ["The county police", " met."]
    assert [len(row.edits) for row in scores.rows] == [1, 1]  # what is left of the edit is told as a difference


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: glossary.score("", "", termbase=make_termbase()), "nothing to score"),
        (lambda: glossary.score(["a"], ["a", "b"], termbase=make_termbase()), "1, 2 segments"),
        (lambda: glossary.score("a\nb", "a", termbase=make_termbase(), by="lines"), "1, 2 lines"),
        (lambda: glossary.score("a", ["a"], ["a"], termbase=make_termbase()), "lists of segments"),
        (lambda: glossary.score("a", "a", "a", termbase=make_termbase(), metrics=("METEOR",)), "known are BLEU"),
        (lambda: glossary.score("a", [], "a", termbase=make_termbase()), "no reference"),
    ],
)
def test_what_cannot_be_scored_is_told_in_one_line(call, says):
    with pytest.raises(UsageError, match=says) as caught:
        call()
    assert "\n" not in str(caught.value)


def test_every_metric_of_the_table_has_a_yardstick():
    assert {metric.name for metric in METRICS} == set(THEIRS)


@given(st.text("ab. \n\r“中。", max_size=80))
def test_units_cover_a_text(text):
    for split in (alignment.lines, alignment.paragraphs, alignment.sentences):
        spans = split(text)
        assert all(low <= high for low, high in spans)
        assert all(high <= low for (_, high), (low, _) in itertools.pairwise(spans))
        assert "".join("".join(text[slice(*span)].split()) for span in spans) == "".join(text.split())


def test_every_rule_with_an_mqm_type_of_its_own_exists():
    assert set(TYPES) - {"missing-term"} <= set(rules())


def test_a_frame_is_scored_row_by_row_and_left_as_it_is():
    import pandas as pd

    frame = pd.DataFrame({"mt": HYPOTHESIS, "human": REFERENCE, "zh": SOURCE, "article": ["a", "b"]}, index=["x", "y"])
    before = frame.copy()
    result = glossary.score_frame(frame, "mt", "human", source="zh", document="article", termbase=TERMS)
    pd.testing.assert_frame_equal(frame, before)
    assert list(result.index) == ["x", "y"]
    assert list(result.columns) == ["fixed", *(f"{name}_{when}" for name in ("BLEU", "chrF2", "TER") for when in ("before", "after", "delta"))]
    assert result.loc["y", "TER_after"] == 0
    assert result.attrs["scores"]["schema"] == "glossary/score/1"
    with pytest.raises(UsageError, match="no column 'nope'"):
        glossary.score_frame(frame, "nope", "human", termbase=TERMS)
