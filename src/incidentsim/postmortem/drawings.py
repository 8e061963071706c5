"""The drawings of a packet: fishbone and whys, each marked EXERCISE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.analysis.rendering import fish_shape, whys_shape
from incidentsim.case.document import CATEGORIES
from incidentsim.postmortem.sections_causes import fishbone_of, graph_of

if TYPE_CHECKING:
    from incidentsim.analysis.fishbone import Fishbone
    from incidentsim.postmortem.draft import Draft

MARKER = "EXERCISE"


def fishbone_mermaid(fish: Fishbone) -> str:
    """The fishbone as a Mermaid diagram, ending without a newline."""
    from incidentsim.drawing.mermaid import fish_mermaid

    return fish_mermaid(fish_shape(fish, CATEGORIES), MARKER).rstrip("\n")


def drawings(draft: Draft) -> dict[str, str]:
    """``fishbone.svg``, ``fishbone.mmd`` and ``whys.svg`` by name."""
    from incidentsim.drawing.svg import fish_svg, whys_svg

    fish = fishbone_of(draft.case, draft.fields, frozenset(draft.evidence))
    return {
        "fishbone.svg": fish_svg(fish_shape(fish, CATEGORIES), MARKER),
        "fishbone.mmd": fishbone_mermaid(fish) + "\n",
        "whys.svg": whys_svg(whys_shape(graph_of(draft)), MARKER),
    }
