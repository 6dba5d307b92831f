"""A Dask cluster of processes of its own: a worker that is killed in the middle costs nothing but time."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import glossary

pytest.importorskip("distributed")
TERMS = "id,zh,preferred,deprecated\nlaw,政法委,good form,bad form\n"


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler with two workers, and the workers."""
    python = [sys.executable, "-m", "distributed.cli"]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "GLOSSARY_CACHE": str(tmp_path / "cache")}
    found = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path, "env": environment}
    scheduler = [*python[:2], "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(found), "--host", "127.0.0.1"]
    processes = [subprocess.Popen(scheduler, **quiet)]
    while not found.exists() or not found.read_text().strip().endswith("}"):
        assert processes[0].poll() is None
        time.sleep(0.05)
    worker = [*python[:2], "distributed.cli.dask_worker", "--scheduler-file", str(found), "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    processes += [subprocess.Popen(worker, **quiet) for _ in range(2)]
    yield json.loads(found.read_text())["address"], processes[1:]
    for process in processes:
        process.kill()
        process.wait()


def test_a_worker_that_is_killed_in_the_middle_leaves_the_result_equal(tmp_path, cluster):
    address, workers = cluster
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    rows = [{"id": number, "text": f"Row {number} has a bad form. " * 40} for number in range(1500)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    terms = glossary.BatchTerms((str(tmp_path / "terms.csv"),), False)
    task = glossary.BatchTask("fix")
    glossary.run_batch(tmp_path / "in.jsonl", tmp_path / "here", task, terms, part_size=40_000)
    killed = []

    def kill(progress):
        if progress.parts == 10:
            workers[0].send_signal(signal.SIGKILL)
            killed.append(progress.share)

    manifest = glossary.run_batch(tmp_path / "in.jsonl", tmp_path / "there", task, terms, part_size=40_000, scheduler=address, progress=kill)
    assert killed and killed[0] < 0.6
    assert workers[0].wait(10) == -signal.SIGKILL
    assert manifest["counts"]["rows"] == 1500
    here, there = ({path.name: path.read_bytes() for path in (tmp_path / name).glob("part-*")} for name in ("here", "there"))
    assert here == there
    assert len(here) > 30


def test_a_scheduler_that_is_not_there_is_one_clear_error(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "in.jsonl").write_text('{"text": "a bad form"}\n')
    command = [sys.executable, "-m", "glossary", "batch", "in.jsonl", "out", "--no-builtin", "-t", "terms.csv", "--scheduler", "tcp://127.0.0.1:9"]
    environment = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == 2
    assert "no Dask scheduler answers here" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_part_that_ends_its_workers_is_one_clear_error_and_the_rest_is_kept(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "in.jsonl").write_text((json.dumps({"text": "a bad form. " + "It was a fine day. " * 200}) + "\n") * 300)
    command = [sys.executable, "-m", "glossary", "batch", "in.jsonl", "out", "--no-builtin", "-t", "terms.csv", "--part-size", "20000", "--scheduler", "local"]
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0", "PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=environment)
    while len(list((tmp_path / "out").glob("part-*"))) < 3:
        assert process.poll() is None
        time.sleep(0.01)
    for task in Path(f"/proc/{process.pid}/task").glob("*/children"):
        for child in task.read_text().split():
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(int(child), signal.SIGKILL)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert "ended every worker that took it" in told
    assert "Traceback" not in told
    done = subprocess.run([*command[:-2], "-j", "1"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "300 rows" in done.stderr
