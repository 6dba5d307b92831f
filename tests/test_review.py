"""`glossary review` on a real pseudo-terminal, the edit log, and the way back."""

import json
import os
import random
import re
import select
import sys
import time
from itertools import pairwise

import pytest
from conftest import make_termbase
from hypothesis import example, given
from hypothesis import strategies as st
from test_documents import FORMATS

import glossary
from glossary.editlog import _applied, _difference

pty = pytest.importorskip("pty")

TERMS = """id,zh,preferred,deprecated,kind,fix,authority
commission,政法委,Political and Legal Affairs Commission,(politics|political) and law committee,organisation,safe,Xinhua
public,人民群众,the public,[the] (broad|vast) masses,phrase,unsafe,house
"""
TEXT = "The politics and law committee met. It served the vast masses.\r\n\r\nA man of the political and law committee saw the broad masses."
PROMPT = b"? help > "
NEW_TEXT = b"new text: "


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "glossary.toml").write_text("# ours\nbuiltin = false\ntermbases = ['terms.csv']\n", encoding="utf-8")
    return tmp_path


def type_in(folder, keys, *arguments, ahead=False):
    """Run the review in a terminal and press keys, each when it is asked for; what was shown and the exit code."""
    arguments = arguments or ("a.txt",)
    process, terminal = pty.fork()
    if not process:
        os.chdir(folder)
        os.environ.update(TERM="dumb", NO_COLOR="1", COLUMNS="100")
        os.execv(sys.executable, [sys.executable, "-m", "glossary", "review", *arguments])
    shown, seen, pending = b"", 0, list(keys)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                new = os.read(terminal, 65536)
            except OSError:
                break
            if not new:
                break
            shown += new
        asked = len(re.findall(re.escape(PROMPT) + b"|" + re.escape(NEW_TEXT), shown))
        while pending and asked > seen:
            seen += 1 if not ahead else asked
            for key in pending if ahead else pending[:1]:
                os.write(terminal, key)
            pending = [] if ahead else pending[1:]
            break
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    assert not pending, shown.decode()
    assert b"Traceback" not in shown
    return shown.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(status)


def content(folder, name="a.txt"):
    return (folder / name).read_bytes().decode()


def log(folder, name="a.txt"):
    return [json.loads(line) for line in (folder / f"{name}.glossary-log").read_text("utf-8").splitlines()]


def test_accept_choose_edit_skip_and_the_way_back(folder):
    shown, code = type_in(folder, [b"a", b"e", b"\x15all people\r", b"s", b"1"])
    assert code == 0
    assert "1/4  a.txt:1:5  error  deprecated-term[commission]" in shown
    assert "The [[politics and law committee]] met." in shown
    assert "3 corrections, 1 left as they are" in shown
    after = "The Political and Legal Affairs Commission met. It served all people.\r\n\r\nA man of the political and law committee saw the public."
    assert content(folder) == after
    assert [r.get("action", r["event"]) for r in log(folder)] == ["opened", "accept", "edit", "skip", "accept", "written"]
    assert glossary.revert(str(folder / "a.txt")) == 1
    assert content(folder) == TEXT
    with pytest.raises(glossary.UsageError, match="nothing to take back"):
        glossary.revert(str(folder / "a.txt"))


def test_always_and_undo(folder):
    shown, _ = type_in(folder, [b"s", b"u", b"l", b"u", b"l", b"x", b"?", b"l"])
    assert shown.count("(1 more alike)") == 3
    assert "there is no key 'x'" in shown
    assert "accept the first replacement" in shown
    assert content(folder) == "The Political and Legal Affairs Commission met. It served the public.\r\n\r\nA man of the Political and Legal Affairs Commission saw the public."


def test_all_safe_ones_at_once(folder):
    shown, _ = type_in(folder, [b"s", b"u", b"f", b"u", b"f", b"s", b"s"])
    assert shown.count("2 safe corrections accepted") == 2
    assert content(folder) == TEXT.replace("politics and law committee", "Political and Legal Affairs Commission").replace("political and law committee", "Political and Legal Affairs Commission")


def test_never_goes_on_the_ignore_list(folder):
    shown, _ = type_in(folder, [b"n", b"s", b"s"])
    assert "n never this term" in shown
    assert "never: commission goes on the ignore list (1 more alike)" in shown
    assert "glossary.toml: ignores commission from now on" in shown
    assert content(folder) == TEXT
    assert content(folder, "glossary.toml") == "# ours\nbuiltin = false\ntermbases = ['terms.csv']\nignore = [\"commission\"]\n"
    assert glossary.load_config(str(folder / "glossary.toml")).ignore == ("commission",)


def test_never_of_a_rule_says_so_before_it_is_pressed(folder):
    (folder / "b.txt").write_text("The the bureau met the the press of the vast masses.", encoding="utf-8")
    shown, _ = type_in(folder, [b"n", b"u", b"n", b"s"], "b.txt")
    assert "n never any doubled-words" in shown
    assert shown.count("never: doubled-words goes on the ignore list (1 more alike)") == 2
    assert glossary.load_config(str(folder / "glossary.toml")).ignore == ("doubled-words",)


def test_another_replacement_and_a_deletion(folder):
    (folder / "terms.csv").write_text(TERMS + 'most,广大,broad,the broadness of,phrase,safe,house\nwide,广,many people,the broadness of,phrase,safe,house\n')
    (folder / "b.txt").write_text("Serve the broadness of it. We saw the broadness of it, the broadness of it.", encoding="utf-8")
    shown, _ = type_in(folder, [b"2", b"3", b"1", b"e", b"\x15\r"], "b.txt")
    assert "a accept · 2 other · e edit" in shown
    assert "there is no key '3'" in shown
    assert "edit: (delete)" in shown
    assert content(folder, "b.txt") == "Serve many people it. We saw broad it, it."
    assert [r["action"] for r in log(folder, "b.txt") if r["event"] == "decision"] == ["choose", "accept", "edit"]


def test_the_sentence_is_shown_as_it_reads_by_now(folder):
    (folder / "b.txt").write_text("The politics and law committee served the vast masses.", encoding="utf-8")
    shown, _ = type_in(folder, [b"a", b"u", b"s", b"u", b"a", b"s"], "b.txt")
    assert shown.count("The Political and Legal Affairs Commission served [[the vast masses]].") == 2
    assert shown.count("The politics and law committee served [[the vast masses]].") == 1


def test_quit_and_go_on(folder):
    _, code = type_in(folder, [b"a", b"s", b"q"])
    assert code == 0
    half = content(folder)
    assert half == TEXT.replace("politics and law committee", "Political and Legal Affairs Commission")
    shown, _ = type_in(folder, [b"a", b"a"])
    assert "a.txt: 1 skipped before" in shown
    assert "It served the vast masses" in content(folder)
    shown, _ = type_in(folder, [b"a"], "--again", "a.txt")
    assert "vast" not in content(folder)
    assert glossary.revert(str(folder / "a.txt"), last=True) == 1
    assert "vast" in content(folder)
    assert glossary.revert(str(folder / "a.txt")) == 2
    assert content(folder) == TEXT


def test_an_interrupted_review_goes_on_where_it_was(folder):
    shown, code = type_in(folder, [b"a", b"s", b"u", b"s", b"\x03"])
    assert code == 130
    assert content(folder) == TEXT
    shown, _ = type_in(folder, [b"a", b"a"])
    assert "going on after 2 decisions" in shown
    assert "vast masses" in content(folder)
    assert "politics" not in content(folder)


def test_keys_typed_ahead_are_not_lost(folder):
    type_in(folder, [b"a", b"a", b"s", b"a"], ahead=True)
    assert content(folder).count("political and law") == 1


def test_several_files_and_a_broken_one(folder):
    (folder / "b.txt").write_bytes(b"\xff")
    (folder / "c.md").write_text("Serve the **vast** masses.", encoding="utf-8")
    shown, code = type_in(folder, [b"q"], "b.txt", "c.md", "a.txt")
    assert code == 2
    assert "glossary: b.txt: not UTF-8" in shown
    assert content(folder) == TEXT
    shown, code = type_in(folder, [b"l", b"s", b"s"], "c.md", "a.txt")
    assert content(folder, "c.md") == "Serve the **public**."
    assert "the public" in content(folder)


def test_what_changed_since_is_left_alone(folder):
    type_in(folder, [b"l", b"l"])
    (folder / "a.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(glossary.DocumentError, match=r"changed since .* by something else; it is left alone"):
        glossary.revert(str(folder / "a.txt"))
    assert content(folder) == "mine"


def test_a_log_that_was_cut_off_or_edited(folder):
    type_in(folder, [b"l", b"l"])
    path = folder / "a.txt.glossary-log"
    with path.open("a") as out:
        out.write('{"schema": "gloss')
    entries = glossary.EditLog.beside(str(folder / "a.txt"))
    assert len(entries.records(str(folder / "a.txt"))) == 4
    glossary.revert(str(folder / "a.txt"))
    assert content(folder) == TEXT
    path.write_text("nonsense\n" * 2)
    with pytest.raises(glossary.DocumentError, match="line 1 is no record"):
        glossary.revert(str(folder / "a.txt"))


def test_a_file_that_was_never_written_needs_no_way_back(folder, monkeypatch):
    path = str(folder / "a.txt")
    entries = glossary.EditLog.beside(path)
    entries.write(path, TEXT.encode(), b"one")
    entries.add(path, "written", before=glossary.state_of(b"one"), after=glossary.state_of(b"two"), undo=[])  # stopped before the file was replaced
    assert glossary.revert(path) == 1
    assert content(folder) == TEXT


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_the_difference_leads_back(old, new):
    assert _applied(old, _difference(old, new)) == new


@given(st.lists(st.sampled_from([b"a\n", b"b\r\n", b"c", b"\n"]), max_size=30), st.randoms(use_true_random=False))
def test_the_difference_of_edited_lines_leads_back(lines, chance):
    old = b"".join(lines)
    new = b"".join(chance.choice([line, line, b"x\n", b"", line + line]) for line in lines)
    assert _applied(old, _difference(old, new)) == new


WORDS = ["the vast masses", "politics and law committee", "of", "a man", "宣传", ".", "\n\n", "\r\n", "*", "`x`", "<b>", "&amp;"]
TERMBASE = make_termbase(("commission", "Political and Legal Affairs Commission", "(politics|political) and law committee"), ("public", "the public", "[the] (broad|vast) masses"))


@example(text="the vast masses .", name="a.txt", keys=["d", "s"])
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.sampled_from(["a.txt", "a.md", "a.html"]), st.lists(st.sampled_from("aasuled"), max_size=30))
def test_any_decisions_replay_and_revert(tmp_path_factory, text, name, keys):
    text = "Plain English words here. " + text
    path = tmp_path_factory.mktemp("r") / name
    path.write_bytes(text.encode())
    document = glossary.read_document(path)
    findings = glossary.check_document(document, TERMBASE)
    review, records = glossary.Review(document, findings), []
    for key in keys:
        number = review.open()
        if key == "u":
            if review.undo() is not None:
                records.append({"action": "undo"})
            continue
        if number is None:
            break
        finding = findings[number]
        action = {"a": "accept", "s": "skip", "l": "always", "e": "edit", "d": "edit"}[key]
        if key in "al" and not finding.replacements:
            continue
        try:
            review.decide(number, action, {"s": None, "e": "new", "d": ""}[key] if key in "sed" else finding.replacements[0])
        except glossary.UsageError:
            continue
        records.append(review.values(number))
    again = glossary.Review(document, findings)
    again.replay(records)
    assert again.edits() == review.edits()
    edits = review.edits()
    assert all(one.end <= other.start for one, other in pairwise(edits))
    new = document.write(edits)
    for record in review.left():
        assert new.decode()[record["start"] : record["end"]] == record["text"]
    glossary.EditLog.beside(str(path)).write(str(path), text.encode(), new)
    assert path.read_bytes() == new
    glossary.revert(str(path))
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_goes_back_byte_for_byte(tmp_path, format):
    path = tmp_path / f"a.{format}"
    data = FORMATS[format][0]([f"{number} The politics and law committee met the broad masses." for number in range(3)], random.Random(7))
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    before = path.read_bytes()
    document = glossary.read_document(path)
    review = glossary.Review(document, glossary.check_document(document, TERMBASE))
    number = review.open()
    review.decide(number, "always", review.findings[number].replacements[0])
    new = document.write(review.edits())
    glossary.EditLog.beside(str(path)).write(str(path), before, new)
    assert path.read_bytes() == new != before
    assert len(review.edits()) == 3
    glossary.revert(str(path))
    assert path.read_bytes() == before


def test_fix_with_a_log_and_the_way_back(folder):
    from test_cli import run

    done = run(["fix", "-w", "--unsafe", "--log", "log", "a.txt"], folder)
    assert done.returncode == 0, done.stderr
    assert "vast" not in content(folder)
    record = json.loads((folder / "log").read_text("utf-8"))
    assert [edit["concept"] for edit in record["edits"]] == ["commission", "public", "commission", "public"]
    assert run(["revert", "--log", "log", "a.txt"], folder).stdout == b"a.txt: as it was before the last edits\n"
    assert content(folder) == TEXT
