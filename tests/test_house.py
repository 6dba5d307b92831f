"""The house is in order: style, types, floors, and every table complete."""

import importlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

import glossary
from glossary.detectors.rules import rules
from glossary.documents import formats as document_formats
from glossary.reports import formats as report_formats
from glossary.termbase import files as term_formats

SOURCE = ROOT / "src" / "glossary"


def tool(*arguments):
    done = subprocess.run([*arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_style():
    tool(sys.executable, "-m", "ruff", "check", "src", "tests", "benchmarks")


def test_types():
    tool(sys.executable, "-m", "mypy")


def test_floors():
    tool(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")


def modules(folder):
    return {f"glossary.{folder}.{path.stem}" for path in (SOURCE / folder).glob("*.py")}


SHARED = ("__init__", "document", "encoding", "formats", "spread", "prose", "fields", "container", "replacement", "tracking", "xml_events", "units", "archive", "wordml")  # by the formats


def test_every_file_has_a_row_and_every_row_loads():
    from glossary.detectors import rules as table

    detectors = {detector.__name__ for detector in (*table.SEGMENT_DETECTORS, *table.DOCUMENT_DETECTORS)}
    beside = {f"glossary.detectors.{n}" for n in ("missing_term", "unused_suppression")}  # they look at more than a text
    others = {f"glossary.detectors.{n}" for n in ("__init__", "passage", "rule", "rules", "tokens")}
    assert modules("detectors") - others == detectors | beside
    documents = {known.module for known in document_formats.FORMATS}
    assert modules("documents") - {f"glossary.documents.{n}" for n in SHARED} == documents
    reports = {known.module for known in report_formats.FORMATS}
    assert modules("reports") - {f"glossary.reports.{n}" for n in ("__init__", "formats", "result")} == reports
    for module in documents | reports | {known.module for known in term_formats.FORMATS}:
        importlib.import_module(module)


def test_every_public_name_is_there():
    for name in glossary.__all__:
        assert getattr(glossary, name) is not None


@pytest.mark.parametrize("rule", rules().values(), ids=list(rules()))
def test_every_rule_has_examples_that_hold(rule, matcher):
    assert rule.examples or rule.name == "missing-term"  # needs two texts: test_bilingual.py
    assert all((rule.what, rule.why, rule.safety_reason, rule.title))
    for before, after in rule.examples:
        found = [f for f in glossary.check(before, matcher) if f.rule == rule.name]
        if before == after:
            assert not found
        else:
            assert found
            if after:
                settings = glossary.Settings(select=(rule.name,), unsafe=True)
                assert glossary.fix(before, matcher, settings=settings).after == after


def built(source, target):
    """The wheel of a source tree."""
    done = subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(target), str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = target.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built(ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_same_sources_give_the_same_wheel(wheel, tmp_path):
    """In another folder, with other dates and rights."""
    copy = tmp_path / "elsewhere"
    for name in ("src", "glossaries"):
        shutil.copytree(ROOT / name, copy / name, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, copy / name)
    for path in copy.rglob("*.py"):
        path.chmod(0o600)
    again = built(copy, tmp_path / "made")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_the_wheel_carries_the_term_files_and_works_elsewhere(wheel, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    assert {path.name for path in (ROOT / "glossaries").glob("*.csv")} == {path.name for path in (site / "glossary" / "glossaries").glob("*.csv")}
    (tmp_path / "article.txt").write_text("He is secretary of the politics and law committee.\n")
    code = f"import sys; sys.path.insert(0, {str(site)!r}); sys.argv = ['glossary', 'check', 'article.txt']\nimport glossary.cli.main as m; assert m.__file__.startswith({str(site)!r}); m.main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "政法委" in done.stdout
