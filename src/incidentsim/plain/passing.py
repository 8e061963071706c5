"""Time and leaving: wait, pause, go on, stop for a real incident, end play, quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.plain import asking
from incidentsim.plain.desk import NothingDoneError
from incidentsim.plain.terminal import LeaveError
from incidentsim.text.wording import clean, span

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk

MINUTE = 60_000
USUAL, LONGEST = 10, 30


def wait(desk: Desk, rest: str) -> None:
    """Let time pass until something arrives, at most so many minutes."""
    digits = rest.removesuffix("m").strip()
    if digits and not (digits.isascii() and digits.isdecimal() and len(digits) < 4 and 0 < int(digits) <= LONGEST):
        raise NothingDoneError(f"wait takes whole minutes from 1 to {LONGEST}.")
    if desk.seat.status()["state"] == "paused":
        raise NothingDoneError("The clock is paused; resume goes on.")
    before = desk.now
    news = desk.seat.wait((int(digits) if digits else USUAL) * MINUTE)
    desk.tell(news["events"])
    passed = span(desk.now - before) if desk.now > before else "no time"
    for due in news["due"]:
        desk.say(clean(due))
    nothing = "" if news["events"] or news["due"] else " Nothing arrived."
    desk.say(f"{desk.clock.utc(desk.now)}. {passed} passed.{nothing}")


def pause(desk: Desk, rest: str) -> None:
    """Stop the clock."""
    desk.do("pause", reason=rest)
    desk.say(f"Paused at {desk.clock.utc(desk.now)}. resume goes on.")


def resume(desk: Desk, _rest: str) -> None:
    """Go on."""
    desk.do("resume")
    desk.say(f"Going on at {desk.clock.utc(desk.now)}.")


def real(desk: Desk, _rest: str) -> None:
    """Stop at once, with everything kept."""
    if desk.seat.status()["state"] == "running":
        desk.seat.do("pause", reason="real incident")
    raise LeaveError("Stopped for a real incident. Good luck; the exercise can wait.")


def end(desk: Desk, rest: str) -> None:
    """End play and go to the debrief."""
    question = "End play and go to the debrief? What is unmitigated runs on to the scenario's end, and is counted."
    if rest.casefold() != "now" and not asking.yes(desk, question):
        raise NothingDoneError("Play goes on.")
    desk.do("end")


def leave(_desk: Desk, _rest: str) -> None:
    """Leave, with everything kept."""
    raise LeaveError
