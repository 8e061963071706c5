"""Waiting ends: with something to see, with the time asked for, and with the end of play."""

from __future__ import annotations

from tests.exercise.runs import seat

MINUTE = 60_000


def test_waiting_after_play_has_ended_returns_at_once() -> None:
    at = seat()
    at.advance(5 * MINUTE)
    at.do("end")
    assert at.wait(30 * MINUTE)["t"] == at.now == 5 * MINUTE


def test_waiting_stops_with_the_first_message_and_at_the_latest_when_it_was_asked_to() -> None:
    at = seat()
    before = at.now
    seen = at.wait(120 * MINUTE)
    assert [each["kind"] for each in seen["events"]] != []
    assert before < at.now <= 120 * MINUTE


def test_waiting_stops_at_the_players_own_deadlines_and_says_which() -> None:
    at = seat()
    at.do("announce", "internal", text="We look.", next_update=7)
    at.do("task", text="look at the disks", due=4 * MINUTE)
    stops = []
    while at.now < 8 * MINUTE:
        stops += [(at.now, each) for each in at.wait(5 * MINUTE)["due"]]
    assert stops == [
        (4 * MINUTE, "Task TD-01 is due: look at the disks"),
        (7 * MINUTE, "The update for internal is due."),
    ]
