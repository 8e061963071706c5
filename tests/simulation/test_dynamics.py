"""What real incidents are made of: timeouts, cold caches, lagging scalers, lost data, blind telemetry."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.scenario.document import Scenario
from incidentsim.simulation.world import World
from tests.simulation.test_flow import assert_balanced

MINUTE = 60_000


def service(**more: Any) -> dict[str, Any]:
    """Callers, a server with a queue, and a dip of its capacity from minute 10 to minute 15."""
    document: dict[str, Any] = {
        "id": "dynamics", "title": "Calls fail", "duration": "2h", "labels": ["a", "b"],
        "services": [{"id": "web", "title": "Web"}],
        "flow": [
            {"kind": "source", "id": "callers", "service": "web", "rate": 900, "share": {"b": 300_000}, "to": "server"},
            {"kind": "queue", "id": "server", "service": "web", "capacity": 1_000, "limit": 20_000, "timeout": "1m",
             "retry": 900_000, "retry_attempts": 3, "retry_delay": "1m", "to": "answered"},
            {"kind": "sink", "id": "answered", "service": "web"},
        ],
        "signals": [{"id": "answers", "service": "web", "title": "Answers", "value": "server.out", "measured": True}],
        "faults": [{"id": "dip", "title": "dip", "at": "10m", "effects": [
            {"kind": "set", "parameter": "server.capacity", "to": 100},
            {"kind": "reset", "parameter": "server.capacity", "after": "5m"}]}],
    }  # fmt: skip
    document.update(copy.deepcopy(more))
    return document


def ran(document: dict[str, Any], seed: int = 1, **options: Any) -> World:
    world = World(Scenario.model_validate(document), seed, **options)
    world.advance(world.scenario.duration + 1)
    return world


def last_hour(world: World, quantity: str) -> int:
    return sum(world.column(quantity)[60:])


# Retries and timeouts.


def test_a_short_dip_becomes_a_storm_that_outlives_it() -> None:
    stormy = ran(service())
    assert last_hour(stormy, "server.out") < 0.2 * last_hour(stormy, "callers.out")
    assert last_hour(stormy, "server.late") > 0.8 * last_hour(stormy, "callers.out")
    assert_balanced(stormy)


@pytest.mark.parametrize(
    "cure",
    [
        [{"kind": "set", "parameter": "server.retry", "to": 0}, {"kind": "drain", "node": "server"}],
        [{"kind": "set", "parameter": "server.cancel", "to": 1}],
        [{"kind": "set", "parameter": "server.limit", "to": 0}],
    ],
    ids=["no retries and an empty queue", "stale work is cancelled", "a short queue"],
)
def test_each_way_out_ends_the_storm(cure: list[dict[str, Any]]) -> None:
    document = service()
    document["faults"].append({"id": "cure", "title": "cure", "at": "30m", "effects": cure})
    cured = ran(document)
    assert last_hour(cured, "server.out") > 0.95 * last_hour(cured, "callers.out")
    assert_balanced(cured)


def test_throwing_the_backlog_away_helps_only_where_its_callers_do_not_all_come_back() -> None:
    answered = {}
    for retry in (900_000, 0):
        document = service()
        document["faults"].append({"id": "cure", "title": "cure", "at": "30m", "effects": [
            {"kind": "set", "parameter": "server.retry", "to": retry}, {"kind": "drain", "node": "server"}]})  # fmt: skip
        answered[retry] = last_hour(ran(document), "server.out")
    assert answered[0] > answered[900_000]


def test_without_a_timeout_the_backlog_is_served_and_nothing_is_late() -> None:
    document = service()
    document["flow"][1]["timeout"] = 0
    patient = ran(document)
    assert patient.total("total(server.late)") == 0
    assert patient.total("total(server.out)") >= patient.total("total(callers.out)") - 1_000


@settings(max_examples=25, deadline=None)
@given(
    capacity=st.integers(0, 3_000),
    limit=st.integers(0, 20_000),
    timeout=st.integers(0, 6),
    retry=st.integers(0, 1_000_000),
    attempts=st.integers(0, 4),
    cancel=st.integers(0, 1),
    keep=st.integers(0, 1_000_000),
    delay=st.integers(1, 5),
)
def test_it_balances_whatever_the_callers_do(
    capacity: int, limit: int, timeout: int, retry: int, attempts: int, cancel: int, keep: int, delay: int
) -> None:
    document = service(duration="40m")
    document["flow"][1].update(
        capacity=capacity, limit=limit, timeout=f"{timeout}m", retry=retry, retry_attempts=attempts, cancel=cancel,
        retry_delay=f"{delay}m",
    )  # fmt: skip
    document["faults"].append({"id": "x", "title": "x", "at": "20m", "effects": [
        {"kind": "drain", "node": "server", "keep": keep}, {"kind": "set", "parameter": "server.cancel", "to": 1},
        {"kind": "set", "parameter": "server.timeout", "to": 2 * MINUTE}]})  # fmt: skip
    assert_balanced(ran(document))


@settings(max_examples=20, deadline=None)
@given(
    capacity=st.integers(0, 2_000), limit=st.integers(0, 20_000), retry=st.integers(0, 1_000_000), cancel=st.integers(0, 1)
)  # fmt: skip
def test_a_budget_of_what_is_counted_when_it_is_answered_only_ever_shrinks(
    capacity: int, limit: int, retry: int, cancel: int
) -> None:
    total = "server.out + server.late + server.cancelled + server.dropped"
    document = service(duration="1h", slos=[
        {"id": "in-time", "title": "In time", "service": "web", "target": "0.99", "window": "28d",
         "window_total": 30_000_000, "good": "server.out", "total": total}])  # fmt: skip
    document["flow"][1].update(capacity=capacity, limit=limit, retry=retry, cancel=cancel)
    world = ran(document)
    consumed = [world.budget_at("in-time", minute * MINUTE).consumed for minute in range(61)]
    assert all(before <= after for before, after in pairwise(consumed))
    assert consumed[0] == 0


# Caches.


def cached(**cache: Any) -> dict[str, Any]:
    document = service(faults=[{"id": "flush", "title": "f", "at": "30m", "effects": [
        {"kind": "flush", "node": "front"}]}])  # fmt: skip
    document["flow"][0]["to"] = "front"
    document["flow"].append({"kind": "cache", "id": "front", "service": "web", "entries": 2_000, "hit": 950_000,
                             "to": "answered", "misses_to": "server", **cache})  # fmt: skip
    return document


def test_an_emptied_cache_sends_everything_on_and_warms_up_again() -> None:
    world = ran(cached())
    misses, warm = world.column("front.misses"), world.column("front.warm")
    assert misses[29] < 60
    assert misses[30] == world.column("front.in")[30]
    assert all(earlier >= later for earlier, later in pairwise(misses[30:60]))
    assert warm[29] == 2_000
    assert warm[30] < 1_000
    assert warm[-1] > 1_950
    assert_balanced(world)


def test_what_expires_has_to_be_fetched_again() -> None:
    assert sum(ran(cached(ttl="5m")).column("front.misses")) > 2 * sum(ran(cached()).column("front.misses"))


@settings(max_examples=25, deadline=None)
@given(
    entries=st.integers(1, 50_000), warm=st.none() | st.integers(0, 60_000), hit=st.integers(0, 1_000_000),
    fill=st.integers(0, 1_000_000), ttl=st.integers(0, 90), keep=st.integers(0, 1_000_000),
)  # fmt: skip
def test_a_cache_balances(entries: int, warm: int | None, hit: int, fill: int, ttl: int, keep: int) -> None:
    document = cached(entries=entries, warm=warm, hit=hit, fill=fill, ttl=f"{ttl}m")
    document["faults"][0]["effects"][0]["keep"] = keep
    assert_balanced(ran({**document, "duration": "1h"}))


# Stores.


def stored(*effects: dict[str, Any], **more: Any) -> World:
    document = service(faults=[{"id": "loss", "title": "l", "at": "30m", "effects": list(effects)}])
    document["flow"].append({"kind": "source", "id": "writers", "service": "web", "rate": 100, "share": {"b": 0},
                             "to": "rows"})  # fmt: skip
    document["flow"].append({"kind": "store", "id": "rows", "service": "web", "held": 50_000,
                             "snapshots": [{"id": "nightly", "lacks": 8_000}], **more})  # fmt: skip
    return ran(document)


def test_a_restore_brings_back_what_its_snapshot_holds_and_no_more() -> None:
    world = stored(
        {"kind": "delete", "store": "rows"},
        {"kind": "restore", "store": "rows", "snapshot": "nightly", "rate": 2_000, "after": "5m"},
    )
    missing = world.column("rows.missing")
    assert [missing[29], missing[30], missing[-1]] == [0, 53_000, 8_000 + 3_000]
    assert max(world.column("rows.restored")) == 2_000
    assert_balanced(world)


@pytest.mark.parametrize("before", [{"kind": "forget", "store": "rows", "snapshot": "nightly"}])
def test_a_snapshot_that_was_lost_brings_nothing_back(before: dict[str, Any]) -> None:
    world = stored(
        {"kind": "delete", "store": "rows"}, before,
        {"kind": "restore", "store": "rows", "snapshot": "nightly", "rate": 2_000},
    )  # fmt: skip
    assert world.column("rows.missing")[-1] == 53_000


def test_a_snapshot_taken_after_the_loss_brings_nothing_back() -> None:
    world = stored(
        {"kind": "delete", "store": "rows"},
        {"kind": "snapshot", "store": "rows", "snapshot": "fresh"},
        {"kind": "restore", "store": "rows", "snapshot": "fresh", "rate": 2_000},
    )
    assert world.column("rows.missing")[-1] == 53_000


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(
    st.sampled_from(["delete", "snapshot", "forget", "restore"]), st.integers(0, 60), st.integers(0, 1_000_000),
    st.sampled_from(["nightly", "other"]),
), max_size=8))  # fmt: skip
def test_a_store_balances_whatever_is_done_to_it(done: list[tuple[str, int, int, str]]) -> None:
    effects: list[dict[str, Any]] = []
    for kind, minute, number, name in done:
        effect: dict[str, Any] = {"kind": kind, "store": "rows", "after": f"{minute}m"}
        effect |= {"share": number} if kind == "delete" else {"snapshot": name}
        effects.append(effect | ({"rate": number} if kind == "restore" else {}))
    effects.append({"kind": "snapshot", "store": "rows", "snapshot": "other"})
    assert_balanced(stored(*effects))


# Scalers, jobs, couplings.


def scaled(**scaler: Any) -> dict[str, Any]:
    document = service(faults=[{"id": "surge", "title": "s", "at": "20m", "effects": [
        {"kind": "set", "parameter": "callers.rate", "to": 2_500}]}])  # fmt: skip
    document["flow"][1]["retry"] = 0
    document["scalers"] = [{"id": "fleet", "service": "web", "parameter": "server.capacity", "value": "server.in",
                            "above": 900, "below": 100, "step": 500, "interval": "5m", "delay": "15m",
                            "least": 1_000, "most": 3_000, **scaler}]  # fmt: skip
    return document


def test_capacity_that_is_ordered_arrives_with_the_lag_of_the_scaler() -> None:
    world = ran(scaled())
    ordered = [event.t for event in world.events if event.kind == "scaled"]
    assert ordered[0] == 25 * MINUTE
    served = world.column("server.out")
    late = world.column("server.late")
    assert max(a + b for a, b in zip(served[20:39], late[20:39], strict=True)) <= 1_000
    assert max(served[80:]) > 2_000
    assert world.column("fleet.pending")[30] > 0


def test_a_scaler_stays_within_its_bounds_and_can_be_switched_off() -> None:
    bounded = ran(scaled(most=1_500))
    assert max(a + b for a, b in zip(bounded.column("server.out"), bounded.column("server.late"), strict=True)) <= 1_500
    off = ran(scaled(enabled="minutes() < 10"))
    assert not [event for event in off.events if event.kind == "scaled"]


def test_a_scaler_that_reads_idle_threads_takes_away_what_is_needed() -> None:
    inverted = ran(scaled(value="server.in - server.late * 2", above=5_000, below=0, least=100, step=300))
    assert min(inverted.column("server.out")[60:]) == 0


def test_a_job_is_due_on_time_and_its_luck_depends_on_the_seed_alone() -> None:
    document = service(schedules=[{"id": "export", "first": "5m", "every": "10m", "chance": "400000", "effects": [
        {"kind": "flag", "flag": "bad", "to": 1}], "otherwise": [{"kind": "flag", "flag": "bad", "to": 0}]}])  # fmt: skip

    def hits(seed: int, more: dict[str, Any]) -> list[tuple[int, bool]]:
        world = ran({**document, **more}, seed)
        return [(event.t, event.data["hit"]) for event in world.events if event.kind == "schedule"]

    first = hits(1, {})
    assert [t for t, _ in first] == [5 * MINUTE + 10 * MINUTE * k for k in range(12)]
    assert first == hits(1, {"faults": []})
    assert first != hits(2, {})
    assert 0.3 < sum(hit for seed in range(20) for _, hit in hits(seed, {})) / 240 < 0.5


def test_a_coupled_parameter_follows_the_step_before() -> None:
    document = service(faults=[], couplings=[
        {"id": "load", "parameter": "callers.rate", "value": "500 + server.out", "when": "minutes() >= 10"}])  # fmt: skip
    world = ran(document)
    callers, answers = world.column("callers.out"), world.column("server.out")
    assert callers[9] == 900
    assert all(callers[step] == 500 + answers[step - 1] for step in range(11, 60))


def test_a_coupling_takes_no_share_above_all_and_no_number_beyond_what_an_effect_can_set() -> None:
    document = cached()
    document["couplings"] = [
        {"id": "hit", "parameter": "front.hit", "value": "3000000"},
        {"id": "retry", "parameter": "server.retry", "value": "3000000"},
    ]
    assert_balanced(ran(document))
    document = service(duration="20m", couplings=[
        {"id": "more", "parameter": "callers.rate", "value": "callers.out * callers.out"}])  # fmt: skip
    assert max(ran(document).column("callers.out")) <= 10**12


def test_an_inject_may_be_sent_before_anything_has_begun() -> None:
    document = service(
        injects=[{"id": "hi", "channel": "chat", "sender": "web", "title": "Hi", "text": "x"}],
        variants=[{"id": "early", "title": "e", "effects": [{"kind": "inject", "inject": "hi"}]}],
    )
    sent = [event.t for event in ran(document, variant="early").events if event.kind == "message"]
    assert sent == [0]


def test_expressions_read_parameters() -> None:
    document = service(signals=[{"id": "room", "service": "web", "title": "Room",
                                 "value": 'parameter("server.capacity") - server.out'}])  # fmt: skip
    world = ran(document)
    assert [world.measured("room")[step] for step in (5, 10)] == [100, 0]


# Telemetry.


def test_a_signal_that_depends_on_its_victim_has_a_gap() -> None:
    document = service()
    document["signals"][0]["collected"] = "server.queued < 500"
    world = ran(document)
    arrived = world.arrived("answers")
    assert all(arrived[:10])
    assert not any(arrived[12:])
    assert len(world.measured("answers")) == len(arrived)


@pytest.mark.parametrize(
    ("on_missing", "changes"), [("keep", ["fires"]), ("resolve", ["fires", "resolves"]), ("fire", ["fires"])]
)
def test_an_alert_without_samples_does_what_it_was_told_to(on_missing: str, changes: list[str]) -> None:
    document = service(alerts=[{
        "id": "slow", "kind": "threshold", "title": "Slow", "service": "web", "value": "server.out", "below": 500,
        "collected": "minutes() < 20", "on_missing": on_missing}])  # fmt: skip
    world = ran(document)
    assert [event.data["state"] for event in world.events if event.kind == "alert"] == changes


def test_an_alert_that_nobody_receives_is_lost_once_and_told_once_its_mail_works() -> None:
    document = service(
        alerts=[{"id": "slow", "kind": "threshold", "title": "Slow", "service": "web", "value": "server.out",
                 "below": 500, "delivered": "mail"}],
        anchors=[{"id": "mended", "at": "90m", "effects": [{"kind": "flag", "flag": "mail"}]}],
    )  # fmt: skip
    told = [(event.kind, event.t // MINUTE) for event in ran(document).events if event.kind.startswith("alert")]
    assert told == [("alert-lost", 11), ("alert", 90)]


def test_noise_takes_no_share_above_all_and_leaves_other_signals_alone() -> None:
    document = service(faults=[])
    share, plain = ({"id": unit or "plain", "service": "web", "title": "Share", "unit": unit, "noise": 50_000,
                     "value": "100 * ratio(server.out, callers.out, 1)", "decimals": 1} for unit in ("%", ""))  # fmt: skip
    share["id"] = "share"
    world = ran({**document, "signals": [share, plain]})
    assert max(world.measured("share")) == 1_000
    assert min(world.measured("share")) < 1_000
    assert max(world.measured("plain")) > 1_000


# Controls and quiet runs.


def guarded(**control: Any) -> dict[str, Any]:
    return service(controls=[{"id": "gate", "title": "Gate", "kind": "guardrail", "acts": "prevents", **control}])


def test_a_control_that_stops_the_fault_leaves_a_quiet_run() -> None:
    document = guarded(stops=["dip"])
    assert ran(document, controls=("gate",)).total("total(server.late)") == 0
    assert ran(document, faults=False).total("total(server.late)") == 0
    assert ran(document).total("total(server.late)") > 0


def test_a_control_works_as_often_as_its_efficacy_and_bypass_say() -> None:
    document = guarded(stops=["dip"], efficacy=800_000, bypass=250_000)
    document["duration"] = "15m"
    scenario = Scenario.model_validate(document)
    works = [
        any(event.data.get("state") == "works" for event in World(scenario, seed, controls=("gate",)).events)
        for seed in range(400)
    ]
    assert 0.5 < sum(works) / 400 < 0.7


def test_a_control_that_watches_acts_after_its_delay_each_time_anew() -> None:
    document = guarded(when="server.queued > 2000", lasts="3m", delay="4m", effects=[
        {"kind": "set", "parameter": "server.retry", "to": 0}, {"kind": "drain", "node": "server"}])  # fmt: skip
    world = ran(document, controls=("gate",))
    first = next(step for step, queued in enumerate(world.column("server.queued")) if queued > 2000)
    acted = [event.t for event in world.events if event.kind == "control" and event.data["state"] == "acted"]
    assert acted == [(first + 1 + 3 + 4) * MINUTE]
    assert last_hour(world, "server.out") > 0.95 * last_hour(world, "callers.out")


def test_one_control_does_not_shift_the_luck_of_another() -> None:
    document = guarded(efficacy=500_000)
    document["controls"].append({**document["controls"][0], "id": "other"})
    scenario = Scenario.model_validate(document)

    def state(seed: int, *controls: str) -> str:
        events = World(scenario, seed, controls=controls).events
        return next(str(each.data["state"]) for each in events if each.data.get("control") == "gate")

    assert all(state(seed, "gate") == state(seed, "other", "gate") for seed in range(50))


def test_an_unknown_or_existing_control_is_refused() -> None:
    scenario = Scenario.model_validate(guarded(exists=True))
    with pytest.raises(ValueError, match="no possible control"):
        World(scenario, 1, controls=("gate",))


def test_a_sibling_has_its_own_faults_instead_of_the_scenarios() -> None:
    document = service(siblings=[{"id": "other", "title": "o", "without_faults": ["dip"], "faults": [
        {"id": "late-dip", "title": "d", "at": "60m", "effects": [
            {"kind": "set", "parameter": "server.capacity", "to": 100}]}]}])  # fmt: skip
    world = ran(document, variant="other")
    begun = [(event.data["fault"], event.t) for event in world.events if event.kind == "fault"]
    assert begun == [("late-dip", 60 * MINUTE)]
