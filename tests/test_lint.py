"""The linter: every rule has a term file that breaks it, at the place it names, and one that does not."""

import csv
import io
import re

import pytest
from test_cli import run

import glossary
from glossary.linting.rules import RULES
from glossary.termbase.concept import COLUMNS

GOOD = {"zh": "政法委", "preferred": "Political and Legal Affairs Commission", "authority": "Xinhua", "fix": "safe"}
OTHER = {"id": "zz", "zh": "群众", "preferred": "public", "authority": "house"}

# rule, severity, the text that is marked, rows
CASES = [
    ("id", "error", "Bad Id", [{"id": "Bad Id"}]),
    ("id", "error", "a", [{"id": "a"}, {"id": "a", "zh": "群众", "preferred": "public"}]),
    ("empty", "error", "a", [{"id": "a", "zh": ""}]),
    ("value", "error", "sure", [{"id": "a", "fix": "sure"}]),
    ("value", "error", "body", [{"id": "a", "kind": "body"}]),
    ("value", "error", "soon", [{"id": "a", "until": "soon"}]),
    ("notation", "error", "(law commitee", [{"id": "a", "deprecated": "(law commitee"}]),
    ("unsorted", "warning", "a", [{"id": "b"}, {"id": "a", "zh": "群众", "preferred": "public"}]),
    ("chinese", "warning", "law", [{"id": "a", "zh": "law"}]),
    ("chinese", "warning", "群眾", [{"id": "a", "zh": "群眾"}]),
    ("chinese", "warning", "群众", [{"id": "a", "zh": "群众;群众"}]),
    ("chinese-twice", "error", "政法委", [{"id": "a"}, OTHER | {"zh": "政法委"}]),
    ("chinese-twice", "error", "群眾", [{"id": "a", "zh": "群众"}, OTHER | {"zh": "群眾"}]),
    ("no-authority", "warning", "a", [{"id": "a", "authority": ""}]),
    ("no-note", "info", "a", [{"id": "a", "fix": "none"}]),
    ("expired", "warning", "2018", [{"id": "a", "until": "2018"}]),
    ("expired", "info", "2018", [{"id": "a", "until": "2018", "note": "now the other one"}]),
    ("expired", "error", "2018", [{"id": "a", "since": "2020", "until": "2018"}]),
    ("same-form", "warning", "one thing", [{"id": "a", "preferred": "one thing", "admitted": "one thing"}]),
    ("same-form", "warning", "One thing", [{"id": "a", "preferred": "one thing", "short": "One thing"}]),
    ("slot", "warning", "OT", [{"id": "a", "preferred": "one thing~", "short": "OT"}]),
    ("same-form", "info", "One-Thing", [{"id": "a", "preferred": "one thing", "admitted": "One-Thing"}]),
    ("own-form", "error", "political legal office", [{"id": "a", "admitted": "political legal office", "deprecated": "political legal office"}]),
    ("own-form", "info", "law (panel|group)", [{"id": "a", "admitted": "law panel", "deprecated": "law (panel|group)"}]),
    ("garble-approved", "error", "law panel", [{"id": "a", "deprecated": "law panel"}, OTHER | {"admitted": "law panel"}]),
    ("garble-approved", "warning", "law (panel|group)", [{"id": "a", "deprecated": "law (panel|group)"}, OTHER | {"admitted": "Law-Panel"}]),
    ("claimed-twice", "error", "law (panel|group)", [{"id": "a", "deprecated": "law (panel|group)"}, OTHER | {"deprecated": "[big] law panel"}]),
    ("redundant", "warning", "law panel", [{"id": "a", "deprecated": "law panel;law (panel|group)"}]),
    ("two-replacements", "warning", "law panel -> law office", [{"id": "a", "deprecated": "law panel -> law office;law (panel|group)"}]),
    ("no-change", "error", "law (panel|group) -> law group", [{"id": "a", "deprecated": "law (panel|group) -> law group"}]),
    ("replacement-flagged", "error", "law panel -> mass group", [{"id": "a", "deprecated": "law panel -> mass group"}, OTHER | {"deprecated": "mass group"}]),
    ("replacement-flagged", "error", "panel law -> big panel law", [{"id": "a", "deprecated": "panel law -> big panel law"}]),
    ("replacement-flagged", "warning", "law panel -> mass group", [{"id": "a", "deprecated": "law panel -> mass group"}, OTHER | {"deprecated": "mass group ?"}]),
    ("eats-word", "warning", "unify thoughts [and] -> build consensus", [{"id": "a", "deprecated": "unify thoughts [and] -> build consensus"}]),
    ("eats-word", "warning", "[to] pursue law -> enforce the law", [{"id": "a", "deprecated": "[to] pursue law -> enforce the law"}]),
    ("eats-word", "info", "the mass law -> law", [{"id": "a", "deprecated": "the mass law -> law"}]),
    ("unreachable", "warning", "“-”", [{"id": "a", "deprecated": "“-”"}]),
    ("inflection", "warning", "law panel~ -> law office", [{"id": "a", "deprecated": "law panel~ -> law office"}]),
    ("slot", "warning", "<level> law panel", [{"id": "a", "deprecated": "<level> law panel"}]),
    ("guard", "error", "@mars", [{"id": "a", "unless": "@mars"}]),
    ("common-english", "error", "work", [{"id": "a", "deprecated": "work"}]),
    ("common-english", "error", "(under|over) the", [{"id": "a", "deprecated": "(under|over) the"}]),
    ("common-english", "warning", "lawpanel", [{"id": "a", "deprecated": "lawpanel"}]),
]  # fmt: skip

SILENT = [
    ("eats-word", [{"id": "a", "deprecated": "[the] law panel -> law office;progress of -> advance in;study and -> learning and"}]),
    ("eats-word", [{"id": "a", "deprecated": "on-line law -> online law office;laws and ->"}]),
    ("eats-word", [{"id": "a", "deprecated": "law (ping an|yi an)"}]),
    ("inflection", [{"id": "a", "deprecated": "law panel~ -> law office~"}]),
    ("slot", [{"id": "a", "deprecated": "<level> law panel -> <Level> Law Office"}]),
    ("common-english", [{"id": "a", "deprecated": "lawpanel", "unless": "Vietnam"}]),
    ("common-english", [{"id": "a", "deprecated": "(zhengfawei|ha'erbin)"}]),
    ("claimed-twice", [{"id": "a", "deprecated": "law panel"}, OTHER | {"deprecated": "law panel group"}]),
    ("no-change", [{"id": "a", "deprecated": "law (panel|group) -> law office"}]),
    ("expired", [{"id": "a", "until": "2918"}]),
]


def write(path, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(GOOD | row for row in rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def findings(path, **more):
    return [finding for file in glossary.lint(path, builtin=False, **more) for finding in file.findings]


@pytest.mark.parametrize(("rule", "severity", "text", "rows"), CASES, ids=[f"{case[0]}-{number}" for number, case in enumerate(CASES)])
def test_each_mistake_is_found_at_its_place(rule, severity, text, rows, tmp_path):
    found = [finding for finding in findings(write(tmp_path / "terms.csv", rows)) if finding.rule == rule]
    assert [(finding.severity.value, finding.text) for finding in found] == [(severity, text)]


@pytest.mark.parametrize(("rule", "rows"), SILENT, ids=[f"{case[0]}-{number}" for number, case in enumerate(SILENT)])
def test_what_is_right_is_not_flagged(rule, rows, tmp_path):
    assert rule not in {finding.rule for finding in findings(write(tmp_path / "terms.csv", rows))}


def test_every_rule_has_a_case():
    elsewhere = {"file", "column", "row", "example", "no-example"}
    assert {case[0] for case in CASES} | elsewhere == set(RULES)


def test_a_mistake_does_not_hide_the_next(tmp_path):
    rows = [{"id": f"Bad {number}", "fix": "sure"} for number in range(30)]
    assert len(findings(write(tmp_path / "terms.csv", rows))) == 60


def test_pairs_of_common_words(tmp_path):
    pytest.importorskip("wordsegment")
    found = findings(write(tmp_path / "terms.csv", [{"id": "a", "deprecated": "spirit of;law masses"}]))
    assert [(f.rule, f.text) for f in found if f.rule == "common-english"] == [("common-english", "spirit of")]


def test_columns_and_rows_and_files(tmp_path):
    path = tmp_path / "terms.csv"
    path.write_text("id,zh,prefered\na,政法委,b\n", encoding="utf-8")
    assert [(f.rule, f.text) for f in findings(path)] == [("column", "i"), ("column", "prefered")]
    path.write_text("id,zh,preferred\na,政法委,b,c\n", encoding="utf-8")
    assert [f.rule for f in findings(path)] == ["row"]
    path.write_bytes("id,zh,preferred\na,政法委,b\n".encode("gb18030"))
    assert [f.rule for f in findings(path)] == ["file"]
    with pytest.raises(glossary.TermBaseError, match="no such file"):
        glossary.lint(tmp_path / "none.csv")


def test_the_whole_term_base_is_looked_at_but_only_the_named_files_are_reported(tmp_path):
    context = write(tmp_path / "context.csv", [OTHER | {"deprecated": "mass group", "authority": ""}])
    path = write(tmp_path / "terms.csv", [{"id": "a", "deprecated": "mass group"}])
    files = glossary.lint(path, termbases=[context], builtin=False)
    assert [(file.path, [f.rule for f in file.findings]) for file in files] == [(str(path), ["claimed-twice"])]
    assert "context.csv:2" in files[0].findings[0].message


def test_a_rich_garble_is_looked_at_without_being_spelled_out(tmp_path):
    many = " ".join(f"({'|'.join(f'w{place}x{option}' for option in range(9))})" for place in range(12))
    path = write(tmp_path / "terms.csv", [{"id": "a", "deprecated": many}, OTHER | {"deprecated": " ".join(f"w{place}x3" for place in range(12))}])
    assert [f.rule for f in findings(path)] == ["claimed-twice"]


EXAMPLES = """concept,before,after
a,He joined the law panel.,He joined the Political and Legal Affairs Commission.
,The law panels of Vietnam met.,The law panels of Vietnam met.
a,The law panel met.,The law office met.
a,The law group met.,The Political and Legal Affairs Commission met.
none,The law panel met.,The law office met.
,The law panel met.,The law panel met.
"""


def test_examples_are_tried(tmp_path):
    write(tmp_path / "terms.csv", [{"id": "a", "deprecated": "law panel"}, OTHER | {"deprecated": "law masses", "fix": "safe"}])
    (tmp_path / "examples.csv").write_text(EXAMPLES, encoding="utf-8")
    terms, examples = glossary.lint(tmp_path, builtin=False)
    assert [(f.rule, f.concept) for f in terms.findings] == [("no-example", "zz")]
    assert [(examples.text[: f.start].count("\n") + 1, f.rule) for f in examples.findings] == [(line, "example") for line in (4, 5, 6, 7)]
    messages = [f.message for f in examples.findings]
    assert "instead of “The law office met.”" in messages[0]
    assert "nothing is changed" in messages[1]
    assert "no concept 'none'" in messages[2]
    assert "nothing may be found" in messages[3]


def test_the_command(tmp_path):
    write(tmp_path / "terms.csv", [{"id": "a", "deprecated": "law panel~ -> law office"}])
    done = run(["terms", "lint", "terms.csv", "--no-builtin"], tmp_path)
    assert done.returncode == 1
    assert re.search(rb"^terms.csv:2:\d+: warning: inflection\[a\]$", done.stdout, re.M)
    assert run(["terms", "lint", "terms.csv", "--no-builtin", "--ignore", "inflection"], tmp_path).returncode == 0
    done = run(["terms", "lint", "none.csv"], tmp_path)
    assert (done.returncode, done.stderr) == (2, b"glossary: none.csv: no such file or folder\n")
