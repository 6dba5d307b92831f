"""Whole processes against other checkers, on the same files: python benchmarks/processes.py [--full]

Each tool looks for as many entries: phrases where it knows phrases, single misspelt words where it does not. Each must find
what was put in. textlint with prh and proselint run where they are installed (make bench-tools).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import material
from timing import processes, table

import glossary

TOOLS = material.ROOT / "build" / "bench-tools"
GLOSSARY = [sys.executable, "-m", "glossary", "check", "--format", "concise"]  # a line for each finding, as codespell and typos print
BARE = """
import sys, os
from pathlib import Path
from glossary.matching.automaton import Automaton
find = Automaton.load(Path(sys.argv[1]).read_bytes()).find
paths = [os.path.join(sys.argv[2], n) for n in sorted(os.listdir(sys.argv[2]))] if os.path.isdir(sys.argv[2]) else [sys.argv[2]]
print(sum(len(find(Path(p).read_bytes().lower())) for p in paths))
"""


class Tool(NamedTuple):
    """How a tool is called for a path, and how what it found is counted in what it prints."""

    command: list[str]
    found: Callable[[bytes], int] | None


def tools(folder: Path, count: int) -> tuple[dict[str, Tool], material.Lists]:
    """The tools that are installed, with term lists of `count` entries, made in `folder`."""
    lists = material.lists(count)
    terms = material.term_file(folder / "terms.csv", lists)
    glossary.matcher_from_files(terms, builtin=False)
    from glossary.matching.automaton import Automaton

    stored = folder / "bare.automaton"
    stored.write_bytes(Automaton.build([text.encode() for text in lists.renderings]).stored)
    mine = [*GLOSSARY, "--no-cache", "-j", "1"]
    rule = b": deprecated-term["
    known = {
        "glossary, terms only": Tool([*mine, "--no-builtin", "-t", str(terms), "--select", "deprecated-term"], lambda out: out.count(rule)),
        "glossary, all rules": Tool([*mine, "--no-builtin", "-t", str(terms)], lambda out: out.count(rule)),
        "glossary, all rules and built-in terms": Tool([*mine, "-t", str(terms)], None),
        "bare automaton": Tool([sys.executable, "-c", BARE, str(stored)], lambda out: int(out)),
    }
    known |= other_tools(folder, lists)
    if found := _program("proselint"):
        known["proselint, its own rules"] = Tool([found, "check"], None)
    if (TOOLS / "node_modules" / ".bin" / "textlint").exists():
        rules = folder / "prh.yml"
        entries = "".join(f"  - expected: approved form\n    patterns: [{text}]\n" for text in lists.renderings)
        rules.write_text("version: 1\nrules:\n" + entries)
        config = folder / "textlintrc.json"
        config.write_text(json.dumps({"rules": {"prh": {"rulePaths": [str(rules)]}}}))
        known["textlint + prh"] = Tool(
            [
                str(TOOLS / "node_modules" / ".bin" / "textlint"), "--config", str(config),
                "--rules-base-directory", str(TOOLS / "node_modules"), "-f", "unix",
            ],
            lambda out: out.count(b"=> approved form"),
        )
    return known, lists


def other_tools(folder: Path, lists: material.Lists) -> dict[str, Tool]:
    """The spelling checkers that are installed, with the misspelt words of the lists; each uses one process."""
    known = {}
    if found := _program("codespell"):
        words = material.codespell_file(folder / "codespell.txt", lists)
        known["codespell"] = Tool([found, "-D", str(words)], lambda out: out.count(b"==> right"))
    if found := _program("typos"):
        config = material.typos_file(folder / "typos.toml", lists)
        command = [found, "-j1", "--format", "brief", "--isolated", "--config", str(config)]
        known["typos"] = Tool(command, lambda out: out.count(b"`right`"))
    return known


SLOW = {"proselint, its own rules", "textlint + prh", "glossary, all rules and built-in terms"}


def measure(count: int = 10_000, rounds: int = 3, *, full: bool = False) -> list[dict[str, Any]]:
    """One row for each tool and input."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known, lists = tools(folder, count)
        for label, path, garbles in _inputs(folder, lists, full):
            slow = label in ("article of 5 KB", "1,000 files" if full else "")
            chosen = {name: tool for name, tool in known.items() if slow or name not in SLOW}
            commands = {name: [*tool.command, str(path)] for name, tool in chosen.items()}
            done = processes(commands, rounds if label != "100 MB" else 1, folder)
            for name, tool in chosen.items():
                found = tool.found(done[name].output) if tool.found else None
                if found is not None and name != "bare automaton":
                    assert found == garbles, f"{name} found {found} of {garbles} in {label}: {done[name].output[:500]!r}"
                rows.append(
                    {
                        "input": label, "tool": name, "found": found, "clock_s": done[name].clock, "processor_s": done[name].processor,
                        "ratio": done[name].processor / done["glossary, terms only"].processor,
                    }
                )  # fmt: skip
    return rows


def start_up(rounds: int = 11) -> list[dict[str, Any]]:
    """One article of 5 KB with the built-in term base, against `import click`: pairs in turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = material.articles()[0]
        (folder / "article.txt").write_text((text * 3)[:5000], "utf-8")
        commands = {
            "import click": [sys.executable, "-c", "import click"],
            "glossary check": [sys.executable, "-m", "glossary", "check", "--no-cache", "article.txt"],
        }
        done = processes(commands, rounds, folder)
    base = done["import click"]
    return [
        {
            "command": key, "clock_s": each.clock, "processor_s": each.processor,
            "clock_ratio": each.clock / base.clock, "processor_ratio": each.processor / base.processor,
        }
        for key, each in done.items()
    ]  # fmt: skip


def _inputs(folder: Path, lists: material.Lists, full: bool) -> list[tuple[str, Path, int]]:
    article = material.sparse(5_000, lists, seed=1)
    (folder / "article.txt").write_text(article.text)
    files, total = articles(folder / "articles", lists)
    found = [("article of 5 KB", folder / "article.txt", article.garbles), ("1,000 files", files, total)]
    for megabytes in (10, 100) if full else (10,):
        large = material.sparse(megabytes * 1_000_000, lists, seed=2)
        path = folder / f"{megabytes}.txt"
        path.write_text(large.text)
        found.append((f"{megabytes} MB", path, large.garbles))
    return found


def articles(folder: Path, lists: material.Lists, count: int = 1_000) -> tuple[Path, int]:
    """A new folder with articles of 5 KB, and how many garbles stand in them."""
    folder.mkdir()
    total = 0
    for number in range(count):
        each = material.sparse(5_000, lists, seed=number)
        (folder / f"{number:04}.txt").write_text(each.text)
        total += each.garbles
    return folder, total


def _program(name: str) -> str | None:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if os.access(beside, os.X_OK) else shutil.which(name)


def show(rows: list[dict[str, Any]]) -> str:
    head = ("input", "tool", "found", "clock s", "processor s", "processor, terms only = 1")
    return table(head, [list(row.values()) for row in rows])


def show_start_up(rows: list[dict[str, Any]]) -> str:
    return table(("command", "clock s", "processor s", "clock ratio", "processor ratio"), [list(row.values()) for row in rows])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="100 MB too, and the slow tools on 1,000 files")
    parser.add_argument("--count", type=int, default=10_000, help="entries of each list")
    arguments = parser.parse_args()
    print(show(measure(arguments.count, full=arguments.full)))
    print()
    print(show_start_up(start_up()))
