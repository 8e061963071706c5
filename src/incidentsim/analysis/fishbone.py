"""The fishbone: contributing factors by category, built from the whys."""

from __future__ import annotations

from dataclasses import dataclass

from incidentsim.analysis.whys import WhysGraph

MOST_RIBS, MOST_BONES = 8, 5
UNSORTED = "unsorted"


@dataclass(frozen=True, slots=True)
class Bone:
    """One factor. It is verified where it cites evidence that resolves, ruled out, or suspected."""

    text: str
    why: str
    status: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fishbone:
    """The effect, and factors by category id, in the order of the categories given."""

    effect: str
    ribs: dict[str, tuple[Bone, ...]]


def build(graph: WhysGraph, categories: dict[str, str]) -> Fishbone:
    """The fishbone of the whys that have a category or end a branch; *categories* maps id to title."""
    leaves = {why.id for why in graph.leaves()}
    bones: dict[str, list[Bone]] = {}
    for node in graph.walk():
        why = node.why
        if why.category is None and why.id not in leaves and not why.ruled_out:
            continue
        status = {"supported": "verified", "unsupported": "suspected"}.get(node.status, node.status)
        category = why.category if why.category in categories else UNSORTED
        bones.setdefault(category or UNSORTED, []).append(Bone(why.text, why.id, status, node.cites))
    order = [*categories, UNSORTED]
    return Fishbone(graph.effect, {each: tuple(bones[each]) for each in order if each in bones})
