"""The past of an exercise is what its seat showed at that moment, whatever was looked at before."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from incidentsim.exercise import runs
from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.past import REFUSAL, PastSeat
from incidentsim.exercise.policies import play, policy_of
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.units import HOUR, MINUTE
from tests.exercise.runs import setting
from tests.exercise.test_runs import play as play_a_little
from tests.exercise.test_runs import started

ROWS = 20
"""So many of the newest rows are compared as text; of the others there are counts."""


def shown(seat: Seat) -> dict[str, str]:
    """Everything that a seat gives now, by the name of what gives it, as JSON text."""
    now, log = seat.now, seat.log()
    inbox = seat.inbox()
    plots = [each["id"] for each in seat.signals(0, None, 1)]
    given = {
        "briefing": seat.briefing(),
        "frame": seat.frame(0),
        "status": seat.status(),
        "signals": seat.signals(0, None, 60),
        "samples": [seat.samples(each) for each in plots],
        "budgets": seat.budgets(),
        "inbox": inbox,
        "message": [seat.message(each["id"]) for each in inbox],
        "query_of": [seat.query_of(each["id"]) for each in inbox],
        "standing": seat.standing(),
        "alerts": seat.alerts(),
        "changes": seat.changes(),
        "runbooks": seat.runbooks(),
        "runbook": [seat.runbook(each) for each in seat.runbooks()],
        "find_in_runbooks": seat.find_in_runbooks("lag"),
        "evidence": seat.evidence(),
        "hypotheses": seat.hypotheses(),
        "incident_record": seat.incident_record(),
        "timeline": seat.timeline(),
        "log": [log.size(), log.lines(log.size() - ROWS, log.size()), log.filtered(level="ERROR").size()],
        "rows": seat.rows(max(0, now - MINUTE), now + HOUR, ROWS),
        "row_counts": seat.row_counts(0, max(1, now), 12),
    }
    return {name: json.dumps(value, sort_keys=True, ensure_ascii=False) for name, value in given.items()}


class WatchedSeat(Seat):
    """A seat that keeps what it shows whenever time goes on, after all that was done at that moment."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__(exercise)
        self.seen: dict[int, dict[str, str]] = {}

    def watch(self) -> None:
        if self._exercise.ledger.ended_at is None:
            self.seen[self.now] = shown(self)

    def advance(self, milliseconds: int) -> dict[str, Any]:
        self.watch()
        before = len(self.frame(0)["events"])
        end = self.now + milliseconds
        while self.now < end and not self._exercise.over:
            super().advance(min(end - self.now, 7 * MINUTE + 13_337))
            self.watch()
        return self.frame(before)

    def do(self, verb: str, target: str = "", arguments: dict[str, Any] | None = None, **args: Any) -> dict[str, Any]:
        if verb == "end":
            self.watch()
        return super().do(verb, target, arguments, **args)


@functools.cache
def flagship() -> tuple[PastSeat, dict[int, dict[str, str]]]:
    """The flagship as its reference policy played it: its past, and what its seat showed at many moments."""
    known = setting_for("inc-2024-0312", seed=3)
    seat = WatchedSeat(Exercise(known))
    play(policy_of(known.scenario, "reference"), seat)
    return PastSeat.of(seat._exercise), seat.seen


@examples(max_examples=60, deadline=None)
@given(data=st.data())
def test_at_any_moment_each_thing_is_what_the_live_seat_gave(data: st.DataObject) -> None:
    past, seen = flagship()
    for t in data.draw(st.lists(st.sampled_from(sorted(seen)), min_size=1, max_size=3), label="moments"):
        assert past.go_to(t) == past.now == t
        given = shown(past)
        for name, text in seen[t].items():
            assert given[name] == text, f"{name} at {t}"


def test_many_moments_are_compared_most_of_them_with_something_done() -> None:
    past, seen = flagship()
    assert len(seen) > 80
    assert len({each["t"] for each in past.story() if each["own"]}) > 40
    last = seen[max(seen)]
    assert all(len(last[name]) > 2 for name in last)


@examples(max_examples=40, deadline=None)
@given(moments=st.lists(st.integers(0, 40 * MINUTE), min_size=1, max_size=4))
def test_the_way_to_a_moment_makes_no_difference(moments: list[int]) -> None:
    exercise = Exercise(setting())
    play_a_little(Seat(exercise))
    past, direct = PastSeat.of(exercise), PastSeat.of(exercise)
    for t in moments:
        past.go_to(t)
    assert past.now == min(moments[-1], exercise.now)
    direct.go_to(moments[-1])
    assert shown(past) == shown(direct)


def small() -> Exercise:
    exercise = Exercise(setting())
    play_a_little(Seat(exercise))
    return exercise


def test_nothing_is_done_in_the_past_and_the_refusal_says_what_can_be_done() -> None:
    exercise = small()
    past = PastSeat.of(exercise)
    before, commands = shown(past), len(exercise.commands)
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("note", "", {"text": "late"}),
        ("open", "M-0001", {}),
        ("declare", "SEV1", {}),
    ]
    for verb, target, args in asked:
        assert past.do(verb, target, args) == {"status": "refused", "text": REFUSAL}
    assert past.do("note", "", {"text": "late"})["status"] == "refused"
    assert shown(past) == before
    assert len(exercise.commands) == commands
    assert "F6" in REFUSAL


def test_looking_back_does_not_touch_the_exercise() -> None:
    exercise = small()
    before = shown(Seat(exercise))
    past = PastSeat.of(exercise)
    past.go_to(22 * MINUTE)
    assert past.status()["severity"] == ""
    assert shown(Seat(exercise)) == before


def test_a_moment_outside_of_play_is_its_start_or_its_end() -> None:
    exercise = small()
    past = PastSeat.of(exercise)
    assert past.now == past.last == exercise.now
    assert past.go_to(-5) == 0
    assert past.go_to(10 * HOUR) == exercise.now
    past.tick()
    assert past.now == exercise.now


def test_what_came_after_play_is_no_part_of_it() -> None:
    exercise = small()
    live = Seat(exercise)
    expected = shown(live)
    live.do("end")
    assert live.do("open", "signal:lag")["status"] == "ok"
    assert live.do("note", text="written in the debrief")["status"] == "ok"
    past = PastSeat.of(exercise)
    assert shown(past) == expected
    assert past.status()["state"] != "ended"
    assert not any(each["text"] == "written in the debrief" for each in past.story())


def test_waiting_goes_on_to_the_next_arrival_and_not_past_the_end() -> None:
    past = PastSeat.of(small())
    past.go_to(0)
    assert past.wait(30 * MINUTE)["events"]
    assert 0 < past.now < past.last
    past.go_to(past.last)
    assert past.wait() == {**past.frame(len(past.frame(0)["events"])), "due": []}
    assert past.now == past.last


def test_the_story_names_what_was_done_and_what_rang() -> None:
    past, _ = flagship()
    story = past.story()
    assert story == sorted(story, key=lambda each: each["t"])
    pages = [each["text"] for each in story if not each["own"]]
    assert any(text.startswith("page: ") for text in pages)
    assert not any(text.startswith("ended: ") for text in pages)
    counted = sum(each["verb"] in ("query", "search") for each in commands_of(past))
    assert sum(each["own"] and each["kind"] in ("query", "search") for each in story) == counted


def commands_of(past: PastSeat) -> list[dict[str, Any]]:
    return [each.to_json() for each in past._played]


@pytest.mark.parametrize("at", [0, 24 * MINUTE, 30 * MINUTE])
def test_a_fork_at_a_moment_begins_with_what_the_past_shows_there(at: int, tmp_path: Any) -> None:
    exercise = started(tmp_path / "whole.journal")
    past = PastSeat.of(exercise)
    past.go_to(at)
    runs.fork(tmp_path / "whole.journal", at, tmp_path / "fork.journal", "forked")
    forked, journal = runs.resume(tmp_path / "fork.journal")
    with journal:
        assert shown(Seat(forked)) == shown(past)
