"""One run again with other commands: what somebody did, less a step, or with one taken at another time."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from incidentsim.exercise.exercise import AFTER_PLAY
from incidentsim.simulation.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.simulation.command import Command

ASSUMPTIONS = (
    "Modelled by the scenario's world with the same seed; nobody reacts to what would have gone otherwise.",
    "What else was done is done again, at the same times, or all of it sooner where that is what is compared.",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost by the scenario's end: items lost in all steps, and the share of each error budget spent."""

    lost: int
    budgets: dict[str, Fraction]
    mitigated: int | None
    """When the loss stopped for good (ms), None where it did not."""


def cost_of(world: World) -> Cost:
    """What came of a world that has run to its end."""
    budgets = {slo: budget.consumed for slo, budget in world.budgets().items()}
    return Cost(sum(world.losing()), budgets, world.milestones.get("mitigated"))


def altered(record: ExerciseRecord, commands: Iterable[Command]) -> World:
    """The world of a run, carried to its end, in which *commands* were given instead of the run's own.

    A command about a message is about the same message, whatever number that would have had.
    """
    scenario = record.scenario
    about = {str(each["id"]): str(each["inject"] or each["sender"]) for each in record.messages}
    sources = {str(each["id"]): str(each["source"]) for each in record.messages}
    world, over = World(scenario, record.seed, record.variant), False
    for command in sorted(commands, key=lambda each: (each.t, each.id)):
        # What came after play happened in no world.
        if (over or command.t >= scenario.duration) and command.verb in AFTER_PLAY:
            continue
        over = over or command.verb == "end"
        world.advance(command.t)
        if world.refusal(command) is None:
            known = about if command.verb == "answer" else sources if command.verb in {"open", "pin"} else {}
            world.submit(command, known.get(command.target, ""))
    world.advance(scenario.duration + 1)
    return world
