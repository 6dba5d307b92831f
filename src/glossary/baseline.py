"""The baseline: findings that are known, and not reported again until they are mended.

A known finding is told by its file, rule, concept, words and sentence, not by its line: it is found again when lines move,
when the text around it is edited and, by the likeness of the sentence, when its own sentence is.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from glossary.documents.formats import write_file
from glossary.errors import ConfigError
from glossary.findings import Finding
from glossary.reports.result import CheckedFile
from glossary.text import fold, sentence

SCHEMA = "glossary/baseline/1"
_ALIKE = 0.6  # of the words of two sentences that are the same one, edited
_MOST_PAIRS = 250_000


class Known(NamedTuple):
    """A finding as it is kept. Sentences and texts are kept folded, so that neither quotes nor line breaks matter."""

    rule: str
    concept: str
    text: str
    sentence: str


class Baseline:
    """The known findings of files, by path from the baseline's folder, with `/`."""

    def __init__(self, path: str, files: dict[str, list[Known]] | None = None) -> None:
        self._folder = str(Path(path).parent)
        self._files = files or {}

    def name(self, path: str) -> str:
        """The name under which a file is kept."""
        return Path(os.path.relpath(path, self._folder)).as_posix() if path != "-" else path

    def new(self, file: CheckedFile) -> CheckedFile:
        """The file with the findings that are not known."""
        known = self._files.get(self.name(file.path))
        if not known or not file.findings:
            return file
        return file.showing(_unknown(file, known))

    def gone(self, files: Iterable[CheckedFile]) -> int:
        """How many known findings of these files have been mended. The files must hold all their findings."""
        count = 0
        for file in files:
            known = self._files.get(self.name(file.path))
            if known and not file.error:
                count += len(known) - (len(file.findings) - len(_unknown(file, known)))
        return count

    def updated(self, files: Iterable[CheckedFile]) -> Baseline:
        """The baseline with what these files hold now. Files that were not checked stay, unless they are gone."""
        kept = {name: known for name, known in self._files.items() if name == "-" or os.path.exists(os.path.join(self._folder, name))}
        for file in files:
            if not file.error:
                kept[self.name(file.path)] = [_known(file.text, finding) for finding in file.findings]
        return Baseline(os.path.join(self._folder, "."), {name: known for name, known in kept.items() if known})

    def __len__(self) -> int:
        return sum(map(len, self._files.values()))

    def dumps(self) -> str:
        """The text of the file: a line for each finding, sorted, so that reviews and merges stay readable."""
        out = [f'{{"schema": "{SCHEMA}", "files": {{']
        blocks = []
        for name, known in sorted(self._files.items()):
            rows = ",\n".join("  " + json.dumps(each._asdict(), ensure_ascii=False) for each in sorted(known))
            blocks.append(f" {json.dumps(name, ensure_ascii=False)}: [\n{rows}\n ]")
        return out[0] + ("\n" + ",\n".join(blocks) + "\n" if blocks else "") + "}}\n"


def read(path: str, *, missing: bool = False) -> Baseline:
    """Read a baseline. With `missing` one that does not exist is empty.

    Raises:
        ConfigError: it cannot be read or is no baseline.
    """
    try:
        stored = json.loads(Path(path).read_text("utf-8"))
        if stored["schema"] != SCHEMA:
            raise ValueError
        files = {str(name): [Known(**each) for each in known] for name, known in stored["files"].items()}
    except FileNotFoundError:
        if missing:
            return Baseline(path)
        raise ConfigError(f"{path}: no such file; make it with --update-baseline") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ConfigError(f"{path}: not a baseline ({SCHEMA}); make a new one with --update-baseline") from None
    return Baseline(path, files)


def write(path: str, baseline: Baseline) -> None:
    """Write a baseline, whole or not at all."""
    write_file(path, baseline.dumps().encode())


def _known(text: str, finding: Finding) -> Known:
    start, end = sentence(text, finding.start, finding.end)
    return Known(finding.rule, finding.concept or "", fold(finding.text), fold(text[start:end]))


def _unknown(file: CheckedFile, known: list[Known]) -> list[Finding]:
    """The findings that none of the known ones stands for; each of those stands for one."""
    left = Counter(known)
    unmatched: list[tuple[Finding, Known]] = []
    for finding in file.findings:
        key = _known(file.text, finding)
        if left[key]:
            left[key] -= 1
        else:
            unmatched.append((finding, key))
    if not unmatched:
        return []
    taken = _edited(unmatched, list(left.elements()))
    return [finding for number, (finding, _) in enumerate(unmatched) if number not in taken]


def _edited(findings: list[tuple[Finding, Known]], known: list[Known]) -> set[int]:
    """The numbers of the findings whose sentence is a known one, edited: the most alike are paired first."""
    by_name: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, each in enumerate(known):
        by_name[each[:3]].append(number)
    pairs: list[tuple[float, int, int]] = []
    for number, (_, key) in enumerate(findings):
        candidates = by_name.get(key[:3], [])
        if len(pairs) + len(candidates) > _MOST_PAIRS:
            break
        likenesses = ((_likeness(key.sentence, known[other].sentence), number, other) for other in candidates)
        pairs += [pair for pair in likenesses if pair[0] >= _ALIKE]
    taken: set[int] = set()
    used: set[int] = set()
    for _, number, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if number not in taken and other not in used:
            taken.add(number)
            used.add(other)
    return taken


def _likeness(one: str, other: str) -> float:
    """The share of words that two sentences have in common."""
    a, b = Counter(one.split()), Counter(other.split())
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))
