"""When play is over: interviews by question, code and configuration, queries; all of it is learned after."""

from __future__ import annotations

from pathlib import Path

import pytest

from incidentsim.exercise import runs
from incidentsim.exercise.clues import shows
from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.looking import guarded_answer
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.library import entries
from incidentsim.scenario.units import MINUTE

FLAGSHIP = "inc-2024-0312"
COMPARE = {"datasets": ["ingest.accepted", "warehouse.served"], "by": ["app_version"]}


def ended(after: int = 40 * MINUTE) -> Seat:
    seat = Seat(Exercise(setting_for(FLAGSHIP)))
    seat.advance(after)
    seat.do("end")
    return seat


def test_why_is_answered_with_less_than_how_and_shows_nothing() -> None:
    seat = ended()
    how = seat.do("interview", "data-engineer", topic="processing", question="how")
    why = seat.do("interview", "data-engineer", topic="processing", question="why")
    texts = {each["id"]: each["text"] for each in seat.evidence()}
    told, guarded = texts[how["evidence"][0]], texts[why["evidence"][0]]
    assert len(guarded) < len(told)
    assert all(each["phase"] == "after" for each in seat.evidence())
    clues = seat._exercise.scenario.truth.clues
    held = {each.id: each for each in seat._exercise.ledger.evidence}
    assert any(shows(clue, held[how["evidence"][0]]) for clue in clues)
    assert not any(shows(clue, held[why["evidence"][0]]) for clue in clues)


@pytest.mark.parametrize("scenario", [each.id for each in entries()])
def test_nobody_says_more_to_why_than_to_how(scenario: str) -> None:
    answers = [one for person in setting_for(scenario).scenario.personas for one in person.interview]
    assert answers
    for answer in answers:
        assert len(guarded_answer(answer)) <= len(answer.text)


def test_a_question_that_there_is_not_is_refused() -> None:
    done = ended().do("interview", "data-engineer", topic="processing", question="whodunnit")
    assert done["status"] == "refused"
    assert "why" in done["text"]


def test_code_and_configuration_can_be_read_only_when_play_is_over() -> None:
    seat = Seat(Exercise(setting_for(FLAGSHIP)))
    seat.advance(20 * MINUTE)
    assert seat.excerpts() == []
    refused, nothing = seat.do("open", "excerpt:parser"), seat.do("open", "excerpt:no-such")
    assert refused == nothing
    seat.do("end")
    listed = seat.excerpts()
    assert listed
    assert all("text" not in each for each in listed)
    opened = seat.do("open", f"excerpt:{listed[0]['id']}")
    (evidence,) = [each for each in seat.evidence() if each["id"] == opened["evidence"][0]]
    assert (evidence["kind"], evidence["phase"]) == ("excerpt", "after")


def test_a_query_after_play_is_answered_at_once_over_all_that_was_played() -> None:
    seat = ended()
    done = seat.do("query", **COMPARE)
    assert done["status"] == "ok"
    message = seat.message(done["ref"])
    assert message is not None
    assert message["table"]["to"] == 40 * MINUTE
    (evidence,) = [each for each in seat.evidence() if each["id"] == done["evidence"][0]]
    assert evidence["phase"] == "after"
    assert seat.query_of(done["ref"]) == COMPARE
    lines = seat.do("search", text="schema", by="service")
    assert seat.message(lines["ref"])["table"]["rows"]
    kept = seat.do("keep", done["ref"], title="Accepted and served")
    assert any(each["id"].startswith(kept["ref"]) for each in seat.signals())


def test_the_same_query_in_play_and_after_gives_the_same_table() -> None:
    playing = Seat(Exercise(setting_for(FLAGSHIP)))
    playing.advance(37 * MINUTE)
    playing.do("query", **COMPARE)
    playing.advance(3 * MINUTE + 1)
    playing.do("end")
    table = next(playing.message(each["id"])["table"] for each in playing.inbox() if each["channel"] == "query")
    seat = ended()
    assert seat.message(seat.do("query", **COMPARE)["ref"])["table"] == table


def test_what_was_learned_after_is_in_the_journal_and_comes_again(tmp_path: Path) -> None:
    setting = setting_for(FLAGSHIP, exercise_id="x")
    path = tmp_path / "exercise.journal"
    exercise, journal = runs.start(setting, path)
    seat = Seat(exercise)
    seat.advance(40 * MINUTE)
    seat.do("end")
    asked = seat.do("query", **COMPARE)
    done = [
        asked,
        seat.do("open", "excerpt:parser"),
        seat.do("interview", "data-engineer", topic="processing", question="saw"),
        seat.do("keep", asked["ref"]),
    ]
    assert all(each["status"] == "ok" for each in done)
    before = (seat.evidence(), seat.inbox(), seat.signals())
    journal.close()
    runs.verify(path)
    again, journal = runs.resume(path)
    journal.close()
    seat = Seat(again)
    assert (seat.evidence(), seat.inbox(), seat.signals()) == before
