"""The whole record of one exercise, secrets included: what assessment, timeline and packet read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidentsim.exercise.evidence import Evidence
    from incidentsim.scenario.document import Scenario
    from incidentsim.simulation.command import Command
    from incidentsim.simulation.event import Event
    from incidentsim.simulation.world import World


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """An entry of the incident record, in its last state."""

    id: str
    t: int
    text: str
    confidence: int
    state: str
    supports: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a player expected of a command, before its result."""

    t: int
    about: str
    text: str
    confidence: int | None


@dataclass(frozen=True, slots=True)
class ExerciseRecord:
    """Everything about one run. *world* has been advanced to the scenario's end, also where play ended earlier,
    so that what an unstopped loss cost is counted to the end.
    """

    scenario: Scenario
    raw: dict[str, Any]
    scenario_hash: str
    seed: int
    variant: str | None
    format_id: str
    mode: str
    version: str
    commands: tuple[Command, ...]
    events: tuple[Event, ...]
    evidence: tuple[Evidence, ...]
    messages: tuple[dict[str, Any], ...]
    """Every message that reached the seat: id (M-0003), t, channel, sender, title, text, inject, command."""
    hypotheses: tuple[Hypothesis, ...]
    predictions: tuple[Prediction, ...]
    notes: tuple[dict[str, Any], ...]
    ended_at: int
    """When play ended (ms)."""
    pauses: int
    world: World
    seen_then: tuple[Evidence, ...] = ()
    """In a reconstruction: what the responders saw that night. It is no evidence of the trainee's."""
    theirs: int = 0
    """In a reconstruction: how many of the commands were the responders'."""
