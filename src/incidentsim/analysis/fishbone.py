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


def findings(fish: Fishbone, categories: dict[str, str]) -> list[str]:
    """What the fishbone still lacks, one sentence each."""
    found = []
    if UNSORTED in fish.ribs:
        count = len(fish.ribs[UNSORTED])
        found.append("1 factor has no category yet." if count == 1 else f"{count} factors have no category yet.")
    for category, bones in fish.ribs.items():
        if len(bones) > MOST_BONES:
            found.append(
                f"“{categories.get(category, category)}” has {len(bones)} factors; more than five hide each other."
            )
        if any(bone.status == "suspected" for bone in bones):
            found.append(f"“{categories.get(category, category)}” has factors that no evidence supports.")
    if fish.ribs and "detection" not in fish.ribs:
        found.append("Nothing stands under detection: why was it not noticed sooner?")
    return found
