"""Term files: the table of formats, the built-in files, and `load`, which makes one TermBase of all that is named."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from glossary.errors import TermBaseError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from glossary.termbase.concept import Concept
    from glossary.termbase.exchange import Parsed, Written
    from glossary.termbase.termbase import TermBase


class TermFormat(NamedTuple):
    """A format of term files: its name, the endings it goes by, its module, and whether that can read it.

    `whole` says whether it holds concepts, not only pairs of Chinese and preferred English.
    Reading is `parse(path, columns) -> Parsed`, writing is `dumps(concepts, termbase, name) -> Written`.
    """

    name: str
    endings: tuple[str, ...]
    module: str
    reads: bool = True
    whole: bool = True


FORMATS = (
    TermFormat("csv", (".csv",), "glossary.termbase.csv_file"),
    TermFormat("tsv", (".tsv",), "glossary.termbase.csv_file"),
    TermFormat("xlsx", (".xlsx",), "glossary.termbase.xlsx_file"),
    TermFormat("tbx", (".tbx",), "glossary.termbase.tbx_file"),
    TermFormat("tbx-dct", (), "glossary.termbase.tbx_file", reads=False),
    TermFormat("utx", (".utx",), "glossary.termbase.utx_file"),
    TermFormat("tmx", (".tmx",), "glossary.termbase.tmx_file", whole=False),
    TermFormat("deepl", (), "glossary.termbase.engine_file", reads=False, whole=False),
    TermFormat("google", (), "glossary.termbase.engine_file", reads=False, whole=False),
    TermFormat("aws", (), "glossary.termbase.engine_file", reads=False, whole=False),
    TermFormat("azure", (), "glossary.termbase.engine_file", reads=False, whole=False),
    TermFormat("prompt", (), "glossary.termbase.prompt_file", reads=False, whole=False),
)

NOT_TERMS = frozenset({"slots.csv", "guards.csv", "examples.csv"})


def builtin_folder() -> Path:
    """Where the built-in term files are: inside the installed package, or at the top of a checkout."""
    from pathlib import Path

    return Path(_builtin())


def _builtin() -> str:
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "glossaries")
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(os.path.dirname(package)), "glossaries")


def load(*paths: str | Path, builtin: bool = True) -> TermBase:
    """Read term files into one term base. A later file overrides an earlier one by id; the built-in files come first.

    Args:
        paths: term files, or folders of them.
        builtin: whether to start from the built-in files.

    Raises:
        TermBaseError: with one line for each mistake found, in all files.
    """
    from pathlib import Path

    from glossary.termbase.termbase import TermBase
    from glossary.termbase.vocabulary import read_guards, read_lexicon, read_ordinary, read_slots

    folder = builtin_folder()
    termbase = TermBase(
        {}, read_slots(folder / "slots.csv"), read_guards(folder / "guards.csv"),
        read_lexicon(folder / "literal"), read_ordinary(folder / "literal" / "ordinary.txt"),
    )  # fmt: skip
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


def source_files(*paths: str | Path, builtin: bool = True) -> list[str]:
    """Every file that `load` of the same arguments would read."""
    files: list[str] = []
    for folder in (*([_builtin()] if builtin else []), *(os.fspath(path) for path in paths)):
        files += [os.path.join(folder, name) for name in _term_names(folder)] if os.path.isdir(folder) else [folder]
    return files


def vocabulary_files() -> list[str]:
    """The files of slots, guards, literal readings and parts of titles, which every term base uses."""
    folder = _builtin()
    tables = [
        os.path.join(folder, name, table)
        for name in ("literal", "titles")
        for table in sorted(os.listdir(os.path.join(folder, name)))
        if table.endswith((".csv", ".txt"))
    ]
    return [os.path.join(folder, name) for name in ("slots.csv", "guards.csv")] + tables


def term_files(folder: Path) -> list[Path]:
    """The term files of a folder, sorted by name; slots, guards and examples are none."""
    return [folder / name for name in _term_names(folder)]


def _term_names(folder: str | Path) -> list[str]:
    endings = frozenset(_endings())
    return sorted(name for name in os.listdir(folder) if os.path.splitext(name)[1].lower() in endings and name not in NOT_TERMS)


def parse(path: Path, format: str | None = None, columns: Mapping[str, str] | None = None) -> Parsed:
    """What a term file holds, and what of it could not be taken.

    Args:
        path: the file.
        format: the name of its format; by its ending if None.
        columns: for tables, our name of a column -> theirs.

    Raises:
        TermBaseError: it holds mistakes.
        UsageError: no format goes by that name or ending.
    """
    known = format_of(path, format)
    if not known.reads:
        raise UsageError(f"{known.name} can be written, not read; {_listed(f.name for f in FORMATS if f.reads)} can be read")
    if columns and known.name not in ("csv", "tsv", "xlsx"):
        raise UsageError(f"{path}: {known.name} has no columns to map")
    parsed: Parsed = importlib.import_module(known.module).parse(path, columns)
    return parsed


def dumps(concepts: Iterable[Concept], termbase: TermBase, format: str) -> Written:
    """A term file in the format of that name, and what it could not hold. `termbase` has the slots that the concepts refer to.

    Raises:
        UsageError: no format has that name, or the file would be too large for it.
    """
    known = _named(format)
    written: Written = importlib.import_module(known.module).dumps(list(concepts), termbase, known.name)
    return written


def format_of(path: Path, name: str | None = None) -> TermFormat:
    """The format of a path by its ending, or the one named.

    Raises:
        UsageError: no format goes by that name or ending.
    """
    if name is not None:
        return _named(name)
    for known in FORMATS:
        if path.suffix.lower() in known.endings:
            return known
    raise UsageError(f"{path}: no term file format goes by '{path.suffix.lower()}'; known are {_listed(_endings())}")


def _named(name: str) -> TermFormat:
    for known in FORMATS:
        if known.name == name:
            return known
    raise UsageError(f"there is no term file format '{name}'; known are {_listed(known.name for known in FORMATS)}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _endings() -> Iterable[str]:
    return [ending for known in FORMATS for ending in known.endings]


def _read(path: Path, problems: list[str]) -> list[Concept]:
    try:
        return parse(path).concepts
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
