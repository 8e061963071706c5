"""A terminal that changes its size and comes back shows what it showed before."""

from __future__ import annotations

import asyncio

import pytest

from tests.screens.frames import dialog_of, differences, frame
from tests.screens.places import PLACES, Place, go
from tests.screens.staging import THEME_NAMES, dress, opened

SIZE = (120, 36)
MOVES = {"timeline", "handover", "log-filtered"}
"""Places that are scrolled as far as they need be, which is less where there was more room; see the log's own test."""


@pytest.mark.parametrize("place", [each for each in PLACES if each.name not in {*MOVES, "jump"}], ids=str)
def test_a_place_looks_the_same_after_a_smaller_and_a_larger_terminal(place: Place) -> None:
    asyncio.run(_there_and_back(place))


async def _there_and_back(place: Place) -> None:
    async with opened(place.moment, place.opening) as pilot:
        await go(pilot, place)
        await dress(pilot, SIZE, THEME_NAMES[0])
        before = frame(pilot.app).within(dialog_of(pilot.app))
        for size in ((80, 24), (300, 80), SIZE):
            await dress(pilot, size, THEME_NAMES[0])
        assert differences(before, frame(pilot.app).within(dialog_of(pilot.app))) == []
