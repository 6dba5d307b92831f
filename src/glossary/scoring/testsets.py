"""The published test sets that sacrebleu knows, from its cache ($SACREBLEU or ~/.sacrebleu) or, the first time, from the network."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from glossary.errors import DocumentError, UsageError
from glossary.scoring.articles import Article


def published_article(test_set: str, langpair: str, system: str) -> Article:
    """A system's output on a test set, with its references and source.

    Args:
        test_set: sacrebleu's name of it, such as wmt20.
        langpair: such as zh-en.
        system: a file with one line for each segment, or the name of a system whose output comes with the test set (wmt21 on).

    Raises:
        UsageError: sacrebleu knows no such test set, language pair or system.
        DocumentError: the test set is not here and cannot be fetched, or the output has another number of lines.
    """
    from sacrebleu.dataset import DATASETS

    known: Any = DATASETS.get(test_set)
    if known is None:
        near = [name for name in DATASETS if langpair in DATASETS[name].langpairs]
        raise UsageError(f"sacrebleu has no test set '{test_set}'; for {langpair} it has {', '.join(sorted(near)) or 'none'}")
    if langpair not in known.langpairs:
        raise UsageError(f"the test set {test_set} has no {langpair}; it has {', '.join(sorted(known.langpairs))}")
    logging.getLogger("sacrebleu").setLevel(logging.CRITICAL)
    try:
        source = _lines(known.get_source_file(langpair))
        references = [_lines(path) for path in known.get_reference_files(langpair)]
        output = _lines(system) if Path(system).is_file() else _lines(_output(known, langpair, system))
    except (OSError, SystemExit, EOFError) as error:
        raise DocumentError(
            f"the test set {test_set} is not in sacrebleu's cache and cannot be fetched ({_reason(error)}); "
            f"with a network run: sacrebleu -t {test_set} -l {langpair} --echo src"
        ) from None
    if len(output) != len(source):
        raise DocumentError(f"{system}: has {len(output)} lines, but {test_set}/{langpair} has {len(source)} segments")
    return Article(output, references, None, source, f"{test_set}/{langpair}")


def _output(known: Any, langpair: str, system: str) -> str:
    fields: list[str] = known.fieldnames(langpair)
    if system not in fields:
        systems = [name for name in fields if not name.startswith("ref") and name not in ("src", "docid", "genre", "origlang", "domain")]
        raise UsageError(f"{system}: no such file, and no system of this test set; it comes with {', '.join(systems) or 'none'}")
    files: list[str] = known.get_files(langpair)
    return files[fields.index(system)]


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _reason(error: BaseException) -> str:
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
    return str(reason) if not isinstance(error, SystemExit) else "the download failed"
