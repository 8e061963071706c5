"""The seat as it was at any moment of an exercise that was played: to be looked at, and to start a fork from."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.command import BASE_VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidentsim.exercise.exercise import Setting
    from incidentsim.simulation.command import Command

REFUSAL = "This is a review; F6 starts a fork from here."
RINGING = ("page", "call")
"""Channels that ring."""


class PastSeat(Seat):
    """Everything that a seat shows, as it was at the moment `go_to` names, up to *last* (ms).

    It is a world of its own, carried on to that moment by the same commands, so that it gives what the live seat gave
    there. Commands from the end of play on are not part of it. Time goes on by `advance` and `wait`, never by itself.
    """

    def __init__(self, setting: Setting, commands: Sequence[Command], last: int) -> None:
        self._setting = setting
        self._played = tuple(
            takewhile(lambda each: each.verb != "end" and each.t < setting.scenario.duration, commands)
        )
        self._given = 0
        """How many of the commands have been carried out."""
        self.last = min(last, setting.scenario.duration)
        super().__init__(Exercise(setting))
        self._story = self._told()

    @classmethod
    def of(cls, exercise: Exercise) -> PastSeat:
        """The past of an exercise, from its start to its present moment or the end of play; it is at the end."""
        return cls(exercise.setting, exercise.commands, exercise.now)

    def go_to(self, t: int) -> int:
        """Be at a moment (ms), after what was done at it; gives the moment, which is at most *last*."""
        t = max(0, min(t, self.last))
        if t < self.now:
            super().__init__(Exercise(self._setting))
            self._given = 0
        for command in self._played[self._given :]:
            if command.t > t:
                break
            self._exercise.advance(command.t)
            self._exercise.carry_out(command)
            self._given += 1
        self._exercise.advance(t)
        return self.now

    def _move_to(self, t: int) -> None:
        self.go_to(t)

    def _deadlines(self) -> Iterable[tuple[int, str]]:
        """None: whoever looks back owes nobody anything."""
        return ()

    def wait(self, most: int = 10 * MINUTE) -> dict[str, Any]:
        """Go on to when something visible arrived, at most *most* ms, and give what it is."""
        return super().wait(min(most, self.last - self.now))

    def do(self, verb: str, target: str = "", arguments: dict[str, Any] | None = None, **args: Any) -> dict[str, Any]:
        """Nothing is done in the past: the answer is a refusal."""
        return {"status": "refused", "text": REFUSAL}

    def story(self) -> list[dict[str, Any]]:
        """What was done, and what rang, in all of play, oldest first: t (ms), kind, text, own (False for a page)."""
        return list(self._story)

    def _told(self) -> list[dict[str, Any]]:
        self.go_to(self.last)
        arrived = {(each["channel"], each["id"]) for each in self.inbox()}
        rang = {(kind, number, None) for kind, number in arrived if kind in RINGING}
        rang |= {("alert", each["id"], each["t"]) for each in self.alerts() if each["severity"] == "page"}
        found = []
        for row in self.timeline():
            kind, ref = row["kind"], row["ref"]
            own = kind in BASE_VERBS and (kind, ref) not in arrived
            if own or (kind, ref, row["t"] if kind == "alert" else None) in rang:
                found.append({"t": row["t"], "kind": kind, "text": row["text"], "own": own})
        return found
