"""Time and memory against the size of the text and of the term base: each process by itself, so that memory is its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import material
from timing import table

PROGRAM = """
import json, re, sys, time
import glossary
terms, text = sys.argv[1:]
def peak():  # of this process alone: getrusage begins with that of the process that started it
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
start = time.process_time()
matcher = glossary.matcher_from_files(terms, builtin=False)
loaded = time.process_time()
before = peak()
document = glossary.read_document(text)
found = len(glossary.check_document(document, matcher, glossary.Settings(select=("deprecated-term",), suppressions=False)))
print(json.dumps({"found": found, "load_s": loaded - start, "check_s": time.process_time() - loaded,
                  "memory_mib": peak(), "loaded_mib": before}))
"""


def measure(full: bool = False) -> list[dict[str, Any]]:
    """Rows for growing text with 10,000 renderings, then for a growing term base with 5 MB of text. The least of three runs."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        terms = {count: material.lists(count) for count in (1_000, 10_000, 30_000, 100_000)}
        for count, lists in terms.items():
            material.term_file(folder / f"{count}.csv", lists)
        sizes = (1, 2, 5, 10, 20, *((50, 100) if full else ()))
        for what, megabytes, count in [("text", size, 10_000) for size in sizes] + [("terms", 5, count) for count in terms]:
            made = material.sparse(megabytes * 1_000_000, terms[count], seed=3)
            (folder / "article.txt").write_text(made.text)
            runs = [_run(folder, count) for _ in range(4)][1:]
            assert all(run["found"] == made.garbles for run in runs)
            best = min(runs, key=lambda run: run["load_s"] + run["check_s"])
            rows.append({"grows": what, "megabytes": megabytes, "renderings": count, **best, "s_per_mb": best["check_s"] / megabytes})
    return rows


def _run(folder: Path, count: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder / f"{count}.csv"), str(folder / "article.txt")],
        capture_output=True, check=True,
    )  # fmt: skip
    run: dict[str, Any] = json.loads(done.stdout)
    return run


def show(rows: list[dict[str, Any]]) -> str:
    head = ("grows", "MB", "renderings", "found", "load s", "check s", "peak MiB", "of it loaded", "s per MB")
    return table(head, [list(row.values()) for row in rows])


if __name__ == "__main__":
    print(show(measure("--full" in sys.argv)))
