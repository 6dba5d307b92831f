"""Shared by all tests: a cache of their own, the built-in term base, and where the seeds are."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"

# one cache for all test processes, apart from the user's
os.environ.setdefault("GLOSSARY_CACHE", str(Path(tempfile.gettempdir()) / f"glossary-tests-{os.getuid()}"))

# the suite gives the same answer every time; `make properties` looks further, each time elsewhere
settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("default"), derandomize=False, max_examples=2000, print_blob=True)
settings.load_profile("default")


def pytest_configure(config):
    """The built-in term base is compiled before test processes are started, which then find it in the cache."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        import glossary

        glossary.matcher_from_files()


@pytest.fixture(scope="session")
def termbase():
    import glossary

    return glossary.load()


@pytest.fixture(scope="session")
def matcher():
    import glossary

    return glossary.matcher_from_files()


@pytest.fixture
def seeds():
    if not SEEDS.is_dir():
        pytest.skip("the seed articles are not here")
    return SEEDS


def without_rights():
    """For a process to start with: what may not be written may not be written by root either."""
    import ctypes

    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE


def make_termbase(*rows, **more):
    """A term base of (id, preferred, deprecated, …) rows, without the built-in one; `more` are fields of every concept."""
    import glossary
    from glossary.termbase.files import builtin_folder
    from glossary.termbase.notation import split
    from glossary.termbase.vocabulary import read_guards, read_slots

    concepts = []
    for row in rows:
        fields = dict(zip(("id", "preferred", "deprecated"), row, strict=False)) | more
        fields["deprecated"] = split(fields.get("deprecated", ""))
        concepts.append(glossary.Concept(zh=("词",), **fields))
    folder = builtin_folder()
    empty = glossary.TermBase({}, read_slots(folder / "slots.csv"), read_guards(folder / "guards.csv"))
    return empty.with_concepts(concepts)
