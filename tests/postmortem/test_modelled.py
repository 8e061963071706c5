"""What controls would have changed, in sentences that hold the result's numbers."""

from __future__ import annotations

import functools

from incidentsim.postmortem.modelled import Modelled, ModelledControl, modelled
from incidentsim.whatif.result import Result, carry_out
from incidentsim.whatif.study import controls_study
from tests.whatif.small import setting


@functools.cache
def result() -> Result:
    return carry_out(controls_study(setting(), ["gate", "nothing", "watch", "noisy"], "slow", range(1, 4)))


def told() -> Modelled:
    return modelled(result())


def one(name: str) -> ModelledControl:
    return next(each for each in told().controls if each.control == name)


def test_the_one_that_saves_most_comes_first_and_says_what() -> None:
    assert told().controls[0].control == "gate"
    base = result().study.arms[0]
    lost = result().mean("lost.total", base).mean
    spent = result().mean("budget.coverage", base).mean
    assert lost is not None
    assert spent is not None
    said = " ".join(one("gate").sentences)
    assert f"{round(lost):,} events" in said
    assert f"{float(spent) * 100:.3g}"[:3] in told().without
    assert one("gate").short.startswith("saves ")
    assert "works in 3 of 3 runs" in said
    assert "related failure" in said


def test_one_that_does_nothing_says_so_without_times() -> None:
    said = " ".join(one("nothing").sentences)
    assert "Saved: 0 " in said
    assert "sooner" not in said
    assert "later" not in said


def test_an_alert_says_what_it_saves_unanswered_what_sooner_and_what_quiet_weeks_cost() -> None:
    watch = " ".join(one("watch").sentences)
    assert "With everything at the times it was done: 0" in watch
    assert "min sooner" in watch
    noisy = " ".join(one("noisy").sentences)
    assert "false alarms, which take" in noisy


def test_a_study_without_a_finished_seed_says_nothing_of_controls() -> None:
    nothing = modelled(Result(result().study, (), ()))
    assert (nothing.controls, nothing.without, nothing.partly) == ((), "", True)
    assert nothing.assumptions
