"""Every place of the application: how to get there by keys, and what shows that one is there.

To add a place, add a line. *keys* are those of `tests.tui.driving.press`; ``=text`` is typed.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from textual.pilot import Pilot

from tests.screens.staging import Moment, Opening, settled
from tests.tui.driving import press, shown


@dataclass(frozen=True)
class Place:
    """One place."""

    name: str
    moment: Moment
    opening: Opening
    keys: tuple[str, ...]
    wants: str
    """A text that the place shows at 120x36."""
    typed: bool = False
    """A field for text has the focus."""

    def __str__(self) -> str:
        return self.name


def _room(name: str, *keys: str, wants: str, typed: bool = False) -> Place:
    return Place(name, "play", "session", keys, wants, typed)


def _after(name: str, *keys: str, wants: str, typed: bool = False) -> Place:
    return Place(name, "after", "session", keys, wants, typed)


PLACES = (
    Place("library-first", "nothing", "library", (), "INC-2024-0312"),
    Place("library-resume", "play", "library", (), "resume"),
    Place("briefing", "nothing", "briefing", (), "Your role"),
    Place("tour", "play", "tour", ("enter",), "Tour"),
    Place("taken-up", "play", "taken up", (), "Taken up again"),
    Place("settings", "nothing", "library", ("f2",), "theme"),
    Place("palette", "play", "session", ("ctrl+p",), "Search"),
    Place("jump", "play", "session", ("ctrl+o",), "Signals"),
    _room("room-log", wants="Log"),
    _room("room-log-paused-line", "up", "up", wants="Log"),
    _room("room-signals", "2", wants="Signals"),
    _room("room-inbox", "3", wants="Inbox"),
    _room("room-record", "4", wants="ecord"),
    _room("room-now", "5", wants="Now"),
    _room("room-map", "6", wants="Map"),
    _room("room-zoomed-inbox", "3", "z", wants="Inbox"),
    _room("room-help", "f1", wants="Help"),
    _room("signal-detail", "2", "enter", wants="cursor"),
    _room("budgets", "B", wants="udget"),
    _room("row", "1", "up", "enter", wants="E-"),
    _room("message", "3", "home", "down", "enter", wants="E-"),
    _room("query", "q", "=count ingest.accepted by ", wants="What fits here", typed=True),
    _room("query-form", "q", "f4", wants="Query as a form"),
    _room("query-result", "e", "=query", "enter", wants="E-"),
    _room("act-what", "a", wants="Act · what"),
    _room("act-on-what", "a", "=inspect", "enter", wants="on what"),
    _room("act-confirm", "a", "=inspect", "enter", "=event-broker", "enter", wants="Do it"),
    _room("ask-whom", "m", wants="Ask whom"),
    _room("ask-about", "m", "enter", wants="about"),
    _room("ask-own-words", "m", "enter", "=own", "enter", wants="Question", typed=True),
    _room("severity", "s", wants="severity"),
    _room("update", "u", "tab", "=We look into it", wants="Status update", typed=True),
    _room("hypothesis", "h", "=The parser", wants="ypothesis", typed=True),
    _room("note", "t", "=half a sentence", wants="Note", typed=True),
    _room("search", "slash", "=schema", wants="Search", typed=True),
    _room("filter", "f", wants="Add a filter"),
    _room("count-lines", "L", wants="Count log lines"),
    _room("changes", "c", wants="Changes"),
    _room("evidence", "e", wants="Evidence"),
    _room("runbooks", "r", wants="unbook"),
    _room("runbook", "r", "=consumer", "enter", wants="steps done"),
    _room("service", "6", "home", "enter", wants="Owned by"),
    _room("record-page", "I", wants="Incident record"),
    _room("timeline", "T", wants="Timeline so far"),
    _room("tasks", "k", wants="ask"),
    _room("roles", "o", wants="ole"),
    _room("decide", "d", wants="ecision"),
    _room("handover", "H", wants="andover"),
    _room("go-to-time", "g", wants="Go to a time"),
    _room("log-filtered", "l", "l", "up", "full_stop", wants="[x] level"),
    _room("log-filters", "l", "F", wants="Filters of the log"),
    _room("log-wrapped", "W", "R", wants="wrapped"),
    _room("signal-zoomed", "2", "enter", "plus", "left", wants="cursor"),
    _room("briefing-again", "b", wants="INC-2024-0312"),
    _room("end", "E", wants="End play"),
    _room("leave", "ctrl+c", wants="Leave"),
    _after("debrief-learn", wants="Learn"),
    _after("debrief-timeline", "2", wants="Timeline"),
    _after("debrief-whys", "3", wants="Effect"),
    _after("debrief-why-form", "3", "down", "a", "=because", wants="ctrl+s", typed=True),
    _after("debrief-fishbone", "4", wants="Fishbone"),
    _after("debrief-actions", "5", wants="Compare accepted"),
    _after("debrief-action-form", "5", "a", wants="ctrl+s", typed=True),
    _after("debrief-modelled", "5", "w", wants="Modelled on these assumptions"),
    _after("debrief-postmortem", "6", wants="Postmortem"),
    _after("debrief-postmortem-form", "6", "a", "=Events were lost", wants="ctrl+s", typed=True),
    _after("debrief-brief", "7", wants="Leadership asks"),
    _after("debrief-brief-form", "7", "a", "=It took", wants="ctrl+s", typed=True),
    _after("review", "v", wants="REVIEW"),
    _after("scorecard-asked", "S", wants="second attempt"),
    _after("scorecard", "S", "y", wants="What went well"),
    _after("prices", "S", "y", "c", wants="What choices cost"),
    _after("packet", "P", "y", wants="Written to"),
)


async def go(pilot: Pilot[Any], place: Place) -> None:
    """Go from the first screen to *place*. Raises `AssertionError` with the screen where it is not reached."""
    for key in place.keys:
        await press(pilot, key)
        await settled(pilot)
    for _ in range(100):
        if place.wants in shown(pilot.app):
            return
        await asyncio.sleep(0.02)
        await pilot.pause()
    raise AssertionError(f"{place.name} is not reached: {place.wants!r} is not shown\n{shown(pilot.app)}")
