"""How a scenario is played and judged: formats, variants, rubric, policies."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from incidentsim.scenario.actions import TargetKind
from incidentsim.scenario.base import Model, SecretModel
from incidentsim.scenario.effects import Effect
from incidentsim.scenario.truth import Fault
from incidentsim.scenario.units import Duration, Expression, Id, Text, Title

__all__ = [
    "Criterion",
    "Format",
    "Objective",
    "Policy",
    "PolicyCommand",
    "Role",
    "TargetKind",
    "Variant",
    "Writes",
]


class Format(Model):
    """How much wall time the scenario's span is fitted into."""

    id: Id
    title: Title
    wall: Duration
    """Wall time for the whole scenario, at the pace of thinking and reading."""


class Role(Model):
    """A role that a participant can take."""

    id: Id
    title: Title
    about: Text = ""


class Objective(Model):
    """What a trainee should be able to do afterwards."""

    id: Id
    text: Text


class Variant(SecretModel):
    """Other parameters: where and how it fails, so that a scenario is not spent after one play."""

    id: Id
    title: Title
    effects: tuple[Effect, ...] = ()
    """Applied at the start."""
    without_faults: tuple[Id, ...] = ()
    faults: tuple[Fault, ...] = ()
    """Faults of its own, beside the scenario's."""
    shift: Duration = 0
    """All of the scenario's faults begin this much later."""


class Criterion(SecretModel):
    """One line of the rubric: how it is measured, and what good answers look like."""

    id: Id
    title: Title
    family: Literal["response", "communication", "analysis", "improvement", "practice"]
    weight: Annotated[int, Field(ge=1, le=100)]
    measure: Literal[
        "loss-stopped", "budget", "detection", "declaration", "expectations", "harm", "resolution", "factors",
        "whys", "evidence", "herrings", "action-items", "timeline", "economy", "prediction", "briefing",
        "milestones",
    ]  # fmt: skip
    best: float | None = None
    """The measured value that earns everything, where the measure is a quantity."""
    worst: float | None = None
    """The measured value that earns nothing."""
    ids: tuple[Id, ...] = ()
    """Which injects, conditions, herrings or questions of the briefing it looks at; empty: all."""
    senior: Text = ""
    """A senior-grade answer."""
    staff: Text = ""
    """A staff-grade answer."""


class PolicyCommand(SecretModel):
    """A command of an auto-player. *target* and *args* are what a person would give; see
    `incidentsim.exercise.policies` for how messages and rows are named.
    """

    id: Id | None = None
    at: Duration
    verb: Id
    target: str = ""
    args: dict[str, Any] = {}


class Statement(SecretModel):
    """Something an auto-player writes, if the evidence of the commands it cites was really revealed."""

    id: Id
    text: Text
    cites: tuple[Id, ...] = ()
    """Ids of the policy's commands, whose evidence it rests on."""


class WrittenWhy(Statement):
    """One why of the graph."""

    branch: Literal["occurred", "undetected", "lasted", "recovered"]
    because_of: Id | None = None
    """The statement it explains; None: the effect itself."""
    gate: Literal["and", "or"] | None = None
    category: Id | None = None
    stop: Literal["controllable", "external", "accepted-risk", "unknown"] | None = None
    sensible: Text = ""
    """What made this sensible at the time."""
    falsify: Text = ""
    ruled_out: bool = False


class WrittenAction(Statement):
    """One action item."""

    hierarchy: Literal["eliminate", "automate", "guardrail", "document"]
    type: Literal["investigate", "mitigate-now", "repair", "detect", "mitigate-future", "prevent", "process", "other"]
    theme: Text = ""
    priority: Literal["P0", "P1", "P2"]
    owner: Id
    addresses: tuple[Id, ...] = ()
    """Ids of the whys it addresses."""
    slo: Id
    done_when: Text
    bypass: Text = ""
    side_effect: Text = ""
    control: Id | None = None


class Writes(SecretModel):
    """What an auto-player writes in the debrief."""

    effect: Text = ""
    whys: tuple[WrittenWhy, ...] = ()
    actions: tuple[WrittenAction, ...] = ()
    sections: dict[Id, tuple[Statement, ...]] = {}
    """Statements by section of the postmortem: summary, background, impact, went-well, went-poorly, lucky,
    surprised, decisions, unknowns, glossary, trigger, detection, resolution …
    """
    slos: tuple[Id, ...] = ()
    """SLOs of the document that it proposes to define."""
    declined: tuple[Statement, ...] = ()


class Policy(SecretModel):
    """An auto-player: a list of commands, and what it writes afterwards."""

    id: Id
    title: Title
    commands: tuple[PolicyCommand, ...] = ()
    writes: Writes = Writes()


class Shift(Model):
    """A handover: who is on, and how many hands there are, from a time on."""

    at: Duration
    title: Title
    hands: Annotated[int, Field(ge=1, le=20)]


class Anchor(SecretModel):
    """Effects applied at a hidden moment, such as a deadline; kept for events that are not messages."""

    id: Id
    at: Duration | None = None
    when: Expression | None = None
    effects: tuple[Effect, ...] = ()
