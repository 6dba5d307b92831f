"""make fuzz: every target of targets.py for a while, each in a process of its own, with atheris.

    python fuzz/run.py [--seconds 60] [--only NAMES] [--record]

Prints seconds, executions and what was found; inputs that break something are kept in build/fuzz/. Exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from targets import Target

ROOT = Path(__file__).parents[1]
FOUND, RECORDS = ROOT / "build" / "fuzz", ROOT / "benchmarks" / "records"


def fuzz(name: str) -> None:
    """The process of one target."""
    import atheris

    with atheris.instrument_imports(include=["glossary"]):
        import targets
    atheris.Setup([sys.argv[0], *sys.argv[3:]], lambda data: targets.call(name, data))
    atheris.Fuzz()


def run(name: str, target: Target, seconds: int) -> dict[str, Any]:
    """A target for a while: how long it took, how often it was called, and what was found."""
    corpus, found = FOUND / name / "corpus", FOUND / name / "found"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2000", "-max_len=4096", f"-artifact_prefix={found}/"]
    command = [sys.executable, __file__, "--target", name, *limits, "-print_final_stats=1", str(corpus)]
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    runs = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stderr) or re.search(r"Done (\d+) runs", done.stderr)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if re.match(r"\w*(Error|Exception)|.*ERROR: |.*Test unit", line)]
    return {
        "target": name, "seconds": round(time.monotonic() - start, 1), "executions": int(runs.group(1)) if runs else 0,
        "found": " | ".join(lines[:3]) if done.returncode else "",
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--only", default="", metavar="NAMES", help="some of the targets")
    parser.add_argument("--record", action="store_true", help="keep the figures in benchmarks/records/")
    arguments = parser.parse_args()
    import targets

    done = []
    for name, target in targets.TARGETS.items():
        if not arguments.only or name in arguments.only.split(","):
            done.append(run(name, target, arguments.seconds))
            found = done[-1]["found"]
            print(f"{name:20} {done[-1]['seconds']:6} s {done[-1]['executions']:>9,} executions{'  FOUND: ' * bool(found)}{found}", flush=True)
    if arguments.record:
        today = datetime.datetime.now(datetime.UTC).date()
        (RECORDS / f"fuzz-{today}.json").write_text(json.dumps({"date": str(today), "targets": done}, indent=1) + "\n", "utf-8")
    return int(any(each["found"] for each in done))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--target"]:
        fuzz(sys.argv[2])
    sys.exit(main())
