"""Markdown (CommonMark with tables and strikethrough): the prose of paragraphs, headings, lists, quotations and tables.

Code, links' targets, pictures, HTML tags and front matter are left alone; a match may run across emphasis, links and soft
line breaks. markdown-it-py parses; its inline rules are wrapped to learn where in the file each one matched.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from glossary.documents.document import Document, Segment
from glossary.documents.encoding import decode
from glossary.documents.prose import OBJECT, Prose
from glossary.documents.tracking import Tracking
from glossary.edits import Edit, replay
from glossary.patterns import lazy
from glossary.text import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_FRONT_MATTER = lazy(r"\A(?:---[ \t]*\r?\n.*?^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n.*?^\+\+\+)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_LINE = lazy(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_SPECIAL = lazy(r"([\\`*_\[\]<])")


def read(data: bytes, name: str) -> Document:
    """Read a Markdown file; its text is the whole decoded file."""
    decoded = decode(data, name)
    text = decoded.text

    def write(edits: list[Edit], tracking: Tracking = Tracking()) -> bytes:  # noqa: B008
        return decoded.encode(replay(text, edits))

    return Document(name, text, tuple(_segments(text)), write, "markdown")


def _segments(text: str) -> Iterator[Segment]:
    front = _FRONT_MATTER.match(text)
    offset = front.end() if front else 0
    lines = [Span(*match.span()) for match in _LINE.finditer(text, offset)]
    traces: dict[int, _Trace] = {}
    tokens = _parser(traces).parse(text[offset:])
    cells: dict[int, list[int] | None] = {}
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        if token.type == "html_block":
            yield from _html(text, lines[token.map[0]].start, lines[min(token.map[1], len(lines)) - 1].end)
        elif token.type == "tr_open":
            cells.update(_cells(text, _row(tokens, index), lines[token.map[0]]))
        elif token.type == "inline" and token.content:
            places = cells[id(token)] if id(token) in cells else _places(text, token, lines)
            segment = _segment(text, traces[id(token)], places) if places else None
            if segment is not None:
                yield segment


def _html(text: str, start: int, end: int) -> Iterator[Segment]:
    from glossary.documents.html import segments

    yield from segments(text, start, end)


class _Matched(NamedTuple):
    """What an inline rule matched, in the content of its block."""

    rule: str
    start: int
    end: int
    inner: Span | None = None  # the label of a link
    text: str | None = None  # what an entity or escape reads as


class _Trace:
    """What the inline rules matched in one block."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.matched: list[_Matched] = []
        self.delimiters: list[tuple[Any, list[Any], Span]] = []


def _parser(traces: dict[int, _Trace]) -> MarkdownIt:
    """A parser that notes in `traces`, block by block, what its inline rules match and where."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    known: dict[int, _Trace] = {}

    def wrap(name: str, rule: Any) -> Any:
        def traced(state: StateInline, silent: bool) -> bool:
            trace = None if silent else known.get(id(state.tokens))
            if trace is None:
                return bool(rule(state, silent))
            start, delimiters, list_of = state.pos, len(state.delimiters), state.delimiters
            inner = None
            if name == "link" and state.src[start] == "[":
                inner = Span(start + 1, state.md.helpers.parseLinkLabel(state, start, True))
            count = len(state.tokens)
            if not rule(state, silent):
                return False
            made = state.tokens[count:]
            text = made[-1].content if name in ("entity", "escape") and made and made[-1].type == "text_special" else None
            if name == "backticks" and not any(token.type == "code_inline" for token in made):
                return True  # a run of backticks that opens nothing is prose
            new = list_of[delimiters:]
            if new and name in ("emphasis", "strikethrough"):
                width = 1 if name == "emphasis" else 2
                first = state.pos - width * len(new)
                for index, delimiter in enumerate(new):
                    at = first + index * width
                    trace.delimiters.append((delimiter, list_of, Span(at, at + width)))
                return True
            if name not in ("text", "emphasis", "strikethrough"):
                trace.matched.append(_Matched(name, start, state.pos, inner, text))
            return True

        return traced

    names = ("newline", "escape", "backticks", "strikethrough", "emphasis", "link", "image", "autolink", "html_inline", "entity")
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name in names:
        parser.inline.ruler.at(name, wrap(name, rules[name]))

    def inline(state: Any) -> None:
        for token in state.tokens:
            if token.type == "inline":
                token.children = []
                known[id(token.children)] = traces[id(token)] = _Trace(token.content)
                state.md.inline.parse(token.content, state.md, state.env, token.children)

    parser.core.ruler.at("inline", inline)
    return parser


def _places(text: str, token: Token, lines: list[Span]) -> list[int] | None:
    """Where each line of a block's content begins in the file; None if that cannot be told (a tab cut in two)."""
    assert token.map is not None
    places = []
    for number, content in enumerate(token.content.split("\n"), token.map[0]):
        line = lines[number]
        standing = text[line.start : line.end].rstrip("\r\n")
        if not standing.endswith(content):
            standing = standing.rstrip()
        if not standing.endswith(content):  # a heading with closing marks
            standing = standing.rstrip("#").rstrip()
        if not standing.endswith(content):
            return None
        places.append(line.start + len(standing) - len(content))
    return places


def _row(tokens: list[Token], index: int) -> list[Token]:
    """The cells of the table row that opens at an index."""
    cells = []
    while tokens[index].type != "tr_close":
        if tokens[index].type == "inline":
            cells.append(tokens[index])
        index += 1
    return cells


def _cells(text: str, row: list[Token], line: Span) -> dict[int, list[int] | None]:
    """Where the content of each cell of a row begins; None for a cell with an escaped bar in it."""
    bars = [line.start - 1, *(match.start() for match in re.finditer(r"(?<!\\)\|", text[line.start : line.end]))]
    bars = [bars[0], *(line.start + bar for bar in bars[1:]), line.end]
    spans = [(low + 1, text[low + 1 : high]) for low, high in pairwise(bars)]
    for skipped in (0, 1):  # before the first bar there is a cell, or only the marks of lists and quotations
        standing = spans[skipped:]
        found: dict[int, list[int] | None] = {}
        for number, cell in enumerate(row):
            start, raw = standing[number] if number < len(standing) else (line.end, "")
            bare = raw.strip()
            if bare == cell.content or (number == 0 == skipped and cell.content and bare.endswith(cell.content)):
                found[id(cell)] = [start + len(raw.rstrip()) - len(cell.content)]
            elif bare.replace("\\|", "|") == cell.content:
                found[id(cell)] = None
            else:
                break
        else:
            return found
    return {id(cell): None for cell in row}


def _segment(text: str, trace: _Trace, places: list[int]) -> Segment | None:
    """The prose of one block."""
    content = trace.content
    starts = [0]
    for line in content.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def placed(at: int) -> int:
        number = bisect_right(starts, at) - 1
        return places[number] + at - starts[number]

    skip: dict[int, tuple[int, str]] = {}  # from here to there, reading as
    coded: dict[int, tuple[int, str]] = {}
    for found in trace.matched:
        if found.rule == "newline" or (found.rule == "escape" and found.text is None):
            skip[found.start] = (found.end, " ")
        elif found.text is not None:
            coded[found.start] = (found.end, found.text)
        elif found.rule == "link" and found.inner is not None and content[found.inner.end : found.end] not in ("]", "][]"):
            skip[found.start] = (found.inner.start, "")
            skip[found.inner.end] = (found.end, "")
        elif found.rule == "html_inline":
            skip[found.start] = (found.end, " " if content[found.start : found.start + 3].lower() == "<br" else "")
        else:  # code, a picture, or a link whose text is the name it goes by
            skip[found.start] = (found.end, OBJECT)
    prose = Prose(text, _escape)
    for opening, closing in _pairs(trace):
        skip[opening.start] = (opening.end, "")
        skip[closing.start] = (closing.end, "")
        prose.pair(Span(placed(opening.start), placed(opening.end - 1) + 1), Span(placed(closing.start), placed(closing.end - 1) + 1))
    at = 0
    marks = sorted({*skip, *coded, *(start - 1 for start in starts[1:-1])})
    for mark in [*marks, len(content)]:
        if mark < at:
            continue
        if at < mark:
            prose.plain(placed(at), placed(mark - 1) + 1)
        at = mark
        if mark in coded:
            end, reads = coded[mark]
            prose.coded(placed(mark), placed(end - 1) + 1, reads)
            at = end
        elif mark in skip:
            end, reads = skip[mark]
            prose.stand_in(reads)
            at = end
        elif mark < len(content):  # a line break inside a tag or a title
            at = mark + 1
    return prose.segment()


def _pairs(trace: _Trace) -> Iterator[tuple[Span, Span]]:
    """The marks that open and close emphasis, without those that stand for themselves."""
    spans = {id(delimiter): span for delimiter, _, span in trace.delimiters}
    for delimiter, siblings, span in trace.delimiters:
        if delimiter.end >= 0:
            yield span, spans[id(siblings[delimiter.end])]


def _escape(text: str, place: int) -> str:
    return _SPECIAL.sub(r"\\\1", text)
