"""What is not selected is not looked for, and what is selected is found all the same."""

import pytest
from conftest import make_termbase

import glossary

TEXT = "The the bad form met , it said.He left."
TERMBASE = make_termbase(("law", "good form", "bad form"))


@pytest.mark.parametrize("select", [("deprecated-term",), ("law",), ("doubled-word",), ("law", "doubled-word"), ("no-such-name",), ()])
@pytest.mark.parametrize("ignore", [(), ("law",), ("deprecated-term",), ("missing-space",)])
def test_select_and_ignore_only_leave_findings_out(select, ignore):
    everything = glossary.check(TEXT, TERMBASE)
    wanted = [f for f in everything if (not select or f.rule in select or f.concept in select) and f.rule not in ignore and f.concept not in ignore]
    assert len(everything) >= 3
    assert glossary.check(TEXT, TERMBASE, settings=glossary.Settings(select=select, ignore=ignore)) == wanted


def test_a_rule_that_is_not_wanted_is_not_run(monkeypatch):
    from glossary.detectors import doubled_words

    def broken(text, matcher):
        raise AssertionError("run all the same")

    monkeypatch.setattr(doubled_words, "detect", broken)
    assert glossary.check(TEXT, TERMBASE, settings=glossary.Settings(select=("deprecated-term",)))
    assert glossary.check(TEXT, TERMBASE, settings=glossary.Settings(ignore=(doubled_words.RULE.name,)))
    with pytest.raises(AssertionError):
        glossary.check(TEXT, TERMBASE)
