"""The reports for programs, read again by what reads them: parsers of JSON and XML, and readers written from the definitions."""

import json
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import pytest

from glossary.findings import Finding, Origin, Safety, Severity
from glossary.reports import formats
from glossary.reports.result import CheckedFile, Run

TEXT = "One 𝒳 中 politics and law committee.\r\n100%, a: b|c <the vast\r\nmasses> & \x07\r\n"


def finding(words, severity=Severity.ERROR, safety=Safety.SAFE, **more):
    start = TEXT.index(words)
    fields = {"message": f"“{words}” is 100%: wrong,\nsee <b>|&\x07", "replacements": ("the public",), "concept": "public", "zh": "群众"}
    return Finding("deprecated-term", severity, safety, Origin.LISTED, start, start + len(words), words, **(fields | more))


def run(*files):
    files = files or (
        CheckedFile("dir/a, b%.md", TEXT, [finding("politics and law committee"), finding("the vast\r\nmasses", Severity.WARNING, Safety.UNSAFE)], words=14),
        CheckedFile("clean.txt", words=3),
        CheckedFile("bad.txt", error="bad.txt: not UTF-8 at byte 0; save it as UTF-8"),
    )
    return Run(files, "1.2.3", "abc", 2, 6)


def rendered(name, *files):
    return "".join(formats.render(name, run(*files)))


def test_json_lines():
    lines = [json.loads(line) for line in rendered("jsonl").splitlines()]
    assert [line["type"] for line in lines] == ["finding", "finding", "error", "summary"]
    assert [(line["path"], line["line"], line["column"]) for line in lines[:2]] == [("dir/a, b%.md", 1, 9), ("dir/a, b%.md", 2, 15)]
    assert lines[-1]["findings"] == 2
    whole = json.loads(rendered("json"))
    assert {**whole["files"][0]["findings"][0], "path": "dir/a, b%.md", "type": "finding"} == lines[0]


def conforms(value, kind, table, where=""):
    """Hold a value against a definition: `table` has the fields of each kind of object, those that must stand marked by `!`; no others may."""
    if isinstance(kind, list):
        assert isinstance(value, list), where
        for number, each in enumerate(value):
            conforms(each, kind[0], table, f"{where}[{number}]")
    elif isinstance(kind, set):
        assert value in kind, (where, value)
    elif kind in table:
        fields = {name.rstrip("!"): each for name, each in table[kind].items()}
        assert {name[:-1] for name in table[kind] if name.endswith("!")} <= value.keys(), (where, value)
        for name, each in value.items():
            assert "*" in fields or name in fields, f"{where}: {kind} has no {name}"
            conforms(each, fields.get(name, fields.get("*")), table, f"{where}.{name}")
    elif kind == "from 1":
        assert isinstance(value, int), where
        assert value >= 1, where
    elif kind is not None:
        assert isinstance(value, kind), (where, value)


# what the specification of SARIF 2.1.0 and its schema say of the objects that are written here; all of them are closed
SARIF = {
    "log": {"$schema": str, "version!": {"2.1.0"}, "runs!": ["run"]},
    "run": {
        "tool!": "tool", "columnKind": {"utf16CodeUnits", "unicodeCodePoints"}, "originalUriBaseIds": "bases", "invocations": ["invocation"],
        "results": ["result"], "properties": dict,
    },
    "tool": {"driver!": "component"},
    "component": {"name!": str, "version": str, "rules": ["rule"]},
    "rule": {
        "id!": str, "name": str, "shortDescription": "text", "fullDescription": "text", "help": "text", "defaultConfiguration": "configuration",
    },
    "text": {"text!": str, "markdown": str},
    "configuration": {"level": {"none", "note", "warning", "error"}},
    "bases": {"*": "artifact"},
    "artifact": {"uri": str, "uriBaseId": str, "description": "text"},
    "invocation": {"executionSuccessful!": bool, "toolExecutionNotifications": ["notification"]},
    "notification": {"message!": "text", "level": {"none", "note", "warning", "error"}, "locations": ["location"]},
    "result": {
        "ruleId": str, "ruleIndex": int, "level": {"none", "note", "warning", "error"}, "message!": "text", "locations": ["location"],
        "partialFingerprints": "prints", "properties": dict, "fixes": ["fix"],
    },
    "prints": {"*": str},
    "location": {"physicalLocation": "physical", "logicalLocations": ["logical"]},
    "physical": {"artifactLocation": "artifact", "region": "region"},
    "logical": {"name": str},
    "region": {"startLine": "from 1", "startColumn": "from 1", "endLine": "from 1", "endColumn": "from 1"},
    "fix": {"description": "text", "artifactChanges!": ["change"]},
    "change": {"artifactLocation!": "artifact", "replacements!": ["replacement"]},
    "replacement": {"deletedRegion!": "region", "insertedContent": "content"},
    "content": {"text": str},
}  # fmt: skip


@pytest.mark.parametrize(
    "files",
    [
        (),
        (CheckedFile("a.docx", TEXT, [finding("politics and law committee", segment="paragraph 3")]),),
        (CheckedFile("/abs/新 b.txt", TEXT, [finding("politics and law committee", concept=None, zh=None, replacements=("", "x"))]),),
    ],
)
def test_sarif_is_as_its_schema_has_it(files):
    conforms(json.loads(rendered("sarif", *files)), "log", SARIF)
    with pytest.raises(AssertionError):
        conforms({"version": "2.1.0", "runs": [{"results": []}]}, "log", SARIF)


def test_sarif_says_where_what_and_how_to_mend_it():
    log = json.loads(rendered("sarif"))
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (one,) = log["runs"]
    driver = one["tool"]["driver"]
    assert one["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in driver["rules"]] == ["deprecated-term"]
    for rule in driver["rules"]:
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    assert one["invocations"][0]["executionSuccessful"] is False
    assert "not UTF-8" in one["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    first, second = one["results"]
    for result in one["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"] == {"uri": "dir/a%2C%20b%25.md", "uriBaseId": "%SRCROOT%"}
        for change in result["fixes"]:
            (artifact,) = change["artifactChanges"]
            assert artifact["artifactLocation"] == location["artifactLocation"]
            assert artifact["replacements"][0]["deletedRegion"] == location["region"]
            assert artifact["replacements"][0]["insertedContent"] == {"text": "the public"}
        assert re.fullmatch(r"[0-9a-f]+:1", result["partialFingerprints"]["primaryLocationLineHash"])
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 35}
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 15, "endLine": 3, "endColumn": 7}
    assert (first["level"], second["level"]) == ("error", "warning")


def test_sarif_of_a_container_has_no_fix_and_names_the_segment():
    (result,) = json.loads(rendered("sarif", CheckedFile("a.docx", TEXT, [finding("politics and law committee", segment="paragraph 3")])))["runs"][0]["results"]
    assert "fixes" not in result
    assert result["locations"][0]["logicalLocations"] == [{"name": "paragraph 3"}]


COMMAND = re.compile(r"::(?P<kind>error|warning|notice|group|endgroup)(?: (?P<properties>[^\r\n]*?))?::(?P<data>[^\r\n]*)")


def annotations(text):
    """Workflow commands as GitHub reads them: properties split at commas, escapes undone, %25 last."""
    for line in text.splitlines():
        if match := COMMAND.fullmatch(line):
            properties = {}
            for pair in (match["properties"] or "").split(","):
                name, _, value = pair.partition("=")
                for escaped, plain in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
                    value = value.replace(escaped, plain)
                properties[name] = value
            data = match["data"].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
            yield match["kind"], properties, data


def test_github_annotations_are_escaped():
    broken, error, warning = annotations(rendered("github"))
    assert (broken[0], broken[1]["file"]) == ("error", "bad.txt")
    assert error[:2] == ("error", {"file": "dir/a, b%.md", "line": "1", "endLine": "1", "col": "9", "endColumn": "35", "title": "deprecated-term[public]"})
    assert error[2] == "“politics and law committee” is 100%: wrong,\nsee <b>|&\x07"
    assert warning[0] == "warning"
    assert "col" not in warning[1]  # GitHub refuses columns over several lines


def test_github_shows_the_worst_first_and_says_how_many_are_cut():
    many = [finding("politics and law committee", Severity.INFO)] * 12 + [finding("politics and law committee")] * 13
    text = rendered("github", CheckedFile("a.txt", TEXT, many))
    kinds = [kind for kind, _, _ in annotations(text)]
    assert kinds == ["error"] * 10 + ["notice"] * 9 + ["notice", "group", "endgroup"]
    assert "3 errors, 3 info more" in text
    listed = [line for line in text.splitlines() if line.startswith(" a.txt:")]
    assert len(listed) == 6


def test_github_listing_cannot_be_taken_for_commands():
    text = rendered("github", CheckedFile("::error::x.txt", TEXT, [finding("politics and law committee", message="x\n::stop-commands::y")] * 12))
    assert [line for line in text.splitlines() if line.startswith("::") and COMMAND.fullmatch(line) is None] == []


def test_gitlab():
    issues = json.loads(rendered("gitlab"))
    assert [issue["severity"] for issue in issues] == ["major", "minor", "blocker"]
    assert issues[1]["location"] == {"path": "dir/a, b%.md", "lines": {"begin": 2, "end": 3}}
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert all(issue["description"] and issue["check_name"] for issue in issues)


# reviewdog.proto, as its JSON has it
RDF = {
    "result": {"diagnostics": ["diagnostic"], "source": "source", "severity": {"UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"}},
    "diagnostic": {
        "message!": str, "location!": "location", "severity": {"UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"}, "source": "source", "code": "code",
        "suggestions": ["suggestion"], "original_output": str,
    },
    "location": {"path!": str, "range": "range"},
    "range": {"start!": "position", "end": "position"},
    "position": {"line": "from 1", "column": "from 1"},
    "suggestion": {"range!": "range", "text!": str},
    "source": {"name": str, "url": str},
    "code": {"value": str, "url": str},
}  # fmt: skip


def suggested(data, suggestions):
    """Bytes with suggestions taken, as reviewdog.proto defines ranges: lines from 1, columns bytes from 1, ends exclusive."""
    starts = [0, *(match.end() for match in re.finditer(b"\n", data))]
    spans = [[starts[edge["line"] - 1] + edge["column"] - 1 for edge in (each["range"]["start"], each["range"]["end"])] for each in suggestions]
    for (start, end), each in sorted(zip(spans, suggestions, strict=True), key=lambda pair: -pair[0][0]):
        data = data[:start] + each["text"].encode() + data[end:]
    return data


def test_reviewdog_counts_bytes():
    whole = json.loads(rendered("rdjson"))
    conforms(whole, "result", RDF)
    first, second, third = whole["diagnostics"]
    assert first["location"]["range"] == {"start": {"line": 1, "column": 14}, "end": {"line": 1, "column": 40}}
    line = TEXT.splitlines()[0].encode()
    assert line[13:39].decode() == "politics and law committee"
    assert first["suggestions"] == [{"range": first["location"]["range"], "text": "the public"}]
    assert (second["severity"], third["severity"]) == ("WARNING", "ERROR")
    fixed = suggested(TEXT.encode(), [*first["suggestions"], *second["suggestions"]])
    assert fixed.decode() == TEXT.replace("politics and law committee", "the public").replace("the vast\r\nmasses", "the public")
    lines = [json.loads(line) for line in rendered("rdjsonl").splitlines()]
    conforms(lines, ["diagnostic"], RDF)
    assert [{key: value for key, value in line.items() if key != "source"} for line in lines] == [first, second, third]
    assert all(line["source"] == {"name": "glossary"} for line in lines)


def test_concise_is_a_line_for_each_finding():
    assert rendered("concise").splitlines() == [
        "dir/a, b%.md:1:9: error: deprecated-term[public]: “politics and law committee” → “the public”",
        "dir/a, b%.md:2:15: warning: deprecated-term[public]: “the vast masses” → “the public”",
        "bad.txt: not UTF-8 at byte 0; save it as UTF-8",
    ]
    bare = finding("the vast\r\nmasses", replacements=(), segment="body/p[3]", segment_start=TEXT.index("100%"))
    assert rendered("concise", CheckedFile("a.docx", TEXT, [bare])) == (
        "a.docx:body/p[3]:1:15: error: deprecated-term[public]: “the vast masses” is 100%: wrong, see <b>|&\x07\n"
    )


def test_checkstyle_is_xml_whatever_stands_in_it():
    root = ElementTree.fromstring(rendered("checkstyle"))
    assert [file.get("name") for file in root] == ["dir/a, b%.md", "clean.txt", "bad.txt"]
    error = root[0][0]
    assert (error.get("line"), error.get("column"), error.get("severity")) == ("1", "9", "error")
    assert error.get("message") == "“politics and law committee” is 100%: wrong,\nsee <b>|&\ufffd"


def test_junit_counts():
    root = ElementTree.fromstring(rendered("junit"))
    assert {key: root.get(key) for key in ("tests", "failures", "errors")} == {"tests": "4", "failures": "2", "errors": "1"}
    assert [len(suite.findall("testcase")) for suite in root] == [2, 1, 1]
    assert len(root.findall(".//failure")) == 2
    assert len(root.findall(".//error")) == 1


def test_markdown_tables_hold():
    text = rendered("markdown")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)
    assert "the vast masses" in text
    assert "2 findings" not in text
    many = rendered("markdown", CheckedFile("a.txt", TEXT, [finding("politics and law committee")] * 250))
    assert "50 more findings are not listed" in many


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []
        self.data = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.data.append(data)


def test_html_loads_nothing_and_runs_nothing():
    evil = CheckedFile("<script>x</script>", TEXT, [finding("politics and law committee")._replace(message="<script>alert(1)</script>")])
    tags = _Tags()
    tags.feed(rendered("html", evil))
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in tags.found}
    assert not any({"src", "href", "onclick"} & set(attributes) for _, attributes in tags.found)
    assert "<script>alert(1)</script>" in "".join(tags.data)
    assert ("mark", {"class": "error"}) in tags.found


@pytest.mark.parametrize("name", formats.names())
def test_nothing_found_and_nothing_checked(name):
    assert rendered(name, CheckedFile("a.txt", words=2)) is not None
    assert "".join(formats.render(name, Run([], "1", "abc", 0, 0))) is not None
    if name != "text":
        assert "bad.txt" in rendered(name)
