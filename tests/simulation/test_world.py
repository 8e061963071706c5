"""A world is the fold of scenario, seed and commands, whatever the slices in which it is run."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.scenario.document import Scenario
from incidentsim.simulation.command import Command
from incidentsim.simulation.world import World
from tests.simulation.worlds import pipeline, ran, world

COMMANDS = [
    Command(1_500_000, 1, "responder", "query", "", {"datasets": ["accepted", "served"], "by": ["version"]}),
    Command(2_400_001, 2, "responder", "act", "stop:edge"),
    Command(2_400_001, 3, "responder", "ask", "producer", {"topic": "changed"}),
    Command(4_800_000, 4, "responder", "act", "replay:pipe", {"into": "side"}),
    Command(4_800_000, 5, "responder", "declare", "SEV2"),
]


def history(cuts: list[int]) -> tuple[str, list[str]]:
    """All events and digests of a run that was advanced to each of *cuts* on its way."""
    played = world()
    waiting = list(COMMANDS)
    for t in sorted({*cuts, *(each.t for each in COMMANDS), played.scenario.duration + 1}):
        played.advance(t)
        while waiting and waiting[0].t == t:
            played.submit(waiting.pop(0))
    return json.dumps([event.to_json() for event in played.events]), played.digests


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 7_200_000), max_size=60))
def test_the_size_of_time_slices_changes_nothing(cuts: list[int]) -> None:
    assert history(cuts) == history([])


def test_events_are_in_one_total_order() -> None:
    played = world()
    for command in COMMANDS:
        played.advance(command.t)
        played.submit(command)
    played.advance(played.scenario.duration + 1)
    order = [(event.t, event.phase, event.seq) for event in played.events]
    assert order == sorted(order)
    assert [event.seq for event in played.events] == list(range(len(order)))


def test_another_seed_gives_another_run_and_the_same_seed_the_same() -> None:
    assert ran(seed=1).digests == ran(seed=1).digests
    assert ran(seed=1).digests[-1] != ran(seed=2).digests[-1]


def test_a_refused_command_changes_nothing() -> None:
    asked, quiet = world(), world()
    for each in (asked, quiet):
        each.advance(600_000)
    for verb, target, args in (
        ("act", "stop:nowhere", {}),
        ("act", "paint:edge", {}),
        ("query", "", {"datasets": ["secret"]}),
        ("query", "", {"datasets": ["served"], "bucket": 7}),
        ("ask", "nobody", {"topic": "changed"}),
        ("declare", "SEV9", {}),
        ("announce", "moon", {"text": "hello"}),
    ):
        assert not asked.submit(Command(600_000, 1, "responder", verb, target, args)).ok
    for each in (asked, quiet):
        each.advance(each.scenario.duration + 1)
    assert asked.digests == quiet.digests


def test_the_budget_is_an_exact_fraction_of_what_the_objective_allows() -> None:
    done = ran()
    budget = done.budgets()["coverage"]
    assert budget.allowed == Fraction(5, 1000) * 400_000_000
    assert budget.bad == done.total("total(ingest.out) - total(served.in)")
    assert budget.consumed == Fraction(budget.bad, 2_000_000)


def test_the_loss_starts_when_the_first_item_is_lost_and_stops_by_the_action_that_stops_it() -> None:
    stopped = world()
    stopped.advance(2_400_000)
    stopped.submit(Command(2_400_000, 1, "responder", "act", "stop:edge"))
    stopped.advance(stopped.scenario.duration + 1)
    first = next(step for step, lost in enumerate(stopped.losing()) if lost)
    assert stopped.milestones["started"] == first * 60_000
    assert 2_400_000 < stopped.milestones["mitigated"] <= 2_400_000 + 7 * 60_000
    assert "mitigated" not in ran().milestones
    assert sum(stopped.losing()) < sum(ran().losing()) / 3


def test_a_frozen_rollout_keeps_what_is_installed_and_gets_no_further_stage() -> None:
    document = pipeline()
    document["actions"][0]["outcomes"][0]["effects"] = [{"kind": "freeze", "parameter": "clients.share[8.4]"}]
    frozen = world(document)
    frozen.advance(1_500_000)
    frozen.submit(Command(1_500_000, 1, "responder", "act", "stop:edge"))
    frozen.advance(frozen.scenario.duration + 1)
    shares = [
        new / (new + old)
        for new, old in zip(frozen.column("clients.out", "8.4"), frozen.column("clients.out", "8.3"), strict=True)
    ]
    assert shares[40] == pytest.approx(0.05, abs=0.002)
    assert shares[-1] == pytest.approx(0.05, abs=0.002)


def test_a_fault_that_is_ended_is_undone_and_does_nothing_more() -> None:
    document = pipeline()
    document["actions"][0]["outcomes"][0]["effects"] = [{"kind": "end-fault", "fault": "drop"}]
    ended = world(document)
    ended.advance(1_500_000)
    ended.submit(Command(1_500_000, 1, "responder", "act", "stop:edge"))
    ended.advance(ended.scenario.duration + 1)
    assert ended.column("clients.out", "8.4")[-1] == 0
    assert ended.losing()[-1] == 0


def test_two_responders_do_two_things_at_a_time_and_the_third_waits() -> None:
    busy = world()
    busy.advance(60_000)
    for number in (1, 2, 3):
        busy.submit(Command(60_000, number, "responder", "act", "stop:board"))
    busy.advance(busy.scenario.duration + 1)
    started = {
        event.data["command"]: event.t
        for event in busy.events
        if event.kind == "action" and event.data["state"] == "started"
    }
    assert started == {1: 60_000, 2: 60_000, 3: 60_000 + 5 * 60_000}


def expectation_states(done: World) -> list[str]:
    return [event.data["state"] for event in done.events if event.kind == "expectation"]


def test_an_inject_that_nobody_answers_is_missed_and_its_contingency_comes() -> None:
    done = ran()
    assert expectation_states(done) == ["open", "missed"]
    assert [event.data["inject"] for event in done.events if event.kind == "message"] == ["two-numbers", "escalation"]


def test_an_inject_that_is_answered_in_time_is_met() -> None:
    answered = world()
    answered.advance(1_260_000)
    answered.submit(Command(1_260_000, 1, "responder", "answer", "M-0001", {"text": "looking"}), "two-numbers")
    answered.advance(answered.scenario.duration + 1)
    assert expectation_states(answered) == ["open", "met"]
    assert sum(event.kind == "message" for event in answered.events) == 1


def alerts_of(alert: dict[str, Any]) -> list[tuple[int, str]]:
    done = ran(pipeline(alerts=[{"id": "a", "title": "A", "service": "pipe", **alert}]))
    return [(event.t // 60_000, event.data["state"]) for event in done.events if event.kind == "alert"]


def test_a_threshold_alert_fires_after_its_time_and_resolves() -> None:
    fired = alerts_of({"kind": "threshold", "value": "stream.dropped", "above": 500, "lasts": "5m"})
    first = next(step for step, lost in enumerate(ran().losing()) if lost > 500)
    # The step that exceeds the limit is complete a minute after it began, and has to last five.
    assert fired == [(first + 1 + 5, "fires")]


def test_a_burn_rate_alert_fires_only_when_both_windows_burn() -> None:
    fired = alerts_of({"kind": "burn-rate", "slo": "coverage", "factor": 14.4, "long": "1h", "short": "5m"})
    done = ran()
    lost, asked = done.losing(), done.column("ingest.out")
    limit = 14.4 * 0.005

    def ratio(minute: int, window: int) -> float:
        steps = slice(max(0, minute - window), minute)
        served = done.column("served.in")
        return 1 - sum(served[steps]) / sum(asked[steps])

    expected = next(minute for minute in range(1, 120) if ratio(minute, 60) > limit and ratio(minute, 5) > limit)
    assert sum(lost) > 0
    assert fired[0] == (expected, "fires")


def test_a_flapping_alert_goes_off_and_on_while_its_condition_holds() -> None:
    states = [state for _, state in alerts_of({"kind": "threshold", "value": "minutes()", "above": 10, "flaps": "10m"})]
    assert states[:4] == ["fires", "resolves", "fires", "resolves"]


def test_a_script_alert_fires_and_resolves_at_its_times() -> None:
    assert alerts_of({"kind": "script", "times": [["10m", "25m"]]}) == [(10, "fires"), (25, "resolves")]


def test_health_spreads_along_dependencies_with_delay() -> None:
    document = pipeline()
    document["faults"].append(
        {
            "id": "slow", "title": "slow", "at": "10m",
            "effects": [{"kind": "degrade", "service": "edge", "to": 200, "spread": 500, "spread_delay": "2m"}],
        }
    )  # fmt: skip
    health = [(e.t // 60_000, e.data["service"], e.data["to"]) for e in ran(document).events if e.kind == "health"]
    assert health == [(10, "edge", 200), (12, "pipe", 600), (14, "board", 800)]


def test_an_unknown_variant_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no variant 'other'"):
        World(Scenario.model_validate(pipeline()), 1, "other")


def test_ten_timed_events_and_nothing_else_make_a_world() -> None:
    events = [{"at": f"{minute}m", "text": f"event {minute}"} for minute in range(10)]
    done = ran({"events": events})
    assert [row.text for row in done.block(0, done.scenario.duration).rows()] == [f"event {n}" for n in range(10)]
