"""Which evidence is what a clue of the truth means."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
