"""Exercises that last: started with a journal, resumed, forked, verified, read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.journal import Journal, JournalContents, JournalError, read
from incidentsim.exercise.reconstruction import RECONSTRUCT
from incidentsim.exercise.records import moment
from incidentsim.scenario.findings import ScenarioError
from incidentsim.scenario.loading import load_raw
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.engine_version import ENGINE_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.simulation.command import Command

KEEP = "Keep the file; start a new exercise, or restore it from a copy."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying a journal found. *difference* is None where every minute agrees."""

    minutes: int
    commands: int
    difference: str | None
    first_minute: int | None = None


def start(setting: Setting, path: Path) -> tuple[Exercise, Journal]:
    """A new exercise whose journal is *path*. Raises `JournalError` where the file exists or cannot be made."""
    journal = Journal.create(path, setting.header())
    return Exercise(setting, journal), journal


def resume(path: Path) -> tuple[Exercise, Journal]:
    """Go on with an exercise, at the last acknowledged moment.

    `Journal.contents` says whether a cut record was mended. Raises `JournalError`; the file is not changed then.
    """
    journal = Journal.open(path)
    try:
        exercise = _replayed(journal.contents, journal.contents.last_t)
        exercise.write_to(journal, len(journal.contents.digests()))
    except BaseException:
        journal.close()
        raise
    return exercise, journal


def read_exercise(path: Path) -> Exercise:
    """An exercise as its journal has it, at its last moment, to look at. Raises `JournalError`."""
    contents = read(path)
    return _replayed(contents, contents.last_t)


def read_record(path: Path) -> ExerciseRecord:
    """The whole record of an exercise, secrets included, from its journal. Raises `JournalError`."""
    return read_exercise(path).record()


def fork(path: Path, at: int, target: Path, exercise_id: str, *, in_play: bool = False) -> None:
    """A new exercise that has the commands of another up to *at* (ms), and goes on from there.

    *in_play* leaves out that play was ended, and what was done after it. From the middle of a reconstruction a drill
    goes on. Raises `JournalError`.
    """
    contents = read(path)
    setting = setting_of(contents)
    if not 0 <= at <= setting.scenario.duration:
        raise JournalError(
            f"{path}: a fork is made between the start and {setting.scenario.duration // MINUTE} minutes"
        )
    kept = [each for each in contents.commands() if each.t <= at]
    if in_play:
        kept = list(takewhile(lambda each: each.verb != "end", kept))
    header = {**setting.header(), "exercise": exercise_id}
    if setting.mode == RECONSTRUCT and at < setting.scenario.duration and all(each.verb != "end" for each in kept):
        # Whoever goes on from the middle of it responds: that is a drill.
        header["mode"] = "learn"
    forked: list[dict[str, object]] = [{"k": "fork", "from": str(contents.header["exercise"]), "at": at, "t": at}]
    forked += [{"k": "command", **each.to_json()} for each in kept]
    # The clock stands at the moment of the fork, also where no command was given near it.
    forked.append({"k": "clock", "t": at, "paused": True})
    with Journal.create(target, header, forked):
        pass


def forked_from(contents: JournalContents) -> tuple[str, int] | None:
    """The id of the exercise that this one was forked from, and at which moment (ms); None where from none."""
    found = next((each for each in contents.records if each["k"] == "fork"), None)
    return None if found is None else (str(found.get("from", "")), moment(found))


def verify(path: Path) -> Verdict:
    """Replay a journal from its scenario, seed and commands, and compare the digest of every minute.

    Where they differ and the journal is from another engine, the difference says so. Raises `JournalError` where
    the file itself is damaged.
    """
    contents = read(path)
    commands, written = contents.commands(), contents.digests()
    try:
        exercise = _replayed(contents, contents.last_t)
    except JournalError as error:
        return Verdict(len(written), len(commands), f"{error}{_other_engine(contents)}")
    # A minute's digest is taken when the world goes past its end.
    exercise.advance(max(written, default=0) * MINUTE + 1)
    computed = exercise.world.digests
    for minute in sorted(written):
        if minute > len(computed) or computed[minute - 1] != written[minute]:
            clock = exercise.world.clock_text((minute - 1) * MINUTE)
            text = f"minute {minute} ({clock} UTC) is the first that differs from what was recorded"
            return Verdict(len(written), len(commands), text + _other_engine(contents), minute)
    return Verdict(len(written), len(commands), None)


def _other_engine(contents: JournalContents) -> str:
    """What to add about a difference that another engine explains; nothing where it is this engine's journal."""
    engine = contents.header.get("engine")
    if engine == ENGINE_VERSION:
        return ""
    recorded = "an engine that had no number yet" if engine is None else f"engine {engine}"
    return f"; this journal is from {recorded}, and this is engine {ENGINE_VERSION}: that may be why"


def setting_of(contents: JournalContents) -> Setting:
    """What an exercise was set up with, from its journal's header. Raises `JournalError`."""
    header, place = contents.header, f"{contents.path}, record 1"
    raw = header["scenario"]
    try:
        loaded = load_raw(raw, place)
    except ScenarioError as error:
        raise JournalError("the scenario in the header cannot be read", place=place, mend=KEEP) from error
    if loaded.hash != header["scenario_hash"]:
        raise JournalError("the scenario in the header is not the one that was played", place=place, mend=KEEP)
    return Setting(
        loaded.scenario, raw, loaded.hash, int(header["seed"]), header["variant"], str(header["format"]),
        str(header["mode"]), str(header["exercise"]),
    )  # fmt: skip


def _replayed(contents: JournalContents, until: int) -> Exercise:
    setting = setting_of(contents)
    try:
        exercise = Exercise(setting)
    except (ValueError, KeyError) as error:
        raise JournalError("the scenario in the header cannot be run", place=str(contents.path), mend=KEEP) from error
    replay(exercise, contents.commands(), contents)
    exercise.advance(until)
    return exercise


def replay_until(exercise: Exercise, commands: Sequence[Command], t: int) -> None:
    """Bring a fresh exercise to a moment (ms) of another one whose commands these are."""
    for command in commands:
        if command.t > t:
            break
        exercise.advance(command.t)
        exercise.carry_out(command)
    exercise.advance(t)


def replay(exercise: Exercise, commands: Sequence[Command], contents: JournalContents) -> None:
    """Carry out a journal's commands again. Raises `JournalError` where one does not fit."""
    last = 0
    for number, command in enumerate(commands, 1):
        place = f"{contents.path}, command {number}"
        if command.id != number or not last <= command.t <= exercise.scenario.duration:
            raise JournalError("this command does not follow the one before it", place=place, mend=KEEP)
        last = command.t
        exercise.advance(command.t)
        refusal = exercise.refusal(command)
        if refusal is not None or exercise.now != command.t:
            why = refusal or "it comes after the end of play"
            raise JournalError(f"this command could not have been taken: {why}", place=place, mend=KEEP)
        exercise.carry_out(command)
