"""Somebody's own run is done again, exactly, and then with one control more."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.policies import play, policy_of
from incidentsim.exercise.record import ExerciseRecord
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.library import entries
from incidentsim.text.problem import Problem
from incidentsim.whatif.altered import cost_of
from incidentsim.whatif.outcome import Outcome, played
from incidentsim.whatif.own_run import OWN_RUN, own_run
from incidentsim.whatif.result import StoppedError, carry_out
from incidentsim.whatif.study import own_study
from tests.whatif.small import setting as small

SCENARIOS = sorted(each.id for each in entries())


def recorded(of: Setting, policy: str) -> ExerciseRecord:
    exercise = Exercise(of)
    play(policy_of(of.scenario, policy), Seat(exercise))
    return exercise.record()


def again(record: ExerciseRecord) -> Outcome:
    own = own_run(record)
    return played(own, policy_of(own.scenario, OWN_RUN))


def same(record: ExerciseRecord, outcome: Outcome) -> bool:
    cost = cost_of(record.world)
    return (sum(record.world.loss().values()), cost.budgets, cost.mitigated, 0) == (
        sum(outcome.lost.values()),
        outcome.budgets,
        outcome.mitigated,
        outcome.refused,
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_was_done_again_comes_to_the_same_in_every_scenario(scenario: str) -> None:
    for policy in ("reference", "typical", "harmful"):
        record = recorded(setting_for(scenario, seed=7), policy)
        assert same(record, again(record)), policy


def test_replies_answers_and_what_was_called_off_are_about_the_same_things_again() -> None:
    of = setting_for("inc-2024-0312", seed=2)
    exercise = Exercise(of)
    seat = Seat(exercise)
    seat.advance(31 * 60_000)
    asked = seat.do("ask", "bi-analyst", topic="difference")
    begun = seat.do("act", "inspect:event-broker", aspect="limits")
    seat.do("note", text="a command more")
    seat.do("pin", seat.evidence()[-1]["id"]) if seat.evidence() else None
    assert seat.do("withdraw", f"T-{begun['command']:04d}")["status"] == "ok"
    seat.advance(20 * 60_000)
    for each in seat.inbox():
        seat.do("open", each["id"])
    seat.do("end")
    record = exercise.record()
    own = own_run(record)
    targets = {each.verb: each.target for each in policy_of(own.scenario, OWN_RUN).commands}
    assert targets["withdraw"] == f"c-{begun['command']}"
    assert f"reply:c-{asked['command']}" in {each.target for each in policy_of(own.scenario, OWN_RUN).commands}
    repeated = Exercise(own)
    run = play(policy_of(own.scenario, OWN_RUN), Seat(repeated))
    assert run.refused == []
    opened = [(each.t, each.title) for each in record.evidence]
    assert [(each.t, each.title) for each in repeated.record().evidence] == opened
    assert repeated.record().ended_at == record.ended_at


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_any_run_done_again_comes_to_the_same(data: st.DataObject) -> None:
    exercise = Exercise(small())
    seat = Seat(exercise)
    for _ in range(data.draw(st.integers(1, 8))):
        seat.advance(data.draw(st.integers(0, 15)) * 60_000)
        verb, target, args = data.draw(
            st.sampled_from(
                [("act", "stop:edge", {}), ("act", "replay:pipe", {"into": "side"}), ("declare", "SEV2", {}),
                 ("query", "", {"datasets": ["accepted", "served"], "by": ["version"]}), ("note", "", {"text": "x"}),
                 ("hypothesis", "", {"text": "x", "confidence": 5}), ("open", "M-0001", {}), ("pin", "E-0001", {}),
                 ("withdraw", "T-0002", {}), ("announce", "internal", {"text": "x"}), ("end", "", {})]
            )
        )  # fmt: skip
        if verb != "end" or data.draw(st.booleans()):
            seat.do(verb, target, **args)
    record = exercise.record()
    assert same(record, again(record))


def test_the_own_seed_comes_first_and_its_run_is_the_one_that_was_played() -> None:
    record = recorded(small(), "slow")
    result = carry_out(own_study(record, ["gate", "watch"], seeds=2))
    base = result.study.arms[0]
    assert result.seeds[0] == record.seed
    assert same(record, result.outcomes(base)[0])
    gate = next(each for each in result.study.arms if each.id == "gate")
    assert result.mean("lost.total", gate).mean == 0


def test_no_control_is_no_question_and_an_unknown_one_is_named() -> None:
    record = recorded(small(), "slow")
    with pytest.raises(Problem, match="no control is chosen"):
        own_study(record, [])
    with pytest.raises(Problem, match="gate"):
        own_study(record, ["gat"])


def test_a_study_that_is_stopped_keeps_the_seeds_that_are_finished() -> None:
    record = recorded(small(), "slow")

    def enough(done: int, tasks: int) -> None:
        if done > tasks / 2:
            raise StoppedError

    result = carry_out(own_study(record, ["gate"], seeds=4), progress=enough)
    assert result.interrupted
    assert 1 <= len(result.seeds) < 4
