"""Document formats: what is prose in each, what an edit leaves alone, and files that are refused."""

import csv
import io
import json
import random
import re
from itertools import pairwise
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

import pytest
from conftest import ROOT, SEEDS, make_termbase
from hypothesis import given, settings
from hypothesis import strategies as st
from test_docx import docx, para, run
from test_docx import paragraphs as accepted

import glossary
from glossary.documents import formats
from glossary.documents.spread import spread
from glossary.documents.table import cells
from glossary.documents.tracking import Tracking
from glossary.text import Span

TERMS = make_termbase(
    ("commission", "Political and Legal Affairs Commission", "(politics|political) and law committee"),
    ("public", "the public", "[the] (broad|vast) masses"),
    ("most", "", "the majority of"),
    ("boss", "boss", "party secretary"),
    ("comma", 'Law, Order and "so" Office', "office of laws"),
)
ONLY_TERMS = glossary.Settings(select=("deprecated-term",))  # other rules look at the whole article
XLIFF12 = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh-CN" target-language="en"><body>{}</body></file></xliff>'
XLIFF2 = '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-Hans" trgLang="en"><file id="f"><unit id="u">{}</unit></file></xliff>'
TMX = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"><header/><body>{}</body></tmx>'


# title, file, before, after; None: nothing changes
CASES = [
    ("emphasis keeps its words", "a.md", "the politics **and law** committee met", "the Political **and Legal Affairs** Commission met"),
    ("half a word in emphasis", "a.md", "the po*litics and* law committee", "the *Political and* Legal Affairs Commission"),
    ("a link keeps its target", "a.md", "[politics](http://x/a%20b) and law committee", "[Political](http://x/a%20b) and Legal Affairs Commission"),
    ("a soft break in a quotation", "a.md", "> a politics\n> and law committee", "> a Political\n> and Legal Affairs Commission"),
    ("a soft break in a list, CRLF", "a.md", "- a politics and\r\n  law committee\r\n", "- a Political and\r\n  Legal Affairs Commission\r\n"),
    ("emphasis around a deleted phrase goes too", "a.md", "Serve **the majority of** people", "Serve people"),
    ("nested emphasis around a deleted phrase", "a.md", "Serve ***the majority of*** people", "Serve people"),
    ("two deletions that meet", "a.md", "Serve the majority of **the majority of** people", "Serve people"),
    ("emphasis does not end in a blank", "a.md", "Serve **all the majority of** people", "Serve **all** people"),
    ("marks without words go where the words do", "a.md", "*a* **party** *secretary* now", "*a* **boss** now"),
    ("code, targets, pictures and HTML attributes", "a.md", '`vast masses` ![vast masses](x) <i title="vast masses"> <http://vast-masses.cn>\n\n    vast masses\n\n```\nvast masses\n```\n', None),
    ("a link that goes by its text", "a.md", "See [vast masses].\n\n[vast masses]: http://x\n", None),
    ("front matter", "a.md", "---\ntitle: vast masses\n---\nVast masses\n", "---\ntitle: vast masses\n---\nThe public\n"),
    ("a table", "a.md", "> | vast masses | b |\n> |---|---|\n> | b | **vast** masses |\n", "> | the public | b |\n> |---|---|\n> | b | **the** public |\n"),
    ("a heading with closing marks", "a.md", "## The vast masses ##\n", "## The public ##\n"),
    ("HTML in Markdown", "a.md", "<div class='vast masses'>\nvast <b>masses</b>\n</div>\n", "<div class='vast masses'>\nthe <b>public</b>\n</div>\n"),
    ("entities and escapes are not touched", "a.md", "R&amp;D \\*vast masses\\*", "R&amp;D \\*the public\\*"),
    ("inline tags", "a.html", "<p>a <b>politics</b> <i class=x>and\nlaw</i> committee</p>", "<p>a <b>Political</b> <i class=x>and Legal Affairs</i> Commission</p>"),
    ("blocks keep matches apart", "a.html", "<li>vast<li>masses", None),
    ("script, style, attributes, comments, code", "a.html", "<script>vast masses</script><style>vast masses</style><p title='vast masses'><!-- vast masses --><code>vast masses</code><pre>vast <b>masses</b></pre>", None),
    ("what is not to be translated", "a.html", "<p translate=no>vast <b>masses</b></p>", None),
    ("a line break tag", "a.html", "serve vast<br/>masses", "serve the<br/>public"),
    ("entities", "a.html", "<p>Vast&nbsp;m&#97;sses &lt; AT&T", "<p>The public &lt; AT&T"),
    ("new text is escaped", "a.html", "the office of laws", "the Law, Order and \"so\" Office"),
    ("the title", "a.html", "<head><title>The vast masses</title></head>", "<head><title>The public</title></head>"),
    ("an element left open at the end", "a.html", "<p>The vast masses <b", "<p>The public <b"),
    ("XHTML closes empty elements", "a.xhtml", "<?xml version='1.0'?><p><script src='a'/>The vast masses</p>", "<?xml version='1.0'?><p><script src='a'/>The public</p>"),
    ("GB encoding by its declaration", "a.html", "<meta charset=gbk><p>The vast masses 群众", "<meta charset=gbk><p>The public 群众"),
    ("XLIFF 1.2 inline codes", "a.xlf", XLIFF12.format('<trans-unit id="1"><source>政法委</source><target>a <g id="1">politics</g> <bpt id="2">&lt;b&gt;</bpt>and law<ept id="2"/> committee<x id="3"/></target></trans-unit>'), XLIFF12.format('<trans-unit id="1"><source>政法委</source><target>a <g id="1">Political</g> <bpt id="2">&lt;b&gt;</bpt>and Legal Affairs<ept id="2"/> Commission<x id="3"/></target></trans-unit>')),
    ("alternatives and locked units", "a.xlf", XLIFF12.format('<trans-unit id="1" translate="no"><source>x</source><target>vast masses</target></trans-unit><trans-unit id="2"><source>x</source><target>ok</target><alt-trans><target>vast masses</target></alt-trans><note>vast masses</note></trans-unit>'), None),
    ("XLIFF 2 inline codes", "a.xliff", XLIFF2.format('<segment><source>x</source><target>a politics <pc id="1">and law</pc> <ph id="2"/>committee</target></segment><ignorable><source>x</source><target>vast masses</target></ignorable>'), XLIFF2.format('<segment><source>x</source><target>a Political <pc id="1">and Legal Affairs</pc> <ph id="2"/>Commission</target></segment><ignorable><source>x</source><target>vast masses</target></ignorable>')),
    ("CDATA", "a.xlf", XLIFF12.format('<trans-unit id="1"><source>x</source><target><![CDATA[R&D vast ]]>masses</target></trans-unit>'), XLIFF12.format('<trans-unit id="1"><source>x</source><target><![CDATA[R&D the ]]>public</target></trans-unit>')),
    ("TMX", "a.tmx", TMX.format('<tu><tuv xml:lang="zh-CN"><seg>委</seg></tuv><tuv xml:lang="EN-GB"><seg>a politics<ph x="1">vast masses</ph> and law committee</seg></tuv><tuv xml:lang="fr"><seg>vast masses</seg></tuv></tu>'), TMX.format('<tu><tuv xml:lang="zh-CN"><seg>委</seg></tuv><tuv xml:lang="EN-GB"><seg>a Political<ph x="1">vast masses</ph> and Legal Affairs Commission</seg></tuv><tuv xml:lang="fr"><seg>vast masses</seg></tuv></tu>')),
    ("PO, wrapped lines and escapes", "a.po", 'msgid "x"\nmsgstr ""\n"a \\"so\\" politics "\n"and law committee\\n"\n', 'msgid "x"\nmsgstr ""\n"a \\"so\\" Political "\n"and Legal Affairs Commission\\n"\n'),
    ("PO, two deletions that meet at a line's end", "a.po", 'msgid "x"\nmsgstr ""\n"English words, the majority of the "\n"majority of vast masses"\n', 'msgid "x"\nmsgstr ""\n"English words, "\n"the public"\n'),
    ("PO, plural forms", "a.po", 'msgid "%d 群"\nmsgid_plural "群s"\nmsgstr[0] "vast masses"\nmsgstr[1] "%d broad masses"\n', 'msgid "%d 群"\nmsgid_plural "群s"\nmsgstr[0] "the public"\nmsgstr[1] "%d the public"\n'),
    ("PO, header, comments, ids and obsolete messages", "a.po", 'msgid ""\nmsgstr "X: vast masses\\n"\n\n# vast masses\n#| msgid "vast masses"\nmsgctxt "vast masses"\nmsgid "vast masses"\nmsgstr "x"\n#~ msgid "a"\n#~ msgstr "vast masses"\n', None),
    ("PO, new text is escaped", "a.po", 'msgid "x"\nmsgstr "an office of laws"\n', 'msgid "x"\nmsgstr "a Law, Order and \\"so\\" Office"\n'),
    ("SRT, tags and line breaks", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}a <i>politics\nand</i> law committee\n", "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}a <i>Political\nand</i> Legal Affairs Commission\n"),
    ("SRT, a sentence over two cues", "a.srt", "1\r\n00:00:01,000 --> 00:00:02,000\r\nthe politics and\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nlaw committee met\r\n", "1\r\n00:00:01,000 --> 00:00:02,000\r\nthe Political and\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nLegal Affairs Commission met\r\n"),
    ("SRT, overlapping cues are two voices", "a.srt", "1\n00:00:01,000 --> 00:00:03,000\nthe politics and\n\n2\n00:00:02,000 --> 00:00:04,000\nlaw committee met\n", None),
    ("SRT, two speakers in a cue", "a.srt", "1\n00:00:01,000 --> 00:00:03,000\n- the vast\n- masses\n", None),
    ("VTT, notes, styles, names and entities", "a.vtt", "WEBVTT\n\nNOTE vast masses\n\nSTYLE\n::cue(vast masses) {}\n\nvast masses\n00:01.000 --> 00:02.000 align:start\n<v Vast masses>R&amp;D <c.x>vast</c> masses\n", "WEBVTT\n\nNOTE vast masses\n\nSTYLE\n::cue(vast masses) {}\n\nvast masses\n00:01.000 --> 00:02.000 align:start\n<v Vast masses>R&amp;D <c.x>the</c> public\n"),
    ("CSV, prose columns by their usual names", "a.csv", 'id,zh,text\r\nvast masses,群众,"vast ""broad masses"""\r\n', 'id,zh,text\r\nvast masses,群众,"vast ""the public"""\r\n'),
    ("CSV, quotes where a cell needs them now", "a.csv", "an office of laws,vast masses\n", '"a Law, Order and ""so"" Office",the public\n'),
    ("CSV, semicolons", "a.csv", "a;vast masses;b\n", "a;the public;b\n"),
    ("CSV, a column by name", "a.csv:csv:b", "a,b\nvast masses,vast masses\n", "a,b\nvast masses,the public\n"),
    ("CSV, a column by number", "a.csv:csv:2", "vast masses,vast masses\n", "vast masses,the public\n"),
    ("TSV knows no quotes", "a.tsv", 'x\t"vast masses" a\n', 'x\t"the public" a\n'),
    ("JSON Lines, keys and other values", "a.jsonl", '{"vast masses": 1, "en": "vast\\u0020masses \\ud83d\\ude00", "note": "vast masses"}\n\n', '{"vast masses": 1, "en": "the public \\ud83d\\ude00", "note": "vast masses"}\n\n'),
    ("JSON Lines, every string where no key has a usual name", "a.jsonl", '["vast masses", {"x": [true, "vast masses"]}]', '["the public", {"x": [true, "the public"]}]'),
    ("JSON Lines, new text is escaped", "a.jsonl", '{"en": "an office of laws"}', '{"en": "a Law, Order and \\"so\\" Office"}'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "before", "after"), [case[1:] for case in CASES], ids=[f"{case[1][:6]} {case[0]}" for case in CASES])
def test_case(file, before, after):
    name, _, wanted = file.partition(":")
    encoding = "gbk" if "charset=gbk" in before else "utf-8"
    data = before.encode(encoding)
    document = glossary.parse_document(data, name, wanted or None)
    assert document.write([]) == data
    revision = glossary.fix_document(document, TERMS, ONLY_TERMS)
    assert document.write(list(revision.applied)).decode(encoding) == (before if after is None else after)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xlf", '<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>', "a.xlf: declares entities at line 1"),
        ("a.xlf", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>', "a.xlf: declares entities at line 1"),
        ("a.xlf", "<xliff>\n<file>", "a.xlf: not well-formed XML at line 2"),
        ("a.xlf", "<html/>", "a.xlf: not XLIFF, its root is <html>"),
        ("a.xlf", "<xliff>" + "<a>" * 9999, "a.xlf: nested more than 500 deep"),
        ("a.xlf", XLIFF12.replace('"en"', '"de"').format(""), "a.xlf: its target language is 'de'"),
        ("a.tmx", "<html/>", "a.tmx: not TMX"),
        ("a.tmx", "<?xml version='1.0' encoding='klingon'?><tmx/>", "a.tmx: says it is klingon but is not"),
        ("a.po", 'msgid "x"\nmsgstr nope\n', "a.po: line 2 is no PO"),
        ("a.srt", "vast masses", "a.srt: no cue times"),
        ("a.csv", 'a\n"b', "a.csv: the double quote in line 2 is not closed"),
        ("a.jsonl", '{"a": "b"}\n{"a": }', "a.jsonl: line 2 is not JSON"),
        ("a.jsonl", "[" * 99999, "a.jsonl: line 1 is not JSON"),
        ("a.html", b"<meta charset=utf-8>\xff", "a.html: not UTF-8 at byte 20"),
        ("a.html", b"<meta charset=gbk>\xff\xff", "a.html: says it is gb18030 but is not"),
    ],
)  # fmt: skip
def test_files_that_are_refused(name, data, message):
    with pytest.raises(glossary.DocumentError) as caught:
        glossary.parse_document(data if isinstance(data, bytes) else data.encode(), name)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_columns_that_are_not_there():
    with pytest.raises(glossary.DocumentError, match=r"a\.csv: there is no 'c'; there are a, b"):
        glossary.parse_document(b"a,b\n1,2\n", "a.csv", "csv:c")
    with pytest.raises(glossary.UsageError, match="'html' has no columns or keys"):
        glossary.parse_document(b"", "a.html", "html:c")


@pytest.mark.parametrize(
    ("name", "content", "sources"),
    [
        ("a.xlf", XLIFF12.format('<trans-unit id="1"><source>委<g id="1">员</g>会</source><seg-source><mrk mtype="seg" mid="0">委</mrk><mrk mtype="seg" mid="1">会</mrk></seg-source><target><mrk mtype="seg" mid="0">a</mrk><mrk mtype="seg" mid="1">b</mrk></target></trans-unit><trans-unit id="1"><source>党&amp;</source><target>c</target></trans-unit>'), [("1/0", "委"), ("1/1", "会"), ("1", "党&")]),
        ("a.xlf", XLIFF2.format("<segment><source>委</source><target>a</target></segment><segment id='s'><source>会</source><target>b</target></segment>"), [("u", "委"), ("u/s", "会")]),
        ("a.tmx", TMX.format('<tu tuid="x"><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="zh"><seg>委</seg></tuv></tu>'), [("x", "委")]),
        ("a.po", 'msgid "委\\n"\n"会"\nmsgstr "a"\n\nmsgid "人"\nmsgid_plural "众"\nmsgstr[0] "b"\nmsgstr[1] "c"\n', [("委 会", "委\n会"), ("人[0]", "人"), ("人[1]", "众")]),
        ("a.csv", "zh,en\n委,a\n", [(None, "委")]),
        ("a.jsonl", '{"en": "a", "x": [1], "zh": "委"}\n{"en": "b"}\n', [(None, "委"), (None, None)]),
    ],
)  # fmt: skip
def test_sources_of_bilingual_formats(name, content, sources):
    document = glossary.parse_document(content.encode(), name)
    assert [(segment.name, segment.source) for segment in document.segments] == sources
    assert document.bilingual


# In the shape of what Trados Studio writes: tags defined in the header, segments marked, their state behind the target.
TRADOS = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" sdl:version="1.0">
<file original="D:\\work\\a.docx" datatype="x-sdlfilterframework2" source-language="zh-CN" target-language="en-US"><header>
<reference><internal-file form="base64">dmFzdCBtYXNzZXM=</internal-file></reference>
<file-info xmlns="http://sdl.com/FileTypes/FileInfo/1.0"><value key="a">vast masses</value></file-info>
<tag-defs xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><tag id="7"><bpt name="cf">&lt;cf bold="vast masses"&gt;</bpt><ept name="cf">&lt;/cf&gt;</ept></tag></tag-defs>
<cmt-defs xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-def id="c1"><Comments><Comment>vast masses</Comment></Comments></cmt-def></cmt-defs></header>
<body><group><sdl:cxts><sdl:cxt id="1"/></sdl:cxts><trans-unit id="u1"><source>政法委员会。群众。群众。</source>
<seg-source><mrk mtype="seg" mid="1">政法<g id="7">委员会</g>。</mrk><mrk mtype="seg" mid="2">群众。</mrk><mrk mtype="seg" mid="3">群众。</mrk></seg-source>
<target><mrk mtype="seg" mid="1">The <mrk mtype="x-sdl-comment" sdl:cid="c1">politics <g id="7">and</g></mrk> law<x id="9"/> committee met {}.</mrk> <mrk mtype="seg" mid="2">Vast masses.</mrk> <mrk mtype="seg" mid="3">the <mrk mtype="x-sdl-deleted" sdl:revid="r1">vast masses</mrk>vast <mrk mtype="x-sdl-added" sdl:revid="r2">vast</mrk> masses</mrk></target>
<sdl:seg-defs><sdl:seg id="1" conf="Draft" origin="mt"><sdl:value key="x">vast masses</sdl:value></sdl:seg><sdl:seg id="2" conf="ApprovedSignOff" locked="true"/><sdl:seg id="3" conf="Draft"/></sdl:seg-defs></trans-unit></group></body></file></xliff>
"""


def test_a_file_of_a_translation_tool():
    data = TRADOS.format("the broad masses").encode("utf-8-sig")
    document = glossary.parse_document(data, "a.docx.sdlxliff")
    assert document.write([]) == data
    assert [(segment.name, segment.source) for segment in document.segments] == [("u1/1", "政法委员会。"), ("u1/3", "群众。")]
    new = document.write(list(glossary.fix_document(document, TERMS, ONLY_TERMS).applied)).decode("utf-8-sig")
    assert new == TRADOS.format("the public").replace(
        '>politics <g id="7">and</g></mrk> law<x id="9"/> committee', '>Political <g id="7">and</g></mrk> Legal Affairs<x id="9"/> Commission'
    )


# XLIFF 2.1 with what its modules add: native codes kept apart, metadata, notes, a glossary, matches.
MODULES = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" version="2.1" srcLang="zh-Hans" trgLang="en-GB">
<file id="f1"><skeleton>vast masses</skeleton><group id="g1"><unit id="u1"><mda:metadata><mda:metaGroup><mda:meta type="x">vast masses</mda:meta></mda:metaGroup></mda:metadata>
<gls:glossary><gls:glossEntry ref="#t=m1"><gls:term>群众</gls:term><gls:translation>vast masses</gls:translation></gls:glossEntry></gls:glossary>
<mtc:matches><mtc:match ref="#s1"><source>群众</source><target>vast masses</target></mtc:match></mtc:matches>
<notes><note id="n1">vast masses</note></notes><originalData><data id="d1">&lt;b&gt;vast masses</data><data id="d2">&lt;/b&gt;</data></originalData>
<segment id="s1" state="translated"><source>政<pc id="1" dataRefStart="d1" dataRefEnd="d2">法委</pc></source>
<target>the <sc id="2" dataRef="d1"/>politics <mrk id="m1" type="term">and <pc id="1" dataRefStart="d1" dataRefEnd="d2">law</pc></mrk> committee<ec startRef="2" dataRef="d2"/> and {}</target></segment>
<ignorable><source> </source><target> </target></ignorable></unit><unit id="u2" translate="no"><segment><source>群众</source><target>vast masses</target></segment></unit></group></file></xliff>
"""


def test_xliff_2_with_modules():
    document = glossary.parse_document(MODULES.format("the broad masses").encode(), "a.xlf")
    assert [(segment.name, segment.source) for segment in document.segments] == [("u1/s1", "政法委")]
    new = document.write(list(glossary.fix_document(document, TERMS, ONLY_TERMS).applied)).decode()
    expected = MODULES.format("the public").replace("/>politics", "/>Political").replace(">law</pc></mrk> committee", ">Legal Affairs</pc></mrk> Commission")
    assert new == expected


@pytest.mark.parametrize("attribute", ['mq:locked="locked"', 'm:locked="true"'])
def test_locked_units(attribute):
    unit = '<trans-unit id="1" {}><source>x</source><target>vast masses</target></trans-unit>'
    space = 'xmlns:mq="MQXliff" xmlns:m="http://www.memsource.com/mxlf/2.0"'
    for locked, names in ((attribute, []), (attribute.replace("true", "false").replace('"locked"', '"no"'), ["1"])):
        document = glossary.parse_document(XLIFF12.format(unit.format(f"{space} {locked}")).encode(), "a.mxliff")
        assert [segment.name for segment in document.segments] == names


def test_names_of_units_are_unique():
    unit = '<trans-unit id="1"><source>x</source><target>vast masses</target></trans-unit>'
    document = glossary.parse_document(XLIFF12.format(unit * 3).encode(), "a.xlf")
    assert list(document.places) == ["1", "1#2", "1#3"]
    assert [finding.segment for finding in glossary.check_document(document, TERMS)] == ["1", "1#2", "1#3"]


def test_replacements_of_findings_carry_the_markup():
    (finding,) = glossary.check_document(glossary.parse_document(b"<p>Serve vast <b>masses</b>.", "a.html"), TERMS)
    assert (finding.text, finding.replacements) == ("vast <b>masses", ("the <b>public",))


@given(st.lists(st.sampled_from(["a", "bc", "d"]), max_size=6), st.lists(st.sampled_from(["a", "x", "d"]), max_size=6), st.data())
def test_spread_loses_no_word(old, new, data):
    old, new = " ".join(old), " ".join(new)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(old)), max_size=5)))
    parts = spread(old, [Span(cut, cut) for cut in cuts], new)
    assert len(parts) == len(cuts) + 1
    assert "".join(parts) == new
    if old == new:
        assert [len("".join(parts[:index])) for index in range(1, len(parts))] == [
            cut if not (0 < cut < len(old) and old[cut - 1 : cut + 1] == "bc") else cut + 1 for cut in cuts
        ]


MARKDOWN = ["*", "**", "_", "~~", "`", "[", "]", "](u)", "![", "<b>", "</b>", "&amp;", "\\*", "\\", "# ", "> ", "- ", "1. ", "\n", "\n\n", "  \n", "\t", "|", "| a | b |\n|---|---|\n| ", "bad", "form", "bad form", " the ", "x", "http://x.y/", "宣", "\r\n"]  # fmt: skip


def _prose(raw):
    """The prose of a Markdown text as its parser has it."""
    from markdown_it import MarkdownIt

    reads = {"softbreak": " ", "hardbreak": " ", "code_inline": "\ufffc", "image": "\ufffc"}
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(raw):
        if token.type == "inline":
            yield "".join(child.content if child.type.startswith("text") else reads.get(child.type, "") for child in token.children)


@given(st.lists(st.sampled_from(MARKDOWN), max_size=25).map("".join))
def test_markdown_reads_as_its_parser_reads_it(raw):
    document = glossary.parse_document(raw.encode(), "a.md")
    assert document.write([]) == raw.encode()
    expected = iter([" ".join(text.split()) for text in _prose(raw)])
    for segment in document.segments:
        if "<" not in raw:  # HTML is read by the other reader
            assert " ".join(segment.text.split()) in expected
        for piece in segment.pieces:
            if not piece.width:
                assert segment.text[piece.start : piece.end].split() == raw[piece.place : piece.place_end].split()


@given(st.lists(st.sampled_from(["<b>", "</b>", "<p>", "</p>", "<br>", "<pre>", "</pre>", "<!-- x", "-->", "<i a='b'", ">", "&amp;", "&", "<script>", "</script>", "vast ", "masses", "\n", "宣", "<", "<![CDATA[", "</"]), max_size=25).map("".join))  # fmt: skip
def test_html_keeps_its_tags(raw):
    document = glossary.parse_document(f"English words, {raw}".encode(), "a.html")
    new = document.write(list(glossary.fix_document(document, TERMS, ONLY_TERMS).applied)).decode()
    tags = re.compile(r"</?[a-z!][^>]*>|&\w+;|[<>]")
    assert tags.findall(new) == tags.findall(document.text)


@given(st.lists(st.lists(st.text('a",;\n\r 宣', max_size=4), min_size=2, max_size=3), max_size=4))
def test_cells_are_those_of_the_csv_module(rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    raw = out.getvalue()
    got = [[raw[c.start : c.end].replace('""', '"') if c.quoted else raw[c.start : c.end] for c in row] for row in cells(raw, ",", "x")]
    assert got == list(csv.reader(io.StringIO(raw, newline="")))


PO_TEXT = st.lists(st.sampled_from(["vast masses", "the majority of", "%d", "a\tb", '"so"', "\\", "R&D", "宣传", "line\n", "a politics and law committee", "x" * 30]), min_size=1, max_size=8).map(lambda words: "English words, " + " ".join(words))  # fmt: skip
PO_MESSAGE = st.tuples(PO_TEXT, PO_TEXT, st.none() | PO_TEXT, st.none() | st.just("menu"), st.booleans(), st.lists(st.sampled_from(["fuzzy", "c-format"]), unique=True))


@given(st.lists(PO_MESSAGE, max_size=5), st.sampled_from([20, 40, 78]), st.booleans())
def test_po_reads_as_polib_reads_it(messages, width, crlf):
    polib = pytest.importorskip("polib")
    made = polib.POFile(wrapwidth=width)
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=n != 1;"}
    for number, (source, target, plural, context, obsolete, flags) in enumerate(messages):
        given = {"msgid_plural": source, "msgstr_plural": {0: target, 1: plural}} if plural else {"msgstr": target}
        made.append(polib.POEntry(msgid=f"{number} {source}", msgctxt=context, obsolete=obsolete, flags=flags, comment=source, **given))
    raw = str(made).replace("\n", "\r\n") if crlf else str(made)
    document = glossary.parse_document(raw.encode(), "a.po")
    assert document.write([]) == raw.encode()

    def translations(entries):
        found = [(entry, text) for entry in entries if not entry.obsolete for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])]
        return [text for _, text in found if any(char.isalnum() for char in text)]

    expected = translations(polib.pofile(raw))
    assert [segment.text for segment in document.segments] == expected
    new = document.write(list(glossary.fix_document(document, TERMS, ONLY_TERMS).applied)).decode()
    assert translations(polib.pofile(new)) == [glossary.fix(text, TERMS, settings=ONLY_TERMS).after for text in expected]
    kept = [[line for line in text.splitlines() if line.startswith(("#", "msgid", "msgctxt"))] for text in (raw, new)]
    assert kept[0] == kept[1]
    assert new.count("\n") == raw.count("\n")


# The articles of corpora/ in every format, with markup laid over the words at random, and read back by other programs.
CORPUS_TERMS = make_termbase(
    ("publicity", "publicity", "propaganda"),
    ("bureau", "police department", "public security bureau"),
    ("deputy", "", "(the|a) majority of"),
    ("public", "the public", "the [broad|vast] masses [of people]"),
    ("spirit", "guiding principles of the meeting", "spirit of the meeting"),
    ("strength", "intensify efforts", "(increase|strengthen) the intensity"),
    ("secretary", "Party chief", "party secretary"),
)
ARTICLES = sorted(ROOT.glob("corpora/*/hypothesis.en.txt"))


def _marked(text, opening, closing, escape, chance):
    words = escape(text).split(" ")
    return " ".join(opening + word + closing if chance.random() < 0.3 and word.isalpha() else word for word in words)


def _xml(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _markdown(text):
    return re.sub(r"([\\`*_\[\]<>#&|~!+.()-])", r"\\\1", text)


def _html_back(data):
    from lxml import html

    return [p.text_content().strip() for p in html.document_fromstring(data.decode()).iter("p")]


def _markdown_back(data):
    return [" ".join(text.split()) for text in _prose(data.decode())]


def _po_back(data):
    return [json.loads(line.partition(" ")[2]) for line in data.decode().splitlines() if line.startswith("msgstr")]


def _docx(paragraphs, chance):
    """Runs cut anywhere, some of them bold."""
    body = []
    for text in paragraphs:
        cuts = [0, *sorted(chance.sample(range(len(text)), len(text) // 9)), len(text)]
        body.append(para(*(run(text[low:high], chance.choice(["", "<w:rPr><w:b/></w:rPr>"])) for low, high in pairwise(cuts))))
    return docx("".join(body))


def _seconds(number):
    return f"{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}"


FORMATS = {
    "txt": (lambda ps, _: "\n\n".join(ps), lambda data: data.decode().split("\n\n")),
    "md": (lambda ps, r: "\n\n".join("> " + _marked(p, "**", "**", _markdown, r) for p in ps), _markdown_back),
    "html": (lambda ps, r: "".join(f"<p class=x>{_marked(p, '<b>', '</b>', _xml, r)}\n" for p in ps), _html_back),
    "xlf": (
        lambda ps, r: XLIFF12.format("".join(f'<trans-unit id="{n}"><source>文</source><target>{_marked(p, "<g>", "</g>", _xml, r)}</target></trans-unit>' for n, p in enumerate(ps))),
        lambda data: ["".join(e.itertext()) for e in ElementTree.fromstring(data).iter("{urn:oasis:names:tc:xliff:document:1.2}target")],
    ),
    "xliff": (
        lambda ps, r: XLIFF2.format("".join(f"<segment><source>文</source><target>{_marked(p, '<pc>', '</pc>', _xml, r)}</target></segment>" for p in ps)),
        lambda data: ["".join(e.itertext()) for e in ElementTree.fromstring(data).iter("{urn:oasis:names:tc:xliff:document:2.0}target")],
    ),
    "tmx": (
        lambda ps, r: TMX.format("".join(f'<tu><tuv xml:lang="en"><seg>{_marked(p, "<hi>", "</hi>", _xml, r)}</seg></tuv></tu>' for p in ps)),
        lambda data: ["".join(e.itertext()) for e in ElementTree.fromstring(data).iter("seg")],
    ),
    "po": (lambda ps, _: "\n".join(f"msgid {json.dumps(str(n))}\nmsgstr {json.dumps(p, ensure_ascii=False)}\n" for n, p in enumerate(ps)), _po_back),
    "csv": (lambda ps, _: "text\n" + "".join('"' + p.replace('"', '""') + '"\n' for p in ps), lambda data: [row[0] for row in csv.reader(io.StringIO(data.decode()))][1:]),
    "tsv": (lambda ps, _: "text\n" + "".join(p + "\n" for p in ps), lambda data: data.decode().splitlines()[1:]),
    "docx": (_docx, accepted),
    "jsonl": (lambda ps, _: "".join(json.dumps({"text": p}) + "\n" for p in ps), lambda data: [json.loads(line)["text"] for line in data.decode().splitlines()]),
    "srt": (
        lambda ps, _: "\n".join(f"{n}\n{_seconds(9 * n)},000 --> {_seconds(9 * n + 5)},000\n{p}\n" for n, p in enumerate(ps, 1)),
        lambda data: [block.split("\n", 2)[2] for block in data.decode().strip().split("\n\n")],
    ),
    "vtt": (
        lambda ps, r: "WEBVTT\n\n" + "\n".join(f"{_seconds(9 * n)}.000 --> {_seconds(9 * n + 5)}.000\n{_marked(p, '<i>', '</i>', _xml, r)}\n" for n, p in enumerate(ps, 1)),
        lambda data: [unescape(re.sub("<[^>]*>", "", block.split("\n", 1)[1])) for block in data.decode().strip().split("\n\n")[1:]],
    ),
}  # fmt: skip


def _in_format(format, paragraphs):
    """An article in a format, and its reader."""
    write, read = FORMATS[format]
    data = write(paragraphs, random.Random(7))
    data = data if isinstance(data, bytes) else data.encode()
    document = glossary.parse_document(data, f"a.{format}")
    assert document.write([]) == data
    return document, read


def _paragraphs(path):
    return [" ".join(line.split()) for line in path.read_text("utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_edits_in_every_format(format):
    edits = 0
    for path in ARTICLES:
        paragraphs = _paragraphs(path)
        document, read = _in_format(format, paragraphs)
        revision = glossary.fix_document(document, CORPUS_TERMS, ONLY_TERMS)
        edits += len(revision.applied)
        assert read(document.write(list(revision.applied))) == [glossary.fix(p, CORPUS_TERMS, settings=ONLY_TERMS).after for p in paragraphs]
    assert edits > 50


def test_every_format_is_shown():
    endings = {ending for known in formats.FORMATS for ending in known.endings}
    alike = {".htm", ".xhtml", ".docm", ".dotx", ".sdlxliff", ".mqxliff", ".mxliff", ".tab", ".ndjson", ".markdown", ".text"}
    assert endings - alike == {f".{name}" for name in FORMATS}


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_edits_by_all_rules(format, matcher):
    """With the built-in term base: the corpora, and the articles that the project began with where they are at hand."""
    edits = 0
    for path in [*ARTICLES, *sorted(SEEDS.glob("00[0124]*.txt"))]:
        paragraphs = _paragraphs(path)
        expected = glossary.fix_document(glossary.parse_document("\n\n".join(paragraphs).encode(), "a.txt"), matcher)
        document, read = _in_format(format, paragraphs)
        revision = glossary.fix_document(document, matcher)
        edits += len(revision.applied)
        assert read(document.write(list(revision.applied))) == expected.after.split("\n\n")
        assert [(edit.rule, edit.concept) for edit in revision.applied] == [(edit.rule, edit.concept) for edit in expected.applied]
    assert edits > 150


SCRAPS = ["the", "vast", "masses", "broad masses", "the majority of", "politics", "and law", "committee", "party secretary", "an office of laws", "R&D", "a<b", "“so”", "it's", "*", "|", "[x]", "_", "宣传", "𝒳", "100%", "\\n", "{0}", ";"]  # fmt: skip
ANY_ARTICLE = st.lists(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=9).map(lambda words: f"English words {' '.join(words)} here."), min_size=1, max_size=4)


@pytest.mark.parametrize("format", FORMATS)
@given(ANY_ARTICLE, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_any_article_in_any_format(format, paragraphs, chance):
    write, read = FORMATS[format]
    data = write(paragraphs, chance)
    data = data if isinstance(data, bytes) else data.encode()
    document = glossary.parse_document(data, f"a.{format}")
    assert document.write([]) == data
    assert read(data) == paragraphs
    revision = glossary.fix_document(document, TERMS, ONLY_TERMS)
    assert all(one.end <= other.start for one, other in pairwise(revision.applied))
    assert len(revision.after) - len(revision.before) == sum(len(edit.after) - len(edit.before) for edit in revision.applied)
    expected = [glossary.fix(p, TERMS, settings=ONLY_TERMS).after for p in paragraphs]
    tracked = document.write(list(revision.applied))
    for new in (tracked, document.write(list(revision.applied), Tracking(accept=True))):
        assert read(new) == expected
        again = glossary.parse_document(new, f"a.{format}")
        assert again.write(list(glossary.fix_document(again, TERMS, ONLY_TERMS).applied)) == new
