"""Looking through the log for long: in slices, between which keys are answered, until it is done or stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter

from incidentsim.tui.session import LogView

SLICE = 0.003
"""Seconds of a slice that are aimed at."""
PAUSE = 0.004
"""Seconds between slices: a key takes several turns of the event loop."""
FIRST = 4_000
"""Cost of the look that is taken at once, so that what is small never flickers."""


async def slices(view: LogView) -> AsyncIterator[None]:
    """Look through what is left of *view*; comes up after each slice."""
    cost = 500
    while not view.complete:
        start = perf_counter()
        view.scan(cost)
        spent = max(perf_counter() - start, 1e-5)
        cost = max(50, min(50_000, int(cost * min(2.0, SLICE / spent))))
        yield
        await asyncio.sleep(PAUSE)


def nearest(view: LogView, index: int, direction: int) -> int | None:
    """The index of the nearest row of *view* before (-1) or after (1) *index*; None while it is not known."""
    size = view.size()
    if direction < 0:
        position = view.position(index) - 1
        if position >= 0:
            return view.index(position)
        return view.index(size - 1) if size and view.complete else None
    position = view.position(index + 1)
    if position < size and view.reached <= index + 1:
        return view.index(position)
    return view.index(0) if size and view.complete else None
