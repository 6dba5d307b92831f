"""A folder of 1,000 articles of 5 KB as a pipeline checks it, against other checkers on the same files: python benchmarks/folder.py [FILES]

`cold` has the term base compiled and no results kept, `warm` has all results kept, in `changed` one file is new each time; each
with one process and with two. The others get as many processes: typos by its own option, codespell by halves of the folder.
Each finds what was put in, and glossary the same whatever the way.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from shlex import join
from typing import Any

import material
from processes import GLOSSARY, Tool, articles, other_tools
from timing import processes, table

import glossary
from glossary.matching import cache
from glossary.results import NAME as RESULTS


def measure(files: int = 1_000, rounds: int = 3, entries: int = 10_000) -> list[dict[str, Any]]:
    """A row for each tool, state and number of processes; ratios are to codespell with as many, by the clock."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lists = material.lists(entries)
        terms = material.term_file(folder / "terms.csv", lists)
        found, garbles = articles(folder / "articles", lists, files)
        known = other_tools(folder, lists)
        runs = {(tool, "", jobs): _others(each, tool, found, jobs) for tool, each in known.items() for jobs in (1, 2)}
        kinds = {"terms only": ["--no-builtin", "-t", str(terms), "--select", "deprecated-term"], "all rules and built-in terms": []}
        for kind, options in kinds.items():
            glossary.matcher_from_files(*[terms] * ("-t" in options), builtin="-t" not in options)
            for state in ("cold", "warm", "changed"):
                for jobs in (1, 2):
                    own = articles(folder / f"{len(runs)}", lists, files)[0] if state == "changed" else found
                    command = [*GLOSSARY, "-j", str(jobs), *options, str(own)]
                    runs[f"glossary, {kind}", state, jobs] = _glossary(command, state, own, _cache(folder / f"cache-{len(runs)}"))
        done = processes({str(key): tool.command for key, tool in runs.items()}, rounds, folder)
        counts = {key: tool.found(done[str(key)].output) for key, tool in runs.items() if tool.found}
        for tool in {key[0] for key in runs}:
            numbers = {count for key, count in counts.items() if key[0] == tool}
            assert len(numbers) == 1, f"{tool} finds {numbers}"
            assert numbers == {garbles} or "built-in" in tool, f"{tool} finds {numbers}, not {garbles}"
        return [
            {
                "tool": key[0], "results": key[1], "processes": key[2], "found": counts[key],
                "clock_s": done[str(key)].clock, "processor_s": done[str(key)].processor,
                **{f"clock_ratio_{other}": done[str(key)].clock / done[str((other, "", key[2]))].clock for other in known},
            }
            for key in runs
        ]  # fmt: skip


def _others(tool: Tool, name: str, folder: Path, jobs: int) -> Tool:
    if jobs == 1:
        return Tool([*tool.command, str(folder)], tool.found)
    if name == "typos":
        return Tool([part.replace("-j1", f"-j{jobs}") for part in tool.command] + [str(folder)], tool.found)
    halves = [f"{join(tool.command)} {folder}/*[{digits}].txt > half-{digits}" for digits in ("02468", "13579")]
    return Tool(["sh", "-c", f"{halves[0]} & {halves[1]}; wait; cat half-*"], tool.found)


def _glossary(command: list[str], state: str, folder: Path, kept: Path) -> Tool:
    """The command with a cache of its own; `sh` first takes the results away, or changes a file."""
    first = {"cold": f"rm -f {kept / RESULTS}; ", "warm": "", "changed": f"echo >> {folder / '0000.txt'}; "}[state]
    return Tool(["sh", "-c", f"{first}GLOSSARY_CACHE={kept} exec {join(command)}"], _findings)


def _findings(output: bytes) -> int:
    return output.count(b"\n")


def _cache(folder: Path) -> Path:
    """A cache that has the compiled term bases, and no results."""
    folder.mkdir()
    for path in cache.folder().iterdir():
        if path.suffix in (".termbase", ".key"):
            (folder / path.name).symlink_to(path)
    return folder


def show(rows: list[dict[str, Any]]) -> str:
    return table(list(rows[0]), [list(row.values()) for row in rows])


if __name__ == "__main__":
    print(show(measure(*map(int, sys.argv[1:2]))))
