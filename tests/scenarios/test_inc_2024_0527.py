"""The second scenario: what its content promises to trainees, and keeps."""

from __future__ import annotations

import functools
import re

import pytest

from incidentsim.assessment.scorecard import assess
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.document import Scenario
from incidentsim.scenario.library import find, runbook
from incidentsim.scenario.loading import LoadedScenario, load
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.world import World

HONEST = ("reference", "typical", "idle", "harmful")
VARIANTS = ("early-refresh", "old-dump", "later", "half")
GIVEAWAYS = ("empty", "wrong host", "overwrit", "remov", "delet", "lost", "missing", "no backup", "fault", "root cause")
BLAME = re.compile(
    r"\b(?:careless\w*|mistake\w*|blame\w*|guilt\w*|should have known|negligen\w*|stupid\w*)\b", re.IGNORECASE
)
Step = tuple[int, str, dict[str, str]]
"""An action: its minute, verb and target, options."""

REQUESTS: Step = (170, "configure:booking-api", {"setting": "mode-requests"})
HOLD: Step = (176, "hold:test-host", {})
RESTORE: Step = (185, "restore:test-host", {"which": "newest", "way": "copy-to-b"})
REPLAY: Step = (330, "replay:event-journal", {"span": "since-copy"})
LONGER: Step = (190, "extend:event-journal", {})


@functools.cache
def loaded() -> LoadedScenario:
    return load(find("inc-2024-0527"))


def scenario() -> Scenario:
    return loaded().scenario


def exercise(seed: int = 1, variant: str | None = None) -> Exercise:
    return Exercise(Setting(scenario(), loaded().raw, loaded().hash, seed, variant=variant))


@functools.cache
def scored(policy_id: str, seed: int, variant: str | None = None) -> tuple[int, World]:
    run = exercise(seed, variant)
    seat = Seat(run)
    played = play(next(each for each in scenario().policies if each.id == policy_id), seat)
    record = run.record()
    return assess(record, written_case(played, seat, record)).score, record.world


def acted(*commands: Step, variant: str | None = None) -> World:
    """The world at its end after actions at minutes."""
    run = exercise(variant=variant)
    seat = Seat(run)
    for minute, target, args in commands:
        seat.advance(minute * MINUTE - seat.now)
        assert seat.do("act", target, dict(args))["status"] == "ok"
    seat.advance(scenario().duration - seat.now)
    return run.world


# The document.


def test_nothing_in_it_is_unresolved_and_nothing_is_doubtful() -> None:
    assert loaded().warnings == ()


def test_what_a_trainee_can_choose_from_gives_nothing_away() -> None:
    document = scenario()
    shown = [document.id, document.title, *document.runbooks]
    shown += [each.title for each in document.verbs] + [each.title for each in document.services]
    shown += [each.title for each in document.signals if each.measured] + [each.title for each in document.topics]
    shown += [each.title for each in document.datasets] + [each.title for each in document.personas]
    assert [each for each in shown if any(word in each.lower() for word in GIVEAWAYS)] == []


def test_no_text_of_it_blames_anybody() -> None:
    texts = [answer.text for each in scenario().personas for answer in (*each.answers, *each.interview)]
    texts += [each.text for each in scenario().injects]
    texts += [outcome.text + outcome.harm_text for each in scenario().actions for outcome in each.outcomes]
    texts += [each.text for each in scenario().truth.conditions]
    assert [each for each in texts if BLAME.search(each)] == []


def test_the_runbook_for_the_standby_is_the_one_that_is_out_of_date() -> None:
    texts = {name: runbook(name) for name in scenario().runbooks}
    assert all("Owner:" in text for text in texts.values())
    assert [name for name, text in texts.items() if "host B serves" in text] == ["standby-rebuild"]


# Policies.


@pytest.mark.parametrize("seed", [1, 2])
def test_scores_are_in_order_and_reading_alone_brings_nothing_back(seed: int) -> None:
    scores = {policy: scored(policy, seed)[0] for policy in HONEST}
    assert scores["reference"] >= scores["typical"] + 10
    assert scores["typical"] >= max(scores["idle"], scores["harmful"]) + 10
    assert "resolved" in scored("reference", seed)[1].milestones
    assert "mitigated" not in scored("idle", seed)[1].milestones


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_reference_response_resolves_every_variant_and_stays_ahead(variant: str) -> None:
    score, world = scored("reference", 1, variant)
    assert "resolved" in world.milestones
    assert score >= scored("typical", 1, variant)[0] + 10


# Its clocks.


def test_the_refresh_replaces_the_one_good_copy_in_the_middle_of_its_restore_unless_it_is_held() -> None:
    let = acted(REQUESTS, RESTORE)
    held = acted(REQUESTS, HOLD, RESTORE)
    assert held.loss()["recoverable"] < 60_000 < 500_000 < let.column("bookings.missing")[-1]
    assert sum(let.column("bookings.restored")[4 * 60 + 12 :]) == 0


def test_in_one_variant_the_refresh_comes_before_a_restore_can_begin() -> None:
    world = acted(REQUESTS, (200, *RESTORE[1:]), variant="early-refresh")
    assert sum(world.column("bookings.restored")) == 0


def test_what_was_booked_after_the_copy_ages_out_of_the_journal_unless_it_is_kept_longer() -> None:
    late = acted(REQUESTS, HOLD, RESTORE, REPLAY)
    kept = acted(REQUESTS, HOLD, LONGER, RESTORE, REPLAY)
    assert late.loss()["unrecoverable"] > 3_000 + kept.loss()["unrecoverable"]


# Other good ways, and what is never lost track of.


@pytest.mark.parametrize("minute", [99, 150])
def test_a_second_person_beside_the_work_keeps_every_confirmed_booking(minute: int) -> None:
    world = acted((55, "pause:account-jobs", {}), (minute, "review:database-engineer", {}))
    assert sum(world.column("bookings.deleted")) == 0
    assert "resolved" in world.milestones


def test_a_copy_taken_beforehand_is_what_is_restored() -> None:
    world = acted((100, "copy:db-a", {}), REQUESTS, RESTORE)
    assert world.column("bookings.missing")[-1] < 20_000


@pytest.mark.parametrize("policy", [*HONEST, "beforehand"])
def test_every_booking_that_was_tried_is_served_waits_or_is_counted_as_a_loss(policy: str) -> None:
    world = scored(policy, 1)[1]
    written = "total(disk.lasting) + total(disk.phantom) + total(disk.clash) + total(requests.out)"
    waiting = "save.queued - save.stale + save.waiting"
    lost = world.loss()["not-taken"] + world.loss()["waiting"]
    assert world.total("total(callers.out)") == world.total(f"{written} + {waiting}") + lost
