"""A draw depends on its stream's seed and name and on its index; one at a time and many at once are the same bits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.simulation.streams import (
    below,
    draw,
    draws,
    draws_below,
    noise_ppm,
    noises_ppm,
    stream_key,
    uniform_int,
    uniform_ints,
)

KEYS = st.integers(0, 2**64 - 1)
INDICES = st.lists(st.integers(0, 2**62), min_size=1, max_size=50)
LOWS = st.integers(-(2**61), 2**61)
SPREADS = st.one_of(st.integers(0, 5), st.integers(2**32 - 3, 2**32 + 3), st.integers(0, 2**61))


def array(indices: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(indices, dtype=np.int64)


def test_the_draws_are_those_of_splitmix64() -> None:
    # The first outputs of the published generator for the seed 1234567.
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]
    assert [draw(1234567, index) for index in range(4)] == published


def test_a_stream_keeps_its_draws_from_release_to_release() -> None:
    assert stream_key(1, "row:ingest:rate") == 0xA9867C85D65993BA
    assert stream_key(1, "a") != stream_key(2, "a") != stream_key(2, "b")
    assert stream_key(1, "1a") != stream_key(11, "a")


@given(KEYS, INDICES)
def test_many_draws_at_once_are_the_single_ones(key: int, indices: list[int]) -> None:
    assert draws(key, array(indices)).tolist() == [draw(key, index) for index in indices]


@given(st.lists(st.tuples(KEYS, st.integers(0, 2**62), st.integers(1, 2**32)), min_size=1, max_size=50))
def test_each_draw_may_have_a_key_and_a_limit_of_its_own(wanted: list[tuple[int, int, int]]) -> None:
    keys, indices, limits = (list(each) for each in zip(*wanted, strict=True))
    together = draws_below(np.array(keys, dtype=np.uint64), array(indices), array(limits)).tolist()
    assert together == [below(*each) for each in wanted]
    assert all(0 <= value < limit for value, limit in zip(together, limits, strict=True))


@given(KEYS, INDICES, LOWS, SPREADS)
def test_whole_numbers_lie_in_their_range_and_are_the_same_in_both_ways(
    key: int, indices: list[int], low: int, spread: int
) -> None:
    together = uniform_ints(key, array(indices), low, low + spread).tolist()
    assert together == [uniform_int(key, index, low, low + spread) for index in indices]
    assert all(low <= value <= low + spread for value in together)


@given(KEYS, INDICES, st.integers(0, 1_000_000))
def test_noise_lies_within_its_bounds_and_is_the_same_in_both_ways(key: int, indices: list[int], largest: int) -> None:
    together = noises_ppm(key, array(indices), largest).tolist()
    assert together == [noise_ppm(key, index, largest) for index in indices]
    assert all(-largest <= value <= largest for value in together)


def test_every_number_of_a_small_range_comes_up_about_equally_often() -> None:
    counts = np.bincount(uniform_ints(stream_key(1, "dice"), np.arange(60_000), 1, 6))
    assert counts[0] == 0
    assert all(9_500 < count < 10_500 for count in counts[1:].tolist())


def test_noise_takes_both_ends_and_no_side() -> None:
    values = noises_ppm(stream_key(1, "noise"), np.arange(30_000), 2)
    assert sorted(set(values.tolist())) == [-2, -1, 0, 1, 2]
    assert abs(int(values.sum())) < 1_000


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="between 5 and 4"):
        uniform_int(1, 1, 5, 4)
