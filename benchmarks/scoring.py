"""Scoring 10,000 segments of 27 words, of which the fix changed one in ten, against sacrebleu's own command on both texts.

    python benchmarks/scoring.py [segments [rounds]]

Both give BLEU, chrF2 and TER before and after with the paired bootstrap; the figures are compared before the times are.
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from material import sentences

WORDS = 27
CHANGED = 0.1
MOVED = 0.1  # segments in which a block stands elsewhere: what TER takes its time for
NOISE = 0.12
SEED = 5
TERMS = "id,zh,preferred,deprecated\npolice,警宣,police publicity work,public security propaganda work\n"
METRICS = ("BLEU", "chrF2", "TER")
_NUMBER = re.compile(r"\d+\.\d+")


def material(size: int) -> tuple[list[str], list[str], list[str]]:
    """Hypotheses, fixed texts and references. A garble stands in one hypothesis of ten."""
    drawn = random.Random(SEED)
    words = " ".join(sentences()).split()
    before, after, reference = [], [], []
    for number in range(size):
        at = drawn.randrange(len(words) - WORDS)
        human = words[at : at + WORDS]
        machine = [drawn.choice(words) if drawn.random() < NOISE else word for word in human]
        if drawn.random() < MOVED:
            start, end = sorted(drawn.sample(range(WORDS), 2))
            block = machine[start:end]
            del machine[start:end]
            place = drawn.randrange(len(machine) + 1)
            machine[place:place] = block
        fixed = list(machine)
        if number % round(1 / CHANGED) == 0:
            place = drawn.randrange(WORDS - 4)
            machine[place : place + 4] = "public security propaganda work".split()
            fixed[place : place + 4] = "police publicity work".split()
            human[place : place + 4] = "police publicity work".split()
        for column, text in ((before, machine), (after, fixed), (reference, human)):
            column.append(" ".join(text))
    return before, after, reference


def timed(command: list[str], folder: Path) -> tuple[float, str]:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, done.stdout


Figures = dict[str, list[float]]


def theirs(output: str) -> Figures:
    """What sacrebleu's table says: for each metric score, mean and interval before, the same after, and the p-value."""
    lines = [line.split("│")[2:-1] for line in output.splitlines() if re.match("│.*(txt|p = )", line)]
    return {name: [float(n) for n in _NUMBER.findall(" ".join(cells))] for name, *cells in zip(METRICS, *lines, strict=True)}


def ours(output: str) -> Figures:
    found = {}
    for each in json.loads(output)["metrics"]:
        spread = each["confidence"]
        found[each["name"]] = [
            each["before"], *spread["before"].values(), each["after"], *spread["after"].values(), each["p_value"],
        ]  # fmt: skip
    return found


def same(one: Figures, other: Figures) -> bool:
    """Whether the figures agree as far as sacrebleu prints them: four decimals."""
    return all(abs(a - b) < 0.6e-4 for name in METRICS for a, b in zip(one[name], other[name], strict=True))


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, column in zip(("before.txt", "after.txt", "reference.txt"), material(size), strict=True):
            (folder / path).write_text("\n".join(column) + "\n", encoding="utf-8")
        (folder / "terms.csv").write_text(TERMS, encoding="utf-8")
        metrics = ["-m", "bleu", "chrf", "ter", "--paired-bs", "-w", "4", "-f", "text"]
        terms = ["--no-builtin", "-t", "terms.csv"]
        score = [sys.executable, "-m", "glossary", "score", "before.txt", "-r", "reference.txt", "-f", "json", *terms]
        sacrebleu = [sys.executable, "-m", "sacrebleu", "reference.txt", "-i", "before.txt", "after.txt"]
        commands = {
            "sacrebleu, both texts, paired bootstrap": [*sacrebleu, *metrics],
            "glossary score, one process": [*score, "--fixed", "after.txt", "--jobs", "1"],
            f"glossary score, {os.cpu_count()} processes": [*score, "--fixed", "after.txt"],
            "glossary score that makes the fix itself": score,
        }
        times: dict[str, list[float]] = {title: [] for title in commands}
        outputs = {}
        for _ in range(rounds):
            for title, command in commands.items():
                seconds, outputs[title] = timed(command, folder)
                times[title].append(seconds)
    titles = list(commands)
    expected = theirs(outputs[titles[0]])
    for title in titles[1:3]:
        if not same(ours(outputs[title]), expected):
            sys.exit(f"{title}: other figures than sacrebleu: {ours(outputs[title])} against {expected}")
    yardstick = statistics.median(times[titles[0]])
    print(f"{size:,} segments of {WORDS} words, {CHANGED:.0%} changed; median of {rounds} rounds; figures agree")
    for title in titles:
        median = statistics.median(times[title])
        print(f"{title:45} {median:7.1f} s  {median / yardstick:5.2f}")


if __name__ == "__main__":
    main()
