"""Whys and fishbones are drawn with every word as text, and read back as the same graph."""

from __future__ import annotations

import dataclasses
import json
import re
import xml.etree.ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.drawing import data, dot, mermaid, svg, terminal
from incidentsim.drawing.model import Bone, Edge, Fish, Graph, Node, Rib
from incidentsim.drawing.wrapping import cells

MARKER = "EXERCISE — INC-1"
HOSTILE = [
    "<script>alert(1)</script>",
    "\x1b[31mred\x1b[0m",
    "[bold]x[/bold]",
    '"] --> evil["',
    "a\nb",
    "%% c",
    "ishikawa",
    "",
    "]]>&amp;",
]
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(0, 8))
    nodes, edges = [], []
    for index in range(count):
        group = draw(st.sampled_from(["occurred", "undetected", "lasted", "recovered"]))
        status = draw(st.sampled_from(["supported", "unsupported", "ruled-out"]))
        nodes.append(Node(f"W-{index}", draw(TEXTS), status, draw(st.sampled_from(["", "E-0001"])), group))
        parent = draw(st.sampled_from(["effect", *(f"W-{each}" for each in range(index))]))
        edges.append(Edge(f"W-{index}", parent, draw(st.sampled_from(["", "and"]))))
    return Graph(Node("effect", draw(TEXTS)), tuple(nodes), tuple(edges))


@st.composite
def fishes(draw: st.DrawFn) -> Fish:
    bones = st.builds(
        Bone, TEXTS, st.sampled_from(["verified", "suspected", "ruled-out"]), st.sampled_from(["", "E-0001"])
    )
    ribs = st.lists(st.builds(Rib, TEXTS, st.lists(bones, max_size=4).map(tuple)), max_size=5)
    return Fish(draw(TEXTS), tuple(draw(ribs)))


def edges_of(graph: Graph) -> set[tuple[str, str]]:
    return {(edge.cause, edge.effect) for edge in graph.edges}


@settings(max_examples=60, deadline=None)
@given(graphs(), fishes())
def test_svg_is_well_formed_and_marked_and_holds_no_markup_of_the_texts(graph: Graph, fish: Fish) -> None:
    for drawing in (svg.whys_svg(graph, MARKER), svg.fish_svg(fish, MARKER)):
        root = ET.fromstring(drawing)
        assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {"svg", "title", "rect", "text", "line", "path"}
        assert any(each.text == MARKER for each in root.iter() if each.tag.endswith("}text"))
    assert svg.whys_svg(graph, MARKER) == svg.whys_svg(graph, MARKER)


@settings(max_examples=60, deadline=None)
@given(graphs(), fishes(), st.integers(20, 140))
def test_terminal_text_is_plain(graph: Graph, fish: Fish, width: int) -> None:
    for drawing in (terminal.whys_text(graph, width), terminal.fish_text(fish, width)):
        assert "\x1b" not in drawing
        assert "\r" not in drawing


@settings(max_examples=60, deadline=None)
@given(graphs(), fishes(), st.integers(60, 140))
def test_no_line_is_wider_than_the_terminal(graph: Graph, fish: Fish, width: int) -> None:
    for drawing in (terminal.whys_text(graph, width, MARKER), terminal.fish_text(fish, width, MARKER)):
        assert max(map(cells, drawing.splitlines())) <= width
        assert drawing.startswith(MARKER)


WIDE = "下流の処理は新しい項目を知らないため記録を捨てた " * 3
LONG = Fish(
    "x", (Rib("Knowledge & tooling context", (Bone(WIDE, "verified", "E-0001"),)), Rib("b", (Bone("y", "suspected"),)))
)


@pytest.mark.parametrize("width", [60, 66, 78, 120])
def test_titles_and_wide_characters_lose_nothing_in_the_terminal(width: int) -> None:
    drawing = terminal.fish_text(LONG, width)
    left = "".join(line.split("\\")[0] for line in drawing.splitlines() if "\\" in line)
    assert "".join(left.split()) == "".join(f"Knowledge & tooling context─ {WIDE}[E-0001] (ok)".split())


def test_wide_characters_stay_inside_their_box_in_svg() -> None:
    graph = Graph(Node("effect", "x"), (Node("W-1", WIDE, "supported", "", "occurred"),), (Edge("W-1", "effect"),))
    texts = [each.text or "" for each in ET.fromstring(svg.whys_svg(graph)).iter() if each.tag.endswith("}text")]
    assert max(map(cells, texts)) <= 34
    assert "".join("".join(texts).split()).count("下流の処理は新しい項目を知らないため記録を捨てた") == 3


TALL = "a condition that is told at some length because it needs it. " * 8


@settings(max_examples=60, deadline=None)
@given(graphs(), fishes(), st.sampled_from(["x", TALL, TALL * 3]))
def test_no_word_stands_off_the_page_or_under_the_banner(graph: Graph, fish: Fish, effect: str) -> None:
    first = tuple(dataclasses.replace(node, text=TALL) for node in graph.nodes[:1])
    tall = Graph(Node("effect", effect), (*first, *graph.nodes[1:]), graph.edges)
    for drawing in (svg.whys_svg(tall, MARKER), svg.fish_svg(Fish(effect, fish.ribs), MARKER)):
        root = ET.fromstring(drawing)
        lines = [each for each in root if each.tag.endswith("}text") and each.text != MARKER]
        boxes = [each for each in root if each.tag.endswith("}rect") and each.get("rx")]
        assert min(float(each.get("y", "")) for each in [*lines, *boxes]) > 26
        assert max(float(each.get("y", "")) for each in lines) < float(root.get("height", ""))
        assert max(float(each.get("y", "")) + float(each.get("height", "")) for each in boxes) < float(
            root.get("height", "")
        )


def test_a_text_that_is_the_keyword_of_the_diagram_is_no_keyword() -> None:
    lines = mermaid.fish_mermaid(Fish("x", (Rib("Ishikawa-beta", (Bone("ishikawa", "verified"),)),))).splitlines()
    assert [line.strip() for line in lines[2:]] == ["#73;shikawa-beta", "#105;shikawa"]


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_mermaid_dot_and_json_read_back_as_the_same_edges(graph: Graph) -> None:
    ids = {"effect": "effect"} | {f"n{index}": node.id for index, node in enumerate(graph.nodes, 1)}
    lines = mermaid.whys_mermaid(graph, MARKER).splitlines()
    read = [re.fullmatch(r"    (n\d+) (?:-- and )?--> (\w+)", line) for line in lines]
    assert {(ids[each[1]], ids[each[2]]) for each in read if each} == edges_of(graph)
    text = dot.whys_dot(graph, MARKER)
    assert set(re.findall(r'^  "([\w-]+)" -> "([\w-]+)" ', text, re.MULTILINE)) == edges_of(graph)
    loaded = nx.node_link_graph(json.loads(json.dumps(data.whys_data(graph, MARKER))), edges="edges")
    assert set(loaded.edges) == edges_of(graph)
    assert loaded.graph["marker"] == MARKER


@settings(max_examples=60, deadline=None)
@given(fishes())
def test_a_fishbone_in_mermaid_has_a_line_for_each_category_and_factor(fish: Fish) -> None:
    lines = mermaid.fish_mermaid(fish, MARKER).split("\n")
    assert lines[0] == "ishikawa-beta"
    assert lines[1] == f"%% {MARKER}"
    body = lines[2:-1]
    assert sum(line.startswith("        ") for line in body) == sum(len(rib.bones) for rib in fish.ribs)
    assert len(body) == 1 + len(fish.ribs) + sum(len(rib.bones) for rib in fish.ribs)
    assert MARKER in body[0]
    edges = dot.fish_dot(fish, MARKER).count(" -> ")
    assert edges >= len(fish.ribs) + sum(len(rib.bones) for rib in fish.ribs)


def test_a_status_is_a_word_and_not_only_a_line() -> None:
    graph = Graph(
        Node("effect", "x"),
        (Node("W-1", "a", "unsupported", "", "occurred"), Node("W-2", "b", "ruled-out", "", "lasted")),
        (Edge("W-1", "effect"), Edge("W-2", "effect")),
    )
    for drawing in (terminal.whys_text(graph), svg.whys_svg(graph)):
        assert "no evidence" in drawing
        assert "ruled out" in drawing
