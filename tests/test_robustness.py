"""Faults and hostile input: nothing lost, nothing half written, an end in good time."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import make_termbase

import glossary

TERMS = "id,zh,preferred,deprecated\nlaw,政法委,good form,bad form\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    return tmp_path


def fix(folder, *arguments, **more):
    command = [sys.executable, "-m", "glossary", "fix", "--no-builtin", "-t", str(folder / "terms.csv"), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, **more)


@pytest.mark.parametrize("seed", range(2))
def test_a_fix_that_is_killed_leaves_every_file_old_or_new(folder, seed):
    articles = folder / "articles"
    articles.mkdir()
    old, new = "a bad form\n" * 200, "a good form\n" * 200
    for number in range(40):
        (articles / f"{number}.txt").write_text(old)
    command = [sys.executable, "-m", "glossary", "fix", "-w", "--no-builtin", "-t", str(folder / "terms.csv"), str(articles)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and all((articles / f"{n}.txt").read_text() == old for n in range(3)):
        time.sleep(0.001)
    time.sleep(random.Random(seed).random() * 0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert {(articles / f"{n}.txt").read_text() for n in range(40)} <= {old, new}
    done = fix(folder, "-w", str(articles))
    assert done.returncode == 0, done.stderr
    assert {(articles / f"{n}.txt").read_text() for n in range(40)} == {new}


def test_a_full_disk_leaves_the_file_as_it_was(folder):
    article = folder / "a.txt"
    article.write_text("a bad form\n" * 5000)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # noqa: E731
    fix(folder, "a.txt")  # compiles
    done = fix(folder, "-w", "a.txt", preexec_fn=limit)
    assert done.returncode == 2
    assert "a.txt: cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert article.read_text() == "a bad form\n" * 5000
    assert not [path.name for path in folder.iterdir() if path.suffix == ".tmp"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written_leaves_the_file_as_it_was(folder):
    locked = folder / "locked"
    locked.mkdir()
    (locked / "a.txt").write_text("a bad form\n")
    locked.chmod(0o500)
    done = fix(folder, "-w", "locked/a.txt")
    locked.chmod(0o700)
    assert done.returncode == 2
    assert "cannot be written: permission denied" in done.stderr
    assert (locked / "a.txt").read_text() == "a bad form\n"


def test_a_file_that_vanishes_between_finding_and_reading(folder):
    (folder / "a.txt").write_text("bad form")
    (path,) = glossary.find_documents([str(folder / "a.txt")])
    (folder / "a.txt").unlink()
    with pytest.raises(glossary.DocumentError, match="no such file"):
        glossary.read_document(path)


def limited(code, seconds, mebibytes=1500):
    """Run code in a process of its own, within processor time and memory."""

    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, preexec_fn=limit, cwd=Path(__file__).parent)
    assert done.returncode == 0, done.stderr[-2000:] or f"ended by signal {-done.returncode}"
    return done.stdout


START = "import glossary\nfrom conftest import make_termbase\ntermbase = make_termbase(('a', 'good form', 'bad form'))\nfrom glossary.matching.cache import matcher_of\nmatcher = matcher_of(termbase)\n"


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("'bad form ' * 20_000", 20_000),
        ("'x' * 1_000_000", 0),
        ("'bad form' + ' ' * 1_000_000 + 'bad form'", 2),
        ("'bad form. ' + '(' * 1_000_000", 1),
        ("'“' * 50_000 + 'bad form'", 1),
        ("('\\n' * 1_000_000) + 'bad form'", 1),
        ("'bad ' * 200_000", 0),
        ("'bad-' * 200_000 + 'form'", 0),
        ("'A. ' * 100_000 + 'bad form'", 1),
    ],
)
def test_hostile_text_ends_in_time_and_memory(text, findings):
    code = START + f"settings = glossary.Settings(select=('deprecated-term',))\nprint(len(glossary.check({text}, matcher, settings=settings)))"
    assert int(limited(code, 30)) == findings


@pytest.mark.parametrize("entry", ["(a|b|c|d) " * 40, "(" * 5000, "[a] " * 60, "((a|b) (c|d)) " * 30, "(" + "|".join(["a b c~"] * 3000) + ")", "[" * 300 + "a" + "]" * 300])
def test_notation_that_explodes_is_refused_or_stays_small(entry):
    start = time.process_time()
    try:
        termbase = make_termbase(("a", "good", entry.strip()))
        glossary.check("some words", termbase)
    except glossary.GlossaryError as error:
        assert "\n" not in str(error)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlf", b'<xliff version="1.2"><file source-language="zh" target-language="en"><body>' + b"<group>" * 100_000),
        ("a.xlf", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><xliff>&b;</xliff>'),
        ("a.tmx", b"<tmx>" * 50_000),
        ("a.html", b"<div>" * 20_000 + b"bad form"),
        ("a.md", b"> " * 3_000 + b"bad form"),
        ("a.md", b"[" * 20_000 + b"bad form"),
        ("a.jsonl", b"[" * 100_000),
        ("a.csv", b'"' * 100_001),
        ("a.po", b'msgid "' * 20_000),
    ],
)
def test_hostile_documents_end_in_time_and_memory(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    code = START + (
        f"try: print(len(glossary.check_document(glossary.read_document({str(tmp_path / name)!r}), matcher)))\n"
        "except glossary.GlossaryError as error: print(error)"
    )
    assert limited(code, 60)


# what fuzzing found


def test_xliff_with_a_unit_inside_a_target():
    data = (
        b'<xliff version="1.2"><file original="a"><body><trans-unit id="1"><source>x</source><target>bad form <trans-unit id="2">'
        b"<source>y</source><target>bad form</target></trans-unit></target></trans-unit></body></file></xliff>"
    )
    document = glossary.parse_document(data, "a.xlf")
    assert document.write([]) == data


def test_tmx_with_a_unit_inside_a_segment():
    data = b'<tmx><body><tu><tu><tuv xml:lang="en"><seg>a bad form</seg></tuv></tu></tu></body></tmx>'
    termbase = make_termbase(("a", "good form", "bad form"))
    document = glossary.parse_document(data, "a.tmx")
    revision = glossary.fix_document(document, termbase)
    assert document.write(list(revision.applied)) == data.replace(b"bad form", b"good form")
