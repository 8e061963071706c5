"""What the fishbone still lacks: rules FB01 to FB07. That its exports hold the same edges (FB08) is tested instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from incidentsim.analysis.finding import Finding
from incidentsim.analysis.fishbone import MOST_BONES, UNSORTED
from incidentsim.analysis.people import acts_as_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidentsim.analysis.fishbone import Bone, Fishbone
    from incidentsim.analysis.whys import WhysGraph

FEWEST, MOST, MOST_DRAWN = 3, 8, 6
"""Categories that are used; more than `MOST_DRAWN` are hard to read in a picture."""
STATUSES = ("verified", "suspected", "ruled-out")
DETECTION, CHANGES = "detection", ("change", "ownership")
"""Categories that an incident after a change should have something in: how it was not seen, how it got there."""
_FILLER = re.compile(r"^\W*(?:n/?a|none|nothing|unknown|tbd|todo|-|–)?\W*$", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(?:bad|poor|sloppy|careless|wrong|terrible|stupid|lazy|incompetent|inadequate|insufficient|human error)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"^\W*(?:people|persons?|man(?:power)?|humans?|staff|operators?|users?|human error)\W*$", re.IGNORECASE
)
"""Titles of categories that hold people, as the older sets of six do."""


def findings(
    fish: Fishbone, graph: WhysGraph, categories: dict[str, str], roles: Iterable[str] = (), changed: bool = True
) -> list[Finding]:
    """All findings, those of the whole first. *where* is the id of a why, of a category, or empty.

    *categories*: the declared ones, id to title. *roles*: names of people and teams, which are no causes. *changed*:
    a change set the incident off.
    """
    names = tuple(roles)
    found = [*_whole(fish, graph, categories, changed), *_ribs(fish, categories)]
    for category, bones in fish.ribs.items():
        for bone in bones:
            found += _bone(bone, category, names)
    return found


def _whole(fish: Fishbone, graph: WhysGraph, categories: dict[str, str], changed: bool) -> Iterator[Finding]:
    if fish.effect.strip() != graph.effect.strip():
        yield Finding("FB01", "error", "", "Its head is not the effect of the whys.", "Draw it from the whys again.")
    if not fish.ribs:
        yield Finding(
            "FB02", "warning", "", "No factor is on it yet.", "Write whys; each that ends a branch comes here."
        )
    there = {bone.why: bone for bones in fish.ribs.values() for bone in bones}
    for leaf in graph.leaves():
        if graph.cites(leaf) and leaf.id not in there:
            yield Finding("FB06", "error", leaf.id, "It ends a branch of the whys and is not on the fishbone.",
                          "Give it a category.")  # fmt: skip
    for why in there:
        if why not in graph.by_id:
            yield Finding("FB06", "error", why, "It is on the fishbone and not among the whys.", "Write its why.")
    kept = {category for category, bones in fish.ribs.items() if any(each.status != "ruled-out" for each in bones)}
    if kept and DETECTION in categories and DETECTION not in kept:
        yield Finding("FB07", "warning", "", "Nothing stands under detection.", "Why was it not noticed sooner?")
    if kept and changed and set(CHANGES) & set(categories) and not kept.intersection(CHANGES):
        yield Finding("FB07", "warning", "", "Nothing stands under change or process.",
                      "How could it get there, and who had to know?")  # fmt: skip


def _ribs(fish: Fishbone, categories: dict[str, str]) -> Iterator[Finding]:
    used = [each for each in fish.ribs if each != UNSORTED]
    if fish.ribs and not FEWEST <= len(used) <= MOST:
        few = len(used) < FEWEST
        yield Finding("FB02", "warning", "", f"{len(used)} categories are used.",
                      "Look under the others too." if few else "Join those that say the same.")  # fmt: skip
    elif len(used) > MOST_DRAWN:
        yield Finding("FB02", "warning", "", f"{len(used)} categories are hard to read in a picture.",
                      f"At most {MOST_DRAWN} are read at a glance.")  # fmt: skip
    for category, title in categories.items():
        if _PEOPLE.search(title):
            yield Finding("FB04", "error", category, f"“{title}” is a category for people.",
                          "Name what they had to work with: tools, knowledge, time.")  # fmt: skip
    for category, bones in fish.ribs.items():
        title = categories.get(category, "Not sorted")
        if category == UNSORTED:
            yield Finding("FB02", "warning", category, f"{len(bones)} without a category.", "Say where each belongs.")
        if len(bones) > MOST_BONES:
            yield Finding("FB02", "warning", category, f"“{title}” has {len(bones)} factors; they hide each other.",
                          f"Split it, or keep the {MOST_BONES} that matter.")  # fmt: skip


def _bone(bone: Bone, category: str, roles: tuple[str, ...]) -> Iterator[Finding]:
    if _FILLER.match(bone.text):
        yield Finding("FB03", "warning", bone.why, "It says nothing.", "Leave the category empty instead.")
        return
    if acts_as_person(bone.text, roles) or _VERDICT.search(bone.text):
        yield Finding("FB04", "error", bone.why, "It is a person or a verdict, not a condition.",
                      "Say what was so, so that somebody could meet it.")  # fmt: skip
    if bone.status not in STATUSES or (bone.status == "verified" and not bone.cites):
        yield Finding("FB05", "error", bone.why, f"It is {bone.status or 'without a state'} without evidence.",
                      "Cite what shows it, or call it suspected.")  # fmt: skip
    elif bone.status == "suspected":
        yield Finding("FB05", "warning", bone.why, "It is suspected; no evidence supports it yet.",
                      "Cite what shows it, or rule it out.")  # fmt: skip
