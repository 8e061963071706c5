"""Drivers wait for their next stop: an outage that outlives its trigger, and the ways that end it."""

from __future__ import annotations

import functools

import pytest

from incidentsim.assessment.scorecard import assess
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.policies import PolicyRun, play
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.document import Scenario
from incidentsim.scenario.library import find
from incidentsim.scenario.loading import LoadedScenario, load
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.world import World

Step = tuple[int, str, dict[str, str]]
"""An action: its minute, verb and target, options."""

HEALED = 49
"""From this minute on the network is well."""


@functools.cache
def loaded() -> LoadedScenario:
    return load(find("inc-2025-1103"))


def scenario() -> Scenario:
    return loaded().scenario


@functools.cache
def untouched() -> World:
    """The world in which nobody does anything, at its end."""
    world = World(scenario(), 1)
    world.advance(scenario().duration + 1)
    return world


def exercise(seed: int = 1) -> Exercise:
    return Exercise(Setting(scenario(), loaded().raw, loaded().hash, seed=seed))


def acted(*steps: Step, until: int = 300) -> World:
    """The world at a minute, after actions at theirs, in which offers of a roll-back and a fail-over are looked into
    and hauliers are told not to sign on anew."""
    run = exercise()
    seat = Seat(run)
    looks: list[Step] = [(64, "diff:web-tier", {}), (76, "inspect:tour-store", {"aspect": "status"})]
    for minute, target, args in sorted([*looks, *steps], key=lambda step: step[0]):
        seat.advance(minute * MINUTE - seat.now)
        assert seat.do("act", target, args)["status"] == "ok"
        if target == "diff:web-tier":
            seat.do("announce", "customers", text="Please drive by the list and do not sign off and on.")
    seat.advance(until * MINUTE - seat.now)
    return run.world


def answered(world: World, since: int, until: int) -> float:
    """The share of calls begun between two minutes that were answered in time."""
    taken, begun = world.column("answers.in"), world.column("terminals.out")
    return sum(taken[since * 2 : until * 2]) / sum(begun[since * 2 : until * 2])


@functools.cache
def scored(policy_id: str, seed: int) -> tuple[int, dict[str, int], PolicyRun]:
    run = exercise(seed)
    seat = Seat(run)
    played = play(next(each for each in scenario().policies if each.id == policy_id), seat)
    record = run.record()
    return assess(record, written_case(played, seat, record)).score, record.world.milestones, played


def test_nothing_in_it_is_unresolved_and_nothing_is_doubtful() -> None:
    assert loaded().warnings == ()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_four_policies_score_in_order_and_two_of_them_resolve_it(seed: int) -> None:
    scores = {policy: scored(policy, seed)[0] for policy in ("reference", "typical", "idle", "harmful")}
    assert scores["reference"] >= scores["typical"] + 10
    assert scores["typical"] >= max(scores["idle"], scores["harmful"]) + 10
    assert {policy for policy in scores if "resolved" in scored(policy, seed)[1]} == {"reference", "typical"}


def test_every_command_of_the_reference_is_taken() -> None:
    assert scored("reference", 1)[2].refused == []


# The storm.


def test_without_the_dip_nobody_goes_without_an_answer() -> None:
    quiet = World(scenario(), 1, faults=False)
    quiet.advance(scenario().duration + 1)
    assert sum(quiet.loss().values()) == 0


def test_it_goes_on_when_its_trigger_has_ended() -> None:
    world = untouched()
    assert answered(world, 0, 33) == 1
    assert sum(world.column("link.lost")[HEALED * 2 :]) == 0
    assert answered(world, HEALED, 300) < 0.01
    assert "mitigated" not in world.milestones


def test_hosts_go_on_working_and_nobody_is_there_to_take_it() -> None:
    world = untouched()
    assert sum(world.column("web.late")[HEALED * 2 :]) > 2_000_000
    assert world.budgets()["web-success"].consumed < 0.01
    assert world.budgets()["next-stop"].consumed > 1


def test_machines_take_hosts_away_while_the_line_is_full() -> None:
    world = untouched()
    before, after = world.column("fleet.out")[40 * 2], world.column("fleet.out")[80 * 2]
    assert after < before
    assert world.column("web.queued")[80 * 2] == 220_000
    assert world.total("total(unfit.out)") > 50


def test_every_call_is_accounted_for() -> None:
    for world in (untouched(), acted((62, "drain:edge-gate", {}), until=180)):
        under_way = sum(world.total(each) for each in ("web.queued - web.stale", "web.waiting", "store.queued"))
        ended = world.total("total(answers.in)") + sum(world.loss().values())
        assert world.total("total(terminals.out)") == ended + under_way


# What ends it, and what does not.

PAUSE: tuple[Step, ...] = ((58, "pause:autoscaler", {}), (58, "pause:host-care", {}))
HOSTS: Step = (64, "scale:web-tier", {})
FEWER_ATTEMPTS: Step = (62, "configure:client-config", {"setting": "attempts"})


def valve(minute: int, share: str) -> Step:
    return minute, "admit:edge-gate", {"share": share}


def empty_line(minute: int) -> Step:
    return minute, "drain:edge-gate", {}


GOOD: dict[str, tuple[Step, ...]] = {
    "turn some away, empty the line, let in by steps": (
        *PAUSE, HOSTS, valve(66, "quarter"), empty_line(70), valve(90, "half"), valve(105, "three-quarters"),
        valve(120, "all"),
    ),
    "a line as short as a driver's patience": (*PAUSE, HOSTS, (66, "configure:edge-gate", {"setting": "queue-size"})),
    "no work for those who have gone": (*PAUSE, HOSTS, (66, "configure:web-tier", {"setting": "closed-connections"})),
    "fewer attempts, more hosts, then an empty line": (*PAUSE, HOSTS, FEWER_ATTEMPTS, empty_line(100)),
}  # fmt: skip
NOT_ENOUGH: dict[str, tuple[Step, ...]] = {
    "a roll-back": ((60, "roll-back:web-tier", {}),),
    "a restart of everything": ((60, "restart:web-tier", {}),),
    "more hosts": (*PAUSE, HOSTS),
    "fewer attempts": (*PAUSE, FEWER_ATTEMPTS),
    "an empty line": (empty_line(62),),
    "more hosts and an empty line, with all attempts": (*PAUSE, HOSTS, empty_line(112)),
    "an empty line behind the valve, and all let in at once": (
        valve(66, "quarter"), empty_line(70), valve(80, "all"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", GOOD)
def test_there_is_more_than_one_good_way(way: str) -> None:
    world = acted(*GOOD[way], until=240)
    assert "resolved" in world.milestones
    assert answered(world, 200, 240) > 0.99


@pytest.mark.parametrize("way", NOT_ENOUGH)
def test_it_takes_more_than(way: str) -> None:
    world = acted(*NOT_ENOUGH[way], until=200)
    assert "mitigated" not in world.milestones
    assert answered(world, 160, 200) < 0.1


@pytest.mark.parametrize("variant", [each.id for each in scenario().variants])
def test_no_variant_ends_by_itself(variant: str) -> None:
    world = World(scenario(), 1, variant)
    world.advance(200 * MINUTE)
    assert answered(world, 160, 199) < 0.1
    assert "mitigated" not in world.milestones


def test_a_rule_that_saw_no_samples_never_fires_and_one_flaps() -> None:
    fired = [
        each.data["alert"] for each in untouched().events if each.kind == "alert" and each.data["state"] == "fires"
    ]
    assert "packets-high" not in fired
    assert "own-success" not in fired
    assert fired.count("check-missed") >= 3
