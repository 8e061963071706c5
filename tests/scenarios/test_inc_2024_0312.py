"""The flagship: what its content promises to trainees, and keeps."""

from __future__ import annotations

import copy
import functools
from collections import Counter
from fnmatch import fnmatchcase
from itertools import product
from typing import Any

import pytest

from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.policies import PolicyRun, evidence_of, play
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.document import Scenario
from incidentsim.scenario.library import find, runbook
from incidentsim.scenario.loading import LoadedScenario, load
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.grammar import targets_of
from incidentsim.simulation.world import World

GIVEAWAYS = (
    "drop",
    "lost",
    "loss",
    "lose",
    "missing",
    "skip",
    "silent",
    "toler",
    "incompatib",
    "corrupt",
    "fault",
    "root cause",
)
Step = tuple[int, str, dict[str, str]]
"""An action: its minute, verb and target, options."""

TELLING = (["ingest.accepted", "warehouse.served"], ["app_version"])


@functools.cache
def loaded() -> LoadedScenario:
    return load(find("inc-2024-0312"))


def scenario() -> Scenario:
    return loaded().scenario


@functools.cache
def untouched() -> World:
    """The world in which nobody does anything, at its end."""
    world = World(scenario(), 1)
    world.advance(scenario().duration + 1)
    return world


@functools.cache
def counted_rows() -> Counter[str]:
    return Counter(row.pattern for row in untouched().block(0, scenario().duration).rows())


@functools.cache
def played(policy: str) -> tuple[PolicyRun, Seat, World]:
    exercise = Exercise(Setting(scenario(), loaded().raw, loaded().hash, seed=1))
    seat = Seat(exercise)
    run = play(next(each for each in scenario().policies if each.id == policy), seat)
    return run, seat, exercise.world


def table(seat: Seat, datasets: list[str], by: list[str]) -> dict[str, Any]:
    """The answer to a count that is asked now."""
    asked = seat.do("query", datasets=datasets, by=by)
    seat.advance(4 * MINUTE)
    answer = next(each for each in reversed(seat.inbox()) if each["command"] == asked["command"])
    found = seat.message(answer["id"])
    assert found is not None
    return dict(found["table"])


def acted(*commands: Step) -> World:
    """The world at its end after actions at minutes."""
    exercise = Exercise(Setting(scenario(), loaded().raw, loaded().hash, seed=1))
    seat = Seat(exercise)
    for minute, target, args in commands:
        seat.advance(minute * MINUTE - seat.now)
        assert seat.do("act", target, args)["status"] == "ok"
    seat.advance(scenario().duration - seat.now)
    return exercise.world


# The document.


def test_nothing_in_it_is_unresolved_and_nothing_is_doubtful() -> None:
    assert loaded().warnings == ()


def test_it_has_the_components_and_the_people_that_it_promises() -> None:
    assert len(scenario().services) >= 11
    assert len(scenario().flow) <= 14
    assert len(scenario().personas) >= 8
    assert 18 <= len(scenario().injects) <= 40
    assert 16 <= len(scenario().verbs) <= 20
    assert all("role" not in each.id for each in scenario().personas)


def test_each_runbook_can_be_read_and_one_is_out_of_date() -> None:
    assert len(scenario().runbooks) >= 5
    texts = {name: runbook(name) for name in scenario().runbooks}
    assert all("Owner:" in text for text in texts.values())
    assert "old-1:9092" in texts["consumer-lag"]
    assert "last reviewed: 11 April 2022" in texts["consumer-lag"]


# The log.


def test_six_hours_write_at_least_sixty_thousand_rows_from_150_templates_and_none_fills_the_log() -> None:
    rows = counted_rows()
    assert rows.total() >= 60_000
    assert len(rows) >= 150
    assert max(rows.values()) <= rows.total() / 10


def test_numbers_in_the_log_are_the_worlds_numbers() -> None:
    world = untouched()
    progress = next(each.id for each in scenario().patterns if "numInputRows" in each.text)
    stored = next(each.id for each in scenario().patterns if "order events stored" in each.text)
    rows = world.block(0, scenario().duration).rows()
    read = {row.t // MINUTE: row.text for row in rows if row.pattern == progress}
    assert len(read) == 360
    for minute, text in read.items():
        assert f'"numInputRows":{world.column("parse.in")[minute]},' in text
    for row in rows:
        if row.pattern == stored:
            assert f" {world.column('orders_table.in')[row.t // MINUTE]} " in row.text


def test_parse_failures_are_in_the_log_only_where_somebody_turned_the_level_on() -> None:
    def debug_rows(world: World) -> int:
        return sum(row.level == "DEBUG" for row in world.block(0, scenario().duration).rows())

    assert debug_rows(untouched()) == 0
    assert debug_rows(acted((30, "configure:enrich-stream", {"setting": "log-level"}))) > 500


def test_one_line_tells_of_the_registration() -> None:
    told = [
        row
        for row in untouched().block(0, 10 * MINUTE).rows()
        if "/subjects/events.v1-value/versions HTTP" in row.text and "POST" in row.text
    ]
    assert [(row.level, row.service) for row in told] == [("INFO", "schema-registry")]


# The screen does not solve it.


@functools.cache
def healthy() -> World:
    """The same six hours, in which the stream can read what the newer version sends."""
    raw = copy.deepcopy(loaded().raw)
    fault = next(each for each in raw["faults"] if any("parse.dropped" in str(effect) for effect in each["effects"]))
    fault["effects"] = [each for each in fault["effects"] if not each["parameter"].startswith("parse.")]
    world = World(Scenario.model_validate(raw), 1)
    world.advance(scenario().duration + 1)
    return world


def test_no_measured_signal_and_no_observed_budget_moves_because_of_it() -> None:
    assert untouched().total("total(parse.dropped)") > 10_000_000
    assert healthy().total("total(parse.dropped)") == 0
    for signal in scenario().signals:
        if signal.measured:
            assert untouched().measured(signal.id) == healthy().measured(signal.id), signal.id
    for slo in scenario().slos:
        same = untouched().budgets()[slo.id] == healthy().budgets()[slo.id]
        assert same == slo.observed, slo.id


def test_no_alert_fires_because_of_it() -> None:
    def fired(world: World) -> list[tuple[int, str, str]]:
        return [(each.t, each.data["alert"], each.data["state"]) for each in world.events if each.kind == "alert"]

    assert fired(untouched()) == fired(healthy())
    assert any(alert == "lag-high" for _, alert, _ in fired(untouched()))


def test_no_log_line_tells_of_it_but_those_of_a_queue_that_nobody_reads() -> None:
    def lines(world: World) -> list[tuple[int, str, str]]:
        rows = world.block(0, scenario().duration).rows()
        return [(row.t, row.service, row.text) for row in rows if row.service != "dead-letter-queue"]

    assert lines(untouched()) == lines(healthy())


def test_a_count_at_both_ends_by_version_tells_it_within_minutes() -> None:
    seat = Seat(Exercise(Setting(scenario(), loaded().raw, loaded().hash, seed=1)))
    seat.advance(40 * MINUTE)
    rows = table(seat, *TELLING)["rows"]
    ratios = {row[0]: row[2] / row[1] for row in rows}
    assert ratios["8.3"] > 0.99
    assert ratios["8.4"] < 0.05
    orders = table(seat, ["orders.accepted", "orders.served"], [])["rows"][0]
    assert orders[0] == orders[1]


def test_parsed_and_loaded_differ_in_the_load_history_alone() -> None:
    seat = Seat(Exercise(Setting(scenario(), loaded().raw, loaded().hash, seed=1)))
    seat.advance(120 * MINUTE)
    seat.do("act", "inspect:warehouse", {"aspect": "history"})
    seat.advance(5 * MINUTE)
    text = seat.evidence()[-1]["text"]
    line = next(each for each in text.splitlines() if each.startswith("last 60 min"))
    parsed, loaded_rows = (int(each.replace(",", "")) for each in line.split()[3:5])
    assert parsed > loaded_rows * 1.1
    assert "LOADED" in line


def test_nothing_that_is_on_offer_gives_the_cause_away() -> None:
    briefing = Seat(Exercise(Setting(scenario(), loaded().raw, loaded().hash, seed=1))).briefing()
    offered = [briefing["title"], *(str(briefing[each]) for each in ("verbs", "topics", "roles", "labels", "runbooks"))]
    offered += [
        f"{each['id']} {each['title']}"
        for each in (*briefing["services"], *briefing["datasets"], *briefing["personas"])
    ]
    offered += [f"{each.id} {each.title}" for each in scenario().signals if each.measured]
    offered += [each.title for each in scenario().alerts] + [each.id for each in scenario().patterns]
    for text in offered:
        assert not [word for word in GIVEAWAYS if word in text.casefold()], text


def test_every_verb_applies_to_everything_of_its_kind() -> None:
    for verb in scenario().verbs:
        everything = scenario().services if verb.targets == "service" else scenario().personas
        assert targets_of(verb, scenario()) == tuple(each.id for each in everything), verb.id


# Clues and red herrings.


def addresses() -> list[str]:
    """Every address that evidence of this document can have, searches and counts apart."""
    s = scenario()
    found = [f"row:{each.id}:0" for each in s.patterns] + [f"row:event:{number}" for number in range(len(s.events))]
    found += [f"message:{each.id}" for each in s.injects] + [f"alert:{each.id}" for each in s.alerts]
    found += [f"change:{each.id}" for each in s.changes] + [f"runbook:{each}" for each in s.runbooks]
    found += [f"signal:{each.id}" for each in s.signals if each.measured]
    found += [f"excerpt:{each.id}" for each in s.excerpts]
    for persona in s.personas:
        found += [f"reply:{persona.id}:{each.topic}" for each in persona.answers]
        found += [f"interview:{persona.id}:{each.topic}" for each in persona.interview]
        found += [f"reply:{persona.id}:unreachable"] if persona.reachable else []
    verbs = {verb.id: verb for verb in s.verbs}
    for action in s.actions:
        for choices in product(*(option.choices for option in verbs[action.verb].options)):
            options = dict(zip((each.id for each in verbs[action.verb].options), choices, strict=True))
            if any(options[name] != choice for name, choice in action.args.items()):
                continue
            details = "".join(f":{name}={choice}" for name, choice in options.items())
            found += [f"result:{action.verb}:{action.target}{details}#{each.id}" for each in action.outcomes]
    return found


def test_each_source_of_a_clue_can_be_met() -> None:
    known = addresses()
    for clue in scenario().truth.clues:
        for pattern in clue.sources:
            if not pattern.startswith("search:"):
                assert any(fnmatchcase(each, pattern) for each in known), (clue.id, pattern)


def test_each_conclusion_has_three_clues_and_each_red_herring_can_be_refuted() -> None:
    shown = Counter(each for clue in scenario().truth.clues for each in clue.shows)
    for condition in scenario().truth.conditions:
        if condition.weight:
            assert shown[condition.id] >= 3, condition.id
    assert len(scenario().truth.red_herrings) == 5
    for herring in scenario().truth.red_herrings:
        own = [clue for clue in scenario().truth.clues if herring.id in clue.shows and not clue.discriminates]
        assert own, herring.id


def test_the_graph_of_causes_has_four_branches_and_causes_that_were_needed_together() -> None:
    conditions = scenario().truth.conditions
    assert {each.branch for each in conditions} == {"effect", "occurred", "undetected", "lasted", "recovered"}
    assert any(each.gate == "and" and len(each.because) > 1 for each in conditions)


# The world's account.


@pytest.mark.parametrize("policy", ["reference", "typical", "idle", "harmful"])
def test_every_event_is_accounted_for(policy: str) -> None:
    world = played(policy)[2]
    loss = world.loss()
    held_up = sum(world.total(each) for each in ("ingest.queued", "ingest.waiting", "topic.unread", "loader.queued"))
    set_aside = world.total('dlq.unread["8.3"]')
    assert (
        world.total("total(clients.out)") == world.total("warehouse.total") + sum(loss.values()) + held_up + set_aside
    )


def test_left_alone_it_loses_more_and_more_and_the_topic_forgets() -> None:
    world = untouched()
    accepted, gone = world.total("total(ingest.out)"), world.loss()
    assert 45_000_000 < accepted < 53_000_000
    assert 15_000_000 < gone["recoverable"] + gone["unrecoverable"] < 30_000_000
    assert gone["unrecoverable"] > 5_000_000
    assert 0 < gone["never-ingested"] < 1_000_000
    by_hour = [sum(world.losing()[hour * 60 : hour * 60 + 60]) for hour in range(6)]
    assert by_hour == sorted(by_hour)
    held = [world.column("topic.held")[at] / max(1, world.column("topic.in")[at]) for at in (0, 180, 359)]
    assert held[0] > 5 * 60 > 3 * 60 > held[1] > held[2]
    assert held[2] < 2 * 60


# What can be done.


SEEN: Step = (40, "diff:schema-registry", {})
SHIM: Step = (50, "patch:ingest-api", {})
READER: Step = (50, "patch:enrich-stream", {})


@pytest.mark.parametrize("fix", [SHIM, READER], ids=["adapter", "parser"])
def test_there_is_more_than_one_good_way_to_stop_it(fix: Step) -> None:
    assert "mitigated" in acted(SEEN, fix).milestones


def test_neither_is_possible_before_somebody_knows_what_to_change() -> None:
    assert "mitigated" not in acted(SHIM, READER).milestones


@pytest.mark.parametrize("target", ["hold:mobile-app", "roll-back:mobile-app"])
def test_the_rollout_can_be_held_and_phones_keep_what_they_have(target: str) -> None:
    world = acted((30, target, {}))
    share = world.column("clients.out", "8.4")[359] / world.column("clients.out")[359]
    assert 0 < share < 0.25
    assert "mitigated" not in world.milestones


def test_a_replay_without_a_parser_that_can_read_brings_nothing_back() -> None:
    world = acted(SEEN, SHIM, (100, "replay:event-broker", {"into": "side-table", "span": "affected"}))
    assert world.total("staged.queued") == 0
    assert world.total("topic.failed") + world.total("total(topic.expired_failed)") > 100_000


def test_in_place_writes_copies_and_a_side_table_does_not() -> None:
    def copies(into: str) -> int:
        world = acted(SEEN, READER, (110, "replay:event-broker", {"into": into, "span": "everything"}))
        return world.total("total(topic.duplicates)")

    assert copies("in-place") > 1_000_000
    assert copies("side-table") == 0


def test_keeping_longer_fills_the_disk_unless_there_is_room() -> None:
    alone = acted((60, "extend:event-broker", {}))
    roomy = acted((60, "scale:event-broker", {}), (90, "extend:event-broker", {}))
    assert max(alone.measured("broker-disk")) > 900 > max(roomy.measured("broker-disk"))
    assert alone.total("total(ingest.abandoned)") > 100_000
    assert roomy.total("total(ingest.abandoned)") == 0
    assert roomy.loss()["unrecoverable"] == 0


def test_pausing_the_stream_keeps_what_pausing_the_loader_does_not() -> None:
    stream = acted((60, "pause:enrich-stream", {}))
    loader = acted((60, "pause:warehouse-loader", {}))
    assert stream.losing()[80] < 2_000 < loader.losing()[80]


def test_a_rule_of_ones_own_pages_from_the_moment_it_exists() -> None:
    world = acted((30, "configure:monitoring", {"setting": "checks"}))
    assert any(each.kind == "alert" and each.data["alert"] == "own-coverage" for each in world.events)


# The auto-players.


def test_of_the_four_only_reference_and_typical_stop_it() -> None:
    stopped = {name: "mitigated" in played(name)[2].milestones for name in ("reference", "typical", "idle", "harmful")}
    assert stopped == {"reference": True, "typical": True, "idle": False, "harmful": False}


def test_the_reference_brings_back_everything_and_bills_nobody_on_half_of_it() -> None:
    run, seat, world = played("reference")
    assert not run.refused
    assert world.loss()["recoverable"] == world.loss()["unrecoverable"] == 0
    assert "resolved" in world.milestones
    missed = [
        each.data["inject"] for each in world.events if each.kind == "expectation" and each.data["state"] == "missed"
    ]
    assert missed == []
    held = evidence_of(run, seat, "hold-billing")
    assert [each["text"] for each in seat.evidence() if each["id"] in held] == [
        "On hold. Invoicing waits until 18:00 UTC at the latest."
    ]


def test_the_reference_meets_the_false_all_clear_and_does_not_take_it() -> None:
    _, _, world = played("reference")
    asked = next(each for each in world.events if each.kind == "message" and each.data["inject"] == "all-clear")
    met = next(
        each
        for each in world.events
        if each.kind == "expectation" and each.data["inject"] == "all-clear" and each.data["state"] == "met"
    )
    assert asked.t < met.t < world.milestones["resolved"]


@pytest.mark.parametrize("policy", ["reference", "typical"])
def test_whatever_an_auto_player_cites_it_has_seen(policy: str) -> None:
    run, seat, _ = played(policy)
    writes = run.policy.writes
    written = [*writes.whys, *writes.actions, *(each for kept in writes.sections.values() for each in kept)]
    assert len(written) > 15
    for statement in written:
        for label in statement.cites:
            assert evidence_of(run, seat, label), (statement.id, label)


def test_the_reference_writes_whys_on_all_branches_and_actions_of_every_strength() -> None:
    writes = next(each for each in scenario().policies if each.id == "reference").writes
    causes = [each for each in writes.whys if not each.ruled_out]
    assert len(causes) >= 12
    assert {each.branch for each in causes} == {"occurred", "undetected", "lasted", "recovered"}
    assert all(each.cites and each.sensible for each in causes)
    assert len(writes.actions) >= 9
    strength = ["eliminate", "automate", "guardrail", "document"]
    ranks = [strength.index(each.hierarchy) for each in writes.actions]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2, 3}
    leaves = {each.id for each in causes} - {each.because_of for each in causes}
    assert leaves <= {why for each in writes.actions for why in each.addresses}
    assert all(each.done_when and each.bypass and each.side_effect for each in writes.actions)


@pytest.mark.parametrize("variant", [each.id for each in scenario().variants])
def test_each_variant_loses_when_left_alone(variant: str) -> None:
    world = World(scenario(), 1, variant)
    world.advance(scenario().duration + 1)
    assert sum(world.loss().values()) > 1_000_000
    assert "mitigated" not in world.milestones
