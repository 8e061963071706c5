"""Questions in one's own words: they are heard as what the person can speak about, and the reply says what was asked."""

from __future__ import annotations

from typing import Any

from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.units import MINUTE


def asked(person: str, **question: str) -> dict[str, Any]:
    seat = Seat(Exercise(setting_for("inc-2024-0312")))
    seat.advance(30 * MINUTE)
    assert seat.do("ask", person, question)["status"] == "ok"
    seat.advance(30 * MINUTE)
    header = next(each for each in seat.inbox() if each["channel"] == "reply")
    message = seat.message(header["id"])
    assert message is not None
    return message


def test_a_question_that_fits_two_topics_goes_to_the_one_this_person_can_answer() -> None:
    both = "Did the gap between the dashboards begin with a release?"
    assert asked("release-engineer", text=both)["text"] == asked("release-engineer", topic="release")["text"]
    assert asked("bi-analyst", text=both)["text"] == asked("bi-analyst", topic="difference")["text"]


def test_more_words_of_one_topic_outweigh_the_order_of_the_document() -> None:
    text = "Before I replay or backfill: which version?"
    assert asked("app-lead", text=text)["text"] == asked("app-lead", topic="replay")["text"]


def test_the_reply_says_what_was_asked() -> None:
    assert asked("bi-analyst", topic="clocks")["title"].endswith(": Clocks and week-over-week")
    assert asked("bi-analyst", text="is it\nthe clocks?")["title"].endswith(": is it the clocks?")
    long = asked("bi-analyst", text="the clocks " * 20)["title"]
    assert long.endswith("…")
    assert len(long) < 120
