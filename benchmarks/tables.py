"""Batch runs: 5 KB articles and short rows, one process and two, Dask; memory against the number of rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import material
from timing import table

PROGRAM = """
import json, os, re, sys, time
import glossary
source, output, terms, workers, scheduler = sys.argv[1:]
if __name__ == "__main__":
    start = time.monotonic()
    manifest = glossary.run_batch(source, output, glossary.BatchTask("check", settings=glossary.Settings(select=("deprecated-term",))),
                                  glossary.BatchTerms((terms,), False),
                                  workers=int(workers), scheduler=scheduler or None)
    times = os.times()
    print(json.dumps({"rows": manifest["counts"]["rows"], "findings": manifest["counts"]["findings"], "clock_s": time.monotonic() - start,
                      "processor_s": sum(times[:4]), "memory_mib": int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024}))
"""


def measure(full: bool = False) -> list[dict[str, Any]]:
    """One row for each input and way to work. Whatever the way, the findings are those that were put in."""
    rows = []
    lists = material.lists(10_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        terms = material.term_file(folder / "terms.csv", lists)
        (folder / "run.py").write_text(PROGRAM)
        for label, length, counts in (
            ("articles of 5 KB", 5_000, (4_000,)),
            ("rows of 200 characters", 200, (20_000, 200_000, *((2_000_000,) if full else ()))),
        ):
            for count in counts:
                source, garbles = _written(folder / f"{length}-{count}.jsonl", lists, length, count)
                ways = (("1", ""), ("2", ""), ("2", "local")) if count in (4_000, 200_000) else (("1", ""),)
                for workers, scheduler in ways:
                    output = folder / f"out-{length}-{count}-{workers}{scheduler}"
                    done = subprocess.run(
                        [sys.executable, "run.py", str(source), str(output), str(terms), workers, scheduler],
                        cwd=folder, capture_output=True, check=True, env={**os.environ, "PYTHONWARNINGS": "ignore"},
                    )  # fmt: skip
                    found = json.loads(done.stdout.splitlines()[-1])
                    assert (found["rows"], found["findings"]) == (count, garbles), (found, count, garbles)
                    rows.append({"input": label, "way": f"{'Dask, ' if scheduler else ''}{workers} process{'es' * (workers != '1')}", **found})
    return rows


def _written(path: Path, lists: material.Lists, length: int, count: int) -> tuple[Path, int]:
    kinds = [material.sparse(length, lists, seed=seed) for seed in range(min(count, 2_000))]
    garbles = 0
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            kind = kinds[number % len(kinds)]
            garbles += kind.garbles
            out.write(json.dumps({"id": number, "text": kind.text}) + "\n")
    return path, garbles


def show(rows: list[dict[str, Any]]) -> str:
    return table(("input", "way", "rows", "findings", "clock s", "processor s", "peak MiB"), [list(row.values()) for row in rows])


if __name__ == "__main__":
    print(show(measure("--full" in sys.argv)))
