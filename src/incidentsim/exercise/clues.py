"""Which evidence is what a clue of the truth means."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidentsim.exercise.evidence import Evidence
    from incidentsim.scenario.truth import Clue


def shows(clue: Clue, evidence: Evidence) -> bool:
    """Whether a piece of evidence is what a clue means: its source fits, and it shows a late enough moment."""
    if (evidence.t if evidence.about is None else evidence.about) < clue.after:
        return False
    if any(fnmatchcase(evidence.source, pattern) for pattern in clue.sources):
        return True
    if clue.query is None or not evidence.source.startswith("query:"):
        return False
    datasets, _, by = evidence.source.removeprefix("query:").rpartition(":by=")
    return set(clue.query.datasets) <= set(datasets.split("+")) and set(clue.query.by) <= set(by.split(","))


def discriminating(clues: Sequence[Clue], evidence: Iterable[Evidence]) -> Evidence | None:
    """The first evidence seen in play with which the true cause can be told from the red herrings."""
    telling = [clue for clue in clues if clue.discriminates]
    found = [each for each in evidence if each.phase == "during" and any(shows(clue, each) for clue in telling)]
    return min(found, key=lambda each: (each.t, each.id), default=None)
