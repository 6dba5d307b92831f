"""Word documents: tracked changes that accept to the fixed and reject to the original text, and everything else as it was."""

import datetime
import io
import random
import re
import zipfile
from itertools import pairwise
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from conftest import ROOT, make_termbase
from hypothesis import given
from hypothesis import strategies as st

import glossary
from glossary.documents.tracking import Tracking

TERMS = make_termbase(
    ("commission", "Political and Legal Affairs Commission", "(politics|political) and law committee"),
    ("public", "the public", "[the] (broad|vast) masses"),
    ("most", "", "the majority of"),
)
ONLY_TERMS = glossary.Settings(select=("deprecated-term",))  # other rules look at the whole article
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPEN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:v">'
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
DAY = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(body, **more):
    """A document of body XML; `more` are further parts, by name without ending: header1, footnotes, comments."""
    kinds = {"document": "document.main", "header1": "header", "footnotes": "footnotes", "comments": "comments"}
    roots = {"document": "document", "header1": "hdr", "footnotes": "footnotes", "comments": "comments"}
    parts = {"document": f"<w:body>{body}<w:sectPr/></w:body>", **more}
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{KIND.format(kinds[name])}"/>' for name in parts)
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="x"><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
            "word/_rels/document.xml.rels": '<Relationships xmlns="x"></Relationships>',
            "word/media/a.bin": bytes(range(256)),
            **{f"word/{name}.xml": OPEN.format(roots[name]) + content + f"</w:{roots[name]}>" for name, content in parts.items()},
        }
    )


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*runs):
    return "<w:p>" + "".join(each if each.startswith("<") else run(each) for each in runs) + "</w:p>"


def part(data, name="document"):
    return zipfile.ZipFile(io.BytesIO(data)).read(f"word/{name}.xml").decode()


def fixed(data, **tracking):
    document = glossary.parse_document(data, "a.docx")
    assert document.write([]) == data
    revision = glossary.fix_document(document, TERMS, ONLY_TERMS)
    new = document.write(list(revision.applied), Tracking(date=DAY, **tracking))
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, new))
    for name in before.namelist():
        if not name.endswith(".xml"):
            assert tracking.get("comment") or before.read(name) == after.read(name)
        elif name.startswith("word/"):
            tree = ElementTree.fromstring(after.read(name))
            ids = [e.get(f"{W}id") for e in tree.iter() if e.tag in (f"{W}ins", f"{W}del", f"{W}rPrChange", f"{W}comment")]
            assert len(ids) == len(set(ids)), "numbers are unique"
            for deleted in tree.iter(f"{W}del"):
                assert not list(deleted.iter(f"{W}t"))
            for parent in tree.iter():
                assert parent.tag != f"{W}r" or not {e.tag for e in parent} & {f"{W}ins", f"{W}del"}
    return new


def paragraphs(data, name="document", accept=True, author="glossary"):
    """The text of each paragraph once our changes are accepted or rejected, read with another parser."""
    result = []
    for p in ElementTree.fromstring(part(data, name)).iter(f"{W}p"):
        text = []

        def walk(element, text=text):
            if element.tag in (f"{W}ins", f"{W}del") and element.get(f"{W}author") == author and (element.tag == f"{W}ins") != accept:
                return
            if element.tag in (f"{W}t", f"{W}delText"):
                text.append(element.text or "")
            text += {f"{W}tab": "\t", f"{W}br": "\n"}.get(element.tag, "")
            for child in element:
                if child.tag != f"{W}p":
                    walk(child)

        walk(p)
        result.append("".join(text))
    return result


CASES = [
    ("one run", para("The politics and law committee met."), "The Political and Legal Affairs Commission met."),
    ("three runs", para("The poli", run("tics and ", "<w:rPr><w:b/></w:rPr>"), "law committee met."), "The Political and Legal Affairs Commission met."),
    ("several in one run", para("vast masses and vast masses, vast masses"), "the public and the public, the public"),
    ("a deletion", para("Serve the majority of people"), "Serve people"),
    ("entities", para("R&D of vast masses < all"), "R&D of the public < all"),
    ("a tab and a break in the middle", para("<w:r><w:t>vast</w:t><w:tab/><w:t>masses</w:t><w:br/><w:t>vast masses</w:t></w:r>"), "the\tpublic\nthe public"),
    ("marks between the runs", para("vast", '<w:proofErr w:type="x"/><w:bookmarkStart w:id="7" w:name="b"/>', run(" masses"), '<w:bookmarkEnd w:id="7"/>'), "the public"),
    ("a link", para('<w:hyperlink w:history="1">' + run("vast masses") + "</w:hyperlink>"), "the public"),
    ("a content control", para("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>" + run("vast masses") + "</w:sdtContent></w:sdt>"), "the public"),
    ("a HYPERLINK field", para('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "vast masses" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>', run("vast masses"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'), "the public"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "after"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_accepted_it_is_fixed_and_rejected_it_is_the_original(body, after):
    data = docx(body)
    new = fixed(data)
    assert paragraphs(new) == [after]
    assert paragraphs(new, accept=False) == paragraphs(data)
    assert paragraphs(fixed(data, accept=True)) == [after]
    assert "<w:ins " not in part(fixed(data, accept=True))


SILENT = [
    ("what others inserted", para("the vast ", f'<w:ins w:id="3" w:author="x">{run("masses")}</w:ins>', " and ", f'<w:ins w:id="4" w:author="x">{run("vast masses")}</w:ins>')),
    ("what others deleted", para('<w:del w:id="3" w:author="x"><w:r><w:delText>vast masses</w:delText></w:r></w:del>')),
    ("a page number and a reference", para('<w:fldSimple w:instr=" REF x ">' + run("vast masses") + "</w:fldSimple>")),
    ("a table of contents over paragraphs", para('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>', "vast masses") + para("vast masses", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')),
    ("a no-break hyphen", para("<w:r><w:t>vast</w:t><w:noBreakHyphen/><w:t>masses</w:t></w:r>")),
    ("two cells", "<w:tbl><w:tr><w:tc>" + para("vast") + "</w:tc><w:tc>" + para("masses") + "</w:tc></w:tr></w:tbl>"),
]  # fmt: skip


@pytest.mark.parametrize("body", [case[1] for case in SILENT], ids=[case[0] for case in SILENT])
def test_what_is_left_alone(body):
    data = docx(body)
    assert fixed(data) == data


def test_others_changes_stay_beside_ours():
    theirs = f'<w:ins w:id="11" w:author="x">{run("very ")}</w:ins><w:del w:id="12" w:author="x"><w:r><w:delText>old</w:delText></w:r></w:del>'
    new = part(fixed(docx(para("vast masses ", theirs, " vast masses"))))
    assert theirs in new
    assert new.count("<w:del ") == 3


def test_runs_keep_their_formatting_and_nothing_empty_is_left():
    bold = "<w:rPr><w:b/></w:rPr>"
    new = part(fixed(docx(para(run("on vast masses", bold)))))
    stamp = 'w:author="glossary" w:date="2026-11-22T00:00:00Z"'
    assert new.partition("<w:p>")[2].partition("</w:p>")[0] == (
        f'<w:r>{bold}<w:t xml:space="preserve">on </w:t></w:r>'
        f'<w:del w:id="1" {stamp}><w:r>{bold}<w:delText xml:space="preserve">vast masses</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {stamp}><w:r>{bold}<w:t xml:space="preserve">the public</w:t></w:r></w:ins>'
    )


def test_a_change_shows_what_is_new_and_no_more():
    boss = make_termbase(("boss", "secretary of the R&D group", "secretary of the R&D band"), ("gone", "", "(very|most) much"))
    for text, deleted, inserted in (
        ("the secretary of the R&D band met", ["band"], ["group"]),
        ("It helped very much.", [" very much"], []),
    ):
        document = glossary.parse_document(docx(para(text)), "a.docx")
        tracked = part(document.write(list(glossary.fix_document(document, boss, ONLY_TERMS).applied)))
        assert re.findall("<w:delText[^>]*>([^<]*)", tracked) == deleted
        assert re.findall("<w:ins .*?<w:t [^>]*>([^<]*)", tracked) == inserted


def test_a_format_change_that_was_tracked_keeps_unique_numbers():
    properties = '<w:rPr><w:b/><w:rPrChange w:id="5" w:author="x"><w:rPr/></w:rPrChange></w:rPr>'
    new = fixed(docx(para(run("on vast masses b", properties))))
    assert len(re.findall("<w:rPrChange ", part(new))) == 4


def test_all_parts_of_a_document_with_names():
    row = "<w:tbl><w:tr><w:tc>" + para("vast masses") + "</w:tc></w:tr></w:tbl>"
    data = docx(para("x") + row, header1=para("vast masses"), footnotes=f'<w:footnote w:id="1">{para("vast masses")}</w:footnote>')
    document = glossary.parse_document(data, "a.docx")
    assert [segment.name for segment in document.segments] == ["p1", "p2", "footnotes/p1", "header1/p1"]
    new = fixed(data)
    assert [paragraphs(new, name) for name in ("document", "header1", "footnotes")] == [["x", "the public"], ["the public"], ["the public"]]


def test_a_text_box_and_its_copy_for_old_readers_change_together():
    box = f"<w:txbxContent>{para('vast masses')}</w:txbxContent>"
    shape = f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    data = docx(para("The vast", shape, " masses"))
    assert [segment.text for segment in glossary.parse_document(data, "a.docx").segments] == ["The vast masses", "vast masses"]
    assert paragraphs(fixed(data)) == ["The public", "the public", "the public"]
    commented = part(fixed(data, comment=lambda edit: "x"))
    assert commented.count("<w:commentReference ") == 1, "Word has no comments in text boxes"


@pytest.mark.parametrize("existing", ["", '<w:comment w:id="4" w:author="x"><w:p/></w:comment>', None])
def test_comments_with_chinese_and_authority(existing):
    data = docx(para("vast", run(" masses", "<w:rPr><w:b/></w:rPr>")) + para("x"), **({} if existing is None else {"comments": existing}))
    new = fixed(data, comment=lambda edit: f"群众 <{edit.concept}>")
    comments = ElementTree.fromstring(part(new, "comments")).findall(f"{W}comment")
    assert "".join(comments[-1].itertext()) == "群众 <public>"
    assert len(comments) == (2 if existing else 1)
    number = comments[-1].get(f"{W}id")
    body = part(new)
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert body.count(f'<w:{mark} w:id="{number}"/>') == 1
    assert body.index("commentRangeStart") < body.index("<w:del ") < body.rindex("</w:ins>") < body.index("commentRangeEnd")
    whole = zipfile.ZipFile(io.BytesIO(new))
    assert whole.read("[Content_Types].xml").decode().count("/word/comments.xml") == 1
    assert (b"comments.xml" in whole.read("word/_rels/document.xml.rels")) == (existing is None)


@given(st.lists(st.sampled_from(["vast ", "masses", "the ", "majority of ", "politics and ", "law committee", " x & ", "宣"]), min_size=1, max_size=12), st.data())
def test_however_the_runs_are_cut(words, data):
    text = "Words in English come before all the rest: " + "".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    edges = [0, *cuts, len(text)]
    runs = [run(text[low:high], data.draw(st.sampled_from(["", "<w:rPr><w:i/></w:rPr>"]))) for low, high in pairwise(edges)]
    original = docx(para(*runs))
    new = fixed(original)
    assert paragraphs(new) == [glossary.fix(text, TERMS, settings=ONLY_TERMS).after]
    assert paragraphs(new, accept=False) == [text]
    assert paragraphs(fixed(original, accept=True)) == [glossary.fix(text, TERMS, settings=ONLY_TERMS).after]


def test_the_articles_of_the_corpora():
    terms = make_termbase(("publicity", "publicity", "propaganda"), ("bureau", "police department", "public security bureau"))
    chance = random.Random(7)
    edits = 0
    for path in sorted(ROOT.glob("corpora/*/hypothesis.en.txt")):
        texts = [" ".join(line.split()) for line in path.read_text("utf-8").splitlines() if line.strip()]
        body = "".join(para(*(run(word + " ", chance.choice(["", "<w:rPr><w:b/></w:rPr>"])) for word in text.split())) for text in texts)
        document = glossary.parse_document(docx(body), "a.docx")
        revision = glossary.fix_document(document, terms, ONLY_TERMS)
        edits += len(revision.applied)
        new = document.write(list(revision.applied))
        assert [text.strip() for text in paragraphs(new)] == [glossary.fix(text, terms, settings=ONLY_TERMS).after for text in texts]
        assert [text.strip() for text in paragraphs(new, accept=False)] == texts
    assert edits > 20


def bomb():
    data = docx(para("x"))
    huge = archive({"[Content_Types].xml": "x", "word/document.xml": b"\0" * (300 << 20)})
    lying = bytearray(docx(para("x" * 5000)))
    at = lying.rindex(b"PK\x01\x02", 0, lying.index(b"word/document.xml", lying.index(b"PK\x01\x02")))
    lying[at + 24 : at + 28] = (100).to_bytes(4, "little")
    damaged = bytearray(data)
    start = damaged.index(b"word/document.xml") + 30
    damaged[start : start + 40] = bytes(40)
    doubled = io.BytesIO(data)
    with zipfile.ZipFile(doubled, "a") as made, pytest.warns(UserWarning):
        made.writestr("word/document.xml", "x")
    yield "not a zip", b"vast masses", "not a Word document: it is no zip archive"
    yield "old Word", b"\xd0\xcf\x11\xe0" + bytes(600), "an old or encrypted Word file"
    yield "another zip", archive({"a.txt": "x"}), r"the archive has no \[Content_Types\]"
    yield "a spreadsheet", archive({"[Content_Types].xml": "<Types/>"}), "the archive has no main document"
    yield "a bomb", huge, "would unpack to 300 MiB"
    yield "many parts", archive({str(n): "" for n in range(10_001)}), "would unpack to more than 512 MiB or 10000 parts"
    yield "a part that lies about its size", bytes(lying), "the part word/document.xml is (damaged|larger than it says)"
    yield "a damaged part", bytes(damaged), "the part word/document.xml is damaged"
    yield "two parts of one name", doubled.getvalue(), "two parts of one name"
    yield "an entity bomb", archive({**{n: zipfile.ZipFile(io.BytesIO(data)).read(n) for n in ("[Content_Types].xml",)}, "word/document.xml": '<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'}), "declares entities at line 1"


def test_files_that_are_refused():
    for what, data, message in bomb():
        with pytest.raises(glossary.DocumentError, match=message) as caught:
            glossary.parse_document(data, "a.docx")
        assert str(caught.value).startswith("a.docx: "), what
        assert "\n" not in str(caught.value)


def test_word_documents_on_the_command_line(tmp_path):
    from test_cli import TERMS as ROWS
    from test_cli import run as call

    (tmp_path / "terms.csv").write_text(ROWS, encoding="utf-8")
    path = tmp_path / "a.docx"
    options = ["--no-builtin", "-t", "terms.csv", "a.docx"]
    for arguments, expected in (
        ([], ('<w:ins w:id="', 'w:author="glossary"')),
        (["--author", 'A "B" & C'], ('w:author="A &quot;B&quot; &amp; C"',)),
        (["--comments"], ("<w:commentReference ",)),
        (["--accept"], ("Political and Legal Affairs Commission</w:t>",)),
    ):
        path.write_bytes(docx(para("The politics and law committee")))
        done = call(["fix", "-w", *arguments, *options], tmp_path, SOURCE_DATE_EPOCH="0")
        assert done.returncode == 0, done.stderr
        assert all(each in part(path.read_bytes()) for each in expected)
        assert ("1970-01-01T00:00:00Z" in part(path.read_bytes())) == (arguments != ["--accept"])
        if arguments == ["--comments"]:
            assert "政法委 · Xinhua" in part(path.read_bytes(), "comments")
