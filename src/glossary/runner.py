"""Many files: each is read, checked and kept in the result cache, in one process or in several, and handed back in order.

A file that cannot be used, or on which the program fails, becomes a CheckedFile with an error: it never looks clean.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
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
from glossary.text import word_count

if TYPE_CHECKING:
    from glossary.results import Results
    from glossary.termbase.termbase import TermBase

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

    def format_of(self, path: str) -> str:
        """The name of the document format of a file."""
        return self.format or self.config.format_of(path) or ("text" if path == "-" else format_of(path).name)

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
    for kept in (_matcher, _termbase):
        kept.cache_clear()  # the term files, or the folder that they are named from, may be others since the last call
    plan = _Plan(config, format, debug)
    plan.matcher()
    cached = config.cache and len(paths) > _FEW
    known = _known(paths, plan, done) if cached else {}
    left = [path for number, path in enumerate(paths) if number not in known]
    jobs = min(config.jobs or os.cpu_count() or 1, len(left) // (_WORTH_A_PROCESS // 2))
    chunks = [left[at : at + _CHUNK] for at in range(0, len(left), _CHUNK)]
    if jobs > 1 and "-" not in left:
        fresh = _in_processes(chunks, plan, cached, jobs)
    else:
        fresh = (_check_chunk(chunk, plan, cached, stdin) for chunk in chunks)
    if done:
        fresh = _counted(fresh, done)
    checked = chain.from_iterable(fresh)
    for number in range(len(paths)):
        yield known.pop(number) if number in known else next(checked)


def _counted(chunks: Iterable[list[CheckedFile]], done: Callable[[int], None]) -> Iterator[list[CheckedFile]]:
    for files in chunks:
        done(len(files))
        yield files


def _known(paths: Sequence[str], plan: _Plan, done: Callable[[int], None] | None) -> dict[int, CheckedFile]:
    """The files whose results are kept, by their number: found here, before any process is started for the others."""
    from glossary.results import Results  # brings SQLite along

    found = {}
    with Results(plan.matcher().digest) as results:
        for number, path in enumerate(paths):
            if path != "-":
                file = _kept(path, plan, results)
                if file:
                    found[number] = file
                    if done:
                        done(1)
    return found


def _kept(path: str, plan: _Plan, results: Results) -> CheckedFile | None:
    """A file whose result is kept. One whose text takes long to read, and is needed to tell the places, is for the processes."""
    try:
        data = read_bytes(path)
        name = plan.format_of(path)
    except GlossaryError:
        return None  # whoever checks it says what is wrong
    kept = results.get(results.key(data, name, plan.config.settings(path)))
    if kept is None or (kept[1] and name != "text"):
        return None
    words, findings = kept
    return CheckedFile(path, parse(data, path, name).text if findings else "", findings, words=words)


def _check_chunk(paths: Sequence[str], plan: _Plan, cached: bool, stdin: Callable[[], bytes] | None = None) -> list[CheckedFile]:
    matcher = plan.matcher()
    if not cached:
        return [_check(path, plan, matcher, None, stdin) for path in paths]
    from glossary.results import Results

    with Results(matcher.digest) as results:
        return [_check(path, plan, matcher, results, stdin) for path in paths]


def _check(path: str, plan: _Plan, matcher: Matcher, results: Results | None, stdin: Callable[[], bytes] | None) -> CheckedFile:
    try:
        settings = plan.config.settings(path)
        name = plan.format_of(path)
        data = (stdin() if stdin else b"") if path == "-" else read_bytes(path)
        document: Document | None = None
        key = results.key(data, name, settings) if results else b""
        words, findings = (results.get(key) if results else None) or (None, None)
        if findings is None:
            document = parse(data, "standard input" if path == "-" else path, name)
            findings = check_document(document, plan.termbase() if document.bilingual else matcher, settings)
            if results:
                words = word_count(document.text)
                results.put(key, words, findings)
        if findings and document is None:
            document = parse(data, path, name)
        return CheckedFile(path, document.text if document else "", findings, words=words)
    except GlossaryError as error:
        return CheckedFile(path, error=str(error))
    except Exception as error:
        if plan.debug:
            raise
        return CheckedFile(path, error=f"{path}: internal error: {type(error).__name__}: {error} (GLOSSARY_DEBUG=1 shows where)")


def _in_processes(chunks: Sequence[Sequence[str]], plan: _Plan, cached: bool, jobs: int) -> Iterator[list[CheckedFile]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # a forked process has the term base already; where forking is not safe the others read it from the cache
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, context, initializer=_leave_interrupts)
    try:
        futures = [pool.submit(_check_chunk, chunk, plan, cached) for chunk in chunks]
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
