"""Whys and fishbones are drawn with every word as text, and read back as the same graph."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.drawing import data, dot, mermaid, svg, terminal
from incidentsim.drawing.model import Bone, Edge, Fish, Graph, Node, Rib

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
