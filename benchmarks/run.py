"""make bench: all benchmarks in one run, with a dated record and charts.

    python benchmarks/run.py [--full] [--only NAMES]

Compare within one record, never across machines: what matters are the ratios.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

import batch
import editor
import engines
import folder
import growth
import kills
import processes
import throughput

import glossary

HERE = Path(__file__).parent
SECTIONS: dict[str, tuple[Callable[[bool], list[dict[str, Any]]], Callable[[list[dict[str, Any]]], str]]] = {
    "engines": (lambda full: engines.measure(), engines.show),
    "throughput": (lambda full: throughput.measure() + throughput.builtin(), throughput.show),
    "processes": (lambda full: processes.measure(full=full), processes.show),
    "start-up": (lambda full: processes.start_up(), processes.show_start_up),
    "growth": (growth.measure, growth.show),
    "folder": (lambda full: folder.measure(), folder.show),
    "editor": (lambda full: editor.measure(), editor.show),
    "batch": (batch.measure, batch.show),
    "kills": (lambda full: kills.measure(), kills.show),
}
RECORDS = {"batch": "batch", "kills": "batch"}  # the others are speed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="100 MB, two million rows, and slow tools on 1,000 files too")
    parser.add_argument("--only", default=",".join(SECTIONS), metavar="NAMES", help=f"some of the sections: {', '.join(SECTIONS)}")
    arguments = parser.parse_args()
    measured = {}
    for name in arguments.only.split(","):
        measure, show = SECTIONS[name]
        print(f"\n== {name}\n", flush=True)
        measured[name] = measure(arguments.full)
        print(f"\n{show(measured[name])}", flush=True)
    for kind in dict.fromkeys(RECORDS.get(name, "speed") for name in measured):
        known = _recorded(kind, {name: rows for name, rows in measured.items() if RECORDS.get(name, "speed") == kind})
        if {"growth", "processes"}.isdisjoint(known):
            continue
        import charts

        for path in charts.draw(known, HERE.parent / "docs" / "images"):
            print(path.relative_to(HERE.parent))


def _recorded(kind: str, measured: dict[str, Any]) -> dict[str, Any]:
    """Put what was measured into today's record of a kind, and give all that it holds."""
    record = HERE / "records" / f"{datetime.datetime.now(datetime.UTC).date()}-{kind}.json"
    record.parent.mkdir(exist_ok=True)
    known = json.loads(record.read_text("utf-8")) if record.exists() else {}
    machine = {"processors": os.cpu_count(), "load": os.getloadavg()[0], "system": platform.platform(), "python": platform.python_version()}
    known |= {"version": glossary.__version__, "machine": machine, **measured}
    record.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
    print(f"\n{record.relative_to(HERE.parent)}")
    return known


if __name__ == "__main__":
    main()
