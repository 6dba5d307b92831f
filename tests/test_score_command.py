"""glossary score: the contract of its JSON, its formats, its inputs, its report, and what it says when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

import glossary
from glossary.cli.main import cli
from glossary.errors import GlossaryError
from glossary.reports.scores import formats
from glossary.reports.scores.page import Part, marked

TERMS = """id,zh,preferred,deprecated
law-commission,政法委,Political and Legal Affairs Commission,(politics|political) and law committee
housing,住建局,Housing Bureau,housing construction bureau
tentacles,触角,reach,tentacles
"""
HYPOTHESIS = "The politics and law committee met.\nThe <b>housing construction bureau</b> & others spoke.\nIts tentacles grew.\n"
REFERENCE = "The Political and Legal Affairs Commission met.\nThe <b>Housing Bureau</b> & others spoke.\nIts tentacles grew.\n"
SOURCE = "政法委开会。\n住建局发言。\n触角增长。\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("terms.csv", TERMS), ("hyp.txt", HYPOTHESIS), ("ref.txt", REFERENCE), ("zh.txt", SOURCE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli, ["score", *arguments, "--no-builtin", "-t", "terms.csv"])


def data(*arguments):
    result = run(*arguments, "--format", "json", "--samples", "50")
    assert result.exception is None, result.exception
    return json.loads(result.stdout)


def refusal(*arguments):
    error = run(*arguments).exception
    assert isinstance(error, GlossaryError)
    assert "\n" not in str(error)
    return str(error)


def test_json_keeps_its_contract(folder):
    found = data("hyp.txt", "--reference", "ref.txt", "--source", "zh.txt")
    assert found["schema"] == "glossary/score/1"
    assert (found["segments"], found["aligned_by"]) == (3, "lines")
    assert [each["name"] for each in found["metrics"]] == ["BLEU", "chrF2", "TER"]
    for each in found["metrics"]:
        assert each["delta"] == each["after"] - each["before"]
        assert each["better"] == ("lower" if each["name"] == "TER" else "higher")
        assert 0 < each["p_value"] <= 1 and "version:" in each["signature"]
    assert {key: found["terms"][key] for key in ("required", "right_before", "right_after", "right_in_reference")} == {
        "required": 3, "right_before": 0, "right_after": 3, "right_in_reference": 2,
    }  # fmt: skip
    assert {"consistency_before", "consistency_after"} <= set(found["terms"])
    assert {key: found["changed"][key] for key in ("segments", "improved", "unchanged", "harmed")} == {
        "segments": 3, "improved": 2, "unchanged": 0, "harmed": 1,
    }  # fmt: skip
    assert found["changed"]["harmed_segments"][0]["edits"][0]["concept"] == "tentacles"


def test_json_keeps_its_keys_when_nothing_changes_and_nothing_is_required(folder):
    (folder / "a.txt").write_text("Nothing here.", encoding="utf-8")
    found = data("a.txt", "--reference", "a.txt")
    assert [each["p_value"] for each in found["metrics"]] == [None] * 3
    assert found["terms"]["required"] == 0 and found["terms"]["consistency_before"] is None
    assert found["changed"]["segments"] == 0


def test_a_fixed_text_can_be_given_and_several_references(folder):
    (folder / "fixed.txt").write_text(REFERENCE, encoding="utf-8")
    found = data("hyp.txt", "-r", "ref.txt", "-r", "hyp.txt", "--fixed", "fixed.txt", "-m", "bleu", "-m", "chrf++", "--test", "ar")
    assert [(each["name"], each["after"]) for each in found["metrics"]] == [("BLEU", pytest.approx(100)), ("chrF++", pytest.approx(100))]
    assert "nrefs:2|ar:50" in found["metrics"][0]["signature"]


@pytest.mark.parametrize("name", formats.names())
@pytest.mark.parametrize("segments", [(), ("--segments",)])
def test_every_format_reports_every_metric(folder, name, segments):
    result = run("hyp.txt", "-r", "ref.txt", "-s", "zh.txt", "--format", name, "--samples", "20", *segments)
    assert result.exception is None
    assert all(metric in result.stdout for metric in ("BLEU", "chrF2", "TER"))


def test_csv_can_be_read_back_and_latex_and_markdown_are_escaped(folder):
    rows = list(csv.DictReader(io.StringIO(run("hyp.txt", "-r", "ref.txt", "-f", "csv").stdout)))
    assert {row["name"] for row in rows} >= {"BLEU", "chrF2", "TER", "terms right %", "MQM penalty/1,000 words"}
    assert all(float(row["before"]) >= 0 for row in rows)
    segments = list(csv.DictReader(io.StringIO(run("hyp.txt", "-r", "ref.txt", "-f", "csv", "--segments").stdout)))
    assert [row["hypothesis"] for row in segments] == HYPOTHESIS.splitlines()
    latex = run("hyp.txt", "-r", "ref.txt", "-f", "latex").stdout
    assert r"terms right \%" in latex and latex.count(r"\begin{tabular}") == latex.count(r"\end{tabular}") == 1
    assert not re.search(r"(?<!\\)[%](?! )", re.sub(r"(?m)^%.*$", "", latex))


TABLES = {
    "pairs.jsonl": "".join(
        json.dumps({"mt": h, "reference": [r], "source": z, "document": "one"}, ensure_ascii=False) + "\n"
        for h, r, z in zip(HYPOTHESIS.splitlines(), REFERENCE.splitlines(), SOURCE.splitlines(), strict=True)
    ),
    "pairs.tsv": "hypothesis\tref\tsrc\n"
    + "".join(
        f"{h}\t{r}\t{z}\n" for h, r, z in zip(HYPOTHESIS.splitlines(), REFERENCE.splitlines(), SOURCE.splitlines(), strict=True)
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_scores_as_its_texts_do(folder, name):
    (folder / name).write_text(TABLES[name], encoding="utf-8")
    found = data(name)
    expected = data("hyp.txt", "-r", "ref.txt", "-s", "zh.txt")
    assert found["metrics"] == expected["metrics"]
    assert found["terms"] == expected["terms"]


def test_columns_with_other_names_can_be_named(folder):
    (folder / "t.tsv").write_text("machine\tperson\nIts tentacles grew.\tIts reach grew.\n", encoding="utf-8")
    assert data("t.tsv", "--column", "hypothesis=machine", "--column", "reference=person")["metrics"][0]["after"] == pytest.approx(100)


def test_a_folder_is_scored_by_pattern_and_by_name(folder):
    for number in (1, 2):
        (folder / "c" / str(number)).mkdir(parents=True)
        (folder / "r" / str(number)).mkdir(parents=True)
        for path, text in ((f"c/{number}/mt.txt", HYPOTHESIS), (f"c/{number}/human.en.txt", REFERENCE), (f"r/{number}/mt.txt", REFERENCE)):
            (folder / path).write_text(text, encoding="utf-8")
    found = data("c", "--pattern", "*/mt.txt", "-r", "*/human.en.txt")
    assert [(each["document"], each["segments"]) for each in found["documents"]] == [("1/mt.txt", 3), ("2/mt.txt", 3)]
    for number in (1, 2):
        (folder / "c" / str(number) / "human.en.txt").unlink()
    assert data("c", "-r", "r")["metrics"] == found["metrics"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "name the machine translation"),
        (("hyp.txt",), "give a human text with --reference"),
        (("nope.txt", "-r", "ref.txt"), "nope.txt: no such file"),
        (("hyp.txt", "-r", "nope.txt"), "nope.txt: no such file"),
        (("hyp.txt", "-r", "ref.txt", "-m", "meteor"), "there is no metric 'meteor'"),
        (("hyp.txt", "-r", "ref.txt", "--pattern", "*"), "--pattern chooses files of a folder"),
        ((".", "-r", "ref.txt"), "ref.txt: must be a folder"),
        ((".", "--pattern", "*.md", "-r", "*.txt"), "no file fits the pattern"),
        ((".", "--pattern", "h*.txt", "-r", "r*.txt"), "no such file; it belongs to"),
        ((".", "--pattern", "hyp.txt", "-r", "*.txt"), "more stars"),
        (("hyp.txt", "-r", "ref.txt", "--column", "hypothesis"), "like --column hypothesis=mt"),
        (("hyp.txt", "-r", "ref.txt", "--plot", "a.gif"), "a plot is .svg or .png"),
        (("broken.jsonl",), "broken.jsonl:2: not JSON"),
        (("number.jsonl",), "number.jsonl:1: 'reference' must be text"),
        (("columns.tsv",), "no column 'reference'; it has hypothesis, b"),
        (("empty.tsv",), "there are no rows"),
        (("--test-set", "wmt99", "--system", "hyp.txt"), "sacrebleu has no test set 'wmt99'"),
        (("--test-set", "wmt20", "-l", "zh-fr", "--system", "hyp.txt"), "wmt20 has no zh-fr; it has cs-en"),
        (("--test-set", "wmt20"), "needs the output to score"),
        (("hyp.txt", "--test-set", "wmt20", "--system", "hyp.txt"), "name the output once"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(folder, arguments, says):
    (folder / "broken.jsonl").write_text('{"mt": "a", "ref": "b"}\n{"mt": \n', encoding="utf-8")
    (folder / "number.jsonl").write_text('{"mt": "a", "reference": 3}\n', encoding="utf-8")
    (folder / "columns.tsv").write_text("hypothesis\tb\n1\t2\n", encoding="utf-8")
    (folder / "empty.tsv").write_text("hypothesis\treference\n", encoding="utf-8")
    before = sorted(path.name for path in folder.iterdir())
    assert says in refusal(*arguments)
    assert sorted(path.name for path in folder.iterdir()) == before


def process(folder, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "glossary", "score", *arguments, "--no-builtin", "-t", "terms.csv", "--format", "json"],
        cwd=folder, capture_output=True, text=True, timeout=60, env={**os.environ, **environment},
    )  # fmt: skip


def test_a_test_set_is_read_from_sacrebleus_cache(folder):
    cache = folder / "cache" / "wmt20"
    cache.mkdir(parents=True)
    fields = {"src": SOURCE, "ref": REFERENCE, "docid": "d\n" * 3, "genre": "news\n" * 3, "origlang": "zh\n" * 3}
    for field, text in fields.items():
        (cache / f"wmt20.zh-en.{field}").write_text(text, encoding="utf-8")
    result = process(folder, "--test-set", "wmt20", "--langpair", "zh-en", "--system", "hyp.txt", SACREBLEU=str(folder / "cache"))
    assert result.stderr == ""
    found = json.loads(result.stdout)
    assert found["segments"] == 3 and found["terms"]["required"] == 3
    (folder / "short.txt").write_text("One line.\n", encoding="utf-8")
    result = process(folder, "--test-set", "wmt20", "--system", "short.txt", SACREBLEU=str(folder / "cache"))
    assert (result.returncode, result.stderr) == (2, "glossary: short.txt: has 1 lines, but wmt20/zh-en has 3 segments\n")


def test_without_a_network_a_missing_test_set_is_told_in_one_line(folder):
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    result = process(folder, "--test-set", "wmt20", "--system", "hyp.txt", SACREBLEU=str(folder / "none"), no_proxy="", **nowhere)
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1 and "cannot be fetched" in result.stderr


class Page(HTMLParser):
    """Collects what a browser would load, the ids, and the tags that stay open."""

    void = frozenset("meta link input br img path use rect".split())

    def __init__(self):
        super().__init__()
        self.loaded, self.ids, self.open, self.tags = [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name in ("src", "href", "xlink:href", "action", "data") and not (value or "").startswith("#"):
                self.loaded.append((tag, value))
            if name == "id" and "svg" not in self.open:
                self.ids.append(value)
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.void:
            assert self.open.pop() == tag


def test_the_report_is_one_page_that_loads_nothing_and_escapes_its_texts(folder):
    result = run("hyp.txt", "-r", "ref.txt", "-s", "zh.txt", "--report", "out.html", "--plot", "out.svg", "--samples", "20")
    assert result.exception is None
    text = (folder / "out.html").read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.loaded == [] and page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert page.tags.count("svg") == 3
    assert "url(http" not in text and "@import" not in text
    assert "b" not in page.tags[page.tags.index("main") :] and "&lt;b&gt;" in text
    assert "#0a0b0" not in text  # every marker colour became a variable of the page
    assert text.count('<article class="segment"') == 3
    assert b"<svg" in (folder / "out.svg").read_bytes()


def test_a_plot_can_be_png(folder):
    assert run("hyp.txt", "-r", "ref.txt", "--plot", "out.png").exception is None
    assert (folder / "out.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("first", "second", "left", "right"),
    [
        ("a b c", "a x c", [("a ", False), ("b", True), (" c", False)], [("a ", False), ("x", True), (" c", False)]),
        ("p q r", "x y r", [("p q", True), (" r", False)], [("x y", True), (" r", False)]),
        ("same", "same", [("same", False)], [("same", False)]),
        ("", "new", [], [("new", True)]),
        (
            "the party's big one, and they met the press",
            "the guiding rules of the press, and they met the press",
            [("the ", False), ("party's big one", True), (", and they met the press", False)],
            [("the ", False), ("guiding rules of the press", True), (", and they met the press", False)],
        ),
    ],
)
def test_differences_are_marked_by_whole_words(first, second, left, right):
    assert marked(first, second) == ([Part(*part) for part in left], [Part(*part) for part in right])


def container(path, *segments, format="xliff"):
    """A document as container formats make it: segments by name, perhaps with their source."""
    from glossary.documents.document import Document, Piece, Segment

    found = tuple(Segment(text, (Piece(0, 0, len(text)),), name, source) for name, text, source in segments)
    return Document(path, "\n".join(each.text for each in found), found, lambda edits: b"", format)


def test_segments_of_containers_are_matched_by_name_and_bring_their_source():
    documents = {
        "hyp": container("hyp", ("a", "One.", "一。"), ("b", "Two.", "二。")),
        "ref": container("ref", ("b", "Two!", None), ("a", "One!", None)),
    }
    [article] = glossary.read_articles("hyp", ["ref"], None, None, read=documents.__getitem__)
    assert (article.hypothesis, article.references, article.source) == (["One.", "Two."], [["One!", "Two!"]], ["一。", "二。"])


def test_containers_without_common_names_are_aligned_as_texts():
    documents = {
        "hyp": container("hyp", (None, "One.", None), (None, "Two.", None), format="docx"),
        "ref": container("ref", (None, "One two.", None), format="docx"),
    }
    [article] = glossary.read_articles("hyp", ["ref"], None, None, read=documents.__getitem__)
    assert (article.hypothesis, article.references) == ("One.\n\nTwo.", ["One two."])
