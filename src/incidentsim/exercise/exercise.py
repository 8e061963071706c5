"""One run: a world, its journal, and what the players hold."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from incidentsim import __version__
from incidentsim.exercise.incident_record import RECORDING
from incidentsim.exercise.ledger import Ledger
from incidentsim.exercise.looking import LookUp
from incidentsim.exercise.reconstruction import RECONSTRUCT, hand_over
from incidentsim.exercise.record import ExerciseRecord
from incidentsim.exercise.rowstore import RowStore
from incidentsim.simulation.command import BASE_VERBS, Command, Receipt
from incidentsim.simulation.engine_version import ENGINE_VERSION
from incidentsim.simulation.world import World

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario

MOST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Setting:
    """What a run is set up with: everything that, with the commands, decides what happens."""

    scenario: Scenario
    raw: dict[str, Any]
    scenario_hash: str
    seed: int = 1
    variant: str | None = None
    format_id: str = "45"
    mode: str = "learn"
    exercise_id: str = "drill"
    controls: tuple[str, ...] = ()
    """Possible controls that are put into the run; only repeated runs use them, and no journal has them."""
    faults: bool = True
    """False: a quiet run, in which no fault begins; it has no journal either."""

    def header(self) -> dict[str, Any]:
        """The journal's first record."""
        return {
            "marker": "EXERCISE",
            "exercise": self.exercise_id,
            "version": __version__,
            "engine": ENGINE_VERSION,
            "scenario_hash": self.scenario_hash,
            "seed": self.seed,
            "variant": self.variant,
            "format": self.format_id,
            "mode": self.mode,
            "scenario": self.raw,
        }


class CommandLog(Protocol):
    """Where commands are written, and are safe before they are acknowledged."""

    def append(self, record: dict[str, Any]) -> None:
        """Write and sync a record."""
        ...

    def append_unsynced(self, record: dict[str, Any]) -> None:
        """Write a record that may be lost with the power."""
        ...


AFTER_PLAY = ("open", "pin", "note", "interview", "query", "search", "keep")
"""What can still be done when play is over; what comes of it is learned after."""


class Exercise:
    """A run that takes commands through its seats.

    Each command is stamped with the world's time, written to the journal and synced, and only then carried out
    and acknowledged. Without a journal it runs in memory.
    """

    def __init__(self, setting: Setting, journal: CommandLog | None = None) -> None:
        self.setting = setting
        self.scenario = setting.scenario
        self.world = World(
            setting.scenario, setting.seed, setting.variant, controls=setting.controls, faults=setting.faults
        )
        self.ledger = Ledger()
        self.store = RowStore(self.world)
        self.commands: list[Command] = []
        self._looking = LookUp(self)
        self._journal = journal
        self._absorbed = 0
        self._digests_written = 0
        self._end_written = False
        self._handed_over = False
        self.advance(0)

    @property
    def now(self) -> int:
        """The time (ms)."""
        return self.world.now

    @property
    def over(self) -> bool:
        """Play has ended, by command or because the scenario has."""
        return self.ledger.ended_at is not None or self.now >= self.scenario.duration

    def advance(self, until: int) -> None:
        """Let time pass to *until* (ms), at most to the scenario's end. After the end of play it stands still."""
        if self.ledger.ended_at is None:
            self.world.advance(min(until, self.scenario.duration))
        self._take_in()
        self.store.extend(self.now)
        self._write_digests()
        self._hand_over()

    def _hand_over(self) -> None:
        """In a reconstruction, the end of play is where the trainee comes in."""
        if self.over and self.setting.mode == RECONSTRUCT and not self._handed_over:
            self._handed_over = True
            hand_over(self.ledger, len(self.commands))

    def write_to(self, journal: CommandLog, minutes: int) -> None:
        """Go on writing to a journal that has the commands so far and the digests of so many minutes."""
        self._journal = journal
        self._digests_written = minutes
        self._write_digests()

    def _take_in(self) -> None:
        events = self.world.events
        for event in events[self._absorbed :]:
            self.ledger.absorb(event)
        self._absorbed = len(events)

    def _write_digests(self) -> None:
        digests = self.world.digests
        if self._journal is not None:
            for minute in range(self._digests_written, len(digests)):
                self._journal.append_unsynced({"k": "digest", "minute": minute + 1, "sha256": digests[minute]})
            if self.now >= self.scenario.duration and not self._end_written:
                # The last minute's digest is taken past the end; this says that the end was reached.
                self._journal.append_unsynced({"k": "clock", "t": self.now, "paused": True})
                self._end_written = True
        self._digests_written = len(digests)

    def note_clock(self, note: dict[str, Any]) -> None:
        """Keep the clock's state in the journal (its record of kind ``clock``), for who goes on later."""
        if self._journal is not None:
            self._journal.append_unsynced({**note, "t": self.now})

    def do(self, actor: str, verb: str, target: str = "", args: dict[str, Any] | None = None) -> dict[str, Any]:
        """Take a command. The answer is JSON data: status ``ok`` or ``refused``, text, id, evidence.

        A refused command leaves no trace. An accepted one is in the journal, synced, before this returns.
        """
        command = Command(self.now, len(self.commands) + 1, actor, verb, target, copy.deepcopy(args or {}))
        refusal = self.refusal(command)
        if refusal is not None:
            return {"status": "refused", "text": refusal}
        if self._journal is not None:
            self._journal.append({"k": "command", **command.to_json()})
        return self.carry_out(command)

    def refusal(self, command: Command) -> str | None:
        """Why a command cannot be taken now, in words for the player, or None. Changes nothing."""
        if command.verb not in BASE_VERBS:
            return f"There is no command {command.verb!r}. There are: {', '.join(BASE_VERBS)}."
        if _size(command.args) > MOST_TEXT or len(command.target) > 500:
            return "That is too long; keep it under 20,000 characters."
        if _broken(command.target) or _broken(command.args):
            return "There is half a character in that, which no file can hold; write it again."
        if (
            self.over
            and command.verb not in AFTER_PLAY
            and not (command.verb == "end" and self.ledger.ended_at is None)
        ):
            return "Play has ended."
        if command.verb == "interview" and not self.over:
            return "Interviews come after play."
        if command.verb in RECORDING and (refusal := self.ledger.written.refusal(command, self.scenario)):
            return refusal
        return self._looking.refusal(command) or self.world.refusal(command)

    def carry_out(self, command: Command) -> dict[str, Any]:
        """Carry out a command that was accepted: now, or again from a journal."""
        self.commands.append(command)
        ledger = self.ledger
        if self.world.now < command.t:
            self.advance(command.t)
        ref, evidence = "", []
        if command.verb in RECORDING:
            ref = ledger.written.write(command)
        match command.verb:
            case "open" | "pin" | "interview":
                found = self._looking.mint(command)
                ref, evidence = found.id, [found.id]
            case "query" | "search" if self.over:
                message, told = ledger.receive(command.t, self.world.answered(command), "after")
                ref, evidence = message.id, [told.id] if told else []
            case "hypothesis":
                ref = ledger.think(command)
            case "predict":
                ledger.predict(command)
            case "keep":
                ref = self._looking.keep(command)
            case "pause":
                ledger.paused = True
                ledger.pauses += 1
            case "resume":
                ledger.paused = False
            case "end":
                ledger.ended_at = command.t
        receipt = Receipt(True)
        # The world stands still after play; only the end of play is told to it.
        if not (self.over and command.verb in AFTER_PLAY):
            receipt = self.world.submit(command, self._looking.subject(command))
        self._take_in()
        if command.verb == "end":
            self._hand_over()
        return {
            "status": "ok",
            "command": command.id,
            "text": receipt.text,
            "ref": receipt.ref or ref,
            "evidence": evidence,
        }

    def query_of(self, target: str) -> dict[str, Any] | None:
        """The arguments of the count behind a message or a piece of evidence; None for anything else."""
        return self._looking.query_of(target)

    def record(self) -> ExerciseRecord:
        """The whole record, secrets included. The world in it has been carried on to the scenario's end."""
        setting, ledger = self.setting, self.ledger
        ended = ledger.ended_at if ledger.ended_at is not None else self.now
        if self._journal is None and ledger.ended_at is None and self.now >= setting.scenario.duration:
            aftermath = self.world
        else:
            # A world of its own: what players see, and what the journal says, must not run on with it.
            aftermath = replayed(setting, self.commands)
        aftermath.advance(setting.scenario.duration + 1)
        return ExerciseRecord(
            scenario=setting.scenario, raw=setting.raw, scenario_hash=setting.scenario_hash, seed=setting.seed,
            variant=setting.variant, format_id=setting.format_id, mode=setting.mode, version=__version__,
            commands=tuple(self.commands), events=tuple(aftermath.events), evidence=tuple(ledger.evidence),
            messages=tuple(
                {"id": each.id, "t": each.t, "opened": each.opened, **each.data} for each in ledger.messages
            ),
            hypotheses=tuple(ledger.hypotheses.values()), predictions=tuple(ledger.predictions),
            notes=tuple(ledger.written.notes), ended_at=ended, pauses=ledger.pauses, world=aftermath,
            seen_then=ledger.seen_then, theirs=ledger.theirs,
        )  # fmt: skip


def replayed(setting: Setting, commands: list[Command]) -> World:
    """A world of its own with the same commands, at the moment of the last one."""
    exercise = Exercise(setting)
    for command in commands:
        exercise.advance(command.t)
        exercise.carry_out(command)
    return exercise.world


def _broken(value: Any) -> bool:
    """A text in it holds a lone surrogate: JSON can say one, and UTF-8 cannot."""
    if isinstance(value, dict):
        return any(_broken(key) or _broken(each) for key, each in value.items())
    if isinstance(value, list):
        return any(_broken(each) for each in value)
    return isinstance(value, str) and any("\ud800" <= each <= "\udfff" for each in value)


def _size(value: Any) -> int:
    if isinstance(value, dict):
        return sum(len(str(key)) + _size(each) for key, each in value.items())
    if isinstance(value, list):
        return sum(_size(each) for each in value)
    return len(value) if isinstance(value, str) else 8
