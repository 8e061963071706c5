"""The fair clock: anchored, monotone, and nothing is lost by pausing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exercise.clock import FREE, Allowance, Clock

HOUR = 3_600_000
MINUTE = 60_000
PACES = st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=1000)
STEPS = st.lists(st.integers(0, 100_000), max_size=60)


class Wall:
    """A wall clock that goes when it is told to."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def __call__(self) -> int:
        return self.ms


def running(pace: Fraction | int = 8, limit: int = 10**15, allowance: Allowance = FREE) -> tuple[Wall, Clock]:
    wall = Wall()
    clock = Clock(wall, Fraction(pace), limit, allowance=allowance)
    assert clock.resume() is None
    return wall, clock


def test_six_hours_fit_into_a_format_of_45_minutes() -> None:
    wall = Wall()
    clock = Clock.fitted(wall, 6 * HOUR, 45 * MINUTE)
    clock.resume()
    assert clock.pace == 8
    wall.ms += 44 * MINUTE
    assert clock.now() == 44 * 8 * MINUTE
    wall.ms += MINUTE
    assert clock.now() == 6 * HOUR
    wall.ms += HOUR
    assert clock.now() == 6 * HOUR, "it stops at the end"


def test_it_starts_paused_where_it_is_told_and_that_is_no_pause() -> None:
    wall = Wall()
    clock = Clock(wall, Fraction(8), HOUR, start=5000)
    wall.ms += 60_000
    assert (clock.now(), clock.paused, clock.pauses_taken, clock.paused_ms) == (5000, True, 0, 0)
    clock.resume()
    wall.ms += 10
    assert (clock.now(), clock.paused) == (5080, False)


@given(PACES, STEPS)
def test_it_does_not_drift_however_often_it_is_looked_at(pace: Fraction, steps: list[int]) -> None:
    wall, clock = running(pace)
    for step in steps:
        wall.ms += step
        clock.now()
    assert clock.now() == int(sum(steps) * pace)


@given(PACES, st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=60))
def test_pausing_loses_and_gains_nothing(pace: Fraction, turns: list[tuple[int, int]]) -> None:
    wall, clock = running(pace)
    for run, rest in turns:
        wall.ms += run
        before = clock.now()
        assert clock.pause("reading aloud") is None
        wall.ms += rest
        assert clock.now() == before
        assert clock.resume() is None
    assert clock.now() == int(sum(run for run, _ in turns) * pace)
    assert [each.wall_ms for each in clock.pauses] == [rest for _, rest in turns]
    assert clock.paused_ms == sum(rest for _, rest in turns)


@given(
    PACES,
    st.lists(
        st.one_of(
            st.tuples(st.just("tick"), st.integers(-500, 5000)),
            st.tuples(st.just("skip"), st.integers(-10, 10**7)),
            st.tuples(st.just("pace"), PACES),
            st.tuples(st.sampled_from(["pause", "resume"]), st.none()),
        ),
        max_size=60,
    ),
    st.booleans(),
)
def test_it_never_goes_back_and_never_passes_its_limit(
    pace: Fraction, steps: list[tuple[str, int | Fraction | None]], limited: bool
) -> None:
    limit = 5 * 10**6
    wall, clock = running(pace, limit, Allowance(2, 3000) if limited else FREE)
    last = clock.now()
    for verb, value in steps:
        match verb, value:
            case "tick", int():
                wall.ms += value
            case "skip", int():
                clock.skip_to(value)
                assert clock.now() == max(last, min(value, limit))
            case "pace", Fraction():
                clock.set_pace(value)
                assert clock.now() == last, "a change of pace is no jump"
            case "pause", _:
                clock.pause()
            case _:
                clock.resume()
        now = clock.now()
        assert last <= now <= limit
        last = now


@given(st.lists(st.tuples(PACES, st.integers(0, 10_000)), max_size=30))
def test_each_pace_counts_for_its_own_time(stretches: list[tuple[Fraction, int]]) -> None:
    wall, clock = running()
    for pace, ms in stretches:
        clock.set_pace(pace)
        wall.ms += ms
    assert clock.now() == int(sum((pace * ms for pace, ms in stretches), Fraction(0)))


def test_waiting_jumps_ahead_and_goes_on_from_there() -> None:
    wall, clock = running(8)
    wall.ms += 100
    clock.skip_to(600_000)
    assert clock.now() == 600_000
    wall.ms += 100
    assert clock.now() == 600_800
    clock.skip_to(1000)
    assert clock.now() == 600_800, "never back"


def test_waiting_in_a_pause_jumps_ahead_and_stays_paused() -> None:
    wall, clock = running()
    clock.pause()
    clock.skip_to(5000)
    wall.ms += 1000
    assert (clock.now(), clock.paused) == (5000, True)


def test_in_learn_mode_pausing_is_free_and_recorded() -> None:
    wall = Wall()
    clock = Clock.fitted(wall, 6 * HOUR, 45 * MINUTE, mode="learn")
    clock.resume()
    for number in range(20):
        wall.ms += 1000
        assert clock.pause(f"pause {number}") is None
        wall.ms += HOUR
        clock.resume()
    assert clock.pauses_taken == 20
    assert (clock.pauses[1].t, clock.pauses[1].reason, clock.pauses[1].wall_ms) == (16_000, "pause 1", HOUR)


def test_in_assessed_mode_a_fourth_pause_is_refused_and_said_so() -> None:
    wall = Wall()
    clock = Clock.fitted(wall, 6 * HOUR, 45 * MINUTE, mode="assessed")
    clock.resume()
    for _ in range(3):
        assert clock.pause() is None
        clock.resume()
    assert clock.pause() == "All 3 pauses of an assessed exercise are used. The clock goes on."
    wall.ms += 1000
    assert clock.now() == 8000


def test_an_assessed_pause_that_uses_the_allowance_up_ends_by_itself() -> None:
    wall = Wall()
    clock = Clock.fitted(wall, 6 * HOUR, 45 * MINUTE, mode="assessed")
    clock.resume()
    clock.pause("lunch")
    wall.ms += 10 * MINUTE + 500
    assert clock.now() == 4000, "it has run for half a second since, whenever that is noticed"
    assert not clock.paused
    assert clock.pauses[0].wall_ms == clock.paused_ms == 10 * MINUTE
    assert clock.pause() == "The 10 minutes of pause of an assessed exercise are used. The clock goes on."


def test_what_an_earlier_sitting_used_counts() -> None:
    wall = Wall()
    clock = Clock.fitted(wall, 6 * HOUR, 45 * MINUTE, mode="assessed", start=HOUR, taken=3, paused_ms=MINUTE)
    clock.resume()
    assert "All 3 pauses" in (clock.pause() or "")
    assert clock.note() == {
        "k": "clock", "t": HOUR, "paused": False, "pace": [8, 1], "pauses": 3, "paused_ms": MINUTE,
    }  # fmt: skip


def test_pausing_twice_and_resuming_twice_is_said() -> None:
    _, clock = running()
    assert clock.resume() == "The clock is running."
    clock.pause()
    assert clock.pause() == "The clock is already paused."
    assert clock.pauses_taken == 1


def test_a_wall_clock_that_steps_back_is_taken_as_standing_still() -> None:
    wall, clock = running(1)
    wall.ms += 1000
    assert clock.now() == 1000
    wall.ms -= 700
    assert clock.now() == 1000


@pytest.mark.parametrize("pace", [Fraction(0), Fraction(-1)])
def test_a_pace_is_more_than_nothing(pace: Fraction) -> None:
    with pytest.raises(ValueError, match="pace"):
        Clock(Wall(), pace, HOUR)
    _, clock = running()
    with pytest.raises(ValueError, match="pace"):
        clock.set_pace(pace)
