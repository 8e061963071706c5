"""The shapes that are drawn: a graph of whys and a fishbone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """A why, or the effect. *note* names its evidence, *group* its branch.

    *status*: ``supported``, ``unsupported``, ``ruled-out`` or empty.
    """

    id: str
    text: str
    status: str = ""
    note: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """From a cause to its effect. *gate* is ``and`` where only together with its siblings it suffices."""

    cause: str
    effect: str
    gate: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """The whys of an incident; each node has one edge to what it explains."""

    effect: Node
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def children(self, node_id: str) -> tuple[Node, ...]:
        """The nodes that explain a node, in order."""
        causes = {edge.cause: None for edge in self.edges if edge.effect == node_id}
        return tuple(node for node in self.nodes if node.id in causes)

    def gate(self, node_id: str) -> str:
        """The gate of the edge from a node."""
        return next((edge.gate for edge in self.edges if edge.cause == node_id), "")


@dataclass(frozen=True, slots=True)
class Bone:
    """A factor: ``verified``, ``suspected`` or ``ruled-out``. *note* names its evidence."""

    text: str
    status: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rib:
    """A category with its factors."""

    category: str
    bones: tuple[Bone, ...]


@dataclass(frozen=True, slots=True)
class Fish:
    """A fishbone: the effect at its head, and its ribs."""

    effect: str
    ribs: tuple[Rib, ...]


QUESTIONS = {
    "occurred": "Why did it happen?",
    "undetected": "Why was it not noticed sooner?",
    "lasted": "Why did it last so long?",
    "recovered": "Why could it be recovered, and why not all of it?",
}
"""What each group of whys answers."""

MARKS = {"supported": "ok", "unsupported": "no evidence", "ruled-out": "ruled out",
         "verified": "ok", "suspected": "suspected"}  # fmt: skip
"""The word for each status, so that nothing depends on colour."""
