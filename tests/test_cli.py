"""The command line, from files: tests/cli/*.toml hold arguments, input and what must come out."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CASES = [(path.stem, case) for path in sorted((Path(__file__).parent / "cli").glob("*.toml")) for case in tomllib.loads(path.read_text("utf-8"))["case"]]
TERMS = """id,zh,preferred,deprecated,kind,fix,authority
law-commission,政法委,Political and Legal Affairs Commission,(politics|political) and law committee,organisation,safe,Xinhua
public,人民群众,the public,[the] (broad|vast) masses,phrase,unsafe,house
"""


def run(arguments, folder, stdin=b"", **environment):
    return subprocess.run(
        [sys.executable, "-m", "glossary", *arguments], cwd=folder, input=stdin, capture_output=True, env={**os.environ, **environment}, timeout=60
    )


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[f"{name}-{case['title'].replace(' ', '-')}" for name, case in CASES])
def test_case(case, tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    for name, content in case.get("files", {}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes.fromhex(content[4:]) if content.startswith("hex:") else content.encode())
    done = run(case["arguments"], tmp_path, case.get("stdin", "").encode(), **case.get("environment", {}))
    stdout, stderr = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in stderr
    assert done.returncode == case["status"], stdout + stderr
    if "stdout" in case:
        assert stdout == case["stdout"]
    if "stderr" in case:
        assert stderr == case["stderr"]
    for part in case.get("stdout_has", []):
        assert part in stdout
    for part in case.get("stderr_has", []):
        assert part in stderr
    for name, content in case.get("after", {}).items():
        assert (tmp_path / name).read_bytes().decode() == content


def test_json_is_as_the_contract_says(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "a.txt").write_text("\ufeffOne 𝒳 line.\r\nSecretary of politics and law committee, the vast masses.\r\n", encoding="utf-8")
    done = run(["check", "a.txt", "--format", "json", "--no-builtin", "-t", "terms.csv"], tmp_path)
    got = json.loads(done.stdout)
    assert done.returncode == 1
    assert got["schema"] == "glossary/check/1"
    assert got["termbase"]["concepts"] == 2
    assert got["termbase"]["renderings"] == 6
    assert got["summary"] == {"files": 1, "words": 12, "findings": 2, "by_rule": {"deprecated-term": 2}, "by_severity": {"error": 1, "warning": 1}}
    (file,) = got["files"]
    assert (file["path"], file["error"]) == ("a.txt", None)
    first, second = file["findings"]
    text = "One 𝒳 line.\r\nSecretary of politics and law committee, the vast masses.\r\n"
    assert text[first["start"] : first["end"]] == first["text"] == "politics and law committee"
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (2, 14, 2, 40)
    assert {key: first[key] for key in ("rule", "origin", "concept", "zh", "severity", "replacements", "safety")} == {
        "rule": "deprecated-term", "origin": "listed", "concept": "law-commission", "zh": "政法委", "severity": "error",
        "replacements": ["the Political and Legal Affairs Commission"], "safety": "safe",
    }  # fmt: skip
    assert second["severity"] == "warning"
    (tmp_path / "a.txt").write_text("\ufeffNew.\n\n\nSecretary of politics and law committee.\n", encoding="utf-8")
    moved = json.loads(run(["check", "a.txt", "--format", "json", "--no-builtin", "-t", "terms.csv"], tmp_path).stdout)
    assert moved["files"][0]["findings"][0]["fingerprint"] == first["fingerprint"]


def test_a_large_file(tmp_path):
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    sentence = "The secretary of politics and law committee came to the county and spoke with people for a while.\n\n"
    (tmp_path / "a.txt").write_text(sentence * 100_000, encoding="utf-8")
    done = run(["check", "a.txt", "--format", "json", "--no-builtin", "-t", "terms.csv"], tmp_path)
    assert json.loads(done.stdout)["summary"]["findings"] == 100_000


def test_a_check_imports_nothing_heavy(tmp_path):
    (tmp_path / "a.txt").write_text("Plain words of a politics and law committee.\n", encoding="utf-8")
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    arguments = ["check", "a.txt", "--no-builtin", "-t", "terms.csv"]
    run(arguments, tmp_path)  # compiles
    program = f"import os, sys; os._exit = sys.exit; sys.argv = ['glossary', *{arguments!r}]\nfrom glossary.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "glossary" in loaded
    assert not loaded & {"pandas", "numpy", "sacrebleu", "rich", "lxml", "docx", "lemminflect", "opencc", "regex", "jinja2", "openpyxl"}
