"""The server: pygls speaks the protocol, this says what to answer. Settings and term files are read again when they change."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified
from pygls.lsp.server import LanguageServer

from glossary.config import NAMES, Config, find, load
from glossary.errors import GlossaryError
from glossary.findings import Finding
from glossary.language_server import actions
from glossary.language_server.article import Article, check, path_of
from glossary.language_server.segments import Segments, Stale
from glossary.language_server.terms import Terms
from glossary.language_server.texts import Text
from glossary.matching.cache import matcher_from_files
from glossary.matching.matcher import Matcher
from glossary.positions import Unit
from glossary.version import VERSION

_T = TypeVar("_T")
_PAUSE = 0.15  # seconds without a keystroke before a text is checked
_WATCHED = ("**/glossary.toml", "**/pyproject.toml", "**/*.csv", "**/*.tsv")


class GlossaryServer(LanguageServer):
    """The state of a session: configuration, term base, and the documents that are open, as they were last checked."""

    def __init__(self, config: Config | None = None) -> None:
        super().__init__("glossary", VERSION)
        self._given = config
        self.config = config or Config()
        self._matcher: Matcher | None = None
        self._reading = asyncio.Lock()
        self._checking = asyncio.Lock()
        self._terms: Terms | None = None
        self.texts: dict[str, Text] = {}
        self._articles: dict[str, Article] = {}
        self._segments: defaultdict[str, Segments] = defaultdict(Segments)

    @property
    def unit(self) -> Unit:
        """What the editor's columns count, as agreed."""
        encoding = self.server_capabilities.position_encoding
        return Unit(getattr(encoding, "value", encoding) or "utf-16")

    @property
    def pulls(self) -> bool:
        """Whether the editor asks for diagnostics by itself; if not they are sent to it."""
        document = self.client_capabilities.text_document
        return document is not None and document.diagnostic is not None

    async def reload(self) -> None:
        """Read the configuration and the term base again. What is wrong with them is said, and the last that worked stays."""
        root = self.workspace.root_path
        try:
            self.config, self._matcher = await self._beside(partial(_read, self._given, root))
        except GlossaryError as error:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"glossary: {error}"))
            if self._matcher is None:
                self._matcher = await self._beside(matcher_from_files)
        self._terms = None
        self._articles.clear()
        self._segments.clear()

    async def matcher(self) -> Matcher:
        """The term base, read when it is first needed; that may take a while, and others wait for the same."""
        if self._matcher is None:
            async with self._reading:
                if self._matcher is None:
                    await self.reload()
        assert self._matcher is not None
        return self._matcher

    async def terms(self) -> Terms:
        """The approved forms, read when they are first needed."""
        matcher = await self.matcher()
        if self._terms is None:
            self._terms = await self._beside(partial(Terms, matcher))
        return self._terms

    async def _beside(self, work: Callable[[], _T]) -> _T:
        """What work returns, done beside the event loop: what is typed meanwhile is taken in."""
        return await asyncio.get_running_loop().run_in_executor(None, work)

    async def article(self, uri: str) -> Article:
        """A document as it is now, checked. One check goes on at a time, and stops when it is no longer the newest that is wanted."""
        await self.matcher()
        while not self._is_known(uri):
            async with self._checking:
                if not self._is_known(uri):
                    await self._check(uri)
        return self._articles[uri]

    def _is_known(self, uri: str) -> bool:
        known = self._articles.get(uri)
        return known is not None and known.text is self.texts.get(uri, known.text)

    async def _check(self, uri: str) -> None:
        text, segments = self.texts.get(uri) or Text(uri), self._segments[uri]
        wanted = partial(self._is_wanted, text, segments)
        try:
            article = await self._beside(partial(check, text, await self.matcher(), self.config, segments, wanted))
        except Stale:
            return
        if wanted():
            self._articles[uri] = article

    def _is_wanted(self, text: Text, segments: Segments) -> bool:
        """Whether a text is the newest of its document, and what was found in its segments still counts."""
        return text is self.texts.get(text.uri, text) and segments is self._segments.get(text.uri)

    async def fixes(self, uri: str) -> list[types.TextEdit]:
        """All safe edits of a document.

        Raises:
            JsonRpcContentModified: it has changed meanwhile.
        """
        article, matcher = await self.article(uri), await self.matcher()
        segments = self._segments[uri]
        try:
            async with self._checking:
                return await self._beside(
                    partial(article.fixes, matcher, self.config, segments, partial(self._is_wanted, article.text, segments))
                )
        except Stale:
            raise JsonRpcContentModified from None

    async def publish(self, uri: str) -> None:
        """Send the diagnostics of a document, unless it has changed since or the editor asks by itself."""
        if self.pulls:
            return
        article = await self.article(uri)
        if article.text is self.texts.get(uri):
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, article.diagnostics, article.text.version))

    def forget(self, uri: str) -> None:
        """A document was closed."""
        for kept in (self.texts, self._articles, self._segments):
            kept.pop(uri, None)
        if not self.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def create(config: Config | None = None) -> GlossaryServer:
    """A server, ready to `start_io()`. With a configuration that one is used, otherwise the one of the workspace."""
    server = GlossaryServer(config)
    feature = server.feature

    @feature(types.INITIALIZED)
    async def initialized(ls: GlossaryServer, params: types.InitializedParams) -> None:
        watching = ls.client_capabilities.workspace and ls.client_capabilities.workspace.did_change_watched_files
        if watching and watching.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(glob) for glob in _WATCHED])
            registration = types.Registration("glossary-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            await ls.client_register_capability_async(types.RegistrationParams([registration]))

    # what these three do before they first wait is done in the order in which the editor speaks
    @feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(ls: GlossaryServer, params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        ls.texts[item.uri] = Text(item.uri, item.text, ls.unit, item.version, getattr(item.language_id, "value", item.language_id))
        await ls.publish(item.uri)

    @feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(ls: GlossaryServer, params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        text = ls.texts[uri] = ls.texts[uri].changed(params.text_document.version, params.content_changes)
        await asyncio.sleep(_PAUSE)
        if ls.texts.get(uri) is text:
            await ls.publish(uri)

    @feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(ls: GlossaryServer, params: types.DidCloseTextDocumentParams) -> None:
        ls.forget(params.text_document.uri)

    @feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(ls: GlossaryServer, params: types.DidSaveTextDocumentParams) -> None:
        await _files_changed(ls, [path_of(params.text_document.uri)])

    @feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def watched(ls: GlossaryServer, params: types.DidChangeWatchedFilesParams) -> None:
        await _files_changed(ls, [path_of(change.uri) for change in params.changes])

    @feature(types.TEXT_DOCUMENT_DIAGNOSTIC, types.DiagnosticOptions(False, False, identifier="glossary"))
    async def diagnostic(ls: GlossaryServer, params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
        article = await ls.article(params.text_document.uri)
        return types.RelatedFullDocumentDiagnosticReport(items=article.diagnostics)

    @feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=list(actions.KINDS)))
    async def code_action(ls: GlossaryServer, params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        found = list(actions.actions(await ls.article(uri), params, ls.config))
        return [*found, *actions.fix_all(uri, await ls.fixes(uri))] if actions.asks_for_all(params) else found

    @feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(ls: GlossaryServer, params: types.HoverParams) -> types.Hover | None:
        article = await ls.article(params.text_document.uri)
        offset = article.text.offset(params.position)
        found = article.touching(offset, offset)
        if not found:
            return None
        text = types.MarkupContent(types.MarkupKind.Markdown, _explained(found[0]))
        return types.Hover(text, article.text.range(found[0].start, found[0].end))

    @feature(types.TEXT_DOCUMENT_COMPLETION)
    async def completion(ls: GlossaryServer, params: types.CompletionParams) -> types.CompletionList:
        terms = await ls.terms()
        text = ls.texts.get(params.text_document.uri) or Text(params.text_document.uri)
        before = text.before(params.position)
        items = []
        for number, choice in enumerate(terms.complete(before)):
            typed = before[len(before) - choice.size :]
            start = types.Position(params.position.line, params.position.character - text.unit.size(typed))
            items.append(
                types.CompletionItem(
                    label=choice.preferred,
                    kind=types.CompletionItemKind.Text,
                    detail=choice.zh,
                    documentation=choice.concept.note or None,
                    filter_text=typed,
                    sort_text=f"{number:03}",
                    text_edit=types.TextEdit(types.Range(start, params.position), choice.preferred),
                )
            )
        return types.CompletionList(is_incomplete=True, items=items)

    return server


def _read(given: Config | None, root: str | None) -> tuple[Config, Matcher]:
    """The configuration and the term base that are in force in a workspace."""
    config = given or load(find(root) if root else None)
    return config, matcher_from_files(*config.term_files, builtin=config.builtin)


async def _files_changed(ls: GlossaryServer, paths: list[str]) -> None:
    """Read again what the files hold that changed, and check what is open."""
    own = {os.path.realpath(path) for path in ls.config.term_files}
    if not any(_concerns(path, own) for path in map(os.path.realpath, paths)):
        return
    await ls.reload()
    for uri in list(ls.texts):
        await ls.publish(uri)
    workspace = ls.client_capabilities.workspace
    if ls.pulls and workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
        await ls.workspace_diagnostic_refresh_async(None)


def _concerns(path: str, own: set[str]) -> bool:
    return os.path.basename(path) in NAMES or any(path == each or path.startswith(each + os.sep) for each in own)


def _explained(finding: Finding) -> str:
    """A finding for a hover: Chinese, approved form, authority, note."""
    parts = [f"**{finding.zh}**" if finding.zh else "", finding.message]
    parts += [" or ".join(f"`{each}`" for each in finding.replacements if each)]
    parts += [finding.note, f"*Authority: {finding.authority}*" if finding.authority else ""]
    return "\n\n".join(part for part in parts if part)
