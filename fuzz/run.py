"""make fuzz: every target of targets.py for a while, each in a process of its own, with atheris.

    python fuzz/run.py [--seconds 60] [--only NAMES]

Prints executions and what was found; inputs that break something are kept in build/fuzz/. Exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

FOUND = Path(__file__).parents[1] / "build" / "fuzz"


def fuzz(name: str) -> None:
    """The process of one target."""
    import atheris

    with atheris.instrument_imports(include=["glossary"]):
        import targets
    atheris.Setup([sys.argv[0], *sys.argv[3:]], lambda data: targets.call(name, data))
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--only", default="", metavar="NAMES", help="some of the targets")
    arguments = parser.parse_args()
    import targets

    broken = 0
    for name, target in targets.TARGETS.items():
        if arguments.only and name not in arguments.only.split(","):
            continue
        corpus, found = FOUND / name / "corpus", FOUND / name / "found"
        for folder in (corpus, found):
            folder.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(target.seeds):
            (corpus / f"seed-{number}").write_bytes(seed)
        limits = [f"-max_total_time={arguments.seconds}", "-timeout=20", "-rss_limit_mb=2000", "-max_len=4096", f"-artifact_prefix={found}/"]
        done = subprocess.run(
            [sys.executable, __file__, "--target", name, *limits, "-print_final_stats=1", str(corpus)], capture_output=True, text=True
        )
        runs = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stderr) or re.search(r"Done (\d+) runs", done.stderr)
        told = f"{name:20} {int(runs.group(1)) if runs else 0:>9,} executions"
        if done.returncode:
            broken += 1
            lines = [line for line in done.stderr.splitlines() if re.match(r"\w*(Error|Exception)|.*ERROR: |.*Test unit", line)]
            told += "  FOUND: " + " | ".join(lines[:3])
        print(told, flush=True)
    return int(broken > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--target"]:
        fuzz(sys.argv[2])
    sys.exit(main())
