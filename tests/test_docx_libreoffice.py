"""Word documents as LibreOffice has them: it writes one, and opens it again once it was fixed. Skipped where there is none."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from conftest import ROOT

import glossary
from glossary.documents.tracking import Tracking

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
TEXT, STYLE, BODY, FO = (f"{{{OFFICE.format(name)}}}" for name in ("text", "style", "office", "xsl-fo-compatible"))
SPACES = " ".join(f'xmlns:{name}="{OFFICE.format(urn)}"' for name, urn in {**{name: name for name in ("office", "text", "table", "style")}, "fo": "xsl-fo-compatible", "draw": "drawing", "svg": "svg-compatible"}.items())  # fmt: skip
PAGE = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:style style:name="Standard" style:family="paragraph"/></office:styles>
<office:automatic-styles><style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p>News of the politics and law committee</text:p></style:header></style:master-page></office:master-styles>
<office:body><office:text>
<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:insertion><office:change-info><dc:creator>Somebody</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>
<text:p>It <text:change-start text:change-id="c1"/>first<text:change-end text:change-id="c1"/> served <text:span text:style-name="B">the </text:span>politics <text:span text:style-name="B">and law</text:span> committee.<text:note text:id="n" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A report of the <text:span text:style-name="B">politics</text:span> and law committee.</text:p></text:note-body></text:note></text:p>
<text:p><draw:frame draw:name="F" text:anchor-type="paragraph" svg:width="6cm"><draw:text-box fo:min-height="1cm"><text:p>In the box: the politics and law committee.</text:p></draw:text-box></draw:frame>Beside the box.</text:p>
<table:table><table:table-column/><table:table-row><table:table-cell><text:p>politics and law committee</text:p></table:table-cell></table:table-row></table:table>
{{}}</office:text></office:body></office:document>"""  # fmt: skip


def python_with_bindings():
    for python in (sys.executable, "/usr/bin/python3", shutil.which("python3")):
        if python and subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return python
    pytest.skip("no Python here has LibreOffice's bindings (python3-uno)")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Takes jobs of [file, show|accept|reject, target] to one LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not here")
    python, folder = python_with_bindings(), tmp_path_factory.mktemp("office")
    pipe = f"glossary-{folder.stat().st_ino}"
    options = ["--headless", "--norestore", "--nologo", f"-env:UserInstallation={folder.as_uri()}", f"--accept=pipe,name={pipe};urp"]
    running = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def take(*jobs):
        script = Path(__file__).parent / "libreoffice" / "changes.py"
        asked = json.dumps([[str(source), action, str(target)] for source, action, target in jobs])
        done = subprocess.run([python, script, pipe], input=asked, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    yield take
    running.terminate()
    running.wait(30)


def paragraphs(path):
    """Every paragraph of a flat ODT, bold in asterisks, and the comments beside the text."""
    root = ElementTree.parse(path).getroot()
    bold = {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        if any(properties.get(f"{FO}font-weight") == "bold" for properties in style.iter(f"{STYLE}text-properties"))
    }
    beside = [p for note in root.iter(f"{BODY}annotation") for p in note.iter(f"{TEXT}p")]
    texts = []

    def read(element, weight):
        if element.tag in (f"{BODY}annotation", f"{TEXT}note-citation", f"{TEXT}p"):
            return
        weight = weight or element.get(f"{TEXT}style-name") in bold
        yield element.text or "", weight
        for child in element:
            yield from read(child, weight)
            yield child.tail or "", weight

    for part in ("master-styles", "body"):
        for paragraph in root.find(f"{BODY}{part}").iter(f"{TEXT}p"):
            if paragraph in beside:
                continue
            chunks = [(paragraph.text or "", False)]
            for child in paragraph:
                chunks += [*read(child, False), (child.tail or "", False)]
            joined = "".join(f"*{text}*" if weight and text else text for text, weight in chunks).replace("**", "")
            texts.append(" ".join(joined.split()))
    return texts, ["".join(p.itertext()) for p in beside]


def test_tracked_changes_that_libreoffice_accepts_and_rejects(tmp_path, matcher, office):
    article = (ROOT / "corpora/01-county-police-publicity/hypothesis.en.txt").read_text("utf-8")
    source, original = tmp_path / "article.fodt", tmp_path / "original.docx"
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in article.splitlines() if line.strip())
    source.write_text(PAGE.format(body), encoding="utf-8")
    office([source, "show", original])

    document = glossary.read_document(original)
    revision = glossary.fix_document(document, matcher)
    assert len(revision.applied) > 10
    made = {"tracked": Tracking(), "plain": Tracking(accept=True), "commented": Tracking(comment=lambda edit: f"政法委 {edit.rule}")}
    for name, tracking in made.items():
        (tmp_path / f"{name}.docx").write_bytes(document.write(list(revision.applied), tracking))

    def job(name, action):
        return [tmp_path / f"{name}.docx", action, tmp_path / f"{name}-{action}.fodt"]

    jobs = [job("tracked", "accept"), job("tracked", "reject"), job("plain", "accept"), job("original", "reject"), job("commented", "accept")]
    accepted, rejected, plain, before, commented = office(*jobs)

    theirs = [change for change in accepted["tracked"] if change[1] == "Somebody"]
    assert theirs == before["tracked"] == plain["tracked"] == [["Insert", "Somebody"]]
    ours = [kind for kind, author in accepted["tracked"] if author == "glossary"]
    assert {"Insert", "Delete"} == set(ours)
    assert len(ours) >= len(revision.applied)
    assert accepted["left"] == rejected["left"] == []

    fixed = paragraphs(tmp_path / "tracked-accept.fodt")[0]
    assert fixed == paragraphs(tmp_path / "plain-accept.fodt")[0]
    assert paragraphs(tmp_path / "tracked-reject.fodt") == paragraphs(tmp_path / "original-reject.fodt")
    assert fixed[:2] == ["News of the Political and Legal Affairs Commission", "It first served *the *Political *and Legal Affairs* Commission."]
    for other in ("A report of the *Political* and Legal Affairs Commission.", "In the box: the Political and Legal Affairs Commission."):
        assert other in fixed
    assert "Political and Legal Affairs Commission" in fixed

    texts, comments = paragraphs(tmp_path / "commented-accept.fodt")
    assert texts == fixed
    assert commented["left"] == []
    assert "政法委 deprecated-term" in comments
