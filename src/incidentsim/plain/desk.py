"""What every command works on: the session, its seat, and the voice; and telling what has arrived."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from incidentsim.text.wording import Clock, clean, span

if TYPE_CHECKING:
    from incidentsim.plain.terminal import Voice
    from incidentsim.tui.local_session import LocalSession
    from incidentsim.tui.session import Data

TOLD = ("result", "reply", "query")
"""Channels of what was asked for."""


class NothingDoneError(Exception):
    """A question was left empty, or something was refused; the text says what comes of it."""


class Desk:
    """One exercise as lines of text."""

    def __init__(self, session: LocalSession, voice: Voice, out: Path | None = None) -> None:
        self.session = session
        self.seat = session.seat
        self.voice = voice
        self.out = out
        self.brief: Data = self.seat.briefing()
        self.clock = Clock(str(self.brief["start"]))
        self.say = voice.say
        self._seen = {each["id"] for each in self.seat.inbox()}
        if session.waiting:
            # Taken up again: what arrived before has been told.
            self.seat.frame()
        self.log_shown: Data = {}
        """What `log` showed last, so that `log more` goes on."""

    @property
    def now(self) -> int:
        """The scenario's time (ms)."""
        return self.seat.now

    @property
    def ended(self) -> bool:
        """Play is over."""
        return bool(self.seat.status()["state"] == "ended")

    def do(self, verb: str, target: str = "", **args: Any) -> Data:
        """Give a command. Raises `NothingDoneError` with the refusal."""
        done = self.seat.do(verb, target, **args)
        if done["status"] != "ok":
            raise NothingDoneError(str(done["text"]))
        return done

    def name(self, kind: str, known: str) -> str:
        """The title of something that the briefing lists under *kind*, or its id."""
        return next((clean(each["title"]) for each in self.brief[kind] if each["id"] == known), clean(known))

    def follow(self) -> None:
        """Let the world follow the clock, and tell what arrived."""
        self.tell(self.seat.tick()["events"])

    def tell(self, events: list[Data]) -> None:
        """Tell what arrived, a line each; what the player did is not repeated."""
        for event in events:
            match event["kind"]:
                case "message":
                    self.say(self._message(event))
                case "alert":
                    self.say(self._alert(event))
                case "shift":
                    self.say(f"{self.clock.utc(event['t'])}: {clean(event['title'])}. Hands: {event['hands']}.")

    def _message(self, event: Data) -> str:
        sender = "" if event["sender"] == event["channel"] else f" from {clean(event['sender'])}"
        wanted = f" Wants an answer by {self.clock.utc(event['asks_by'])}." if event["asks_by"] is not None else ""
        title = clean(event["title"]).rstrip(".")
        return f"{self.clock.utc(event['t'])}: {event['id']}, {clean(event['channel'])}{sender}: {title}.{wanted}"

    def _alert(self, event: Data) -> str:
        at = "resolved_at" if event["state"] == "resolves" else "t"
        found = (each for each in self.seat.alerts() if each[at] == event["t"] and each["title"] == event["title"])
        number = next((f"{each['id']}, " for each in found), "")
        state = "ended" if event["state"] == "resolves" else "fires"
        severity = clean(event["severity"])
        return f"{self.clock.utc(event['t'])}: {number}alert {state}, {severity}: {clean(event['title'])}."

    def unread(self) -> list[Data]:
        """Messages and alerts that were not read; a seat counts what was asked for as opened when it arrives."""
        told = [each for each in self.seat.inbox()
                if not each["opened"] or (each["channel"] in TOLD and each["id"] not in self._seen)]  # fmt: skip
        return [*told, *(each for each in self.seat.alerts() if not each["opened"])]

    def see(self, message: str) -> None:
        """A message was read."""
        self._seen.add(message)

    def left(self, due: int) -> str:
        """``12m left``, ``past due``."""
        return f"{span(due - self.now)} left" if due > self.now else "past due"
