"""What players can do: verbs, targets, and what comes of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from incidentsim.scenario.base import Model, SecretModel
from incidentsim.scenario.effects import Effect
from incidentsim.scenario.units import MINUTE, Duration, Expression, Id, Text, Title

TargetKind = Literal["service", "persona", "choice"]
Reversibility = Literal["none-needed", "reversible", "costly", "irreversible"]
"""How hard something is to undo, the easiest first."""


class Option(Model):
    """An argument of a verb that the player chooses, such as where a replay goes."""

    id: Id
    title: Title
    choices: Annotated[tuple[Id, ...], Field(min_length=1)]


class Verb(Model):
    """A verb of the action grammar. It applies to every target of its kind, so the list gives nothing away."""

    id: Id
    title: Title
    targets: TargetKind = "service"
    choices: tuple[Id, ...] = ()
    """For targets of kind ``choice``: the names one may choose from."""
    options: tuple[Option, ...] = ()
    takes: Duration = 5 * MINUTE
    hands: Annotated[int, Field(ge=0, le=10)] = 1
    """Responders it keeps busy for that time."""
    shortest: Duration | None = None
    longest: Duration | None = None
    """The least and the most that it takes on any target, where that differs from *takes*, the usual."""
    changes: bool = True
    """It changes the system (an inspection does not)."""
    reversibility: Reversibility = "reversible"
    at_best: Reversibility | None = None
    at_worst: Reversibility | None = None
    """How hard it is to undo on the easiest and on the hardest of its targets, where that differs from the usual."""
    needs: Text = ""
    """What has to be there first, in words that hold for every target."""
    otherwise: Text = "Done. Nothing notable came of it."
    """What is reported where the document declares no action for the target."""


class Outcome(SecretModel):
    """What comes of an action when its condition holds; the first that holds is taken.

    *text* may hold ``{expression}`` parts, which are filled with the world's quantities.
    """

    id: Id
    when: Expression | None = None
    text: Text
    effects: tuple[Effect, ...] = ()
    harm: Annotated[int, Field(ge=0, le=100)] = 0
    """How much harm this does, 0 to 100, by outcome, for the scorecard."""
    harm_text: Text = ""
    refused: bool = False
    """A precondition is missing: nothing was done."""


class Action(SecretModel):
    """A verb on a target that this scenario knows more about than the verb's default."""

    id: Id
    verb: Id
    target: Id
    args: dict[Id, Id] = {}
    """Chosen options this action is for; others are not distinguished."""
    takes: Duration | None = None
    hands: Annotated[int, Field(ge=0, le=10)] | None = None
    reversibility: Reversibility | None = None
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]


class Control(SecretModel):
    """Something that prevents, detects, limits or repairs: existing, or possible as an action item.

    A possible control can be put into a run. It works in that run if a keyed draw falls below *efficacy* and
    nothing bypasses it. It then *stops* what it names, and carries out its effects: at the start, or, with *when*,
    *delay* after the condition has held for *lasts*, each time it newly holds; with *when* it also pages.
    One that *exists* is part of the world as it is declared, and its fields say what it is.
    """

    id: Id
    title: Title
    exists: bool = False
    kind: Literal["eliminate", "automate", "guardrail", "document"]
    acts: Literal["prevents", "detects", "limits", "repairs"]
    stops: tuple[Id, ...] = ()
    """Faults and schedules that do not begin where it works."""
    when: Expression | None = None
    """What it watches: a condition over the true world."""
    lasts: Duration = 0
    delay: Duration = 0
    effects: tuple[Effect, ...] = ()
    addresses: tuple[Id, ...] = ()
    """Conditions of the truth."""
    efficacy: Annotated[int, Field(ge=0, le=1_000_000)] = 1_000_000
    bypass: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    false_alarms: Annotated[int, Field(ge=0, le=10**8)] = 0
    """False alarms expected in a quiet week, in millionths: 1,000,000 is one a week."""
    alarm_takes: Duration = 15 * MINUTE
    """Responder time that one false alarm takes."""
