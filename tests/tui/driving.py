"""Driving the application by keys, and reading what is on its screen."""

from __future__ import annotations

import asyncio

from textual import events
from textual.keys import _character_to_key

from incidentsim.tui.app import IncidentApp
from tests.tui.fake import FakeLibrary

SIGNS = {
    "space": " ",
    "slash": "/",
    "asterisk": "*",
    "plus": "+",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


def run(story, library=None, scenario="inc-2024-0312", size=(120, 32), session=None, settings=None):
    """Run ``await story(app, pilot)`` in an application that begins with *session* in play or in the debrief, or else
    at *scenario*'s briefing, or else in the library.
    """

    async def main():
        app = IncidentApp(library or FakeLibrary(), scenario, session=session, settings=settings)
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            await story(app, pilot)

    asyncio.run(main())


def shown(app) -> str:
    """The text on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def notices(app) -> list[str]:
    return [notice.message for notice in app._notifications]


async def press(pilot, *keys: str) -> None:
    """Press keys, each when the one before has been answered; one that begins with ``=`` is typed as text."""
    for key in keys:
        typed = list(key[1:]) if key.startswith("=") and len(key) > 1 else [key]
        for each in typed:
            name = _character_to_key(each) if len(each) == 1 and not each.isalnum() else each
            pilot.app.post_message(events.Key(name, each if len(each) == 1 else SIGNS.get(name)))
        await pilot.pause()
    await pilot.pause()


async def wait_for(pilot, text: str, seconds: float = 20.0) -> None:
    """Wait until *text* is on the screen; fails with the screen where it does not come."""
    for _ in range(round(seconds / 0.05)):
        if text in shown(pilot.app):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"never shown: {text}\n{shown(pilot.app)}")
