"""glossary terms list, search, show, stats, diff, add, import, export and match --export, from the command line."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import TERMS, run

import glossary
from glossary.matching.search import search
from glossary.termbase import csv_file
from glossary.termbase.difference import Change, difference

OWN = ("--no-builtin", "-t", "terms.csv")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    return tmp_path


def lines(done):
    assert b"Traceback" not in done.stderr
    return done.stdout.decode().splitlines()


def test_list(folder):
    done = run(["terms", "list", "--kind", "phrase", *OWN], folder)
    assert lines(done) == ["public\t人民群众\tthe public", "1 concept."]
    (concept,) = json.loads(run(["terms", "list", "--fix", "safe", "--format", "json", *OWN], folder).stdout)
    assert (concept["id"], concept["zh"], concept["path"], concept["line"]) == ("law-commission", ["政法委"], "terms.csv", 2)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("政法委", ["law"]), ("Political and Legal", ["law"]), ("politics and law panel", ["law"]), ("法", ["court", "law"]), ("群眾", ["public"]),
        ("law", ["law", "court"]), ("why", ["public"]), ("nothing", []), ("court-", ["court"]),
    ],
)  # fmt: skip
def test_search(words, found):
    termbase = glossary.TermBase({}).with_concepts(
        [
            glossary.Concept("law", ("政法委",), "Political and Legal Affairs Commission", deprecated=("(politics|political) and law panel",)),
            glossary.Concept("court", ("法院",), "court of law"),
            glossary.Concept("public", ("群众",), "public", note="why: …"),
        ]
    )
    from glossary.matching.cache import matcher_of

    assert [concept.id for concept in search(words, termbase, matcher_of(termbase))] == found


def test_show(folder):
    done = run(["terms", "show", "政法委", *OWN], folder)
    assert "  garble     (politics|political) and law committee  (2 wordings, safe)" in lines(done)
    assert "               politics and law committee -> Political and Legal Affairs Commission" in lines(done)
    (shown,) = json.loads(run(["terms", "show", "public", "--format", "json", *OWN], folder).stdout)
    assert shown["garbles"][0]["wordings"] == {"the broad masses": "the public", "the vast masses": "the public", "broad masses": "the public", "vast masses": "the public"}
    done = run(["terms", "show", "publik", *OWN], folder)
    assert (done.returncode, done.stderr) == (2, b"glossary: there is no concept 'publik'; did you mean 'public'?\n")


def test_stats(folder):
    counts = json.loads(run(["terms", "stats", "--format", "json", *OWN], folder).stdout)
    assert (counts["concepts"], counts["garbles"], counts["wordings"]) == (2, 2, 6)
    assert counts["by"]["fix"] == {"safe": 1, "unsafe": 1}


def test_diff(folder):
    (folder / "new.csv").write_text(TERMS.replace("(broad|vast) masses", "broad masses").replace("law-commission", "commission"), encoding="utf-8")
    done = run(["terms", "diff", "terms.csv", "new.csv"], folder)
    assert done.returncode == 1
    assert lines(done) == [
        "+ commission: 政法委 = Political and Legal Affairs Commission",
        "- law-commission: 政法委 = Political and Legal Affairs Commission",
        "~ public: 人民群众 = the public",
        "    deprecated: - [the] (broad|vast) masses",
        "    deprecated: + [the] broad masses",
        "1 added, 1 removed, 1 changed; 2 concepts before, 2 now.",
    ]
    assert run(["terms", "diff", "new.csv", "new.csv"], folder).returncode == 0


def test_an_order_that_changed_is_a_change():
    old, new = (glossary.TermBase({}).with_concepts([glossary.Concept("a", zh, "word")]) for zh in (("一", "二"), ("二", "一")))
    assert difference(old, new).changed == {"a": [Change("zh", ("一", "二"), ("二", "一"))]}
    assert not any(difference(old, old))


def test_add(folder):
    arguments = ["terms", "add", "terms.csv", "--zh", "村支书", "--preferred", "local Party, secretary", "--fix", "safe"]
    assert lines(run(arguments, folder)) == ["terms.csv: local-party-secretary added"]
    assert (folder / "terms.csv").read_text("utf-8") == TERMS.replace("public,", 'local-party-secretary,村支书,"local Party, secretary",,,safe,\npublic,', 1)
    done = run([*arguments, "--id", "public"], folder)
    assert (done.returncode, done.stderr) == (2, b"glossary: terms.csv:4: id 'public' is taken; choose another\n")
    done = run([*arguments, "--note", "why"], folder)
    assert b"there is no column 'note'" in done.stderr
    done = run(["terms", "add", "terms.csv", "--zh", "村", "--preferred", "village", "--deprecated", "(a"], folder)
    assert done.returncode == 2
    assert b"( is not closed" in done.stderr


IDS = st.lists(st.from_regex(r"[a-d]{1,3}", fullmatch=True), min_size=1, max_size=6, unique=True).map(sorted)


@given(ids=IDS, end=st.sampled_from(["\n", "\r\n"]), bom=st.booleans(), last=st.booleans(), new=st.from_regex(r"[a-d]{4}", fullmatch=True))
def test_adding_leaves_every_other_byte(ids, end, bom, last, new, tmp_path_factory):
    path = tmp_path_factory.mktemp("add") / "t.csv"
    rows = ["zh,id,preferred", *(f'"词\n{key}",{key},"a ""{key}"""' for key in ids)]
    before = (b"\xef\xbb\xbf" if bom else b"") + end.join(rows).encode() + (end.encode() if last else b"")
    path.write_bytes(before)
    after = csv_file.insert(path, {"id": new, "zh": "新", "preferred": "new"})
    row = f"新,{new},new{end}".encode()
    assert after.count(row) == 1
    assert after.replace(row, b"") in (before, before + end.encode())
    path.write_bytes(after)
    assert [concept.id for concept in csv_file.read(path)] == sorted([*ids, new])


def test_adding_makes_the_file_if_there_is_none(tmp_path):
    assert csv_file.insert(tmp_path / "t.csv", {"id": "a", "zh": "词", "preferred": "word"}).decode().splitlines()[1].startswith("a,词,word,")


@pytest.mark.parametrize("format", ["csv", "tsv", "xlsx", "tbx", "utx", "tmx"])
def test_export_and_import(format, folder):
    done = run(["terms", "export", "-o", f"out.{format}", *OWN], folder)
    assert lines(done) == [f"out.{format}: 2 concepts"]
    done = run(["terms", "import", f"out.{format}", "--into", "new.csv", "--no-builtin"], folder)
    assert done.returncode == 0
    assert lines(done)[-1] == "new.csv: 2 added, 0 changes, 0 as they were, 0 conflicts"
    read = list(glossary.load(folder / "new.csv", builtin=False))
    assert [(concept.id, concept.zh, concept.preferred) for concept in read] == [
        ("law-commission", ("政法委",), "Political and Legal Affairs Commission"), ("public", ("人民群众",), "the public"),
    ]  # fmt: skip
    again = run(["terms", "import", f"out.{format}", "--into", "new.csv", "--no-builtin"], folder)
    assert lines(again) == ["new.csv: 0 added, 0 changes, 2 as they were, 0 conflicts"]


def test_import_tells_conflicts_and_dry_run_writes_nothing(folder):
    (folder / "theirs.csv").write_text("id,zh,preferred,authority\nx,政法委,Law Commission,Xinhua\ny,法院,court,\n", encoding="utf-8")
    before = (folder / "terms.csv").read_bytes()
    done = run(["terms", "import", "theirs.csv", "--into", "terms.csv", "--dry-run"], folder)
    assert done.returncode == 1
    assert done.stderr.decode() == "conflict: law-commission: preferred is 'Political and Legal Affairs Commission' here and 'Law Commission' there; ours stays\n"
    assert lines(done)[-1].endswith("nothing is written")
    assert (folder / "terms.csv").read_bytes() == before
    run(["terms", "import", "theirs.csv", "--into", "terms.csv", "--theirs"], folder)
    assert "law-commission,政法委,Law Commission," in (folder / "terms.csv").read_text("utf-8")


def test_import_without_a_target_writes_csv(folder):
    (folder / "theirs.csv").write_text("Chinese,English\n法院,court\n", encoding="utf-8")
    done = run(["terms", "import", "theirs.csv", "--column", "zh=Chinese", "--column", "preferred=English"], folder)
    assert next(csv.DictReader(io.StringIO(done.stdout.decode())))["id"] == "court"
    assert run(["terms", "import", "theirs.csv", "--column", "zh:Chinese"], folder).returncode == 2


def test_export_goes_by_name_where_there_is_no_ending(folder):
    assert run(["terms", "export", "--to", "deepl", "-o", "-", *OWN], folder).stdout.decode() == (
        "政法委\tPolitical and Legal Affairs Commission\n人民群众\tthe public\n"
    )
    assert b"-o - needs --to" in run(["terms", "export", "-o", "-", *OWN], folder).stderr
    assert run(["terms", "export", "-o", "x.doc", *OWN], folder).returncode == 2
    assert run(["terms", "export", "-o", "x.csv", "--select", "none", *OWN], folder).returncode == 2


def test_match_exports_the_glossary_of_an_article(folder):
    (folder / "a.txt").write_text("在政法委，政法委。\n", encoding="utf-8")
    assert run(["terms", "match", "a.txt", "--export", "deepl", *OWN], folder).stdout.decode() == "政法委\tPolitical and Legal Affairs Commission\n"
    run(["terms", "match", "a.txt", "--export", "tbx", "-o", "a.tbx", *OWN], folder)
    assert [concept.id for concept in glossary.load(folder / "a.tbx", builtin=False)] == ["law-commission"]
