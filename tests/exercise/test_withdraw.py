"""Calling off: what waits does not begin, what runs stops and comes to nothing, and nobody is lost by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.assessment.facts import Facts
from incidentsim.case.document import Case
from incidentsim.exercise import runs
from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.units import MINUTE
from incidentsim.timeline.records import timeline

FLAGSHIP = "inc-2024-0312"


def begun() -> Seat:
    seat = Seat(Exercise(setting_for(FLAGSHIP)))
    seat.advance(30 * MINUTE)
    return seat


def numbers(seat: Seat) -> dict[str, str]:
    return {each["number"]: each["state"] for each in seat.status()["running"]}


def inbox_results(seat: Seat) -> list[dict[str, Any]]:
    return [each for each in seat.inbox() if each["channel"] in ("result", "reply", "query")]


def test_what_runs_stops_frees_its_hands_and_comes_to_nothing() -> None:
    seat = begun()
    free = seat.status()["hands_free"]
    ref = seat.do("act", "roll-back:schema-registry")["ref"]
    seat.advance(MINUTE)
    assert numbers(seat) == {ref: "started"}
    assert seat.status()["hands_free"] == free - 1
    assert seat.do("withdraw", ref)["status"] == "ok"
    assert seat.status()["running"] == []
    seat.advance(MINUTE)
    assert seat.status()["hands_free"] == free
    seat.advance(60 * MINUTE)
    assert inbox_results(seat) == []
    assert not any(each.kind == "outcome" for each in seat._exercise.world.events)


def test_what_waits_leaves_the_queue_and_who_is_behind_it_goes_first() -> None:
    seat = begun()
    refs = [
        seat.do("act", f"diff:{name}")["ref"] for name in ("ingest-api", "warehouse", "enrich-stream", "mobile-app")
    ]
    seat.advance(1000)
    waiting = [name for name, state in numbers(seat).items() if state == "queued"]
    assert waiting
    seat.do("withdraw", waiting[0])
    seat.advance(20 * MINUTE)
    assert len(inbox_results(seat)) == len(refs) - 1
    assert seat.status()["hands_free"] == seat.status()["hands"]


def test_what_cannot_be_called_off_says_why() -> None:
    seat = begun()
    asked = seat.do("ask", "data-engineer", topic="processing")["ref"]
    seat.advance(MINUTE)
    assert "asked already" in seat.do("withdraw", asked)["text"]
    assert "nothing under way" in seat.do("withdraw", "T-0999")["text"]
    assert "nothing under way" in seat.do("withdraw", "no number")["text"]
    done = seat.do("act", "inspect:warehouse")["ref"]
    seat.advance(30 * MINUTE)
    assert "that is over" in seat.do("withdraw", done)["text"]
    off = seat.do("act", "inspect:warehouse")["ref"]
    seat.do("withdraw", off)
    assert seat.do("withdraw", off)["status"] == "refused"


def test_it_is_in_the_record_the_timeline_and_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "exercise.journal"
    exercise, journal = runs.start(setting_for(FLAGSHIP), path)
    seat = Seat(exercise)
    seat.advance(30 * MINUTE)
    ref = seat.do("act", "pause:enrich-stream")["ref"]
    seat.advance(MINUTE)
    seat.do("withdraw", ref)
    before = seat.status()
    journal.close()
    exercise, journal = runs.resume(path)
    seat = Seat(exercise)
    assert seat.status()["running"] == before["running"] == []
    assert any("called off: Pause" in row["text"] for row in seat.timeline())
    seat.do("end")
    journal.close()
    record = runs.read_record(path)
    assert any(row.what.startswith("Called off: Pause") for row in timeline(record))
    assert Facts(record, Case()).acts == ()
    assert runs.verify(path).difference is None


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("diff:warehouse", "pause:enrich-stream", "reconcile:warehouse", "ask", "off")),
            st.integers(0, 6),
            st.integers(0, 400_000),
        ),
        max_size=14,
    )
)
def test_hands_are_never_lost_nor_made(steps: list[tuple[str, int, int]]) -> None:
    seat = begun()
    refs: list[str] = []
    for what, which, wait in steps:
        if what == "ask":
            refs.append(seat.do("ask", "bi-analyst", text="anything odd?")["ref"])
        elif what == "off":
            if refs:
                seat.do("withdraw", refs[which % len(refs)])
        else:
            refs.append(seat.do("act", what)["ref"])
        seat.advance(wait)
        status = seat.status()
        assert 0 <= status["hands_free"] <= status["hands"]
    seat.advance(200 * MINUTE)
    status = seat.status()
    assert status["running"] == []
    assert status["hands_free"] == status["hands"]
