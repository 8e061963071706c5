"""Contributing factors as a table: what, where it belongs, how sure, on what evidence."""

from __future__ import annotations

from dataclasses import dataclass

from incidentsim.analysis.fishbone import Fishbone


@dataclass(frozen=True, slots=True)
class ContributingFactor:
    """One row of the table.

    *confidence* is ``high`` with two pieces of evidence or more, ``medium`` with one, else ``low``.
    """

    why: str
    text: str
    category: str
    status: str
    confidence: str
    cites: tuple[str, ...]


def contributing(fish: Fishbone, categories: dict[str, str]) -> list[ContributingFactor]:
    """The factors that were not ruled out, by category."""
    found = []
    for category, bones in fish.ribs.items():
        for bone in bones:
            if bone.status != "ruled-out":
                confidence = "high" if len(bone.cites) > 1 else "medium" if bone.cites else "low"
                title = categories.get(category, "Not sorted")
                found.append(ContributingFactor(bone.why, bone.text, title, bone.status, confidence, bone.cites))
    return found
