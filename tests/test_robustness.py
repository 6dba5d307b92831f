"""Faults: a full disk, a kill, a file that changes meanwhile. Nothing is lost, nothing half written."""

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import without_rights

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


def test_a_folder_that_may_not_be_written_leaves_the_file_as_it_was(folder):
    locked = folder / "locked"
    locked.mkdir()
    (locked / "a.txt").write_text("a bad form\n")
    locked.chmod(0o500)
    done = fix(folder, "-w", "locked/a.txt", preexec_fn=without_rights)
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


def test_a_file_that_somebody_changed_meanwhile_is_not_written_over(folder):
    article = folder / "a.txt"
    article.write_bytes(b"a bad form\n")
    document = glossary.read_document(article)
    new = document.write(list(glossary.fix_document(document, glossary.load(folder / "terms.csv", builtin=False)).applied))
    article.write_bytes(b"somebody's work\n")
    log = glossary.EditLog.beside(str(article))
    for write in (
        lambda: glossary.write_file(article, new, instead_of=document.write([])),
        lambda: log.write(str(article), document.write([]), new),
    ):
        with pytest.raises(glossary.DocumentError, match="changed by somebody else meanwhile"):
            write()
        assert article.read_bytes() == b"somebody's work\n"
    assert log.records(str(article)) == []
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "terms.csv"]


MEDDLING = """
import os, sys
read = []
def meddle(event, arguments):
    if event == "open" and str(arguments[0]).endswith("a.txt") and arguments[1] in ("r", "rb"):
        read.append(arguments[0])
        if len(read) == 2:
            os.write(os.open(arguments[0], os.O_WRONLY | os.O_TRUNC), b"somebody's work\\n")
sys.addaudithook(meddle)
"""


@pytest.mark.parametrize("more", [[], ["--log", "edits"]])
def test_a_fix_looks_whether_the_file_has_changed(folder, more):
    """Just before it is read a second time, which is what looking takes, somebody else writes to it."""
    (folder / "sitecustomize.py").write_text(MEDDLING)
    (folder / "a.txt").write_text("a bad form\n")
    done = fix(folder, "-w", *more, "a.txt", env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])})
    assert done.returncode == 2
    assert "changed by somebody else meanwhile" in done.stderr
    assert (folder / "a.txt").read_text() == "somebody's work\n"


def test_output_to_what_is_no_file_goes_there(folder):
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    glossary.write_file(pipe, b"content")
    reader.join(10)
    assert got == [b"content"]
    assert pipe.is_fifo()


def test_standard_output_that_is_full_is_one_clear_error(folder):
    (folder / "a.txt").write_text("a bad form\n")
    command = [sys.executable, "-m", "glossary", "check", "--no-builtin", "-t", "terms.csv", "a.txt"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 2
    assert "no space left on device" in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_two_processes_may_write_one_cache_of_results(folder):
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"Article {number} has a bad form.\n")
    command = [sys.executable, "-m", "glossary", "check", "--no-builtin", "-t", "terms.csv", "--format", "json", "--jobs", "1", "."]
    environment = {**os.environ, "GLOSSARY_CACHE": str(folder / ".cache")}
    for _ in range(2):  # new results, then kept ones
        processes = [subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(3)]
        outputs = [process.communicate(timeout=60)[0] for process in processes]
        assert [process.returncode for process in processes] == [1, 1, 1]
        assert outputs[0].count('"bad form"') >= 40
        assert len(set(outputs)) == 1


def test_a_check_that_is_killed_leaves_a_cache_that_can_be_used(folder):
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"Article {number} has a bad form.\n")
    command = [sys.executable, "-m", "glossary", "check", "--no-builtin", "-t", "terms.csv", "--format", "json", "--jobs", "1", "."]
    environment = {**os.environ, "GLOSSARY_CACHE": str(folder / ".cache")}
    for tenths in range(6):
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=environment)
        time.sleep(0.1 * tenths)
        process.kill()
        process.wait()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, timeout=60)
    assert done.returncode == 1, done.stderr
    assert done.stdout.count('"bad form"') >= 40


WATCHED = """
import os, sys
def watch(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        os.write(2, f"network: {event} {arguments}".encode())
        os._exit(97)
sys.addaudithook(watch)
"""


def test_nothing_looks_at_the_network(folder):
    (folder / "sitecustomize.py").write_text(WATCHED)
    (folder / "a.txt").write_text("a bad form, the politics and law committee\n")
    (folder / "b.txt").write_text("a good form, the Commission\n")
    (folder / "rows.jsonl").write_text('{"text": "a bad form"}\n' * 50)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}
    terms = ["--no-builtin", "-t", "terms.csv"]

    def call(*arguments):
        return subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, env=environment, timeout=120)

    assert call("-c", "import socket; socket.create_connection(('127.0.0.1', 9))").returncode == 97  # it does watch
    for arguments, code in (
        (["check", "a.txt"], 1),
        (["check", *terms, "--jobs", "2", "--format", "html", "a.txt", "b.txt"], 1),
        (["fix", *terms, "-w", "a.txt"], 0),
        (["score", *terms, "a.txt", "--reference", "b.txt"], 0),
        (["terms", "export", *terms, "-o", "terms.tbx"], 0),
        (["terms", "lint", "--no-builtin", "terms.csv"], 1),
        (["batch", *terms, "rows.jsonl", "out", "--part-size", "100", "-j", "2"], 0),
        (["config"], 0),
    ):
        done = call("-m", "glossary", *arguments)
        assert done.returncode == code, (arguments, done.returncode, done.stderr[-800:])
