"""Exercises from the command line: listed, shown, verified, forked, exported."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incidentsim.cli.main import run
from incidentsim.exercise import folder, runs
from incidentsim.exercise.exercise import Setting
from incidentsim.exercise.seat import Seat
from tests.exercise.runs import setting
from tests.exercise.test_runs import play


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of an exercise that was left in the middle."""
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path))
    name, path = folder.claim(datetime(2026, 1, 2, tzinfo=UTC), "small")
    plain = setting()
    exercise, journal = runs.start(Setting(plain.scenario, plain.raw, plain.scenario_hash, 1, exercise_id=name), path)
    with journal:
        play(Seat(exercise))
    return name


def test_exercises_are_listed_and_shown(played: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exercise", "list"]) == 0
    assert played in capsys.readouterr().out
    assert run(["exercise", "show", played]) == 0
    shown = capsys.readouterr().out
    assert "EXERCISE" in shown
    assert "SEV2" in shown
    assert "E-0002" in shown


def test_an_exercise_agrees_with_itself_and_an_altered_one_names_the_minute(
    played: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["exercise", "verify", played]) == 0
    assert "agree" in capsys.readouterr().out
    path = folder.find(played)
    header = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in header if b'"stop:edge"' not in line))
    assert run(["exercise", "verify", played]) == 1
    assert "does not follow" in capsys.readouterr().err


def test_a_journal_that_was_cut_in_its_last_record_is_read_and_says_so(
    played: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder.find(played)
    whole = path.read_bytes()
    path.write_bytes(whole[:-7])
    for command in ("show", "verify"):
        assert run(["exercise", command, played]) == 0
        assert "cut" in capsys.readouterr().err
    path.write_bytes(whole)
    assert run(["exercise", "verify", played]) == 0
    assert "cut" not in capsys.readouterr().err


def test_a_fork_is_a_new_exercise_with_the_same_past(played: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exercise", "fork", played, "--at", "22m"]) == 0
    capsys.readouterr()
    assert run(["exercise", "list"]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert len(names) == 2
    (forked,) = [name for name in names if name != played]
    assert run(["exercise", "verify", forked]) == 0


def test_an_export_has_what_was_done_and_seen_and_is_marked(played: str, tmp_path: Path) -> None:
    assert run(["exercise", "export", played, "--out", str(tmp_path / "e.jsonl")]) == 0
    lines = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text().splitlines()]
    assert all(line["marker"] == "EXERCISE" for line in lines)
    assert {line["type"] for line in lines} == {"exercise", "command", "event", "evidence"}
    assert "source" not in json.dumps(lines)
    assert run(["exercise", "export", played, "--out", str(tmp_path / "e.jsonl")]) == 2
