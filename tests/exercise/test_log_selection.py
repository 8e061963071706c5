"""Filters of the log against the plain way: read every row and ask every filter."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.log_filter import LEVEL_ORDER, filter_of
from incidentsim.exercise.log_reach import can_say
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.units import MINUTE
from incidentsim.text.problem import Problem

STOP = 42 * MINUTE


@cache
def played() -> tuple[Seat, list[dict]]:
    seat = Seat(Exercise(setting_for("inc-2024-0312")))
    for _ in range(60):
        seat.advance(42_000)
        seat.log().size()
    view = seat.log()
    return seat, view.lines(0, view.size())


def passes(row, one) -> bool:
    if not one.get("on", True):
        return True
    text, value = row["text"], one["value"]
    match one["kind"]:
        case "level":
            found = LEVEL_ORDER[row["level"]] >= LEVEL_ORDER[value]
        case "service":
            found = row["service"] == value
        case "like":
            found = row["address"].split(":")[1] == value
        case "text":
            found = value.casefold() in text.casefold()
        case _:
            found = re.search(value, text, re.IGNORECASE) is not None
    return found is not one.get("exclude", False)


def naive(filters) -> list[int]:
    _, rows = played()
    return [at for at, row in enumerate(rows) if all(passes(row, each) for each in filters)]


@st.composite
def some_filters(draw):
    _, rows = played()
    filters = []
    for _ in range(draw(st.integers(0, 3))):
        row = rows[draw(st.integers(0, len(rows) - 1))]
        start = draw(st.integers(0, max(0, len(row["text"]) - 1)))
        piece = row["text"][start : start + draw(st.integers(1, 12))]
        kind, value = draw(
            st.sampled_from(
                [
                    ("level", row["level"]),
                    ("service", row["service"]),
                    ("text", piece),
                    ("text", piece.upper()),
                    ("regex", re.escape(piece)),
                    ("regex", r"\d{4,}"),
                    ("like", row["address"].split(":")[1]),
                ]
            )
        )
        filters.append({"kind": kind, "value": value, "exclude": draw(st.booleans()), "on": draw(st.booleans())})
    return filters


@settings(max_examples=60, deadline=None)
@given(some_filters(), st.integers(1, 5000))
def test_filters_together_give_what_reading_every_row_gives(filters, cost):
    seat, _ = played()
    view = seat.log().selected(filters)
    while not view.scan(cost):
        pass
    expected = naive(filters)
    assert view.size() == len(expected)
    assert [view.index(position) for position in range(view.size())] == expected
    for position in (0, len(expected) // 2):
        if position < len(expected):
            assert view.position(view.index(position)) == position


def test_rows_that_arrive_are_found_as_if_they_had_been_there():
    filters = [{"kind": "text", "value": "app=8"}, {"kind": "level", "value": "INFO"}]
    seat = Seat(Exercise(setting_for("inc-2024-0312")))
    early = seat.log().selected(filters)
    for _ in range(40):
        seat.advance(7_000)
        early.size()
        early.scan(50)
    while not early.scan():
        pass
    late = seat.log().selected(filters)
    while not late.scan():
        pass
    indices = [early.index(position) for position in range(early.size())]
    assert indices == [late.index(position) for position in range(late.size())]
    assert indices


def test_the_newest_rows_are_found_first():
    seat, rows = played()
    view = seat.log().selected([{"kind": "regex", "value": "[0-9]"}])
    assert view.size() == 0
    view.scan(100)
    assert 0 < view.seen < 1
    assert not view.complete
    assert view.index(view.size() - 1) == naive([{"kind": "regex", "value": "[0-9]"}])[-1]
    assert view.index(0) > len(rows) // 2


def test_the_histogram_counts_what_passes_and_what_is_loud():
    seat, rows = played()
    edges = list(range(0, STOP + 1, MINUTE))
    for filters in ([], [{"kind": "level", "value": "WARN"}], [{"kind": "text", "value": "e", "exclude": True}]):
        view = seat.log().selected(filters)
        while not view.scan():
            pass
        every, loud = view.counts(edges)
        hits = [rows[at] for at in naive(filters)]
        assert every == [sum(start <= row["t"] < start + MINUTE for row in hits) for start in edges[:-1]]
        assert sum(loud) == sum(row["level"] in ("WARN", "ERROR", "FATAL") for row in hits)


def test_a_run_of_one_pattern_begins_where_the_pattern_changes():
    seat, rows = played()
    starts = seat.log().runs().tolist()
    patterns = [row["address"].split(":")[1] for row in rows]
    assert starts == [at for at in range(len(rows)) if at == 0 or patterns[at] != patterns[at - 1]]


def test_most_rows_are_decided_by_their_pattern():
    seat, rows = played()
    read = []
    for text in ("heartbeat", "TolerantParser", "zzz", "partition=carts"):
        view = seat.log().selected([{"kind": "text", "value": text}])
        selection = view._selection
        read.append(sum(selection._reading(block, first, last)
                        for block, first, last, _ in seat._exercise.store.pieces(0, len(rows))))  # fmt: skip
    assert max(read) < len(rows) * 0.3


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("regex", "(", "cannot be read"),
        ("regex", "a{99999999999}", "cannot be read"),
        ("level", "LOUD", "no level"),
        ("colour", "red", "no filter"),
        ("text", "", "something to look for"),
        ("text", "x" * 501, "something to look for"),
    ],
)
def test_what_cannot_be_a_filter_is_refused_in_words(kind, value, said):
    with pytest.raises(Problem, match=said):
        filter_of(kind, value)


LETTERS = st.text("abc1", max_size=4)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(LETTERS, st.text("b1,", max_size=3)), min_size=1, max_size=3), LETTERS, st.data())
def test_a_pattern_is_never_said_to_lack_what_one_of_its_rows_holds(parts, tail, data):
    literals = [literal for literal, _ in parts] + [tail]
    alphabets = [field for _, field in parts]
    shown = [data.draw(st.text(field, max_size=4)) if field else "" for field in alphabets]
    text = "".join(a + b for a, b in zip(literals, [*shown, ""], strict=True))
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        needle = text[start : data.draw(st.integers(start + 1, len(text)))]
        assert can_say(needle, literals, alphabets)


def test_a_pattern_is_said_to_lack_what_no_way_through_it_spells():
    assert not can_say("timed out", ["request took ", " ms"], ["0123456789"])
    assert can_say("took 12", ["request took ", " ms"], ["0123456789"])
    assert not can_say("ms1", ["request took ", " ms"], ["0123456789"])
