"""Milestones of a run, computed from its record: when it started, was detected, declared, mitigated, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.exercise.clues import discriminating

if TYPE_CHECKING:
    from incidentsim.exercise.record import ExerciseRecord


@dataclass(frozen=True, slots=True)
class Milestones:
    """Moments (ms since the start), None where one was not reached.

    *acknowledged* is the first declaration: from then on somebody works on it and says so.
    """

    started: int | None
    detected: int | None
    acknowledged: int | None
    mitigated: int | None
    resolved: int | None
    ended: int
    """The end of play."""
    detected_by: str
    """The evidence (``E-0042``) that told the cause from the rest; ``declaration``, or empty. In a reconstruction
    ``what the responders saw``.
    """

    @property
    def ttd(self) -> int | None:
        """Time to detect (ms): from start to detection."""
        return _span(self.started, self.detected)

    @property
    def tta(self) -> int | None:
        """Time to acknowledge (ms): from start to the first declaration."""
        return _span(self.started, self.acknowledged)

    @property
    def ttm(self) -> int | None:
        """Time to mitigate (ms): from start to the end of new loss."""
        return _span(self.started, self.mitigated)

    @property
    def ttr(self) -> int | None:
        """Time to resolve (ms): from start to service restored and recovered."""
        return _span(self.started, self.resolved)


def milestones(record: ExerciseRecord) -> Milestones:
    """The milestones of a run.

    Started, mitigated and resolved are the world's; they count where they were reached for good. Detected is the
    first evidence seen in play that tells the true cause from the red herrings, else the first declaration.
    """
    reached: dict[str, int] = {}
    for event in record.events:
        if event.kind == "milestone":
            if event.data["reached"]:
                reached[event.data["name"]] = event.data["at"]
            else:
                reached.pop(event.data["name"], None)
    declared = next((event.t for event in record.events if event.kind == "declared"), None)
    # In a reconstruction others detected it: what they saw says when, and has no number that anybody could look up.
    telling = discriminating(record.scenario.truth.clues, record.seen_then or record.evidence)
    detected = telling.t if telling is not None else declared
    by = "" if telling is None and declared is None else "declaration"
    if telling is not None:
        by = "what the responders saw" if record.seen_then else telling.id
    return Milestones(
        reached.get("started"), detected, declared, reached.get("mitigated"), reached.get("resolved"),
        record.ended_at, by,
    )  # fmt: skip


def _span(start: int | None, end: int | None) -> int | None:
    return None if start is None or end is None or end < start else end - start
