"""The whys and the fishbone as Mermaid, for pages that render it."""

from __future__ import annotations

from incidentsim.drawing.model import Fish, Graph
from incidentsim.text.escaping import for_mermaid, one_line


def fish_mermaid(fish: Fish, marker: str = "") -> str:
    """An ``ishikawa-beta`` diagram: the effect, then categories and factors by indentation."""
    lines = ["ishikawa-beta"]
    if marker:
        lines.append(f"%% {one_line(marker)}")
    effect = fish.effect or "(not written yet)"
    lines.append(f"    {_text(f'{marker}: {effect}' if marker else effect)}")
    for rib in fish.ribs:
        lines.append(f"    {_text(rib.category)}")
        lines += [f"        {_text(bone.text)}" for bone in rib.bones]
    return "\n".join(lines) + "\n"


def whys_mermaid(graph: Graph, marker: str = "") -> str:
    """A flowchart from causes up to the effect."""
    names = {graph.effect.id: "effect"} | {node.id: f"n{index}" for index, node in enumerate(graph.nodes, 1)}
    lines = ["flowchart BT"]
    if marker:
        lines.append(f"%% {one_line(marker)}")
    effect = graph.effect.text or "(not written yet)"
    lines.append(f'    effect["{_text(f"{marker}: {effect}" if marker else effect)}"]')
    lines += [f'    {names[node.id]}["{_text(f"{node.id} {node.text}")}"]' for node in graph.nodes]
    for edge in graph.edges:
        arrow = "-- and -->" if edge.gate == "and" else "-->"
        lines.append(f"    {names[edge.cause]} {arrow} {names.get(edge.effect, 'effect')}")
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    shown = for_mermaid(one_line(text).strip() or "–")
    # A line that begins with the diagram's own keyword would be read as that.
    return f"#{ord(shown[0])};{shown[1:]}" if shown.casefold().startswith("ishikawa") else shown
