"""The language server, driven over its standard input and output by a client library."""

import asyncio
import sys
from itertools import pairwise

import pytest

pytest.importorskip("pygls")
from conftest import make_termbase
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import BaseLanguageClient

import glossary
from glossary.config import Config
from glossary.language_server import segments
from glossary.language_server.article import check
from glossary.language_server.texts import Text
from glossary.matching.cache import matcher_of

TERMS = """id,zh,preferred,deprecated,kind,fix,note,authority
law-commission,政法委;政法委员会,Political and Legal Affairs Commission,(politics|political) and law committee,organisation,safe,Party body,Xinhua
public,人民群众,the public,[the] (broad|vast) masses,phrase,unsafe,,house
"""
TEXT = "𝒳 met.\r\nHe saw the politics and law committee, the vast masses\r\nand 政法\r\n"


class Client(BaseLanguageClient):
    """Keeps the diagnostics that are sent."""

    def __init__(self):
        super().__init__("tests", "1")
        self.sent = {}
        self.arrived = asyncio.Event()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params):
            self.sent[params.uri] = params
            self.arrived.set()

        @self.feature(types.CLIENT_REGISTER_CAPABILITY)
        def registered(params):
            self.registered = params.registrations

    async def diagnostics(self, uri, version=None):
        for _ in range(200):
            await asyncio.wait_for(self.arrived.wait(), 30)
            self.arrived.clear()
            if uri in self.sent and version in (None, self.sent[uri].version):
                return self.sent[uri].diagnostics
        raise AssertionError("no diagnostics came")


def drive(scenario, folder, *, encodings=("utf-16",), pull=False):
    """Run a scenario with a started and initialized client."""

    async def run():
        client = Client()
        await client.start_io(sys.executable, "-m", "glossary", "lsp")
        document = types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities() if pull else None)
        general = types.GeneralClientCapabilities(position_encodings=list(encodings))
        watching = types.WorkspaceClientCapabilities(
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        )
        capabilities = types.ClientCapabilities(text_document=document, general=general, workspace=watching)
        client.server = await client.initialize_async(types.InitializeParams(capabilities, root_uri=folder.as_uri(), process_id=None))
        client.initialized(types.InitializedParams())
        try:
            await asyncio.wait_for(scenario(client), 60)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()

    asyncio.run(run())


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "glossary.toml").write_text('builtin = false\ntermbases = ["terms.csv"]\n')
    return tmp_path


def open_document(client, folder, text=TEXT, name="a.txt", language="plaintext"):
    uri = (folder / name).as_uri()
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text)))
    return uri


def change_document(client, uri, version, *changes):
    """Changes as (line, character, new text) to insert, or the whole text."""
    made = []
    for change in changes:
        if isinstance(change, str):
            made.append(types.TextDocumentContentChangeWholeDocument(change))
        else:
            place = types.Position(*change[:2])
            made.append(types.TextDocumentContentChangePartial(types.Range(place, place), change[2]))
    client.text_document_did_change(types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(version, uri), made))


def action_params(uri, line, start, end, only=None):
    place = types.Range(types.Position(line, start), types.Position(line, end))
    return types.CodeActionParams(types.TextDocumentIdentifier(uri), place, types.CodeActionContext([], only))


def applied(text, edits):
    """The text with edits made, read as LSP defines them in UTF-16."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]

    def offset(place):
        return starts[place.line] + len(lines[place.line].encode("utf-16-le")[: 2 * place.character].decode("utf-16-le"))

    spans = sorted(((offset(e.range.start), offset(e.range.end), e.new_text) for e in edits), reverse=True)
    assert all(low[1] <= high[0] for high, low in pairwise(spans))
    for start, end, new in spans:
        text = text[:start] + new + text[end:]
    return text


def test_open_change_fix_and_close(folder):
    async def scenario(client):
        assert client.server.capabilities.position_encoding == "utf-16"
        uri = open_document(client, folder)
        first, second = await client.diagnostics(uri, 1)
        assert (first.range.start.line, first.range.start.character, first.range.end.character) == (1, 11, 37)
        assert (first.severity, first.code, first.source) == (types.DiagnosticSeverity.Error, "law-commission", "glossary")
        assert second.severity == types.DiagnosticSeverity.Warning
        actions = await client.text_document_code_action_async(action_params(uri, 1, 12, 12))
        write, ignore = actions
        assert write.title == "Write “Political and Legal Affairs Commission”"
        assert write.is_preferred
        assert applied(TEXT, write.edit.changes[uri]).split("\r\n")[1] == "He saw the Political and Legal Affairs Commission, the vast masses"
        assert applied(TEXT, ignore.edit.changes[uri]).split("\r\n")[1] == "He saw the politics and law committee, the vast masses [glossary: ignore[law-commission]]"
        (everything,) = await client.text_document_code_action_async(action_params(uri, 0, 0, 0, [types.CodeActionKind.SourceFixAll]))
        fixed = applied(TEXT, everything.edit.changes[uri])
        assert fixed == TEXT.replace("politics and law committee", "Political and Legal Affairs Commission")
        change_document(client, uri, 2, fixed)
        assert [each.code for each in await client.diagnostics(uri, 2)] == ["public"]
        client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert not await client.diagnostics(uri)

    drive(scenario, folder)


def test_an_edit_in_the_middle_of_a_line_with_astral_characters(folder):
    async def scenario(client):
        uri = open_document(client, folder)
        await client.diagnostics(uri, 1)
        change_document(client, uri, 2, (0, 2, " and a political and law committee"))  # after 𝒳, which takes two units
        first = (await client.diagnostics(uri, 2))[0]
        assert (first.range.start.line, first.range.start.character, first.range.end.character) == (0, 9, 36)

    drive(scenario, folder)


def test_columns_in_bytes_where_the_editor_prefers_them(folder):
    async def scenario(client):
        assert client.server.capabilities.position_encoding == "utf-8"
        uri = open_document(client, folder, "𝒳𝒳 politics and law committee\n")
        (only,) = await client.diagnostics(uri, 1)
        assert (only.range.start.character, only.range.end.character) == (9, 35)

    drive(scenario, folder, encodings=("utf-8", "utf-16"))


def test_diagnostics_on_request(folder):
    async def scenario(client):
        uri = open_document(client, folder)
        report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri)))
        assert [each.code for each in report.items] == ["law-commission", "public"]
        assert uri not in client.sent

    drive(scenario, folder, pull=True)


def test_hover_and_completion(folder):
    async def scenario(client):
        uri = open_document(client, folder)
        identifier = types.TextDocumentIdentifier(uri)
        hover = await client.text_document_hover_async(types.HoverParams(identifier, types.Position(1, 15)))
        assert all(part in hover.contents.value for part in ("政法委", "Party body", "Xinhua", "Political and Legal Affairs Commission"))
        assert await client.text_document_hover_async(types.HoverParams(identifier, types.Position(0, 0))) is None
        found = await client.text_document_completion_async(types.CompletionParams(identifier, types.Position(2, 6)))
        assert found.items[0].label == "Political and Legal Affairs Commission"
        edit = found.items[0].text_edit
        assert applied(TEXT, [edit]).split("\r\n")[2] == "and Political and Legal Affairs Commission"
        uri = open_document(client, folder, "It met the political and le", "b.txt")
        found = await client.text_document_completion_async(types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(0, 27)))
        assert applied("It met the political and le", [found.items[0].text_edit]) == "It met the Political and Legal Affairs Commission"

    drive(scenario, folder)


def test_a_selection_becomes_a_row_of_the_term_file(folder):
    async def scenario(client):
        uri = open_document(client, folder)
        (add,) = await client.text_document_code_action_async(action_params(uri, 1, 0, 6, [types.CodeActionKind.Refactor]))
        (file,) = add.edit.changes
        assert file == (folder / "terms.csv").as_uri()
        assert applied(TERMS, add.edit.changes[file]) == TERMS + "new-concept,中文,approved English,He saw,,unsafe,,\n"

    drive(scenario, folder)


def test_term_files_and_settings_are_read_again_when_they_change(folder):
    async def scenario(client):
        uri = open_document(client, folder, "A new garble and the vast masses.\n")
        assert [each.code for each in await client.diagnostics(uri)] == ["public"]
        for name, content, expected in (
            ("terms.csv", TERMS + "other,词,right words,new garble,phrase,safe,,\n", ["other", "public"]),
            ("glossary.toml", 'builtin = false\ntermbases = ["terms.csv"]\nignore = ["public"]\n', ["other"]),
            ("terms.csv", "id,zh\n", ["other"]),  # broken: the last that worked stays
        ):
            (folder / name).write_text(content, encoding="utf-8")
            event = types.FileEvent((folder / name).as_uri(), types.FileChangeType.Changed)
            client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
            assert [each.code for each in await client.diagnostics(uri)] == expected

    drive(scenario, folder)


def test_markdown_comments_and_what_is_no_english(folder):
    async def scenario(client):
        uri = open_document(client, folder, "A `politics and law committee` and a politics and law committee.\n", "a.md", "markdown")
        (only,) = await client.diagnostics(uri)
        assert only.range.start.character == 37
        *_, ignore = await client.text_document_code_action_async(action_params(uri, 0, 40, 40))
        assert ignore.edit.changes[uri][0].new_text == " <!-- glossary: ignore[law-commission] -->"
        uri = open_document(client, folder, "公安局召开宣传工作会议\n", "zh.txt")
        assert not await client.diagnostics(uri)

    drive(scenario, folder)


def test_a_name_that_a_uri_has_to_encode(folder):
    async def scenario(client):
        uri = open_document(client, folder, name="新闻 100%.txt")
        assert "%20" in uri
        assert [each.code for each in await client.diagnostics(uri, 1)] == ["law-commission", "public"]
        change_document(client, uri, 2, "The vast masses.\n")
        assert [each.code for each in await client.diagnostics(uri, 2)] == ["public"]
        (folder / "glossary.toml").write_text('builtin = false\ntermbases = ["terms.csv"]\nignore = ["public"]\n')
        event = types.FileEvent((folder / "glossary.toml").as_uri(), types.FileChangeType.Changed)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert not await client.diagnostics(uri, 2)

    drive(scenario, folder)


def test_only_line_feeds_and_returns_end_a_line(folder):
    """To Python's splitlines U+2028, U+0085 and a form feed end one too; to editors they do not."""

    async def scenario(client):
        uri = open_document(client, folder, "One\u2028two\x85three\x0cfour.\rThe end.\n")
        await client.diagnostics(uri, 1)
        change_document(client, uri, 2, (1, 3, " politics and law committee is at"), (0, 3, "\n"))
        (only,) = await client.diagnostics(uri, 2)
        assert (only.range.start, only.range.end) == (types.Position(2, 4), types.Position(2, 30))
        completion = types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(2, 10))
        first, *_ = (await client.text_document_completion_async(completion)).items
        assert (first.text_edit.range.start, first.text_edit.range.end) == (types.Position(2, 4), types.Position(2, 10))

    drive(scenario, folder)


def test_what_is_typed_during_a_check_is_in_the_next(folder):
    paragraph = "The vast masses met.\n\n"

    async def scenario(client):
        uri = open_document(client, folder, paragraph * 6000)
        for version in range(2, 12):
            change_document(client, uri, version, (0, 0, "x"))
        everything = client.text_document_code_action_async(action_params(uri, 0, 0, 0, [types.CodeActionKind.SourceFixAll]))
        await asyncio.sleep(0.05)
        change_document(client, uri, 12, paragraph)
        try:
            assert len(await everything) == 0  # it was done before the change came: nothing there is safe
        except JsonRpcException as error:
            assert error.code == types.LSPErrorCodes.ContentModified
        assert len(await client.diagnostics(uri, 12)) == 1
        assert all(params.version in (1, 11, 12) for params in client.sent.values())
        client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert not await client.diagnostics(uri)

    drive(scenario, folder)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_only_what_changed_is_checked_again_and_the_findings_are_the_same(tmp_path, name, monkeypatch):
    matcher = matcher_of(make_termbase(("public", "the public", "the vast masses"), ("law", "Legal Commission", "law committee")))
    parts = [f"{number} He met the vast masses, “said so\nand more” at the law committee.\n\n" for number in range(900)]
    parts[30] = "“A quotation of two paragraphs\n\n"
    parts[31] = "“ends here.” [glossary: ignore]\n\n"
    looked = []
    real = segments.check_passage
    monkeypatch.setattr(segments, "check_passage", lambda passage, *rest: looked.append(passage.text) or real(passage, *rest))
    known = segments.Segments()

    def found(text):
        looked.clear()
        article = check(Text((tmp_path / name).as_uri(), text), matcher, Config(), known, lambda: True)
        whole = glossary.check_document(glossary.parse_document(text.encode(), name), matcher)
        assert list(article.findings) == whole
        return article

    assert len(found("".join(parts)).findings) > 1796
    assert len(looked) > 800
    found("".join(parts))
    assert looked == []
    parts[500] = parts[500].replace("met", "saw")
    parts.insert(2, "A new law committee.\n\n")
    found("".join(parts))
    assert [text.strip()[:5] for text in looked] == ["A new", "500 H"]
    with pytest.raises(segments.Stale):
        check(Text((tmp_path / name).as_uri(), "New. " + "".join(parts)), matcher, Config(), known, lambda: False)


def test_changes_of_one_notification_stand_on_those_before():
    change = types.TextDocumentContentChangePartial
    text = Text("file:///a", "a𝒳b\r\nc\n").changed(
        2, [change(types.Range(types.Position(0, 3), types.Position(1, 0)), "\n\n"), change(types.Range(types.Position(2, 0), types.Position(2, 1)), "d")]
    )
    assert (text.content, text.version) == ("a𝒳\n\nd\n", 2)
    assert text.before(types.Position(0, 3)) == "a𝒳"
    assert text.before(types.Position(9, 3)) == ""
