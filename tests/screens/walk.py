"""Going to a place once, and looking at it in every size and theme."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from textual.pilot import Pilot

from tests.screens.fitting import focus_problems, problems
from tests.screens.frames import Frame, frame
from tests.screens.places import Place, go
from tests.screens.staging import SIZES, THEME_NAMES, dress, opened, settled


@dataclass
class Looks:
    """What a place looks like, by size and theme, and what is wrong with it."""

    frames: dict[str, Frame] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def name(size: tuple[int, int], theme: str) -> str:
    """``120x36 calm``"""
    return f"{size[0]}x{size[1]} {theme}"


def look_at(place: Place) -> Looks:
    """Go to *place* and look at it in all sizes and themes."""
    return asyncio.run(_look_at(place))


async def _look_at(place: Place) -> Looks:
    looks = Looks()
    async with opened(place.moment, place.opening) as pilot:
        await go(pilot, place)
        for size in SIZES:
            for theme in THEME_NAMES:
                await dress(pilot, size, theme)
                now = looks.frames[name(size, theme)] = frame(pilot.app)
                wrong = problems(pilot.app, now) if theme == THEME_NAMES[0] else []
                wrong += await _focus(pilot, now)
                looks.wrong += [f"{place.name} {name(size, theme)}: {each}" for each in wrong]
    return looks


async def _focus(pilot: Pilot[Any], now: Frame) -> list[str]:
    app = pilot.app
    widget = app.screen.focused
    if widget is None or widget not in app.screen._compositor.visible_widgets:
        return focus_problems(app, now, now)
    app.screen.set_focus(None)
    await settled(pilot)
    without = frame(app)
    app.screen.set_focus(widget)
    await settled(pilot)
    return focus_problems(app, now, without)
