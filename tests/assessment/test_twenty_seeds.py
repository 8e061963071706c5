"""Honest policies score in order on every seed, and those that game the score stay below them."""

from __future__ import annotations

from typing import Any

import pytest

from incidentsim.assessment.scorecard import assess
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for

HONEST = ("reference", "typical", "idle", "harmful")
GAMING = ("everything", "pin-everything")


@pytest.fixture(scope="module")
def setting() -> Setting:
    return setting_for("inc-2024-0312")


def scored(setting: Setting, policy_id: str, seed: int) -> tuple[int, Any]:
    policy = next(each for each in setting.scenario.policies if each.id == policy_id)
    exercise = Exercise(Setting(setting.scenario, setting.raw, setting.scenario_hash, seed))
    seat = Seat(exercise)
    run = play(policy, seat)
    record = exercise.record()
    return assess(record, written_case(run, seat, record)).score, record.world.milestones


@pytest.mark.parametrize("seed", range(1, 21))
def test_scores_are_in_order_and_only_two_policies_stop_the_loss(setting: Setting, seed: int) -> None:
    results = {policy: scored(setting, policy, seed) for policy in HONEST}
    scores = {policy: score for policy, (score, _) in results.items()}
    assert scores["reference"] >= scores["typical"] + 10
    assert scores["typical"] >= max(scores["idle"], scores["harmful"]) + 10
    assert {policy for policy, (_, reached) in results.items() if "mitigated" in reached} == {"reference", "typical"}


@pytest.mark.parametrize("policy", GAMING)
def test_trying_or_pinning_everything_scores_below_a_typical_response(setting: Setting, policy: str) -> None:
    assert scored(setting, policy, 3)[0] < scored(setting, "typical", 3)[0]
