"""Many files: each is read, checked and kept in the result cache, in one process or in several, and handed back in order.

A file that cannot be used, or on which the program fails, becomes a CheckedFile with an error: it never looks clean.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from glossary.checker import check_document
from glossary.config import Config
from glossary.documents.document import Document
from glossary.documents.encoding import read_bytes
from glossary.documents.formats import format_of, parse
from glossary.errors import GlossaryError
from glossary.matching.cache import matcher_from_files
from glossary.matching.matcher import Matcher
from glossary.reports.result import CheckedFile
from glossary.termbase.concept import TermBase
from glossary.text import word_count

if TYPE_CHECKING:
    from glossary.results import Results

_FEW = 8  # for so few files the result cache costs more than it gains
_WORTH_A_PROCESS = 64  # files; starting processes costs as much as checking some dozens
_CHUNK = 32


class _Plan(NamedTuple):
    """What a process needs to know: it has, or gets, the term base by itself."""

    config: Config
    format: str | None
    debug: bool

    def matcher(self) -> Matcher:
        return matcher_of(self.config)

    def termbase(self) -> TermBase:
        """What a document with its source needs; read only for one."""
        return _termbase(self.config.term_files, self.config.builtin)


@functools.lru_cache(maxsize=1)
def _termbase(paths: tuple[str, ...], builtin: bool) -> TermBase:
    from glossary.termbase.files import load

    return load(*paths, builtin=builtin)


@functools.lru_cache(maxsize=1)  # for processes that are forked, or check one chunk after the other
def _matcher(paths: tuple[str, ...], builtin: bool) -> Matcher:
    return matcher_from_files(*paths, builtin=builtin)


def matcher_of(config: Config) -> Matcher:
    """The matcher of a configuration's term files; the last one is kept.

    Raises:
        TermBaseError: the term base cannot be used.
    """
    return _matcher(config.term_files, config.builtin)


def check_files(
    paths: Sequence[str],
    config: Config,
    *,
    format: str | None = None,
    stdin: Callable[[], bytes] | None = None,
    done: Callable[[int], None] | None = None,
    debug: bool = False,
) -> Iterator[CheckedFile]:
    """Check files, in the order given, whatever the order of work.

    Args:
        paths: files; `-` is what `stdin` returns.
        config: the term base, the settings of each file, how many processes to use, whether to keep results.
        format: the document format of all files; by their endings unless given.
        done: is told how many files more are done.
        debug: raise what the program itself does wrong, where it would become the error of a file.

    Raises:
        TermBaseError: the term base cannot be used.
    """
    plan = _Plan(config, format, debug)
    plan.matcher()
    jobs = min(config.jobs or os.cpu_count() or 1, len(paths) // (_WORTH_A_PROCESS // 2))
    chunks = [paths[at : at + _CHUNK] for at in range(0, len(paths), _CHUNK)]
    if jobs > 1 and "-" not in paths:
        results = _in_processes(chunks, plan, jobs)
    else:
        results = (_check_chunk(chunk, plan, cached=len(paths) > _FEW, stdin=stdin) for chunk in chunks)
    for files in results:
        if done:
            done(len(files))
        yield from files


def _check_chunk(
    paths: Sequence[str], plan: _Plan, *, cached: bool = True, stdin: Callable[[], bytes] | None = None
) -> list[CheckedFile]:
    matcher = plan.matcher()
    if not (cached and plan.config.cache):
        return [_check(path, plan, matcher, None, stdin) for path in paths]
    from glossary.results import Results  # brings SQLite along

    with Results(matcher.digest) as results:
        return [_check(path, plan, matcher, results, stdin) for path in paths]


def _check(path: str, plan: _Plan, matcher: Matcher, results: Results | None, stdin: Callable[[], bytes] | None) -> CheckedFile:
    try:
        name = plan.format or plan.config.format_of(path)
        settings = plan.config.settings(path)
        if path == "-":
            data, name = stdin() if stdin else b"", name or "text"
        else:
            data = read_bytes(path)
        document: Document | None = None
        key = results.key(data, name or format_of(path).name, settings) if results else b""
        kept = results.get(key) if results else None
        if kept is None:
            document = parse(data, "standard input" if path == "-" else path, name)
            kept = word_count(document.text), check_document(document, plan.termbase() if document.bilingual else matcher, settings)
            if results:
                results.put(key, *kept)
        words, findings = kept
        if findings and document is None:
            document = parse(data, path, name)
        return CheckedFile(path, document.text if document else "", findings, words=words)
    except GlossaryError as error:
        return CheckedFile(path, error=str(error))
    except Exception as error:
        if plan.debug:
            raise
        return CheckedFile(path, error=f"{path}: internal error: {type(error).__name__}: {error} (GLOSSARY_DEBUG=1 shows where)")


def _in_processes(chunks: list[Sequence[str]], plan: _Plan, jobs: int) -> Iterator[list[CheckedFile]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # a forked process has the term base already; where forking is not safe the others read it from the cache
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, context, initializer=_leave_interrupts)
    try:
        futures = [pool.submit(_check_chunk, chunk, plan) for chunk in chunks]
        for chunk, future in zip(chunks, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield [CheckedFile(path, error=f"{path}: not checked: a process died (out of memory?); try --jobs 1") for path in chunk]
    except BaseException:  # Ctrl-C, or nobody wants the rest: do not wait for what is under way, it leaves nothing behind
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that started the others."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
