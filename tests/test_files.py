"""Files as they come: encodings, broken term files, and a cache that survives."""

import multiprocessing
import os
import subprocess
import sys
import time

import pytest

import glossary
from glossary.matching import cache
from glossary.termbase import csv_file

HEADER = "id,zh,preferred,admitted,deprecated,kind,fix\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\0b", "is binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not UTF-8 at byte 0"),
        ("the text".encode("utf-16-le"), "UTF-16 without a byte-order mark"),
        ("公安局宣传工作会议".encode("gb18030"), "looks like GB18030"),
        (b"\xff\xfea\xd8", "damaged at byte 2"),
        (b"ok \xff", "not UTF-8 at byte 3"),
    ],
)
def test_documents_that_cannot_be_read(data, message):
    with pytest.raises(glossary.DocumentError, match=message) as caught:
        glossary.parse_document(data, "x.txt")
    assert str(caught.value).startswith("x.txt: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_documents_with_a_byte_order_mark(encoding):
    data = "the 宣传\r\nx".encode(encoding)
    document = glossary.parse_document(data, "x.txt")
    assert document.text == "the 宣传\r\nx"
    assert document.write([]) == data


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        ("a-b,词,good,,bad one,phrase,sure\n", 2, "fix is 'sure'; write safe, unsafe or none"),
        ("a-b,词,good,,bad one,thing,safe\n", 2, "kind is 'thing'; write title, organisation"),
        ("A B,词,good,,bad one,phrase,safe\n", 2, "id is 'A B'; write lower-case letters"),
        ("a-b,,good,,bad one,phrase,safe\n", 2, "zh is empty"),
        ("a-b,词,,,bad one,phrase,safe\n", 2, "preferred is empty"),
        ("a-b,词,good,,(bad one,phrase,safe\n", 2, r"\( is not closed"),
        ("a-b,词,good,,x,phrase,safe\n\na-b,词,good,,y,phrase,safe\n", 4, "id 'a-b' is taken by line 2"),
        ("a-b,词,good,,x,phrase,safe,more\n", 2, "8 cells for 7 columns"),
        ('a-b,"词\n词",good,,x,phrase,safe\nB,词,x,,y,phrase,safe\n', 4, "id is 'B'"),
        ('a-b,"词,good\n', 2, "a double quote is not closed"),
    ],
)
def test_mistakes_in_term_files(tmp_path, rows, line, message):
    path = tmp_path / "t.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(glossary.TermBaseError, match=message) as caught:
        glossary.load(path, builtin=False)
    assert caught.value.problems[0].startswith(f"{path}:{line}: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"id,zh\na,b\n", "the column 'preferred' is missing"),
        (b"id,zh,preferred,depreciated\n", "no column 'depreciated'; did you mean 'deprecated'"),
        (b"id,zh,preferred\nx,\xff,y\n", "not UTF-8 at byte 18"),
    ],
)
def test_term_files_that_are_none(tmp_path, content, message):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(glossary.TermBaseError, match=message):
        glossary.load(path, builtin=False)


def test_a_garble_that_is_an_approved_form_of_its_own_concept(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "a-b,词,good form,fine form,Fine-Form,phrase,safe\n", encoding="utf-8")
    with pytest.raises(glossary.TermBaseError, match=r"t\.csv:2: the garble 'Fine-Form' is an approved form"):
        glossary.matcher_from_files(path, builtin=False)


def test_a_garble_that_is_an_approved_form_of_another_concept_is_shielded(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(HEADER + "a,词,good form,,bad form,phrase,safe\nb,字,bad form,,,phrase,safe\n", encoding="utf-8")
    assert glossary.check("a bad form", glossary.load(path, builtin=False)) == []


def test_minimal_columns_and_override(tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.tsv"
    one.write_text("id,zh,preferred,deprecated\nx,词,good,bad form\n", encoding="utf-8-sig")
    two.write_text("id\tzh\tpreferred\tdeprecated\nx\t词\tbetter\tbad form\n", encoding="utf-8")
    termbase = glossary.load(one, two, builtin=False)
    assert glossary.fix("a bad form", termbase).after == "a better"


def test_reading_what_was_written_gives_the_same(tmp_path, termbase):
    path = tmp_path / "all.csv"
    path.write_bytes(csv_file.dumps(list(termbase)).data)
    assert csv_file.read(path) == list(termbase)


def test_the_cache_survives_damage_and_a_folder_that_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("GLOSSARY_CACHE", str(tmp_path))
    path = tmp_path / "t.csv"
    path.write_text("id,zh,preferred,deprecated\nx,词,good,bad form\n", encoding="utf-8")
    first = glossary.matcher_from_files(path, builtin=False).digest  # a matcher in use would be given again
    (kept,) = tmp_path.glob("*.termbase")
    whole = kept.read_bytes()
    for damaged in (b"", whole[:50], whole[:-1], whole[:200] + b"\xff" + whole[201:], b"x" * len(whole)):
        kept.write_bytes(damaged)
        assert glossary.matcher_from_files(path, builtin=False).digest == first
        assert kept.read_bytes() == whole
    path.write_text("id,zh,preferred,deprecated\nx,词,better,bad form\n", encoding="utf-8")
    assert glossary.fix("bad form", glossary.matcher_from_files(path, builtin=False)).after == "better"
    monkeypatch.setenv("GLOSSARY_CACHE", str(path))  # a file where a folder should be
    assert glossary.fix("bad form", glossary.matcher_from_files(path, builtin=False)).after == "better"


def _compile_in(folder, path):
    os.environ["GLOSSARY_CACHE"] = folder
    for _ in range(5):
        for kept in cache.folder().glob("*.termbase"):
            kept.unlink(missing_ok=True)
        assert glossary.fix("bad form", glossary.matcher_from_files(path, builtin=False)).after == "good"


def test_two_processes_may_write_one_cache(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,zh,preferred,deprecated\nx,词,good,bad form\n", encoding="utf-8")
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_compile_in, args=(str(tmp_path / "cache"), str(path))) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert not list((tmp_path / "cache").glob("*.tmp"))


def test_a_compiled_term_base_reads_back_the_same(matcher):
    stored = cache.dumps(matcher._compiled)
    assert cache.dumps(cache.loads(stored)) == stored


@pytest.mark.parametrize("home", ["", "/somewhere/else"])
def test_the_cache_is_where_the_platform_has_such_things(monkeypatch, home):
    import platformdirs

    monkeypatch.delenv("GLOSSARY_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    assert str(cache.folder()) == platformdirs.user_cache_dir("glossary")


def test_a_full_cache_forgets_the_oldest(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "_ROOM", 250)
    monkeypatch.setattr(cache, "_KEYS", 2)
    for number in range(4):
        cache._keep(tmp_path / f"{number}.termbase", b"x" * 100, dated=10 - number)
        cache._keep(tmp_path / f"{number}.key", b"x")
        time.sleep(0.01)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2.key", "2.termbase", "3.key", "3.termbase"]


def test_write_file_keeps_mode_and_links(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    glossary.write_file(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    with pytest.raises(glossary.DocumentError, match="cannot be written"):
        glossary.write_file(tmp_path / "none" / "a.txt", b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "link.txt"]


def test_whatever_compiles_a_term_base_is_part_of_its_key(tmp_path):
    (tmp_path / "t.csv").write_text("id,zh,preferred,admitted,deprecated,kind,fix\na,词,a word,,one word,,safe\n", encoding="utf-8")
    program = (
        "import sys, glossary\n"
        "from glossary.matching.compiler import compile_termbase\n"
        "compile_termbase(glossary.load(sys.argv[1], builtin=False))\n"
        "print(*(name for name in sys.modules if name.startswith(('glossary.termbase.', 'glossary.matching.', 'glossary.english.'))))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "t.csv")], capture_output=True, text=True, check=True)
    used = {f"{name.removeprefix('glossary.').replace('.', '/')}.py" for name in done.stdout.split()}
    only_matching = {"matching/guards.py", "matching/overlaps.py", "matching/cache.py", "termbase/exchange.py"}
    assert used - only_matching <= set(cache._COMPILING)
