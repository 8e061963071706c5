"""The drawings of a packet: fishbone and whys, each marked EXERCISE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.analysis.rendering import fish_shape, whys_shape
from incidentsim.postmortem.sections_causes import fishbone_of, graph_of

if TYPE_CHECKING:
    from incidentsim.analysis.fishbone import Fishbone
    from incidentsim.postmortem.draft import Draft

MARKER = "EXERCISE"


def fishbone_mermaid(fish: Fishbone, categories: dict[str, str]) -> str:
    """The fishbone as a Mermaid diagram, ending without a newline; *categories* maps id to title."""
    from incidentsim.drawing.mermaid import fish_mermaid

    return fish_mermaid(fish_shape(fish, categories), MARKER).rstrip("\n")


def drawings(draft: Draft) -> dict[str, str]:
    """``fishbone.svg``, ``fishbone.mmd`` and ``whys.svg`` by name."""
    from incidentsim.drawing.svg import fish_svg, whys_svg

    fish = fishbone_of(draft.case, draft.fields, frozenset(draft.evidence))
    return {
        "fishbone.svg": fish_svg(fish_shape(fish, draft.case.bones), MARKER),
        "fishbone.mmd": fishbone_mermaid(fish, draft.case.bones) + "\n",
        "whys.svg": whys_svg(whys_shape(graph_of(draft)), MARKER),
    }
