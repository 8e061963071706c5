"""Playing a policy of a scenario and judging what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.exercise.exercise import Setting
    from incidentsim.scenario.play import Policy
    from incidentsim.simulation.event import Event


@dataclass(frozen=True, slots=True)
class Played:
    """What one play came to.

    *milestones* and *resolved* in ms since the start; *budgets*: per SLO, the largest and the last share of the
    budget that was consumed (1 = all of it); *loss* by kind and *lost*, items; *outcomes*: (action, outcome) of what
    was done; *expected* and *missed*: injects whose expectation was open, and expired; *refused*: (label, why) of
    commands that were not taken.
    """

    policy: str
    variant: str | None
    seed: int
    score: int
    milestones: dict[str, int]
    budgets: dict[str, tuple[float, float]]
    loss: dict[str, int]
    lost: int
    outcomes: tuple[tuple[str, str], ...]
    expected: tuple[str, ...]
    missed: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]

    @property
    def spent(self) -> float:
        """The largest share of any budget that was consumed at the end."""
        return max((last for _, last in self.budgets.values()), default=0.0)


def played(setting: Setting, policy: Policy) -> Played:
    """Play a policy through a seat to the scenario's end, write what it writes, and assess it."""
    from incidentsim.assessment.scorecard import assess
    from incidentsim.case.policy_writes import written_case
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.exercise.policies import play
    from incidentsim.exercise.seat import Seat

    exercise = Exercise(setting)
    seat = Seat(exercise)
    run = play(policy, seat)
    record = exercise.record()
    score = assess(record, written_case(run, seat, record)).score
    world, step = record.world, setting.scenario.step
    budgets = {}
    for slo in setting.scenario.slos:
        shares = [world.budget_at(slo.id, t).consumed for t in range(step, setting.scenario.duration + 1, step)]
        budgets[slo.id] = (float(max(shares)), float(shares[-1]))
    return Played(
        policy.id, setting.variant, setting.seed, score, world.milestones, budgets, world.loss(), sum(world.losing()),
        tuple(
            (str(each.data["action"]), str(each.data["outcome"])) for each in record.events if each.kind == "outcome"
        ),
        _expectations(record.events, "open"), _expectations(record.events, "missed"), tuple(run.refused),
    )  # fmt: skip


def _expectations(events: Iterable[Event], state: str) -> tuple[str, ...]:
    return tuple(
        str(each.data["inject"]) for each in events if each.kind == "expectation" and each.data["state"] == state
    )
