"""``incidentsim assess``: the computation of a score, several drills together, a facilitator's judgement."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incidentsim.case.file import load, save
from incidentsim.case.policy_writes import written_case
from incidentsim.cli.main import run
from incidentsim.exercise import folder, runs
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat
from tests.assessment.scenarios import document
from tests.exercise.runs import setting

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path))
    return tmp_path


def drilled(policy: str, day: int = 2, end: bool = True) -> str:
    """A drill that was played by a policy, with what it writes; its id."""
    name, path = folder.claim(datetime(2026, 1, day, tzinfo=UTC), "small")
    exercise, journal = runs.start(replace(setting(document()), exercise_id=name), path)
    with journal:
        seat = Seat(exercise)
        if end:
            chosen = next(each for each in exercise.scenario.policies if each.id == policy)
            done = play(chosen, seat)
            save(written_case(done, seat, exercise.record()), path.parent / "case.yaml")
    return name


def test_the_computation_can_be_done_again_by_hand(capsys: Capture) -> None:
    name = drilled("reference")
    assert run(["assess", "explain", name]) == 0
    said = capsys.readouterr().out
    points = [
        (int(weight), float(ratio), float(earned))
        for weight, ratio, earned in re.findall(r"^  [\w-]+: (\d+) x ([\d.]+) = ([\d.]+)  \(", said, re.M)
    ]
    assert points
    for weight, ratio, earned in points:
        assert earned == pytest.approx(weight * ratio, abs=0.051)
    mean = round(100 * sum(weight * ratio for weight, ratio, _ in points) / sum(weight for weight, _, _ in points))
    most = [int(each) for each in re.findall(r"^  limit (\d+):", said, re.M)]
    score = int(re.search(r"^  score: (\d+) of 100$", said, re.M).group(1))
    assert score == min([mean, *most])
    assert run(["assess", "explain", name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["score"] == score
    for word in ("EXERCISE", "CONTRIBUTING FACTORS", "CLUES", "PRICES: MODELLED", "changed (weight 3", "told shows"):
        assert word in said


def test_nothing_is_told_of_an_exercise_that_goes_on(capsys: Capture) -> None:
    name = drilled("reference", end=False)
    for command in (["explain", name], ["override", name, "whys", "--ratio", "1", "--reason", "x"]):
        assert run(["assess", *command]) == 2
        told = capsys.readouterr()
        assert "play is not over" in told.err
        assert "field" not in told.out + told.err
    assert run(["assess", "history"]) == 0
    assert "No drill was played to its end" in capsys.readouterr().out


def test_a_facilitator_gives_a_ratio_with_a_reason_that_the_trainee_reads(home: Path, capsys: Capture) -> None:
    name = drilled("typical")
    assert run(["assess", "explain", name, "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    assert run(["assess", "override", name, "whys", "--ratio", "1", "--reason", "Said aloud in the room."]) == 0
    said = capsys.readouterr().out
    assert run(["assess", "explain", name, "--json"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert f"was {before['score']} and is {after['score']}" in said
    (was,) = [each for each in before["criteria"] if each["id"] == "whys"]
    (line,) = [each for each in after["criteria"] if each["id"] == "whys"]
    assert line["ratio"] == 1
    assert line["override"] == {"by": "facilitator", "reason": "Said aloud in the room.", "measured": was["ratio"]}
    assert run(["assess", "explain", name, "--no-prices"]) == 0
    assert "given by the facilitator instead of" in capsys.readouterr().out
    assert load(home / "exercises" / name / "case.yaml").overrides["whys"].ratio == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["nothing", "--ratio", "1", "--reason", "x"], "there is no criterion 'nothing'"),
        (["whys", "--ratio", "1", "--reason", "  "], "has a reason"),
        (["whys", "--ratio", "1.5", "--reason", "x"], "1.5"),
        (["whys", "--ratio", "nan", "--reason", "x"], "nan"),
    ],
)
def test_an_override_that_cannot_be_is_refused_and_changes_nothing(
    home: Path, capsys: Capture, options: list[str], told: str
) -> None:
    name = drilled("typical")
    before = (home / "exercises" / name / "case.yaml").read_bytes()
    assert run(["assess", "override", name, *options]) == 2
    assert told in capsys.readouterr().err
    assert (home / "exercises" / name / "case.yaml").read_bytes() == before


def test_several_drills_say_what_got_better_and_what_to_practise(capsys: Capture) -> None:
    names = [drilled(policy, day) for day, policy in enumerate(("idle", "typical", "reference"), 1)]
    assert run(["assess", "history", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["exercise"] for each in found["drills"]] == names
    scores = [each["score"] for each in found["drills"]]
    assert scores == sorted(scores)
    assert "analysis" in [name for name, _, _ in found["better"]]
    assert found["worse"] == []
    assert found["practise"]["criterion"]
    assert found["next"]["scenario"].startswith("inc-")
    assert run(["assess", "history"]) == 0
    said = capsys.readouterr().out
    assert "Better: analysis" in said
    assert "Next: incidentsim drill inc-" in said
