"""Going to a place once, and looking at it in every size and theme."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from textual.geometry import Region
from textual.pilot import Pilot

from tests.screens.colours import faint
from tests.screens.fitting import focus_problems, grounds, problems
from tests.screens.frames import Frame, dialog_of, frame
from tests.screens.places import PLACES, Place, go
from tests.screens.staging import SIZES, THEME_NAMES, dress, opened, settled

TRIES = 3


@dataclass
class Looks:
    """What a place looks like, by size and theme, and what is wrong with it."""

    frames: dict[str, Frame] = field(default_factory=dict)
    dialogs: dict[str, Region | None] = field(default_factory=dict)
    """Where the dialog stands that covers the place; what is behind it has looks of its own."""
    wrong: list[str] = field(default_factory=list)


def name(size: tuple[int, int], theme: str) -> str:
    """``120x36 calm``"""
    return f"{size[0]}x{size[1]} {theme}"


def pairs(place: Place) -> list[tuple[tuple[int, int], str]]:
    """Sizes and themes of a place, so that over all places each two of place, size and theme meet."""
    turn = PLACES.index(place)
    return [(SIZES[(turn + number) % len(SIZES)], theme) for number, theme in enumerate(THEME_NAMES)]


def all_of(place: Place) -> list[tuple[tuple[int, int], str]]:
    """Every size in every theme; the pairs first, since what a screen keeps of its earlier sizes is a part of its looks."""
    chosen = pairs(place)
    return [*chosen, *((size, theme) for theme in THEME_NAMES for size in SIZES if (size, theme) not in chosen)]


def look_at(place: Place, looks: Sequence[tuple[tuple[int, int], str]]) -> Looks:
    """Go to *place* and look at it in these sizes and themes."""
    return asyncio.run(_look_at(place, looks))


async def _look_at(place: Place, looks: Sequence[tuple[tuple[int, int], str]]) -> Looks:
    found = Looks()
    async with opened(place.moment, place.opening) as pilot:
        await go(pilot, place)
        for size, theme in looks:
            await dress(pilot, size, theme)
            now = found.frames[name(size, theme)] = frame(pilot.app)
            found.dialogs[name(size, theme)] = dialog_of(pilot.app)
            wrong = [*problems(pilot.app, now), *await _focus(pilot, now), *faint(now, theme, grounds(pilot.app))]
            found.wrong += [f"{place.name} {name(size, theme)}: {each}" for each in wrong]
    return found


async def _focus(pilot: Pilot[Any], now: Frame) -> list[str]:
    app = pilot.app
    widget = app.screen.focused
    if widget is None or widget not in app.screen._compositor.visible_widgets:
        return focus_problems(app, now, now)
    found: list[str] = []
    for _ in range(TRIES):
        # Where the machine is busy, a widget may be drawn a moment later.
        app.screen.set_focus(None)
        await settled(pilot)
        without = frame(app)
        app.screen.set_focus(widget)
        await settled(pilot)
        found = focus_problems(app, frame(app), without)
        if not found:
            break
    return found
