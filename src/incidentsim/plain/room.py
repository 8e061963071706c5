"""The loop: follow the clock, tell what arrived, read a line, do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.exercise.reconstruction import RECONSTRUCT
from incidentsim.plain.command import meant
from incidentsim.plain.desk import Desk, NothingDoneError
from incidentsim.plain.registry import COMMANDS, usable
from incidentsim.plain.terminal import LeaveError
from incidentsim.text.problem import Problem
from incidentsim.text.wording import clean, span

if TYPE_CHECKING:
    from pathlib import Path

    from incidentsim.plain.terminal import Voice
    from incidentsim.tui.local_session import LocalSession


def play(session: LocalSession, voice: Voice, out: Path | None) -> None:
    """Play an exercise until the player leaves; everything that was given is kept, whatever ends it.

    Raises `LeaveError` where the terminal has gone.
    """
    desk = Desk(session, voice, out)
    try:
        _begin(desk)
        debriefed = desk.ended
        while True:
            if desk.ended and not debriefed:
                debriefed = True
                desk.say(f"Play ended at {desk.clock.utc(desk.now)}.")
                _once(desk, "debrief")
            else:
                _once(desk, None)
    except LeaveError as left:
        if left.hung_up:
            raise
        desk.say(*([left.text] if left.text else []), session.where())
    finally:
        session.close()


def _begin(desk: Desk) -> None:
    status = desk.seat.status()
    desk.say(f"EXERCISE {clean(desk.brief['number'])}: {clean(desk.brief['title'])}")
    if desk.ended and status["mode"] == RECONSTRUCT:
        desk.say(
            f"A reconstruction: it was over at {desk.clock.utc(desk.now)}, and others responded.",
            "cite opens a line of the exports; log, inbox and alerts show what there was; happened and milestone write "
            "the timeline.",
            "Then debrief asks its questions, scorecard and packet go on, help lists the commands.",
        )
        return
    if desk.ended:
        desk.say("Play has ended. debrief asks its questions, scorecard and packet go on, help lists the commands.")
        return
    wall = next(each["wall"] for each in desk.brief["formats"] if each["id"] == status["format"])
    desk.say(f"{clean(status['format'])}-minute format, {status['mode']}: {span(desk.brief['duration'])} pass in "
             f"{span(wall)}, also while you read and type.")  # fmt: skip
    desk.say("The clock is paused; resume goes on." if status["state"] == "paused" else
             f"The clock stands at {desk.clock.utc(desk.now)} and runs from your first command."
             if desk.session.waiting else f"The clock runs from {desk.clock.utc(desk.now)}.")  # fmt: skip
    desk.say("help lists the commands, wait lets time pass, quit leaves. ctrl-C leaves a question, and asks first.")


def _once(desk: Desk, line: str | None) -> None:
    """One command, typed or given; what goes wrong is one line, and nothing is lost."""
    try:
        if line is None:
            desk.follow()
            line = desk.voice.read()
            if desk.session.waiting:
                desk.session.go_on()
            desk.follow()
        if line:
            run(desk, line)
    except NothingDoneError as nothing:
        desk.say(nothing)
    except Problem as problem:
        desk.say(problem.report().replace("\n", " "))
    except KeyboardInterrupt:
        _ask_leave(desk)


def run(desk: Desk, line: str) -> None:
    """Do one command. Raises what it raises."""
    word, _, rest = line.partition(" ")
    now = usable(desk)
    command, hint = meant(word, now)
    if command is None:
        other = next((each for each in COMMANDS if each not in now and word.casefold() == each.name), None)
        if other is not None:
            hint = f"{other.name} is for play, which has ended." if desk.ended else f"{other.name} comes after play."
        raise NothingDoneError(hint)
    command.run(desk, rest.strip())


def _ask_leave(desk: Desk) -> None:
    """Ctrl-C: ask once; a second one leaves."""
    desk.say("Leave? What was given is kept; what was being typed is not. yes leaves, anything else goes on.")
    try:
        answer = desk.voice.read().casefold()
    except KeyboardInterrupt:
        raise LeaveError from None
    if answer and "yes".startswith(answer):
        raise LeaveError
    desk.say("Going on.")
