"""Many files: the same results in the same order whatever the way, and nothing broken that looks clean."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_cli import TERMS, run

import glossary
from glossary import results, runner
from glossary.config import Config

GARBLED = "Line one.\r\nHe joined the politics and law committee 𝒳 of the vast masses.\r\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GLOSSARY_CACHE", str(tmp_path / "cache"))
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    for number in range(150):
        (tmp_path / f"{number:03}.txt").write_bytes((GARBLED * (number % 3)).encode() + b"\xff" * (number == 77) + b"fine %d\n" % number)
    return tmp_path


def config(**fields):
    return Config(termbases=("terms.csv",), builtin=False, **fields)


def paths():
    return sorted(str(path) for path in Path().glob("*.txt"))


def test_processes_and_the_cache_change_nothing(folder):
    plain = list(glossary.check_files(paths(), config(jobs=1, cache=False)))
    assert [file.path for file in plain] == paths()
    assert [bool(file.error) for file in plain] == [number == 77 for number in range(150)]
    assert sum(len(file.findings) for file in plain) == sum(2 * (number % 3) for number in range(150) if number != 77)
    for jobs, cache in ((2, False), (1, True), (1, True), (3, True)):
        again = list(glossary.check_files(paths(), config(jobs=jobs, cache=cache)))
        assert [(f.path, f.error, f.words, list(f.findings)) for f in again] == [(f.path, f.error, f.words, list(f.findings)) for f in plain]
        assert [f.ranges() for f in again] == [f.ranges() for f in plain]


def test_what_is_kept_is_not_checked_again(folder, monkeypatch):
    checked = []
    original = runner.check_document
    monkeypatch.setattr(runner, "check_document", lambda document, *rest: checked.append(document.path) or original(document, *rest))
    list(glossary.check_files(paths(), config(jobs=1)))
    assert len(checked) == 149
    checked.clear()
    Path("005.txt").write_text(GARBLED)
    os.utime("006.txt")
    list(glossary.check_files(paths(), config(jobs=1)))
    assert checked == ["005.txt"]
    checked.clear()
    list(glossary.check_files(paths(), config(jobs=1, ignore=("public",))))
    assert len(checked) == 149
    checked.clear()
    Path("terms.csv").write_text(TERMS + "new,词,good,one line,phrase,safe,\n", encoding="utf-8")
    runner._matcher.cache_clear()
    list(glossary.check_files(paths(), config(jobs=1)))
    assert len(checked) == 149


def test_where_all_is_kept_no_process_is_started(folder, monkeypatch):
    first = [(file.path, list(file.findings)) for file in glossary.check_files(paths(), config(jobs=2))]
    started = []
    monkeypatch.setattr(runner, "_in_processes", lambda chunks, *rest: started.extend(chunks))
    Path("077.txt").write_text("fine\n")  # a file that cannot be read has no result to keep
    counted = []
    again = [(file.path, list(file.findings)) for file in glossary.check_files(paths(), config(jobs=2), done=counted.append)]
    assert (again, started, sum(counted)) == (first, [], 150)


@pytest.mark.parametrize("damage", [b"", b"no database at all, but long enough to be looked at", None])
def test_a_damaged_cache_or_none_costs_nothing_but_time(folder, damage):
    plain = [file.findings for file in glossary.check_files(paths(), config(jobs=1))]
    kept = folder / "cache" / results.NAME
    if damage is None:
        kept.unlink()
        kept.mkdir()
    else:
        kept.write_bytes(damage or kept.read_bytes()[:6000] + b"\0" * 3000)
    for _ in range(2):
        assert [file.findings for file in glossary.check_files(paths(), config(jobs=1))] == plain


def test_a_failure_of_the_program_is_an_error_of_the_file(folder, monkeypatch):
    def broken(document, *rest):
        raise RuntimeError("oh")

    monkeypatch.setattr(runner, "check_document", broken)
    (file,) = glossary.check_files(["001.txt"], config(jobs=1))
    assert file.error == "001.txt: internal error: RuntimeError: oh (GLOSSARY_DEBUG=1 shows where)"
    with pytest.raises(RuntimeError):
        list(glossary.check_files(["001.txt"], config(jobs=1), debug=True))


@pytest.mark.skipif(sys.platform != "linux", reason="the process is forked")
def test_a_process_that_dies_takes_no_file_with_it_unseen(folder, monkeypatch):
    def dies(document, *rest):
        if document.path == "040.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        return []

    monkeypatch.setattr(runner, "check_document", dies)
    files = list(glossary.check_files(paths(), config(jobs=2, cache=False)))
    assert [file.path for file in files] == paths()
    assert "a process died" in files[40].error


@pytest.mark.skipif(sys.platform != "linux", reason="signals as on Linux")
def test_an_interrupt_ends_it_and_leaves_nothing_half_done(folder):
    big = GARBLED * 20000
    for number in range(40):
        Path(f"big{number}.txt").write_text(big)
    arguments = ["check", ".", "--no-builtin", "-t", "terms.csv", "--jobs", "2", "--format", "json=out.json"]
    process = subprocess.Popen([sys.executable, "-m", "glossary", *arguments], stderr=subprocess.PIPE, text=True)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    if process.returncode != 2:  # 2: it was done before the signal came
        assert (process.returncode, stderr.strip()) == (130, "glossary: interrupted")
        assert not Path("out.json").exists()
    assert not list(folder.glob("*.tmp")) + list(folder.glob(".*.tmp"))


def test_several_reports_in_one_run(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "a.txt").write_text(GARBLED)
    options = ["--no-builtin", "-t", "terms.csv"]
    done = run(["check", "a.txt", *options, "-f", "github", "-f", "sarif=out.sarif", "-f", "junit=out.xml"], tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith(b"::error file=a.txt,")
    assert json.loads((tmp_path / "out.sarif").read_text("utf-8"))["runs"]
    assert (tmp_path / "out.xml").read_text("utf-8").startswith("<?xml")
    done = run(["check", "a.txt", *options, "-f", "jsonl", "-o", "out.jsonl"], tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 3
    done = run(["check", "a.txt", *options, "-f", "jsonl", "-f", "json"], tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"jsonl and json both go to standard output" in done.stderr
    done = run(["check", "a.txt", *options, "-f", "sarif=none/out.sarif"], tmp_path)
    assert (done.returncode, done.stderr) == (2, b"glossary: none/out.sarif: cannot be written: no such file or directory; it is unchanged\n")


def test_watching_checks_again_when_a_file_changes(tmp_path):
    pytest.importorskip("watchfiles")
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Fine.\n")
    arguments = ["check", "in", "--watch", "--no-builtin", "-t", "terms.csv", "--format", "rdjsonl"]
    process = subprocess.Popen([sys.executable, "-u", "-m", "glossary", *arguments], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):  # the watch may begin at any time
            (tmp_path / "in" / "a.txt").write_text("The politics and law committee.\n")
            time.sleep(0.3)
            if process.poll() is not None:
                break
            os.set_blocking(process.stdout.fileno(), False)
            if line := process.stdout.readline():
                assert json.loads(line)["location"]["range"]["start"] == {"line": 1, "column": 5}
                break
        else:
            raise AssertionError("nothing was reported")
    finally:
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in stderr
