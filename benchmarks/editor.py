"""The language server as an editor meets it, with documents of 1 MB: python benchmarks/editor.py [SIZE]

A client opens a document, changes it in one place after another, and asks for hover, completion and code actions: while the
server has nothing else to do, and right after a change, when it is about to check. Times are milliseconds from asking to the
answer, or from the change to the diagnostics of that version, of which the pause before a check is a part.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import material
from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient
from timing import table

_GARBLE = " The politics and law committee met."
_PAUSE = 0.05  # between keystrokes
_WAIT = 120


class _Editor(BaseLanguageClient):
    """A client that keeps the newest diagnostics, and the document as it changes it."""

    def __init__(self, text: str, name: str, folder: Path) -> None:
        super().__init__("benchmark", "1")
        self.uri, self.lines, self.version = (folder / name).as_uri(), text.split("\n"), 1
        self.arrived = asyncio.Condition()
        self.newest: types.PublishDiagnosticsParams | None = None

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def published(params: types.PublishDiagnosticsParams) -> None:
            async with self.arrived:
                self.newest = params
                self.arrived.notify_all()

    async def open(self) -> None:
        await self.start_io(sys.executable, "-m", "glossary", "lsp", "--no-config")
        await self.initialize_async(types.InitializeParams(types.ClientCapabilities(), root_uri=None, process_id=os.getpid()))
        self.initialized(types.InitializedParams())
        language = "markdown" if self.uri.endswith(".md") else "plaintext"
        item = types.TextDocumentItem(self.uri, language, 1, "\n".join(self.lines))
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    async def close(self) -> None:
        await self.shutdown_async(None)
        self.exit(None)
        await self.stop()

    def insert(self, line: int, new: str) -> None:
        """Put new text at the end of a line."""
        end = types.Position(line, len(self.lines[line]))
        self.lines[line] += new
        self.version += 1
        change = types.TextDocumentContentChangePartial(types.Range(end, end), new)
        identifier = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        self.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    async def diagnostics(self) -> int:
        """Wait for those of this version; how many there are."""
        async with self.arrived:
            await asyncio.wait_for(self.arrived.wait_for(lambda: self.newest is not None and self.newest.version == self.version), _WAIT)
        assert self.newest is not None
        return len(self.newest.diagnostics)

    def questions(self, line: int) -> dict[str, Callable[[], Awaitable[Any]]]:
        """What an editor asks at the end of a line."""
        identifier, at = types.TextDocumentIdentifier(self.uri), types.Position(line, max(0, len(self.lines[line]) - 8))
        context = types.CodeActionContext([])
        return {
            "completion": lambda: self.text_document_completion_async(types.CompletionParams(identifier, at)),
            "hover": lambda: self.text_document_hover_async(types.HoverParams(identifier, at)),
            "code action": lambda: self.text_document_code_action_async(types.CodeActionParams(identifier, types.Range(at, at), context)),
        }


def measure(size: int = 1_000_000, rounds: int = 20) -> list[dict[str, Any]]:
    """A row for each document and what was asked of the server."""
    lists = material.lists(1_000)
    sparse = material.sparse(size, lists).text
    documents = {"sparse.txt": sparse, "sparse.md": sparse, "dense.txt": material.dense(size)[:size]}
    rows = []
    for name, text in documents.items():
        with tempfile.TemporaryDirectory() as folder:
            times, found = asyncio.run(_session(text, name, Path(folder), rounds))
        for what, taken in times.items():
            rows.append({"document": name, "findings": found, "what": what, "median_ms": statistics.median(taken), "worst_ms": max(taken)})
    return rows


async def _session(text: str, name: str, folder: Path, rounds: int) -> tuple[dict[str, list[float]], int]:
    editor, times = _Editor(text, name, folder), {}
    chance = random.Random(1)
    places = [line for line, content in enumerate(editor.lines) if content.endswith(".")]

    async def timed(what: str, answer: Awaitable[Any]) -> Any:
        start = time.perf_counter()
        result = await asyncio.wait_for(answer, _WAIT)
        times.setdefault(what, []).append((time.perf_counter() - start) * 1000)
        return result

    await editor.open()
    try:
        start = time.perf_counter()
        for number in range(3):
            await timed("completion while it is first read", editor.questions(number)["completion"]())
        found = await editor.diagnostics()
        times["opened, to diagnostics"] = [(time.perf_counter() - start) * 1000]
        for _ in range(rounds):
            line = chance.choice(places)
            editor.insert(line, _GARBLE)
            assert await timed("changed, to diagnostics", editor.diagnostics()) == found + 1
            found += 1
            for what, ask in editor.questions(line).items():
                assert await timed(f"{what}, at rest", ask()) or what == "completion"
        for _ in range(rounds):
            line = chance.choice(places)
            editor.insert(line, _GARBLE)
            await asyncio.gather(*(timed(f"{what}, after a change", ask()) for what, ask in editor.questions(line).items()))
            found += 1
            assert await editor.diagnostics() == found
        for key in " The politics and law committee met.":
            editor.insert(places[0], key)
            await timed("completion, while typing", editor.questions(places[0])["completion"]())
            await asyncio.sleep(_PAUSE)
        assert await timed("typed, to diagnostics", editor.diagnostics()) == found + 1
        everything = types.CodeActionContext([], only=[types.CodeActionKind.SourceFixAll])
        span = types.Range(types.Position(0, 0), types.Position(0, 0))
        fixes = editor.text_document_code_action_async(types.CodeActionParams(types.TextDocumentIdentifier(editor.uri), span, everything))
        asked = asyncio.ensure_future(timed("fix all", fixes))
        while not asked.done():
            await timed("completion, while all is fixed", editor.questions(places[0])["completion"]())
            await asyncio.sleep(_PAUSE)
        assert await asked
    finally:
        await editor.close()
    return times, found


def show(rows: list[dict[str, Any]]) -> str:
    return table(("document", "findings", "what", "median ms", "worst ms"), [list(row.values()) for row in rows])


if __name__ == "__main__":
    print(show(measure(*map(int, sys.argv[1:2]))))
