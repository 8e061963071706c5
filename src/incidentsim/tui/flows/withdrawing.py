"""Calling off what is queued or under way."""

from __future__ import annotations

from incidentsim.text.wording import span
from incidentsim.tui.dialogs.confirm import Confirm
from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean


def how_far(work: Data) -> str:
    """How far a piece of work is, in words."""
    return "waits for hands" if work["left"] is None else f"{span(work['left'])} left"


async def withdraw(page: SeatPage, number: str | None = None) -> None:
    """Choose a piece of work, unless *number* (such as T-0012) says which, and call it off after a question."""
    running = {str(work["number"]): work for work in page.seat.status()["running"]}
    if not running:
        page.say("Nothing is under way.")
        return
    if number is None and len(running) == 1:
        number = next(iter(running))
    if number is None:
        choices = [Choice(name, clean(work["title"]), how_far(work)) for name, work in running.items()]
        number = await page.ask(Picker("Call off what", choices))
    if number is None or number not in running:
        return
    work = running[number]
    begun = "It has not begun" if work["left"] is None else "It stops where it is, and its hands are free"
    question = f"{clean(work['title'])} · {how_far(work)}. Call it off? {begun}; nothing comes of it."
    if await page.ask(Confirm("Call off", question, "call it off")):
        done = page.do("withdraw", number)
        if done["status"] == "ok":
            page.say(clean(done["text"]))
