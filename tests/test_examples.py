"""The examples of the built-in term base hold: glossaries/examples.csv."""

import pytest

from glossary.linting.examples import NAME, fault, read
from glossary.termbase.files import builtin_folder


def test_every_example_holds(termbase, matcher):
    path = builtin_folder() / NAME
    if not path.exists():
        pytest.skip("there are no examples yet")
    wrong = [f"{example.path}:{example.line}: {told}" for example in read(path) if (told := fault(example, termbase, matcher))]
    assert not wrong, "\n".join(wrong[:20])
