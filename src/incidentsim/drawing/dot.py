"""The whys and the fishbone as DOT, for Graphviz."""

from __future__ import annotations

from incidentsim.drawing.model import Fish, Graph
from incidentsim.text.escaping import for_dot


def whys_dot(graph: Graph, marker: str = "") -> str:
    """A digraph with an edge from each cause to its effect."""
    lines = ["digraph whys {", f"  label={_quoted(marker)};", "  rankdir=RL; node [shape=box];"]
    lines += [f"  {_quoted(node.id)} [label={_quoted(node.text)}];" for node in (graph.effect, *graph.nodes)]
    lines += [
        f"  {_quoted(edge.cause)} -> {_quoted(edge.effect)} [label={_quoted(edge.gate)}];" for edge in graph.edges
    ]
    return "\n".join([*lines, "}", ""])


def fish_dot(fish: Fish, marker: str = "") -> str:
    """A digraph from factors to categories to the effect."""
    lines = ["digraph fishbone {", f"  label={_quoted(marker)};", "  rankdir=LR; node [shape=box];",
             f"  effect [label={_quoted(fish.effect)}];"]  # fmt: skip
    for number, rib in enumerate(fish.ribs):
        lines += [f"  rib{number} [label={_quoted(rib.category)}];", f"  rib{number} -> effect;"]
        for index, bone in enumerate(rib.bones):
            lines += [
                f"  bone{number}_{index} [label={_quoted(bone.text)}];",
                f"  bone{number}_{index} -> rib{number};",
            ]
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    return f'"{for_dot(text)}"'
