"""A fork at any moment is the past of the whole run, and going on from it with the same commands is the whole run."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from incidentsim.exercise import runs
from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.journal import read
from incidentsim.exercise.seat import Seat
from incidentsim.simulation.command import Command
from incidentsim.simulation.streams import below, stream_key
from tests.exercise.runs import everything_seen, setting
from tests.exercise.test_runs import play
from tests.golden.making import HERE, journal_path

MOMENTS = 200
GOLDEN = sorted(each.name.removesuffix(".journal.gz") for each in HERE.glob("*.journal.gz"))
OF_A_SCENARIO = 24
"""Moments at which the scenarios' golden journals are forked, all together; the rest are of the small pipeline."""


@dataclass(frozen=True)
class Whole:
    """A run that was played to its end in one go."""

    path: Path
    setting: Setting
    commands: Sequence[Command]
    exercise: Exercise
    end: int


def whole(path: Path) -> Whole:
    contents = read(path)
    played = runs.setting_of(contents)
    end = min(contents.last_t, played.scenario.duration)
    exercise = Exercise(played)
    runs.replay_until(exercise, contents.commands(), end)
    return Whole(path, played, contents.commands(), exercise, end)


def moments(name: str, end: int, count: int, commands: Sequence[Command]) -> list[int]:
    """Moments anywhere, among them the exact ones of some commands and the ones just before and after."""
    key = stream_key(1, f"forks of {name}")
    found = [below(key, number, end + 1) for number in range(count)]
    near = [max(0, each.t + shift) for each, shift in zip(commands, (0, -1, 1, 0, -1, 1), strict=False)]
    return [*near[: count // 4], *found][:count]


def check(of: Whole, at: int, target: Path) -> None:
    runs.fork(of.path, at, target, "forked")
    forked, journal = runs.resume(target)
    with journal:
        assert forked.now == at
        assert forked.commands == [each for each in of.commands if each.t <= at]
        happened, all_of_it = forked.world.events, of.exercise.world.events
        assert [each.to_json() for each in happened] == [each.to_json() for each in all_of_it[: len(happened)]]
        assert len(happened) == len(all_of_it) or all_of_it[len(happened)].t >= at
        assert forked.world.digests == of.exercise.world.digests[: len(forked.world.digests)]
        assert len(forked.world.digests) >= at // 60_000 - 1

        for command in of.commands:
            if command.t > at:
                forked.advance(command.t)
                given = Seat(forked).do(command.verb, command.target, command.args)
                assert given["status"] == "ok"
        forked.advance(of.end)
        assert forked.commands == list(of.commands)
        assert forked.world.digests == of.exercise.world.digests
        assert everything_seen(Seat(forked)) == everything_seen(Seat(of.exercise))


def test_the_small_pipeline_forks_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "whole.journal"
    exercise, journal = runs.start(setting(), path)
    with journal:
        play(Seat(exercise))
        exercise.advance(exercise.scenario.duration)
    of = whole(path)
    for number, at in enumerate(moments("small", of.end, MOMENTS - OF_A_SCENARIO, of.commands)):
        check(of, at, tmp_path / f"{number}.journal")


@pytest.mark.parametrize("name", GOLDEN)
def test_each_scenario_forks_anywhere(name: str, tmp_path: Path) -> None:
    path = tmp_path / "whole.journal"
    path.write_bytes(gzip.decompress(journal_path(name).read_bytes()))
    of = whole(path)
    for number, at in enumerate(moments(name, of.end, -(-OF_A_SCENARIO // len(GOLDEN)), of.commands)):
        check(of, at, tmp_path / f"{number}.journal")
