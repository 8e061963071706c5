"""Reconstruction: are the milestones that the trainee marked where they really were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.assessment.measured import Measured, count, left_out, ramp, span
from incidentsim.scenario.units import MINUTE
from incidentsim.timeline.records import ENTRY, timeline

if TYPE_CHECKING:
    from incidentsim.assessment.facts import Facts
    from incidentsim.scenario.play import Criterion
    from incidentsim.timeline.records import TimelineRow

EXACT, FAR = 5.0, 30.0
"""Minutes off within which a mark earns everything, and from which on it earns nothing."""
UNPROVEN = 0.5
"""What a mark earns that stands on no evidence: a guess may be right."""


def milestones(facts: Facts, criterion: Criterion) -> Measured:
    """Minutes by which the marks are off, on average, and what each earns."""
    best = EXACT if criterion.best is None else criterion.best
    worst = FAR if criterion.worst is None else criterion.worst
    rule = (
        f"Each milestone that was reached counts alike: everything for a mark within {best:g} min of it, nothing from "
        f"{worst:g} min on, half of it where the marked row cites no evidence."
    )
    ended = facts.record.ended_at
    reached = {name: t for name, t in facts.milestones.items() if t is not None and t <= ended}
    if not reached:
        return left_out("No milestone was reached.", rule)
    marks = _marks(facts)
    earned = 0.0
    off: list[float] = []
    missed: list[str] = []
    parts: list[str] = []
    evidence: list[str] = []
    for name, t in reached.items():
        row = marks.get(name)
        if row is None:
            missed.append(name)
            continue
        proof = _proof(facts, row)
        away = abs(row.t - t)
        off.append(away / MINUTE)
        earned += ramp(away / MINUTE, best, worst) * (1.0 if proof else UNPROVEN)
        evidence += proof
        if away > best * MINUTE:
            parts.append(f"“{name}” was at {facts.clock(t)}, {span(away)} from your mark.")
        if not proof:
            parts.append(f"“{name}” stands on no evidence.")
    parts.insert(0, f"{len(off)} of {count(len(reached), 'milestone')} marked.")
    if missed:
        parts.append("Not marked: " + ", ".join(f"{name} ({facts.clock(reached[name])})" for name in missed) + ".")
    value = round(sum(off) / len(off), 1) if off else None
    return Measured(value, earned / len(reached), tuple(dict.fromkeys(evidence)), " ".join(parts), rule)


def _marks(facts: Facts) -> dict[str, TimelineRow]:
    """The first row that is marked as each milestone."""
    marks: dict[str, TimelineRow] = {}
    for row in timeline(facts.record, facts.case.entries):
        edit = facts.case.timeline.get(row.key)
        # The record's own milestones are no finding of anybody's.
        if edit is not None and edit.milestone and row.kind != "milestone":
            marks.setdefault(edit.milestone, row)
    return marks


def _proof(facts: Facts, row: TimelineRow) -> tuple[str, ...]:
    """The evidence that a marked row is, or that its writer cites."""
    written = next((each.cites for each in facts.case.entries if row.kind == ENTRY and each.id == row.source), None)
    return facts.resolving((row.source,) if written is None else written)
