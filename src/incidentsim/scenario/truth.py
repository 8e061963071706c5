"""Ground truth: what really happened, why, and what shows it. No player may know any of it in play."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from incidentsim.scenario.base import SecretModel
from incidentsim.scenario.effects import Effect
from incidentsim.scenario.units import Duration, Expression, Id, Text


class Fault(SecretModel):
    """Something that goes wrong: it begins at a time or on a condition, and works through effects.

    A ramp is an effect with *over*; stages are several effects with *after*; spread along dependencies is
    `Degrade`.
    """

    id: Id
    title: Text
    at: Duration | None = None
    when: Expression | None = None
    effects: Annotated[tuple[Effect, ...], Field(min_length=1)]


class Condition(SecretModel):
    """A node of the causal graph: a condition that contributed, never a person."""

    id: Id
    text: Text
    category: Id
    branch: Literal["effect", "occurred", "undetected", "lasted", "recovered"]
    because: tuple[Id, ...] = ()
    """The conditions that brought this one about."""
    gate: Literal["and", "or"] = "and"
    concepts: tuple[tuple[str, ...], ...] = ()
    """A text names this condition when it has a word of every group; a word may end in ``*``."""
    said_as: tuple[Text, ...] = ()
    """Other ways in which people say it. Their words count as words of this condition where texts are matched."""
    weight: Annotated[int, Field(ge=0, le=10)] = 1
    """How much naming it counts; 0: it need not be named."""
    latent: bool = False
    """It can be learned only after play, from interviews and history."""


class QueryClue(SecretModel):
    """A query that shows something: it counts all *datasets* and groups by all of *by*."""

    datasets: Annotated[tuple[Id, ...], Field(min_length=1)]
    by: tuple[Id, ...] = ()


class Clue(SecretModel):
    """Evidence that supports a condition, or refutes a red herring.

    *sources* are shell-style patterns on an evidence's source (see `incidentsim.exercise.evidence`).
    """

    id: Id
    shows: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Conditions or red herrings."""
    sources: tuple[str, ...] = ()
    query: QueryClue | None = None
    after: Duration = 0
    """It shows nothing before this time."""
    discriminates: bool = False
    """With it one can tell the true cause from the red herrings; time to detect counts from the first one."""


class RedHerring(SecretModel):
    """Something that looks like the cause and is not; a clue that shows it refutes it."""

    id: Id
    text: Text
    concepts: tuple[tuple[str, ...], ...] = ()


class Chain(SecretModel):
    """Another sound way to join the same conditions. A case that takes it with the same evidence earns the same."""

    id: Id
    text: Text
    """What it does otherwise, and why that is as sound."""
    because: dict[Id, tuple[Id, ...]] = {}
    """What brought a condition about, where it differs from the condition's own *because*."""
    gates: dict[Id, Literal["and", "or"]] = {}
    """How those meet, where it differs."""
    together: tuple[tuple[Id, Id], ...] = ()
    """Conditions that one why may name together."""


class LossKind(SecretModel):
    """One way in which items are lost, counted exactly."""

    id: Id
    title: Text
    value: Expression


class Symptom(SecretModel):
    """What somebody who does nothing sees of the effect.

    A run of the same scenario without the effect shows everything else alike, but for figures that are at most
    *within* (parts in a million) apart.
    """

    id: Id
    text: Text
    patterns: tuple[Id, ...] = ()
    """Log patterns that are written because of it only."""
    within: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class Truth(SecretModel):
    """What happened and what would have been known."""

    effect: Text = ""
    """The effect at the head of the causal graph, as a symptom."""
    trigger: Text = ""
    trigger_class: Literal[
        "binary-push", "configuration-push", "user-behaviour", "processing-pipeline", "provider-change",
        "performance-decay", "capacity", "hardware", "unknown",
    ] = "unknown"  # fmt: skip
    root_cause_class: tuple[
        Literal["software", "development-process", "complex-system", "deployment-planning", "network", "unknown"],
        ...,
    ] = ()
    conditions: tuple[Condition, ...] = ()
    clues: tuple[Clue, ...] = ()
    red_herrings: tuple[RedHerring, ...] = ()
    chains: tuple[Chain, ...] = ()
    """Other ways to join the conditions that are as sound."""
    symptoms: tuple[Symptom, ...] = ()
    """What can be seen of the effect without asking anything."""
    loss: tuple[LossKind, ...] = ()
    """The kinds of loss; together with what was served they account for everything accepted or offered."""
    losing: Expression | None = None
    """Items lost in this step; the incident runs while it is above 0."""
    mitigated: Expression | None = None
    """Holds when the loss has stopped."""
    resolved: Expression | None = None
    """Holds when service is restored and what can be recovered has been."""
    severity: str = ""
    severity_reason: Text = ""
