"""The whys and the fishbone as shapes that `incidentsim.drawing` draws."""

from __future__ import annotations

from incidentsim.analysis.fishbone import Fishbone
from incidentsim.analysis.whys import EFFECT, WhysGraph
from incidentsim.drawing.model import Bone, Edge, Fish, Graph, Node, Rib


def whys_shape(graph: WhysGraph) -> Graph:
    """The graph with a node for each why, its evidence as the note, its branch as the group."""
    nodes = tuple(
        Node(each.why.id, each.why.text, each.status, ", ".join(each.cites), each.why.branch) for each in graph.walk()
    )
    edges = tuple(Edge(node.id, graph.parent(node.id), graph.by_id[node.id].gate or "") for node in nodes)
    return Graph(Node(EFFECT, graph.effect), nodes, edges)


def fish_shape(fish: Fishbone, categories: dict[str, str]) -> Fish:
    """The fishbone with its categories by title."""
    ribs = tuple(
        Rib(
            categories.get(category, "Not sorted"),
            tuple(Bone(bone.text, bone.status, ", ".join(bone.cites)) for bone in bones),
        )
        for category, bones in fish.ribs.items()
    )
    return Fish(fish.effect, ribs)
