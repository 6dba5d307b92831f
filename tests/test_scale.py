"""The lines of docs/scale.md for other engines, run where those are installed: row by row equal to the frame itself."""

import os
import re
import shutil
import sys

import pandas as pd
import pytest
from conftest import ROOT

import glossary

TERMS = "id,zh,preferred,deprecated\nlaw,政法委,good form,bad form\n"
PAGE = (ROOT / "docs" / "scale.md").read_text("utf-8")


@pytest.fixture
def crawl(tmp_path, monkeypatch):
    """A folder with a crawl in Parquet, and what is expected of it."""
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "crawl").mkdir()
    frame = pd.DataFrame({"id": range(300), "text": [f"Row {n} has a bad form." if n % 3 else None for n in range(300)]})
    frame.to_parquet(tmp_path / "crawl" / "a.parquet")
    return glossary.check_frame(frame, termbase=glossary.load("house.csv", builtin=False))


def example(name):
    """The code below a heading of the page, on the test's own term file."""
    code = re.search(rf"### {name}\n.*?```python\n(.*?)```", PAGE, re.S).group(1)
    return code.replace("matcher_from_files()", 'matcher_from_files("house.csv", builtin=False)')


def same(got, expected):
    got = got.sort_values("id").reset_index(drop=True)
    assert got.id.tolist() == list(range(300))
    assert [None if pd.isna(error) else error for error in got.error] == expected.error.tolist()
    for one, other in zip(got.findings, expected.findings, strict=True):
        if other is None:
            assert one is None or one is pd.NA or one != one or len(one) == 0
        else:
            assert [{**each, "replacements": list(each["replacements"])} for each in one] == other


def test_spark(crawl, monkeypatch, tmp_path):
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("no Java")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    exec(compile(example("Spark"), "docs/scale.md", "exec"), {"spark": spark, "glossary": glossary})
    spark.stop()
    same(pd.read_parquet(tmp_path / "checked"), crawl)


def test_ray(crawl, tmp_path):
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    exec(compile(example("Ray"), "docs/scale.md", "exec"), {"ray": ray, "glossary": glossary})
    ray.shutdown()
    same(pd.read_parquet(tmp_path / "checked"), crawl)
