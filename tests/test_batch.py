"""Batch runs: every format, any number of workers, broken rows, and runs that are killed."""

import gzip
import json
import os
import pickle
import pty
import random
import re
import resource
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest
from conftest import without_rights

import glossary
from glossary.batch import csv_table, parquet_table

TERMS = "id,zh,preferred,deprecated\nlaw,政法委,good form,bad form\n"
PARTS = 3000


@pytest.fixture
def terms(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    return glossary.BatchTerms((str(tmp_path / "terms.csv"),), False)


def rows(count=400):
    return [{"id": number, "text": f"Row {number} has a bad form,\nand “more”." if number % 3 else "Nothing."} for number in range(count)]


def jsonl(path, given):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given), encoding="utf-8")


def packed(path, given):
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in given)


def zstd(path, given):
    pyarrow = pytest.importorskip("pyarrow")
    with pyarrow.CompressedOutputStream(str(path), "zstd") as out:
        out.write("".join(json.dumps(row) + "\n" for row in given).encode())


def parquet(path, given):
    pytest.importorskip("pyarrow")
    pd.DataFrame(given).to_parquet(path)


def csv(path, given):
    pd.DataFrame(given).to_csv(path, index=False)


FORMATS = {".jsonl": jsonl, ".jsonl.gz": packed, ".jsonl.zst": zstd, ".parquet": parquet, ".csv": csv}


def read(folder, ending):
    """All rows of an output, by a reader that is not ours."""
    parts = sorted(folder.glob(f"part-*{ending}"))
    assert parts
    if ending == ".parquet":
        frames = [pd.read_parquet(part) for part in parts]
    elif ending == ".csv":
        frames = [pd.read_csv(part) for part in parts]
    else:
        compression = {".gz": "gzip", ".zst": "zstd"}.get(ending[6:])
        if compression == "zstd":
            pyarrow = pytest.importorskip("pyarrow")
            texts = [pyarrow.input_stream(str(part), compression="zstd").read().decode() for part in parts]
        else:
            texts = [(gzip.decompress(part.read_bytes()) if compression else part.read_bytes()).decode() for part in parts]
        frames = [pd.DataFrame([json.loads(line) for line in text.splitlines()]) for text in texts]
    return pd.concat(frames, ignore_index=True)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.glob("part-*")}


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_keeps_every_row_once_and_in_order(tmp_path, terms, ending):
    FORMATS[ending](tmp_path / f"in{ending}", rows())
    task = glossary.BatchTask("check")
    manifest = glossary.run_batch(tmp_path / f"in{ending}", tmp_path / "out", task, terms, part_size=PARTS)
    got = read(tmp_path / "out", ending)
    assert got.id.tolist() == list(range(400))
    assert manifest["counts"] == {"rows": 400, "errors": 0, "findings": sum(number % 3 > 0 for number in range(400))}
    assert manifest["state"] == "complete"
    assert manifest["parts"] > 2
    assert manifest["run"]["termbase"]["concepts"] == 1
    assert "text" not in got.columns
    found = json.loads(got.findings[1]) if ending == ".csv" else list(got.findings[1])
    text = rows()[1]["text"]
    assert text[found[0]["start"] : found[0]["end"]] == "bad form"


@pytest.mark.parametrize("ending", [".jsonl", ".parquet", ".csv"])
def test_fixed_text_is_that_of_fix(tmp_path, terms, ending):
    FORMATS[ending](tmp_path / f"in{ending}", rows(50))
    task = glossary.BatchTask("fix", keep_text=True)
    glossary.run_batch(tmp_path / f"in{ending}", tmp_path / "out", task, terms)
    got = read(tmp_path / "out", ending)
    assert got.text.tolist() == [row["text"] for row in rows(50)]
    assert got.fixed.tolist() == [row["text"].replace("bad form", "good form") for row in rows(50)]


def test_scores_of_parts_add_up_to_those_of_one_run(tmp_path, terms):
    given = [{"hypothesis": f"There is a bad form in row {n}.", "reference": f"There is a good form in this row {n % 7}."} for n in range(120)]
    given[5]["reference"] = None
    jsonl(tmp_path / "in.jsonl", given)
    task = glossary.BatchTask("score")
    one = glossary.run_batch(tmp_path / "in.jsonl", tmp_path / "one", task, terms)
    many = glossary.run_batch(tmp_path / "in.jsonl", tmp_path / "many", task, terms, part_size=900)
    good = [row for row in given if row["reference"]]
    expected = glossary.score(
        [row["hypothesis"] for row in good], [row["reference"] for row in good], termbase=terms.termbase, metrics=("BLEU", "chrF2"), test=None
    ).metrics
    assert many["parts"] > 5
    assert one["counts"] == many["counts"] == {"rows": 120, "errors": 1}
    for first, second, third in zip(one["metrics"], many["metrics"], expected, strict=True):
        assert first["name"] == second["name"] == third.name
        assert first["before"] == pytest.approx(third.before)
        assert second["after"] == pytest.approx(third.after)
        assert second["delta"] > 0
    assert read(tmp_path / "many", ".jsonl").error.tolist()[5] == "reference: there is no text"


def test_several_processes_write_the_same_bytes(tmp_path, terms):
    jsonl(tmp_path / "in.jsonl", rows())
    task = glossary.BatchTask("fix")
    for name, workers in (("one", 1), ("two", 2)):
        glossary.run_batch(tmp_path / "in.jsonl", tmp_path / name, task, terms, part_size=PARTS, workers=workers)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_broken_row_is_kept_with_its_error_and_stops_nothing(tmp_path, terms):
    (tmp_path / "in.jsonl").write_bytes(b'{"text": "a bad form"}\n{broken\n[1]\n{"id": 3}\n\n{"text": 5}\n\xff\n{"text": "bad form"}')
    manifest = glossary.run_batch(tmp_path / "in.jsonl", tmp_path / "out", glossary.BatchTask("check"), terms)
    assert manifest["counts"] == {"rows": 7, "errors": 5, "findings": 2}
    errors = [json.loads(line)["error"] for line in (tmp_path / "out" / "part-000000.jsonl").read_text().splitlines()]
    expected = [None, "not JSON: ", "not a JSON object", "there is no text", "not a text but int", "not JSON: ", None]
    assert all(error == wanted or error.startswith(wanted) for error, wanted in zip(errors, expected, strict=True)), errors


def test_a_csv_row_that_does_not_fit_has_an_error(tmp_path, terms):
    (tmp_path / "in.csv").write_text('\ufeffid,text\n1,a bad form\n2\n3,"a, ""bad\nform"""\n4,a,b\n', encoding="utf-8")
    glossary.run_batch(tmp_path / "in.csv", tmp_path / "out", glossary.BatchTask("check"), terms)
    got = read(tmp_path / "out", ".csv")
    assert got.id.tolist() == [1, 2, 3, 4]
    assert got.error.fillna("").tolist() == ["", "1 cells for 2 columns", "", "3 cells for 2 columns"]


def test_a_folder_is_read_file_by_file(tmp_path, terms):
    (tmp_path / "in").mkdir()
    for number in range(3):
        jsonl(tmp_path / "in" / f"{number}.jsonl", [{"id": number, "text": "bad form"}])
    (tmp_path / "in" / "notes.txt").write_text("not a table")
    manifest = glossary.run_batch(tmp_path / "in", tmp_path / "out", glossary.BatchTask("check"), terms)
    assert manifest["parts"] == 3
    assert read(tmp_path / "out", ".jsonl").id.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("in.jsonl", b'{"body": "x"}\n', "no column 'text'; there are body"),
        ("in.csv", b"body,text,text\n1,2,3\n", "names a column twice"),
        ("in.txt", b"x", "not a table; known endings"),
        ("in.jsonl.gz", b"no gzip", "cannot be read"),
        ("in.parquet", b"no parquet", "not Parquet"),
    ],
)
def test_a_table_that_cannot_be_used(tmp_path, terms, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(glossary.GlossaryError, match=message):
        glossary.run_batch(tmp_path / name, tmp_path / "out", glossary.BatchTask("check"), terms)
    assert not list((tmp_path / "out").glob("part-*"))


def test_a_folder_with_another_run_or_with_other_files_is_left_alone(tmp_path, terms):
    jsonl(tmp_path / "in.jsonl", rows(20))
    out = tmp_path / "out"
    glossary.run_batch(tmp_path / "in.jsonl", out, glossary.BatchTask("check"), terms)
    before = contents(out)
    with pytest.raises(glossary.UsageError, match="holds another run \\(do differs\\)"):
        glossary.run_batch(tmp_path / "in.jsonl", out, glossary.BatchTask("fix"), terms)
    assert contents(out) == before
    with pytest.raises(glossary.UsageError, match="holds other files"):
        glossary.run_batch(tmp_path / "in.jsonl", tmp_path, glossary.BatchTask("check"), terms)
    glossary.run_batch(tmp_path / "in.jsonl", out, glossary.BatchTask("fix"), terms, restart=True)
    assert contents(out) != before


def test_an_input_that_changes_meanwhile_is_not_called_complete(tmp_path, terms):
    source = tmp_path / "in.jsonl"
    jsonl(source, rows())

    def meddle(_):
        with source.open("a") as more:
            more.write('{"text": "bad form"}\n')

    with pytest.raises(glossary.DocumentError, match="changed while it was read"):
        glossary.run_batch(source, tmp_path / "out", glossary.BatchTask("check"), terms, part_size=PARTS, progress=meddle)
    assert json.loads((tmp_path / "out" / "_manifest.json").read_text())["state"] == "running"


def test_an_input_that_vanishes_is_one_clear_error(tmp_path, terms):
    source = tmp_path / "in.jsonl"
    jsonl(source, rows())
    with pytest.raises(glossary.DocumentError, match="vanished while it was read"):
        glossary.run_batch(source, tmp_path / "out", glossary.BatchTask("check"), terms, part_size=PARTS, progress=lambda _: source.unlink(missing_ok=True))


def command(tmp_path, out, *more):
    return [
        sys.executable, "-m", "glossary", "batch", "in.jsonl", out, "--do", "fix", "--no-builtin", "-t", str(tmp_path / "terms.csv"), "--part-size", "3000", *more,
    ]  # fmt: skip


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_is_killed_goes_on_and_ends_equal(tmp_path, terms, workers):
    jsonl(tmp_path / "in.jsonl", rows(1500))
    whole = subprocess.run(command(tmp_path, "whole"), cwd=tmp_path, capture_output=True, text=True)
    assert whole.returncode == 0, whole.stderr
    chance = random.Random(int(workers))
    for _ in range(2):
        process = subprocess.Popen(command(tmp_path, "out", "-j", workers), cwd=tmp_path, stderr=subprocess.DEVNULL)
        wanted = len(list((tmp_path / "out").glob("part-*"))) + chance.randrange(1, 6)
        while process.poll() is None and len(list((tmp_path / "out").glob("part-*"))) < wanted:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = subprocess.run(command(tmp_path, "out", "-j", workers), cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert not list((tmp_path / "out").rglob("*.tmp"))
    manifests = [json.loads((tmp_path / name / "_manifest.json").read_text()) for name in ("whole", "out")]
    assert manifests[0]["counts"] == manifests[1]["counts"]


def test_a_disk_that_is_full_ends_the_run_with_whole_parts_and_it_can_go_on(tmp_path, terms):
    jsonl(tmp_path / "in.jsonl", rows(30) + [{"id": 30, "text": "bad form " * 2000}] + rows(30))  # noqa: RUF005
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))  # noqa: E731
    done = subprocess.run(command(tmp_path, "out"), cwd=tmp_path, capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "out").rglob("*.tmp"))
    kept = contents(tmp_path / "out")
    assert kept
    done = subprocess.run(command(tmp_path, "out"), cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert kept.items() <= contents(tmp_path / "out").items()
    assert read(tmp_path / "out", ".jsonl").id.tolist() == [*range(30), 30, *range(30)]


def test_dask_gives_the_same_bytes(tmp_path, terms):
    pytest.importorskip("distributed")
    jsonl(tmp_path / "in.jsonl", rows(200))
    task = glossary.BatchTask("fix")
    glossary.matcher_from_files(*terms.paths, builtin=False)  # compiled: from here on it is mapped
    glossary.run_batch(tmp_path / "in.jsonl", tmp_path / "here", task, terms, part_size=PARTS)
    glossary.run_batch(tmp_path / "in.jsonl", tmp_path / "there", task, terms, part_size=PARTS, scheduler="local", workers=2)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def test_the_output_folder_cannot_be_made(tmp_path, terms):
    jsonl(tmp_path / "in.jsonl", rows(3))
    (tmp_path / "file").write_text("x")
    with pytest.raises(glossary.DocumentError, match="cannot be written: not a directory"):
        glossary.run_batch(tmp_path / "in.jsonl", tmp_path / "file" / "out", glossary.BatchTask("check"), terms)


def test_a_folder_that_may_not_be_written(tmp_path, terms):
    jsonl(tmp_path / "in.jsonl", rows(3))
    (tmp_path / "locked").mkdir(mode=0o500)
    done = subprocess.run(command(tmp_path, "locked/out"), cwd=tmp_path, capture_output=True, text=True, preexec_fn=without_rights)
    assert done.returncode == 2
    assert "permission denied" in done.stderr


@pytest.mark.parametrize("ending", FORMATS)
def test_columns_of_our_names_are_replaced(tmp_path, terms, ending):
    FORMATS[ending](tmp_path / f"in{ending}", [{"id": 1, "text": "a bad form", "findings": "old", "error": "old"}])
    glossary.run_batch(tmp_path / f"in{ending}", tmp_path / "out", glossary.BatchTask("check"), terms)
    got = read(tmp_path / "out", ending)
    assert sorted(got.columns) == ["error", "findings", "id"]
    assert "old" not in (str(got.findings[0]), str(got.error[0]))


def test_half_a_surrogate_pair_comes_out_as_it_went_in(tmp_path, terms):
    (tmp_path / "in.jsonl").write_text('{"text": "a bad form \\ud800", "more": "政\\udc00"}\n{"text": "more bad form"}\n')
    glossary.run_batch(tmp_path / "in.jsonl", tmp_path / "out", glossary.BatchTask("check"), terms)
    first, second = (json.loads(line) for line in (tmp_path / "out" / "part-000000.jsonl").read_text("utf-8").splitlines())
    assert first["more"] == "政\udc00"
    assert len(first["findings"]) == len(second["findings"]) == 1


def test_a_csv_row_that_is_too_long_is_one_row_with_an_error(tmp_path, terms, monkeypatch):
    monkeypatch.setattr(csv_table, "LONGEST", 1 << 20)
    for number, long in enumerate(("bad form " * 200_000, '"' + "bad form,\n" * 200_000)):
        (tmp_path / f"{number}.csv").write_text(f"text\na bad form\n{long}\n" + "good\n" * (number == 0))
        manifest = glossary.run_batch(tmp_path / f"{number}.csv", tmp_path / f"out{number}", glossary.BatchTask("check"), terms)
        assert manifest["counts"] == {"rows": 3 - number, "errors": 1, "findings": 1}
        assert read(tmp_path / f"out{number}", ".csv").error[1] == "longer than 1 MiB, or a quote is never closed"


def test_a_csv_whose_lines_end_in_cr_is_refused(tmp_path, terms):
    (tmp_path / "in.csv").write_bytes(b"id,text\r1,a bad form\r2,x\r")
    with pytest.raises(glossary.DocumentError, match="end in CR alone"):
        glossary.run_batch(tmp_path / "in.csv", tmp_path / "out", glossary.BatchTask("check"), terms)


@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_a_line_of_a_gibibyte_is_a_row_with_an_error(tmp_path, terms, ending):
    """Read in memory that is a fraction of it; the file is sparse."""
    with (tmp_path / f"in{ending}").open("wb") as file:
        file.write(b"text\n" if ending == ".csv" else b"")
        file.truncate(1 << 30)
    limit = lambda: resource.setrlimit(resource.RLIMIT_DATA, (700 << 20, 700 << 20))  # noqa: E731
    told = command(tmp_path, "out")
    told[told.index("in.jsonl")] = f"in{ending}"
    told[told.index("fix")] = "check"
    done = subprocess.run(told, cwd=tmp_path, capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode == 0, done.stderr
    assert "1 row in 1 part, 1 error" in done.stderr
    assert (tmp_path / "out" / f"part-000000{ending}").stat().st_size < 10_000


def test_parquet_is_read_in_bounded_memory_though_it_is_one_group_of_rows(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet as pq

    pq.write_table(pa.table({"text": [os.urandom(2000).hex() for _ in range(10_000)]}), tmp_path / "a.parquet", row_group_size=1_000_000)
    before = pa.total_allocated_bytes()
    held = [pa.total_allocated_bytes() - before for _ in parquet_table.cut(tmp_path / "a.parquet", 1 << 20)]
    assert len(held) > 30
    assert max(held) < 12 << 20


def test_a_terminal_is_told_rate_and_time_left(tmp_path, terms):
    jsonl(tmp_path / "in.jsonl", rows(1500))
    ours, its = pty.openpty()
    process = subprocess.Popen(command(tmp_path, "out"), cwd=tmp_path, stderr=its, env={**os.environ, "TERM": "xterm", "COLUMNS": "120"})
    os.close(its)
    told = b""
    try:
        while data := os.read(ours, 4096):
            told += data
    except OSError:  # the other end is closed
        pass
    assert process.wait() == 0
    told = re.sub(rb"\x1b\[[\d;?]*[A-Za-z]", b"", told)
    assert re.search(rb"\d rows, [\d,]+ a second, \d:\d\d:\d\d", told)


def test_the_manifest_says_what_the_parts_were_made_with(tmp_path, terms):
    jsonl(tmp_path / "in.jsonl", rows(3))
    made = [
        glossary.run_batch(tmp_path / "in.jsonl", tmp_path / name, glossary.BatchTask("fix", settings=glossary.Settings(unsafe=unsafe)), terms)
        for name, unsafe in (("one", False), ("two", False), ("three", True))
    ]
    assert all(manifest["versions"]["glossary"] == manifest["run"]["version"] == glossary.__version__ for manifest in made)
    assert all(manifest["run"]["termbase"]["digest"] == terms.matcher.digest for manifest in made)
    one, two, three = (manifest["run"]["settings"]["digest"] for manifest in made)
    assert one == two != three


def test_a_matcher_that_is_mapped_can_be_sent(tmp_path, terms):
    glossary.matcher_from_files(*terms.paths, builtin=False)
    sent = pickle.loads(pickle.dumps(glossary.matcher_from_files(*terms.paths, builtin=False)))
    assert glossary.fix("a bad form", sent).after == "a good form"
    assert (sent.concept_count, sent.digest) == (1, terms.matcher.digest)
