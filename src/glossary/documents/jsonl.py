"""JSON Lines: the strings of the keys that hold prose; `jsonl:zh>en,title` names them.

Without names it goes by the keys of the records: target, translation, en, text and the like are prose, source or zh is the
Chinese beside them; where no key is called so every string is prose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from glossary.documents.document import Document, Segment
from glossary.documents.encoding import decode
from glossary.documents.fields import Fields, is_chinese, is_usual
from glossary.documents.prose import Prose
from glossary.documents.tracking import Tracking
from glossary.edits import Edit, replay
from glossary.errors import DocumentError
from glossary.patterns import lazy

_TOKEN = lazy(r'"((?:[^"\\]|\\.)*)"|[{}\[\],:]|[^\s{}\[\],:"]+')
_ESCAPE = lazy(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")


class _String(NamedTuple):
    """A string at a span of the file, without its quotes; `record` numbers the object it stands in, `key` its key there."""

    start: int
    end: int
    key: str
    record: int


def read(data: bytes, name: str, fields: str = "") -> Document:
    """Read JSON Lines; the text is the whole decoded file.

    Raises:
        DocumentError: a line is not JSON, or a key that was asked for is nowhere.
    """
    decoded = decode(data, name)
    text = decoded.text
    strings = list(_strings(text, name))
    ascii_only = text.isascii()
    wanted = Fields.of(fields)
    keys = dict.fromkeys(string.key for string in strings)
    by_name = bool(wanted.targets) or any(is_usual(key) for key in keys)
    targets, source = wanted.chosen(keys, name) if by_name and keys else (frozenset(keys), None)
    chinese = {string.record: _read(text, string) for string in strings if string.key == source}

    def escape(new: str, place: int) -> str:
        return json.dumps(new, ensure_ascii=ascii_only)[1:-1]

    def write(edits: list[Edit], tracking: Tracking = Tracking()) -> bytes:  # noqa: B008
        return decoded.encode(replay(text, edits))

    def segments() -> Iterator[Segment]:
        for string in strings:
            if string.key not in targets:
                continue
            prose = Prose(text, escape)
            at = string.start
            for match in _ESCAPE.finditer(text, string.start, string.end):
                prose.plain(at, match.start())
                prose.coded(match.start(), match.end(), json.loads(f'"{match.group()}"'))
                at = match.end()
            prose.plain(at, string.end)
            beside = chinese.get(string.record)
            segment = prose.segment(source=beside if beside and is_chinese(beside) else None)
            if segment is not None:
                yield segment

    return Document(name, text, tuple(segments()), write, "jsonl")


def _strings(text: str, name: str) -> Iterator[_String]:
    record = 0
    for number, line in enumerate(re.finditer(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)", text), 1):
        if not line.group(1).strip():
            continue
        try:
            json.loads(line.group(1))
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
            raise DocumentError(f"{name}: line {number} is not JSON: {reason}") from None
        open_: list[tuple[str, int, str]] = []  # kind of container, its number, the key it stands under
        key, expects_key = "", False
        for token in _TOKEN.finditer(text, line.start(1), line.end(1)):
            sign = token.group()
            if sign in "{[":
                record += 1
                open_.append((sign, record, key))
                expects_key = sign == "{"
            elif sign in "}]":
                key = open_.pop()[2]
                expects_key = False
            elif sign == ",":
                expects_key = bool(open_) and open_[-1][0] == "{"
            elif sign == ":":
                expects_key = False
            elif token.group(1) is not None:
                if expects_key:
                    key = json.loads(sign)
                else:
                    yield _String(token.start(1), token.end(1), key, next((n for kind, n, _ in reversed(open_) if kind == "{"), 0))


def _read(text: str, string: _String) -> str:
    return str(json.loads(f'"{text[string.start : string.end]}"'))
