"""An exercise outlives its process: it resumes where it was, forks, and is verified minute by minute."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.exercise import runs
from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.journal import JournalError
from incidentsim.exercise.seat import Seat
from tests.exercise.runs import everything_seen, setting


def play(at: Seat) -> None:
    """Half an hour and more of a drill, with a little of everything."""
    at.advance(21 * 60_000)
    at.do("open", "M-0001")
    at.do("answer", "M-0001", text="We are looking into it.")
    at.do("query", datasets=["accepted", "served"], by=["version", "time"], bucket=600_000)
    at.advance(4 * 60_000)
    at.do("keep", "E-0002")
    at.do("hypothesis", text="one version is dropped", confidence=70, **{"for": ["E-0002"]})
    at.do("declare", "SEV2", text="half the events of one version are gone")
    at.do("act", "stop:edge")
    at.do("announce", "internal", text="We stopped it.")
    at.advance(10 * 60_000)


def started(path: Path) -> Exercise:
    exercise, journal = runs.start(setting(), path)
    play(Seat(exercise))
    journal.close()
    return exercise


def test_a_resumed_exercise_is_the_same_as_the_one_that_was_left(tmp_path: Path) -> None:
    left = started(tmp_path / "a.journal")
    resumed, journal = runs.resume(tmp_path / "a.journal")
    with journal:
        # The last minute that was complete when it was left; nothing was acknowledged after it.
        assert resumed.now == 34 * 60_000
        left_then = Exercise(setting())
        play(Seat(left_then))
        resumed.advance(left.now)
        assert everything_seen(Seat(resumed)) == everything_seen(Seat(left))
        for each in (resumed, left_then):
            Seat(each).do("note", text="going on")
            each.advance(each.scenario.duration)
        assert resumed.world.digests == left_then.world.digests
    assert runs.verify(tmp_path / "a.journal").difference is None


def test_verifying_agrees_after_every_resume(tmp_path: Path) -> None:
    started(tmp_path / "a.journal")
    for _ in range(3):
        exercise, journal = runs.resume(tmp_path / "a.journal")
        with journal:
            at = Seat(exercise)
            at.do("note", text="another sitting")
            at.advance(5 * 60_000)
        verdict = runs.verify(tmp_path / "a.journal")
        assert verdict.difference is None
        assert verdict.minutes == exercise.now // 60_000 - 1


def rewrite(path: Path, change: Any) -> None:
    """Alter records and give each the checksum that goes with it."""
    lines = []
    for line in path.read_bytes().splitlines():
        record = change(json.loads(line[9:]))
        data = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        lines.append(f"{zlib.crc32(data):08x} ".encode() + data + b"\n")
    path.write_bytes(b"".join(lines))


def test_an_altered_command_is_found_at_the_first_minute_that_differs(tmp_path: Path) -> None:
    started(tmp_path / "a.journal")

    def change(record: dict[str, Any]) -> dict[str, Any]:
        if record.get("verb") == "act":
            record["target"] = "stop:board"
        return record

    rewrite(tmp_path / "a.journal", change)
    verdict = runs.verify(tmp_path / "a.journal")
    # The command was given as minute 25 ended.
    assert verdict.first_minute == 25
    assert verdict.difference is not None
    assert "minute 25 (00:24 UTC)" in verdict.difference


def test_an_altered_text_is_found_too(tmp_path: Path) -> None:
    started(tmp_path / "a.journal")

    def change(record: dict[str, Any]) -> dict[str, Any]:
        if record.get("verb") == "announce":
            record["args"]["text"] = "All is well."
        return record

    rewrite(tmp_path / "a.journal", change)
    assert runs.verify(tmp_path / "a.journal").first_minute == 25


def test_an_altered_digest_is_found_at_its_minute(tmp_path: Path) -> None:
    started(tmp_path / "a.journal")

    def change(record: dict[str, Any]) -> dict[str, Any]:
        return {**record, "sha256": "0" * 64} if record.get("minute") == 7 else record

    rewrite(tmp_path / "a.journal", change)
    assert runs.verify(tmp_path / "a.journal").first_minute == 7


def test_another_scenario_in_the_header_is_refused(tmp_path: Path) -> None:
    started(tmp_path / "a.journal")

    def change(record: dict[str, Any]) -> dict[str, Any]:
        if record.get("k") == "header":
            record["scenario"]["title"] = "Something else"
        return record

    rewrite(tmp_path / "a.journal", change)
    with pytest.raises(JournalError, match="not the one that was played"):
        runs.resume(tmp_path / "a.journal")


def test_a_fork_has_the_past_and_its_own_future(tmp_path: Path) -> None:
    whole = started(tmp_path / "a.journal")
    runs.fork(tmp_path / "a.journal", 22 * 60_000, tmp_path / "b.journal", "b")
    forked, journal = runs.resume(tmp_path / "b.journal")
    with journal:
        assert forked.now == 22 * 60_000
        assert [each.verb for each in forked.commands] == ["open", "answer", "query"]
        assert forked.world.digests == whole.world.digests[: len(forked.world.digests)]
        forked.advance(forked.scenario.duration)
    assert forked.world.digests[-1] != whole.world.digests[-1]
    assert runs.verify(tmp_path / "b.journal").difference is None


@settings(max_examples=20, deadline=None)
@given(at=st.integers(0, 35 * 60_000))
def test_seeking_gives_what_was_there_then(at: int) -> None:
    whole = Exercise(setting())
    play(Seat(whole))
    then = Exercise(setting())
    runs.replay_until(then, whole.commands, at)
    events = [event for event in whole.world.events if event.t < at or (event.t == at and event.phase == 0)]
    assert [event.to_json() for event in then.world.events] == [event.to_json() for event in events]
