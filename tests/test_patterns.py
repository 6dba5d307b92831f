"""Expressions that are kept compiled are the same as those that are compiled now."""

import re

import pytest

import glossary.detectors.rules
from glossary import patterns
from glossary.patterns import lazy

ONES = [lazy(r"(?P<sign>[.!?。！？])[\"”’')]*\s+(?=[A-Z])|(b)", re.IGNORECASE), lazy(rb"[a-z]{3}\Z"), lazy("\U00020000|[^\\W\\d_]+")]


def test_what_is_kept_is_what_is_compiled():
    made = patterns._Made(patterns.stored())
    loaded = list(patterns._loaded())
    assert len(loaded) > 50
    for each in [*loaded, *ONES]:
        kept = made.compiled(each.key, each._source)
        assert kept == re.compile(each._source, each._flags) or each in ONES, each.key


def test_a_supplied_expression_finds_the_same(monkeypatch):
    monkeypatch.setattr(patterns, "_loaded", lambda: iter(ONES))
    table = patterns.stored()
    fresh = [lazy(each._source, each._flags) for each in ONES]
    monkeypatch.setattr(patterns, "_loaded", lambda: iter(fresh))
    patterns.supply(table)
    assert all(each.known for each in fresh)
    assert fresh[0].search("So. Be it").groupdict() == {"sign": "."}
    assert fresh[1].search(b"xabc").group() == b"abc"
    assert fresh[2].findall("ab 1 \U00020000") == ["ab", "\U00020000"]
    assert fresh[0].flags == re.compile(ONES[0]._source, re.IGNORECASE).flags


@pytest.mark.parametrize("fault", [ImportError, TypeError, AttributeError])
def test_where_re_is_another_they_are_compiled_as_ever(monkeypatch, fault):
    monkeypatch.setattr(patterns, "_loaded", lambda: iter(ONES))
    table = patterns.stored()

    def other(name):
        raise fault(name)

    monkeypatch.setattr(patterns, "import_module", other)
    fresh = [lazy(each._source, each._flags) for each in ONES]
    monkeypatch.setattr(patterns, "_loaded", lambda: iter(fresh))
    patterns.supply(table)
    assert fresh[1].search(b"xabc").group() == b"abc"


def test_the_detectors_have_theirs_kept(matcher):
    glossary.check("The police station of Ren Zhong yuan said so, she said.", matcher)
    assert all(each.known for each in vars(glossary.detectors.rules.name_case).values() if type(each) is patterns._Lazy)
