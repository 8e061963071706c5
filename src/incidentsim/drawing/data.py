"""The whys and the fishbone as JSON data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from incidentsim.drawing.model import Fish, Graph


def whys_data(graph: Graph, marker: str = "") -> dict[str, Any]:
    """Node-link data, as networkx reads it: nodes, and edges from cause to effect."""
    return {
        "directed": True,
        "multigraph": False,
        "graph": {"marker": marker, "effect": graph.effect.id},
        "nodes": [asdict(node) for node in (graph.effect, *graph.nodes)],
        "edges": [{"source": edge.cause, "target": edge.effect, "gate": edge.gate} for edge in graph.edges],
    }


def fish_data(fish: Fish, marker: str = "") -> dict[str, Any]:
    """The effect, and the ribs with their bones."""
    return {"marker": marker, **asdict(fish)}
