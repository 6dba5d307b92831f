"""Waiting for files to change, folders with all below them; needs the extra `watch`."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterator
from queue import SimpleQueue

from watchfiles import Change, DefaultFilter, watch


def changes(paths: Collection[str], written: Collection[str]) -> Iterator[None]:
    """At once, and whenever something has changed since; what this program writes itself does not count.

    Of a single file its folder is watched: an editor that saves by renaming puts a new file in its place, and the old one never changes.
    """
    folders = [path for path in paths if os.path.isdir(path)]
    files = {os.path.realpath(path) for path in paths if not os.path.isdir(path)}
    own = {os.path.realpath(path) for path in written}
    happened: SimpleQueue[None] = SimpleQueue()
    stop = threading.Event()
    usual = DefaultFilter()

    def below(change: Change, path: str) -> bool:
        return usual(change, path) and os.path.realpath(path) not in own and not path.endswith(".tmp")

    def named(change: Change, path: str) -> bool:
        return os.path.realpath(path) in files

    def wait(where: Collection[str], recursive: bool, wanted: Callable[[Change, str], bool]) -> None:
        for _ in watch(*where, recursive=recursive, watch_filter=wanted, stop_event=stop):
            happened.put(None)

    for where, recursive, wanted in ((folders, True, below), ({os.path.dirname(path) for path in files}, False, named)):
        if where:
            threading.Thread(target=wait, args=(where, recursive, wanted), daemon=True).start()
    try:
        yield
        while True:
            happened.get()
            while not happened.empty():
                happened.get()
            yield
    finally:
        stop.set()
