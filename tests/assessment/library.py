"""Runs of the scenarios that ship: any policy, any variant, played once."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from incidentsim.assessment.scorecard import Scorecard, assess
from incidentsim.authoring.plays import policies_of
from incidentsim.case.document import Case
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.policies import play
from incidentsim.exercise.record import ExerciseRecord
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for

SCENARIOS = ("inc-2024-0312", "inc-2024-0527", "inc-2025-0918", "inc-2025-1103")


@functools.cache
def variants(scenario: str) -> tuple[str | None, ...]:
    """The scenario as it stands, and its variants."""
    return (None, *(each.id for each in setting_for(scenario).scenario.variants))


EVERYWHERE = [(scenario, variant) for scenario in SCENARIOS for variant in variants(scenario)]


@functools.cache
def policies(scenario: str) -> tuple[str, ...]:
    """Its own policies, and those derived from it."""
    return tuple(each.id for each in policies_of(setting_for(scenario)))


@dataclass(frozen=True)
class Run:
    """A run, what its policy wrote of it, and its scorecard."""

    record: ExerciseRecord
    case: Case
    card: Scorecard


@functools.lru_cache(maxsize=24)
def run(scenario: str, variant: str | None, policy: str) -> Run:
    """What a policy does and writes."""
    setting = setting_for(scenario, variant=variant)
    exercise = Exercise(setting)
    seat = Seat(exercise)
    done = play(next(each for each in policies_of(setting) if each.id == policy), seat)
    record = exercise.record()
    case = written_case(done, seat, record)
    return Run(record, case, assess(record, case))
