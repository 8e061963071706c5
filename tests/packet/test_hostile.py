"""Text that wants to be more than text shows as text in every file of a packet."""

import csv
import functools
import io
import json
import xml.etree.ElementTree as ElementTree

import pytest
import yaml
from markdown_it import MarkdownIt

from incidentsim.packet.verify import verify
from tests.packet.drills import Drill, played, scenario

HOSTILE = (
    "<script>alert(1)</script> [bold red]x[/] \x1b[31mred\x1b[0m `tick` ```fence *star* _under_ | pipe | "
    "![i](http://e/x.png) [l](javascript:x) &amp; $x$ ~~s~~ \u202eright \n\n---\n\n# Head\n- item\n1. one\n> quote\n"
    "{% for x in y %} <!-- c --> ]]> --> =1+1 https://e.example www.e.example"
)
BRACES = HOSTILE + " {{ 7*7 }} {{ nothing.here }} {{"
SHOWN = {"title", "text", "about", "explains", "description", "policy", "organisation", "goal", "situation", "role",
         "otherwise", "harm_text", "senior", "staff", "good_query", "total_query"}  # fmt: skip
WRITTEN = {"effect", "theme", "done_when", "bypass", "side_effect", "sensible", "falsify"}
ALLOWED = {"h1", "h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "strong", "a", "code",
           "blockquote", "hr"}  # fmt: skip


def poisoned(value, key="", written=False):
    """A document with hostile text in every field that people read."""
    if isinstance(value, dict):
        return {name: poisoned(each, name, written or name == "writes") for name, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, key, written) for each in value]
    if not isinstance(value, str):
        return value
    if written and key in {*SHOWN, *WRITTEN}:
        return f"=cmd() {value} {BRACES}"
    if key in SHOWN:
        extra = (
            HOSTILE.replace("{% for x in y %}", "").replace("\n", " ") if key == "title" else HOSTILE.replace("{%", "%")
        )
        return f"=cmd() {value} {extra.replace('{', '').replace('}', '')}"[: 190 if key == "title" else 5000]
    return value


@functools.cache
def hostile() -> Drill:
    raw = scenario()
    keep = ("events", "patterns", "rubric")
    return played({key: each if key in keep else poisoned(each, key) for key, each in raw.items()}, "reference")


@pytest.fixture(scope="module")
def packet(tmp_path_factory):
    out = tmp_path_factory.mktemp("hostile") / "p"
    hostile().packet(out)
    return out


def test_the_text_was_really_there():
    assert "<script>" in hostile().record.scenario.title
    assert any("<script>" in each.text for each in hostile().record.evidence)
    assert all("{{ 7*7 }}" in why.text for why in hostile().case.whys)


@pytest.mark.parametrize("name", ["SMALL-postmortem.md", "executive-summary.md"])
def test_markdown_has_only_the_marks_of_the_tool(packet, name):
    text = (packet / name).read_text()
    front, body = text.removeprefix("---\n").split("\n---\n", 1)
    assert yaml.safe_load(front)["exercise"] == "EXERCISE"
    tokens = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"]).parse(body)
    hidden = 0
    for token in [each for block in tokens for each in (block, *(block.children or []))]:
        if token.type == "html_block":
            hidden += 1
            assert token.content.strip().startswith("<!-- ")
            assert token.content.count("-->") == 1
            assert "script" not in token.content
        assert token.type != "html_inline"
        assert token.type != "image"
        if token.nesting == 1:
            assert token.tag in ALLOWED, token.tag
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith("#e-") or "/" not in str(token.attrs["href"])
            assert ":" not in str(token.attrs["href"])
    headings = [tokens[index + 1].content for index, token in enumerate(tokens) if token.type == "heading_open"]
    assert "Head" not in headings
    assert all("\x1b" not in line and "\u202e" not in line for line in text.split("\n"))
    if name == "executive-summary.md":
        assert sum(token.type == "hr" for token in tokens) == 4
    assert "49" not in [word for token in tokens if token.type == "inline" for word in token.content.split()]
    assert hidden >= 1


def test_evidence_is_word_for_word_in_its_fence(packet):
    body = (packet / "SMALL-postmortem.md").read_text().split("\n---\n", 1)[1]
    fences = [token.content for token in MarkdownIt("commonmark").parse(body) if token.type == "fence"]
    assert any("<script>alert(1)</script>" in each and "# Head\n- item" in each for each in fences)


def test_yaml_json_csv_and_svg_parse_and_hold_the_text_as_text(packet):
    items = yaml.safe_load((packet / "action-items.yaml").read_text())
    assert all("<script>" in each["title"] for each in items["items"])
    slos = list(yaml.safe_load_all((packet / "slo-definitions.yaml").read_text()))
    assert {each["kind"] for each in slos} >= {"SLO", "SLI"}
    yaml.safe_load((packet / "case.yaml").read_text())
    json.loads((packet / "postmortem.json").read_text())
    rows = list(csv.reader(io.StringIO((packet / "timeline.csv").read_text())))
    assert len({len(row) for row in rows}) == 1
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    for name in ("fishbone.svg", "whys.svg"):
        root = ElementTree.fromstring((packet / name).read_bytes())
        assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {"svg", "title", "rect", "line", "path", "text"}


def test_no_file_can_move_a_terminal(packet):
    for path in packet.iterdir():
        if path.name != "exercise.journal":
            assert b"\x1b" not in path.read_bytes(), path.name


def test_the_mermaid_file_has_one_line_for_each_cause(packet):
    lines = (packet / "fishbone.mmd").read_text().rstrip("\n").split("\n")
    assert lines[0] == "ishikawa-beta"
    causes = [line for line in lines if line.startswith("        ")]
    assert len(causes) == sum(why.ruled_out or why.stop is not None for why in hostile().case.whys)


def test_it_verifies_but_for_what_the_hostile_text_claims(packet):
    assert {each.kind for each in verify(packet)} <= {"unaccounted-number", "reference"}
