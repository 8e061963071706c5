"""What a reconstruction is scored on: what was found afterwards, never how others responded."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from incidentsim.assessment.scorecard import Scorecard, assess
from incidentsim.case.document import Case, Entry, RowEdit
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise import runs
from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.policies import PolicyRun, play, policy_of
from incidentsim.exercise.reconstructing import start_reconstruction
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for

FLAGSHIP = "inc-2024-0312"
MINUTE = 60_000


@pytest.fixture(scope="module")
def reconstruction(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INCIDENTSIM_HOME", str(tmp_path_factory.mktemp("home")))
        yield start_reconstruction(FLAGSHIP, datetime(2026, 1, 2, tzinfo=UTC)).journal


def opened_again(exercise: Exercise) -> PolicyRun:
    """The reference's evidence, found again by somebody who comes afterwards: opened, counted, asked."""
    policy = policy_of(exercise.scenario, "reference")
    then = Exercise(setting_for(FLAGSHIP))
    theirs = play(policy, Seat(then))
    seat = Seat(exercise)
    labels: dict[str, list[str]] = {}
    messages = {each.data["source"]: each.id for each in exercise.ledger.messages}
    alerts = {each.data["source"]: each.id for each in exercise.ledger.alerts}
    commands = {each.id: each for each in then.commands}
    known = {number: label for label, numbers in theirs.commands.items() for number in numbers}
    for each in then.ledger.evidence:
        command = commands[each.command]
        if each.kind in ("query", "search", "interview"):
            answer = seat.do(command.verb, command.target, command.args)
        else:
            answer = seat.do("open", messages.get(each.source) or alerts.get(each.source) or each.source)
        assert answer["status"] == "ok", each
        labels.setdefault(known.get(each.command, ""), []).extend(answer["evidence"])
    return PolicyRun(policy, {}, labels)


def card_of(exercise: Exercise, case: Case) -> Scorecard:
    return assess(exercise.record(), case)


def points(card: Scorecard, *families: str) -> tuple[float, int]:
    """(earned, of) of the criteria that were measured."""
    lines = [each for each in card.lines if each.criterion.family in families and each.measured.applies]
    return sum(each.points for each in lines), sum(each.criterion.weight for each in lines)


def test_an_empty_one_earns_next_to_nothing_and_no_response_is_measured(reconstruction: Path) -> None:
    exercise = runs.read_exercise(reconstruction)
    card = card_of(exercise, Case())
    families = {each.criterion.family for each in card.lines if each.measured.applies}
    assert families == {"analysis", "improvement", "practice"}
    assert [each.criterion.measure for each in card.lines if each.criterion.family == "practice"
            and each.measured.applies] == ["milestones"]  # fmt: skip
    earned, of = points(card, "analysis", "improvement", "practice")
    assert of >= 50
    assert earned <= 0.05 * of
    assert card.score <= 5
    text = card.to_markdown()
    assert "others responded" in text
    assert "not measured" in text


def test_one_that_was_worked_out_earns_most(reconstruction: Path) -> None:
    exercise = runs.read_exercise(reconstruction)
    run = opened_again(exercise)
    record = exercise.record()
    case = written_case(run, Seat(exercise), record)
    reached = {each.data["name"]: each.data["at"] for each in record.events if each.kind == "milestone"}
    said = {each.verb: each for each in reversed(exercise.commands[: exercise.ledger.theirs])}
    seat = Seat(exercise)
    (declared,) = seat.do("open", f"said:{said['declare'].id}")["evidence"]
    cites = (declared,)
    moments = {**reached, "detected": said["declare"].t, "acknowledged": said["declare"].t}
    entries = tuple(Entry(id=f"T-{at}", t=t, text=name, cites=cites) for at, (name, t) in enumerate(moments.items()))
    marks = {f"entry:T-{at}": RowEdit(milestone=name) for at, name in enumerate(moments)}
    worked = case.model_copy(update={"entries": entries, "timeline": marks})
    card = card_of(exercise, worked)
    earned, of = points(card, "analysis", "improvement")
    assert earned >= 0.8 * of
    (timeline,) = (each for each in card.lines if each.criterion.measure == "milestones")
    assert timeline.measured.ratio >= 0.8
    assert card.score >= 80


def milestones(exercise: Exercise, entries: tuple[Entry, ...], marks: dict[str, RowEdit]) -> Any:
    card = card_of(exercise, Case(entries=entries, timeline=marks))
    return next(each.measured for each in card.lines if each.criterion.measure == "milestones")


@pytest.mark.parametrize(("off", "earned"), [(0, 1.0), (5, 1.0), (-5, 1.0), (17.5, 0.5), (30, 0.0), (-200, 0.0)])
def test_a_mark_earns_by_how_far_it_is_off(reconstruction: Path, off: float, earned: float) -> None:
    exercise = runs.read_exercise(reconstruction)
    (cite,) = Seat(exercise).do("open", "A-0001")["evidence"]
    started = exercise.world.milestones["started"]
    t = started + int(off * MINUTE)
    for cites, part in (((cite,), 1.0), ((), 0.5)):
        found = milestones(
            exercise,
            (Entry(id="T-01", t=t, text="it began", cites=cites),),
            {"entry:T-01": RowEdit(milestone="started")},
        )
        assert found.ratio == pytest.approx(earned * part / 5, abs=0.001)
        assert "detected" in found.explanation


def test_a_row_that_was_opened_can_be_marked_and_their_evidence_is_nobodys(reconstruction: Path) -> None:
    from incidentsim.timeline.records import timeline

    exercise = runs.read_exercise(reconstruction)
    seat = Seat(exercise)
    assert timeline(exercise.record()) == ()
    declare = next(each for each in exercise.commands if each.verb == "declare")
    seat.do("open", f"said:{declare.id}")
    seat.do("query", datasets=[exercise.scenario.datasets[0].id])
    (row,) = timeline(exercise.record())
    assert row.t == declare.t
    found = milestones(exercise, (), {row.key: RowEdit(milestone="acknowledged")})
    assert found.ratio == pytest.approx(0.2, abs=0.001)
    case = Case(whys=({"id": "W-01", "text": "x", "branch": "occurred", "cites": ("E-0009",)},))  # type: ignore[arg-type]
    whys = next(each for each in card_of(exercise, case).lines if each.criterion.measure == "whys")
    assert whys.measured.value == 0.0
