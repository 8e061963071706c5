"""Checkout errors that come and go: the four policies stand in order, and the world behaves as its truth says."""

from __future__ import annotations

from functools import cache

import pytest

from incidentsim.assessment.scorecard import assess
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.command import Command
from incidentsim.simulation.world import World

USUAL, DOUBLE = 168, 336
Step = tuple[int, str, dict[str, str]]
"""An action: its minute, verb and target, options."""


@cache
def setting() -> Setting:
    return setting_for("inc-2025-0918")


def world(until: int, *acts: Step, seed: int = 1, variant: str | None = None) -> World:
    """The world at *until* minutes, with acts (minute, verb and target, options) given on the way."""
    made = World(setting().scenario, seed, variant)
    for number, (at, target, args) in enumerate(acts, 1):
        made.advance(at * MINUTE)
        made.submit(Command(at * MINUTE, number, "test", "act", target, args))
    made.advance(until * MINUTE)
    return made


def turns(made: World) -> list[int]:
    """Rows of the list that was in force, each time it changed."""
    rows = [int(each) for each in made.column("loaded_meter.out")]
    return [row for at, row in enumerate(rows) if at == 0 or rows[at - 1] != row]


@pytest.mark.parametrize("seed", [1, 3])
def test_policies_score_in_order_and_only_two_of_them_resolve_it(seed: int) -> None:
    scores, resolved = {}, set()
    for policy in setting().scenario.policies[:4]:
        exercise = Exercise(Setting(setting().scenario, setting().raw, setting().scenario_hash, seed))
        seat = Seat(exercise)
        run = play(policy, seat)
        record = exercise.record()
        scores[policy.id] = assess(record, written_case(run, seat, record)).score
        resolved |= {policy.id} if "resolved" in record.world.milestones else set()
    assert scores["reference"] >= scores["typical"] + 10
    assert scores["typical"] >= max(scores["idle"], scores["harmful"]) + 10
    assert resolved == {"reference", "typical"}


def test_the_list_comes_out_good_or_double_by_turns_until_every_node_has_the_revision() -> None:
    made = world(200)
    assert turns(made)[:5] == [USUAL, DOUBLE, USUAL, DOUBLE, USUAL]
    assert {int(each) for each in made.column("loaded_meter.out")[-60:]} == {DOUBLE}


def test_where_the_revision_is_everywhere_at_once_nothing_comes_and_goes() -> None:
    assert turns(world(200, variant="fast-rights")) == [USUAL, DOUBLE]


def test_engine_five_fails_loudly_and_engine_four_goes_wrong_without_an_error() -> None:
    made = world(60)
    loud, silent = made.column("proxy.refused", "e5"), made.column("screen.unscored", "e4")
    double = [int(each) == DOUBLE for each in made.column("loaded_meter.out")]
    assert sum(made.column("proxy.refused", "e4")) == 0
    assert sum(made.column("screen.unscored", "e5")) == 0
    # A coupling takes a step, so that the first minute of a turn is not looked at.
    settled = [at for at in range(1, 60) if double[at] == double[at - 1]]
    assert all((silent[at] > 0) == double[at] for at in settled)
    assert all((loud[at] > 30_000) == double[at] for at in settled)


def test_stopping_the_builder_in_a_bad_turn_keeps_the_bad_file_until_an_earlier_one_is_sent() -> None:
    glass: Step = (21, "approve:duty-manager", {})
    hold: Step = (42, "hold:list-builder", {})
    assert int(world(60, glass, hold).column("loaded_meter.out")[-1]) == DOUBLE
    sent = world(60, glass, hold, (52, "push:config-push", {"version": "earlier"}))
    assert int(sent.column("loaded_meter.out")[-1]) == USUAL


def test_an_earlier_file_is_replaced_by_the_next_build_while_building_goes_on() -> None:
    made = world(70, (32, "push:config-push", {"version": "earlier"}))
    assert DOUBLE in turns(made)[4:]


def test_the_builder_cannot_be_reached_in_a_bad_turn_without_another_way_in() -> None:
    made = world(40, (31, "hold:list-builder", {}))
    assert any("asks you to sign in" in str(event.data) for event in made.events if event.kind == "message")


def test_restarting_the_fleet_at_once_turns_payments_away_at_the_vault() -> None:
    quiet, restarted = world(60), world(60, (22, "restart:edge-proxy", {"how": "all-at-once"}))
    assert sum(quiet.column("vault.abandoned")) == 0
    assert sum(restarted.column("vault.abandoned")) > 100_000


def test_more_room_in_engine_five_turns_errors_into_silence() -> None:
    look: Step = (22, "inspect:edge-proxy", {"aspect": "sample"})
    made = world(200, look, (100, "configure:edge-proxy", {"setting": "limits"}))
    assert sum(made.column("proxy.refused", "e5")[-60:]) == 0
    assert sum(made.column("screen.unscored", "e5")[-60:]) > 1_000_000


def test_every_payment_is_accounted_for_when_nobody_acts() -> None:
    made = world(360)
    taken = made.total("total(journal.in)") + made.total("vault.queued") + made.total("vault.waiting")
    assert made.total("total(shops.out)") == (
        made.total("total(front.dropped)")
        + made.total("total(proxy.refused)")
        + made.total("total(vault.abandoned)")
        + taken
    )
    assert sum(made.losing()) == sum(made.loss().values())
