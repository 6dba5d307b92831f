"""Term files of other programs: round trips, the published constraints of TBX, limits, merging."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import glossary
from glossary.findings import Safety, Severity
from glossary.termbase import files
from glossary.termbase.concept import KINDS
from glossary.termbase.merging import merge

EMPTY = glossary.TermBase({})
# what stands in cells: any printable sign, the notation's own among them, no blanks at the ends (cells have none)
_TEXT = st.text(st.one_of(st.characters(exclude_categories=("C", "Z")), st.sampled_from("~<>()[]|;?\\\"',&=_ -")), min_size=1, max_size=12)
TEXT = _TEXT.map(lambda text: " ".join(text.split())).filter(bool)
# `;` stands between values, so in a value it is written \;
VALUE = TEXT.map(lambda text: text.replace("\\", "").replace(";", "\\;").strip()).filter(bool)
ENGLISH = st.lists(st.sampled_from(["law~", "panel", "<level>", "(big|vast)", "[the]", "masses -> public", "group ?", "committee~", "Q\\&A", "5\\;6"]), min_size=1, max_size=4)
HAN = st.text(st.sampled_from("政法委群众市委书记会议一二三"), min_size=1, max_size=5)


def unique(values):
    return st.lists(values, max_size=3, unique=True).map(tuple)


def valid(entry):
    try:
        files.importlib.import_module("glossary.termbase.notation").parse(entry)
    except glossary.GlossaryError:
        return False
    return True


CONCEPTS = st.lists(
    st.builds(
        glossary.Concept,
        id=st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3}){0,2}", fullmatch=True),
        zh=st.lists(HAN, min_size=1, max_size=3, unique=True).map(tuple),
        preferred=VALUE,
        admitted=unique(VALUE),
        deprecated=unique(ENGLISH.map(" ".join).filter(valid)),
        kind=st.sampled_from(["", *KINDS]),
        fix=st.sampled_from(Safety),
        severity=st.sampled_from([None, *Severity]),
        unless=unique(VALUE),
        only_if=unique(VALUE),
        note=st.one_of(st.just(""), TEXT, TEXT.map("glossary.fix: {}".format)),
        authority=st.one_of(st.just(""), TEXT),
        since=st.sampled_from(["", "2018", "2018-03", "2018-03-21"]),
        until=st.sampled_from(["", "2023"]),
        short=st.sampled_from(["", "NPC"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda concept: concept.id,
)  # fmt: skip


def there_and_back(concepts, format, folder, ending=None):
    path = folder / f"terms.{ending or format}"
    written = files.dumps(concepts, EMPTY, format)
    path.write_bytes(written.data)
    return files.parse(path), written.losses


@pytest.mark.parametrize(("format", "ending"), [("csv", None), ("tsv", None), ("xlsx", None), ("tbx", None), ("tbx-dct", "tbx")])
@settings(max_examples=60)
@given(concepts=CONCEPTS)
def test_nothing_is_lost_on_the_way_there_and_back(format, ending, concepts, tmp_path_factory):
    parsed, losses = there_and_back(concepts, format, tmp_path_factory.mktemp("exchange"), ending)
    assert parsed.concepts == concepts
    assert not losses
    assert not parsed.notes


@settings(max_examples=60)
@given(concepts=CONCEPTS)
def test_utx_keeps_what_it_has_columns_for(concepts, tmp_path_factory):
    parsed, _ = there_and_back(concepts, "utx", tmp_path_factory.mktemp("exchange"))
    held = ("id", "zh", "preferred", "deprecated", "note")
    for before, after in zip(concepts, parsed.concepts, strict=True):
        assert [getattr(before, name) for name in held] == [getattr(after, name) for name in held]
        assert [form for form in before.admitted if form != before.preferred] == list(after.admitted)


def test_utx_says_what_it_cannot_hold():
    concept = glossary.Concept("a", ("词",), "word", kind="title", unless=("x",))
    written = files.dumps([concept], EMPTY, "utx")
    assert written.losses == ["UTX has no column for kind (1 concepts), fix (1 concepts), unless (1 concepts); they are left out"]
    assert written.data.startswith(b"#UTX 1.11; zh-CN/en; ")
    assert b"\r\n#src\ttgt\tterm status\tconcept ID" in written.data


def test_tmx_there_and_back(tmp_path):
    concepts = [glossary.Concept("a", ("词", "单词"), "word & co", fix=Safety.UNSAFE), glossary.Concept("b", ("句",), "sentence", fix=Safety.UNSAFE)]
    parsed, losses = there_and_back(concepts, "tmx", tmp_path)
    assert parsed.concepts == concepts
    assert not losses


# --- the constraints of TBX-Basic, from its definition and the schemas at tbxinfo.net, put in our own words
NS = {"t": "urn:iso:std:iso:30042:ed-2"}
MIN, BASIC = "{http://www.tbxinfo.net/ns/min}", "{http://www.tbxinfo.net/ns/basic}"
TBX = "{urn:iso:std:iso:30042:ed-2}"
STATUSES = {f"{status}Term-admn-sts" for status in ("preferred", "admitted", "deprecated", "superseded")}
MODULE = {"administrativeStatus": MIN, "subjectField": MIN, "source": BASIC, "definition": BASIC}


def check_tbx(data, style):
    root = ElementTree.fromstring(data)
    assert (root.tag, root.get("type"), root.get("style")) == (TBX + "tbx", "TBX-Basic", style)
    assert [child.tag for child in root] == [TBX + "tbxHeader", TBX + "text"]
    assert root.find("t:tbxHeader/t:fileDesc/t:sourceDesc/t:p", NS).text
    entries = root.findall("t:text/t:body/t:conceptEntry", NS)
    ids = [entry.get("id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", key) for key in ids)
    for entry in entries:
        kinds = [child.tag for child in entry]
        languages = kinds.index(TBX + "langSec")
        assert set(kinds[:languages]) <= {TBX + "note"}  # what stands beside comes first
        assert kinds[languages:] == [TBX + "langSec"] * 2
        assert [section.get("{http://www.w3.org/XML/1998/namespace}lang") for section in entry.iter(TBX + "langSec")] == ["zh-Hans", "en"]
        for term in entry.iter(TBX + "termSec"):
            first, status, *rest = term
            assert first.tag == TBX + "term"
            assert first.text.strip()
            if style == "dca":
                assert (status.tag, status.get("type")) == (TBX + "termNote", "administrativeStatus")
                assert all(part.tag == TBX + "note" or (part.tag, part.get("type")) == (TBX + "admin", "source") for part in rest)
            else:
                assert status.tag == MODULE["administrativeStatus"] + "administrativeStatus"
                assert {part.tag for part in rest} <= {TBX + "note", MODULE["source"] + "source"}
            assert status.text in STATUSES
        english = entry.findall("t:langSec", NS)[1]
        statuses = [part.text for part in english.iter() if part.text in STATUSES]
        assert statuses[0] == "preferredTerm-admn-sts"
        assert statuses.count("preferredTerm-admn-sts") == 1
    if style == "dca":
        assert all(element.tag.startswith(TBX) for element in root.iter())


@pytest.mark.parametrize("format", ["tbx", "tbx-dct"])
@given(concepts=CONCEPTS)
@settings(max_examples=30)
def test_tbx_is_as_the_standard_wants_it(format, concepts):
    written = files.dumps([concept for concept in concepts], EMPTY, format)  # noqa: C416
    check_tbx(written.data, "dct" if format == "tbx-dct" else "dca")


def test_garbles_are_shown_as_words_in_tbx():
    concept = glossary.Concept("a", ("政法委",), "serve~ the whole", deprecated=("(big|vast) law~ panel -> x",))
    data = files.dumps([concept], EMPTY, "tbx").data.decode()
    assert "<term>serve the whole</term>" in data
    assert "<term>big law panel</term>" in data
    assert "<note>glossary.notation: (big|vast) law~ panel -&gt; x</note>" in data


VERSION_2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Default" xml:lang="en"><text><body>
<termEntry id="tid-1"><descrip type="subjectField">Politics</descrip>
 <langSet xml:lang="zh-TW"><tig><term>政法委員會</term></tig></langSet>
 <langSet xml:lang="EN-us"><descrip type="definition">A Party body.</descrip>
  <ntig><termGrp><term>Political and Legal Affairs
    Commission</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote><termNote type="partOfSpeech">noun</termNote></termGrp></ntig>
  <tig><term>law committee (old)</term><termNote type="administrativeStatus">forbidden</termNote></tig>
  <tig><term>commission</term><admin type="source">Xinhua</admin></tig></langSet>
 <langSet xml:lang="fr"><tig><term>commission</term></tig></langSet></termEntry>
<termEntry id="2"><langSet xml:lang="en"><tig><term>lonely</term></tig></langSet></termEntry>
</body></text></martif>
"""


def test_tbx_of_version_2(tmp_path):
    path = tmp_path / "old.tbx"
    path.write_text(VERSION_2, encoding="utf-8")
    parsed = files.parse(path)
    assert parsed.concepts == [
        glossary.Concept(
            "tid-1", ("政法委员会",), "Political and Legal Affairs Commission", ("commission",), ("law committee \\(old\\)",), fix=Safety.UNSAFE,
            note="subject field: Politics; definition: A Party body.", authority="Xinhua",
        )
    ]
    assert [note.removeprefix(f"{path}: ") for note in parsed.notes] == [
        "entry 2 is left out: it has no Chinese term", "partOfSpeech is not kept (1 times)", "the language fr is not kept (1 times)",
    ]  # fmt: skip
    termbase = glossary.load(path, builtin=False)
    assert glossary.fix("the law committee (old) met", termbase, settings=glossary.Settings(unsafe=True)).after == "the Political and Legal Affairs Commission met"


BROKEN = {
    "a.tbx": ("<tbx>", "not well-formed"),
    "b.tbx": ("<html/>", "not TBX"),
    "c.tbx": ('<!DOCTYPE x [<!ENTITY a "b">]><tbx/>', "entities"),
    "a.tmx": ("<tbx/>", "not TMX"),
    "b.tmx": ('<!DOCTYPE x [<!ENTITY a "b">]><tmx/>', "entities"),
    "a.utx": ("src\ttgt\n", "not UTX"),
    "b.utx": ("#UTX 1.11; ja/en\n#src\ttgt\n", "zh/en"),
    "a.xlsx": ("id,zh,preferred", "not an XLSX workbook"),
    "a.doc": ("", "no term file format"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_in_one_line(name, tmp_path):
    path = tmp_path / name
    path.write_text(BROKEN[name][0], encoding="utf-8")
    with pytest.raises(glossary.GlossaryError, match=BROKEN[name][1]) as caught:
        files.parse(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_columns_of_other_names_are_mapped(tmp_path):
    path = tmp_path / "theirs.csv"
    path.write_text("No,Chinese,English term,Bad\n1,政法委,Law Commission,law panel\n2,群众,the public,\n3,群众们,the public,\n", encoding="utf-8")
    parsed = files.parse(path, columns={"zh": "Chinese", "preferred": "English term", "deprecated": "Bad"})
    assert [(c.id, c.preferred, c.deprecated) for c in parsed.concepts] == [
        ("law-commission", "Law Commission", ("law panel",)), ("the-public", "the public", ()), ("the-public-2", "the public", ()),
    ]  # fmt: skip
    assert parsed.notes == [f"{path}: the column 'No' is left out"]
    assert parsed.columns == {"zh", "preferred", "deprecated"}
    with pytest.raises(glossary.TermBaseError, match="no column 'Deutsch' to map"):
        files.parse(path, columns={"zh": "Deutsch"})


def test_a_workbook_written_by_hand(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["id", "zh", "preferred", "since", None])
    book.active.append(["a", "词", "word", 2018])
    book.active.append([None, None, None, None])
    book.save(tmp_path / "t.xlsx")
    assert files.parse(tmp_path / "t.xlsx").concepts == [glossary.Concept("a", ("词",), "word", since="2018")]


def test_a_workbook_holds_no_formula(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    written = files.dumps([glossary.Concept("a", ("词",), '=HYPERLINK("x")')], EMPTY, "xlsx")
    (tmp_path / "t.xlsx").write_bytes(written.data)
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx").active["C2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


PAIRS = [
    glossary.Concept("a", ("词;", "单词"), 'the "word", said', admitted=("w",), deprecated=("wrd",)),
    glossary.Concept("b", ("单词",), "another"),
    glossary.Concept("c", ("长" * 67,), "long"),
]


@pytest.mark.parametrize(
    ("engine", "text", "losses"),
    [
        ("deepl", '词;\tthe "word", said\n单词\tthe "word", said\n' + "长" * 67 + "\tlong\n", 2),
        ("google", '词;,"the ""word"", said"\n单词,"the ""word"", said"\n' + "长" * 67 + ",long\n", 2),
        ("aws", 'zh,en\n词;,"the ""word"", said"\n单词,"the ""word"", said"\n', 3),
        ("azure", '词;\tthe "word", said\n单词\tthe "word", said\n' + "长" * 67 + "\tlong\n", 2),
    ],
)
def test_engine_files(engine, text, losses):
    written = files.dumps(PAIRS, EMPTY, engine)
    assert written.data.decode() == text
    assert len(written.losses) == losses
    assert "b: 单词 is left out, it stands for a already" in written.losses
    assert any("1 admitted forms, 1 garbles are left out" in loss for loss in written.losses)
    assert engine != "aws" or any("201 bytes and aws takes 200" in loss for loss in written.losses)


def test_engine_files_never_hold_a_garble(termbase):
    text = files.dumps(list(termbase)[:300], termbase, "deepl").data.decode()
    english = {line.split("\t")[1] for line in text.splitlines()}
    assert not any(sign in form for form in english for sign in "~<>|\x01\x02\x03")


def test_an_engine_file_that_is_too_large_is_refused():
    many = [glossary.Concept(f"c{number}", (f"词{number}",), "w" * 1000) for number in range(11_000)]
    with pytest.raises(glossary.UsageError, match="deepl takes 10,485,760"):
        files.dumps(many, EMPTY, "deepl")


OURS = [glossary.Concept("a", ("词", "单词"), "word", ("term",), ("wrd",), note="", authority="house")]


def test_merging_adds_fills_and_extends():
    theirs = [
        glossary.Concept("x", ("词",), "Word", ("lexeme",), ("word thing",), note="how"),
        glossary.Concept("y", ("句",), "sentence"),
    ]
    result = merge(OURS, theirs, ("id", "zh", "preferred", "admitted", "deprecated", "note"))
    assert result.concepts == [
        glossary.Concept("a", ("词", "单词"), "word", ("term", "lexeme"), ("wrd", "word thing"), note="how", authority="house"),
        glossary.Concept("y", ("句",), "sentence"),
    ]
    assert ([concept.id for concept in result.added], len(result.updated), result.conflicts) == (["y"], 3, [])


def test_merging_reports_what_contradicts():
    theirs = [glossary.Concept("a", ("词",), "phrase", ("wrd",), ("term",), authority="Xinhua")]
    result = merge(OURS, theirs)
    assert result.concepts == OURS
    assert result.conflicts == [
        "a: preferred is 'word' here and 'phrase' there; ours stays",
        "a: authority is 'house' here and 'Xinhua' there; ours stays",
        "a: 'wrd' is a garble here and admitted there; ours stays",
        "a: 'term' is approved here and a garble there; ours stays",
    ]
    taken = merge(OURS, theirs, take_theirs=True)
    assert (taken.concepts[0].preferred, taken.concepts[0].authority) == ("phrase", "Xinhua")


@given(concepts=CONCEPTS)
@settings(max_examples=30)
def test_merging_a_file_with_itself_changes_nothing(concepts):
    distinct = []
    for concept in concepts:
        if not any(set(concept.zh) & set(other.zh) for other in distinct) and concept.preferred not in [other.preferred for other in distinct]:
            distinct.append(concept)
    result = merge(distinct, distinct)
    assert result.concepts == sorted(distinct, key=lambda concept: concept.id)
    assert not result.added
    assert not result.conflicts
    assert not result.updated


def test_a_new_concept_does_not_take_an_id_that_is_used_elsewhere():
    result = merge([], [glossary.Concept("npc", ("词",), "good word")], taken={"npc", "good-word"})
    assert [concept.id for concept in result.added] == ["good-word-2"]


def test_every_format_writes_and_those_that_read_do():
    for known in files.FORMATS:
        module = files.importlib.import_module(known.module)
        assert callable(module.dumps)
        assert not known.reads or callable(module.parse)
        assert known.reads or not known.endings


def test_a_term_list_for_a_language_model():
    text = files.dumps(PAIRS[:2], EMPTY, "prompt").data.decode()
    assert text == '词; = the "word", said (or: w)\n单词 = the "word", said (or: w)\n'
