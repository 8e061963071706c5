"""The double has the shape of the real seat, so that what is proven with it holds in play."""

from __future__ import annotations

import pytest

from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.units import MINUTE
from tests.exercise.runs import setting
from tests.simulation.worlds import pipeline
from tests.tui.fake import FakeSeat


def lived(seat):
    """Things done in both seats, so that each list has something in it."""
    seat.do("query", datasets=["accepted"], by=["version"])
    seat.do("hypothesis", text="lag", confidence=40, state="open", **{"for": [], "against": []})
    seat.do("declare", "SEV2", text="numbers differ")
    seat.do("announce", "internal", text="we look", impact="", next_update=30)
    seat.do("note", text="noted")
    seat.do("pin", "signal:lag")
    seat.wait(10 * MINUTE)
    return seat


@pytest.fixture(scope="module")
def seats():
    return lived(Seat(Exercise(setting(pipeline())))), lived(FakeSeat())


def keys(value):
    """The keys of data, down through lists of objects."""
    if isinstance(value, dict):
        return {name: keys(each) for name, each in value.items()}
    return keys(value[0]) if isinstance(value, list) and value and isinstance(value[0], dict) else None


@pytest.mark.parametrize(
    "what", ["briefing", "status", "signals", "inbox", "evidence", "hypotheses", "incident_record", "runbooks"]
)
def test_the_double_gives_what_the_real_seat_gives(seats, what):
    real, double = (keys(getattr(seat, what)()) for seat in seats)
    for name, below in (real or {}).items():
        assert name in (double or {}), name
        if below and double[name]:
            assert set(below) <= set(double[name])
    assert set(double or {}) <= set(real or double or {})


def test_commands_are_answered_alike(seats):
    real, double = (seat.do("note", text="x") for seat in seats)
    assert set(real) == set(double)


def test_log_lines_have_the_same_parts():
    real = Seat(Exercise(setting({"events": [{"at": "1s", "text": "hello"}]})))
    real.advance(MINUTE)
    assert set(real.log().line(0)) == set(FakeSeat().log().line(0))
    assert real.log().filtered(text="hell").size() == 1
    assert real.log().filtered(exclude="hell", level="WARN", service="x").size() == 0


def test_the_table_of_a_count_has_the_same_parts(seats):
    tables = []
    for seat in seats:
        message = next(each for each in seat.inbox() if each["channel"] == "query")
        tables.append(set(seat.message(message["id"])["table"]))
    assert tables[0] == tables[1]
