"""Term files: the table of formats, the built-in files, and `load`, which makes one TermBase of all that is named."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from glossary.errors import TermBaseError, UsageError
from glossary.termbase.concept import Concept, TermBase
from glossary.termbase.vocabulary import read_guards, read_lexicon, read_slots


class TermFormat(NamedTuple):
    """A format of term files: the endings it goes by, and the module with `read(path) -> list[Concept]`."""

    name: str
    endings: tuple[str, ...]
    module: str


FORMATS = (TermFormat("csv", (".csv", ".tsv"), "glossary.termbase.csv_file"),)

NOT_TERMS = frozenset({"slots.csv", "guards.csv", "examples.csv"})


def builtin_folder() -> Path:
    """Where the built-in term files are: inside the installed package, or at the top of a checkout."""
    installed = Path(__file__).parents[1] / "glossaries"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "glossaries"


def load(*paths: str | Path, builtin: bool = True) -> TermBase:
    """Read term files into one term base. A later file overrides an earlier one by id; the built-in files come first.

    Args:
        paths: term files, or folders of them.
        builtin: whether to start from the built-in files.

    Raises:
        TermBaseError: with one line for each mistake found, in all files.
    """
    folder = builtin_folder()
    termbase = TermBase({}, read_slots(folder / "slots.csv"), read_guards(folder / "guards.csv"), read_lexicon(folder / "literal"))
    problems: list[str] = []
    if builtin:
        termbase = termbase.with_concepts(_read_folder(folder, problems))
    for path in map(Path, paths):
        if path.is_dir():
            termbase = termbase.with_concepts(_read_folder(path, problems))
        else:
            termbase = termbase.with_concepts(_read(path, problems))
    if problems:
        raise TermBaseError(problems)
    return termbase


def source_files(*paths: str | Path, builtin: bool = True) -> list[Path]:
    """Every file that `load` of the same arguments would read."""
    files: list[Path] = []
    if builtin:
        files += term_files(builtin_folder())
    for path in map(Path, paths):
        files += sorted(p for p in path.iterdir() if p.suffix.lower() in _endings()) if path.is_dir() else [path]
    return files


def vocabulary_files() -> list[Path]:
    """The files of slots, guards and literal readings, which every term base uses."""
    folder = builtin_folder()
    return [folder / "slots.csv", folder / "guards.csv", *sorted((folder / "literal").glob("*.csv"))]


def term_files(folder: Path) -> list[Path]:
    """The term files of a folder, sorted by name; slots, guards and examples are none."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _endings() and path.name not in NOT_TERMS)


def reader(path: Path) -> Callable[[Path], list[Concept]]:
    """The reader for a file, by its ending.

    Raises:
        UsageError: no format goes by that ending.
    """
    ending = path.suffix.lower()
    for known in FORMATS:
        if ending in known.endings:
            read: Callable[[Path], list[Concept]] = importlib.import_module(known.module).read
            return read
    raise UsageError(f"{path}: no term file format goes by '{ending}'; known are {', '.join(sorted(_endings()))}")


def _endings() -> Iterable[str]:
    return [ending for known in FORMATS for ending in known.endings]


def _read(path: Path, problems: list[str]) -> list[Concept]:
    try:
        return reader(path)(path)
    except (TermBaseError, UsageError) as error:
        problems += getattr(error, "problems", [str(error)])
        return []


def _read_folder(folder: Path, problems: list[str]) -> list[Concept]:
    files = term_files(folder)
    if not files:
        problems.append(f"{folder}: no term files here; name a .csv file or a folder that holds some")
    seen: dict[str, Concept] = {}
    for path in files:
        for concept in _read(path, problems):
            if concept.id in seen:
                problems.append(f"{concept.place}: id '{concept.id}' is taken by {seen[concept.id].place}; choose another")
            seen.setdefault(concept.id, concept)
    return list(seen.values())
