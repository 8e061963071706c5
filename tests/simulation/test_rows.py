"""Which rows there are is decided by seed and state alone, however and whenever they are looked at."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.scenario.logs import TimedEvent
from incidentsim.simulation.rows import Row
from incidentsim.simulation.streams import below, stream_key
from tests.simulation.patterns import MINUTE, engine, pattern

STEP = 20_000
HOUR_OF_STEPS = 180
COLUMNS = {
    "rate": [(step * 137) % 9_000 for step in range(HOUR_OF_STEPS)],
    "on": [1000 * (step // 20 % 2) for step in range(HOUR_OF_STEPS)],
    "lag": [step * 1_500 for step in range(HOUR_OF_STEPS)],
}
EVENTS = tuple(
    TimedEvent(at=at, text=f"scripted {number}", service="deploys")
    for number, at in enumerate((120_000, 5_000, 120_000, 3_599_999, 0))
)
EXTRA = [(0, "edge", "WARN", "first"), (120_000, "edge", "INFO", "second"), (3_000_001, "pipe", "ERROR", "third")]
ENGINE = engine(
    pattern(id="steady", most=7),
    pattern(id="rated", most=9, rate="rate", text="n={n} lag={lag}", fields={
        "n": {"kind": "integer", "low": 0, "high": 99},
        "lag": {"kind": "value", "value": "lag", "jitter": 5_000, "decimals": 1},
    }),
    pattern(id="at-times", most=5, when="on", text="{id}", fields={"id": {"kind": "hex"}}),
    events=EVENTS, step=STEP,
)  # fmt: skip
END = HOUR_OF_STEPS * STEP
WHOLE = ENGINE.block(0, END, COLUMNS, EXTRA)


def rows(start: int, end: int, **columns: list[int]) -> list[Row]:
    return ENGINE.block(start, end, {**COLUMNS, **columns}, EXTRA).rows()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, END), max_size=30))
def test_slices_give_the_same_rows_as_the_whole(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), END]
    blocks = [ENGINE.block(start, end, COLUMNS, EXTRA) for start, end in pairwise(edges)]
    assert [row for block in blocks for row in block.rows()] == WHOLE.rows()
    assert b"".join(block.encoded() for block in blocks) == WHOLE.encoded()


def test_a_slice_needs_no_column_beyond_its_end() -> None:
    cut = {name: column[:90] for name, column in COLUMNS.items()}
    assert ENGINE.block(0, 90 * STEP, cut, EXTRA).rows() == rows(0, 90 * STEP)


def test_what_is_not_computed_yet_is_not_written_yet() -> None:
    cut = {name: column[:90] for name, column in COLUMNS.items()}
    scripted = [row for row in WHOLE.rows() if row.pattern in {"event", "effect"}]
    early = ENGINE.block(0, END, cut, EXTRA).rows()
    assert [row for row in early if row.t >= 90 * STEP] == [row for row in scripted if row.t >= 90 * STEP]
    late = next(row for row in WHOLE.rows() if row.pattern == "rated" and row.t >= 90 * STEP)
    assert ENGINE.find("rated", late.index, cut, EXTRA, END) is None


def test_rows_are_in_the_order_of_time_pattern_and_index() -> None:
    rank = {name: number for number, name in enumerate(("steady", "rated", "at-times", "event", "effect"))}
    order = [(row.t, rank[row.pattern], row.index) for row in WHOLE.rows()]
    assert order == sorted(order)
    assert len(set(order)) == len(order)


def test_rows_of_one_moment_stand_in_the_order_of_patterns_then_events_then_effects() -> None:
    # So many rows a minute that nearly every millisecond has some of each pattern.
    dense = engine(*(pattern(id=each, most=6_000) for each in ("b", "a", "c")),
                   events=tuple(TimedEvent(at=at, text="x") for at in range(2_000)))  # fmt: skip
    block = dense.block(0, 2_000, {}, [(at, "edge", "INFO", "y") for at in range(2_000)])
    ranks = [(row.t, ("b", "a", "c", "event", "effect").index(row.pattern)) for row in block.rows()]
    assert ranks == sorted(ranks)
    assert {rank for _, rank in ranks} == {0, 1, 2, 3, 4}


def test_one_row_looked_at_says_what_it_says_among_all() -> None:
    assert [WHOLE.row(position) for position in range(len(WHOLE))] == WHOLE.rows()
    assert WHOLE.row(-1) == WHOLE.rows()[-1]
    assert WHOLE.text(3) == WHOLE.rows()[3].text
    assert [WHOLE.time(position) for position in range(len(WHOLE))] == [row.t for row in WHOLE.rows()]


def test_a_part_of_a_block_holds_its_rows_between_two_positions() -> None:
    part = WHOLE.part(100, 180)
    assert part.rows() == WHOLE.rows()[100:180]
    assert part.encoded().splitlines() == WHOLE.encoded().splitlines()[100:180]


def test_an_address_leads_to_the_same_row() -> None:
    for row in WHOLE.rows():
        assert ENGINE.find(row.pattern, row.index, COLUMNS, EXTRA, END) == row
        assert ENGINE.find(row.pattern, row.index, COLUMNS, EXTRA, row.t + 1) == row
        assert ENGINE.find(row.pattern, row.index, COLUMNS, EXTRA, row.t) is None


def test_an_address_without_a_row_leads_nowhere() -> None:
    written = {(row.pattern, row.index) for row in WHOLE.rows()}
    for name in ("steady", "rated", "at-times", "event", "effect", "nobody"):
        for index in (*range(-2, 600), 10**15):
            if (name, index) not in written:
                assert ENGINE.find(name, index, COLUMNS, EXTRA, END) is None


def test_another_seed_gives_other_rows() -> None:
    first, second = (engine(pattern(), seed=seed).block(0, END, {}).rows() for seed in (1, 2))
    assert [row.t for row in first] != [row.t for row in second]


def test_a_pattern_without_a_rate_fills_each_of_its_slots() -> None:
    steady = [row for row in WHOLE.rows() if row.pattern == "steady"]
    assert [row.index for row in steady] == list(range(7 * 60))
    for row in steady:
        minute, part = divmod(row.index, 7)
        assert minute * MINUTE + part * MINUTE // 7 <= row.t < minute * MINUTE + -(-(part + 1) * MINUTE // 7)


def test_nothing_is_written_where_the_condition_is_zero() -> None:
    steps = [row.t // STEP for row in WHOLE.rows() if row.pattern == "at-times"]
    assert len(steps) > 100
    assert all(COLUMNS["on"][step] for step in steps)


def test_the_number_of_rows_follows_the_rate() -> None:
    columns = {"rate": [0] * 60 + [2_500] * 60 + [40_000] * 60 + [99_000] * 60}
    only = engine(pattern(most=40, rate="rate"))
    counts = [len(only.block(first * MINUTE, (first + 60) * MINUTE, columns)) for first in (0, 60, 120, 180)]
    assert counts[0] == 0
    # 2.5 a minute over an hour; a tenth of a row less or more a minute is a chance of one in a thousand.
    assert 110 <= counts[1] <= 190
    assert counts[2:] == [2_400, 2_400]


def test_a_row_appears_as_soon_as_the_rate_is_above_its_draw() -> None:
    only = engine(pattern(most=6, rate="rate"))
    for index in range(60):
        drawn = below(stream_key(1, "row:p:rate"), index, 6_000)
        there = [only.find("p", index, {"rate": [rate] * 10}, (), 10 * MINUTE) for rate in (drawn, drawn + 1)]
        assert [row is not None for row in there] == [False, True]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, HOUR_OF_STEPS - 1), st.integers(0, 9_000))
def test_a_change_of_state_shifts_no_other_row(step: int, rate: int) -> None:
    changed = list(COLUMNS["rate"])
    changed[step] = rate
    elsewhere: list[list[Row]] = [
        [row for row in each if row.pattern != "rated" or row.t // STEP != step]
        for each in (WHOLE.rows(), rows(0, END, rate=changed))
    ]
    assert elsewhere[0] == elsewhere[1]


def test_a_higher_rate_keeps_every_row_there_was() -> None:
    low, high = (rows(0, END, rate=[rate] * HOUR_OF_STEPS) for rate in (2_000, 6_000))
    assert {(row.pattern, row.index) for row in low} < {(row.pattern, row.index) for row in high}


def test_no_patterns_and_no_time_give_no_rows() -> None:
    for block in (engine().block(0, END, {}), ENGINE.block(700, 700, COLUMNS), ENGINE.block(900, 700, COLUMNS)):
        assert len(block) == 0
        assert block.rows() == []
        assert block.encoded() == b""


def test_expressions_are_named_once_each() -> None:
    field: dict[str, Any] = {"kind": "value", "value": "rate"}
    several = engine(pattern(rate="rate", when="on", text="{f}", fields={"f": field}), pattern(id="q", when="rate"))
    assert several.expressions() == ("rate", "on")
