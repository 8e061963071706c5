"""A control is worth what it saves on the incident and its siblings, less what it costs in quiet weeks."""

from __future__ import annotations

import functools
import json
from fractions import Fraction

import pytest

from incidentsim.scenario.actions import Control
from incidentsim.scenario.units import DAY, HOUR, MINUTE
from incidentsim.simulation.world import World
from incidentsim.text.problem import Problem
from incidentsim.whatif.plan import Arm, Plan, planned, shifted
from incidentsim.whatif.quiet import declared_alarms
from incidentsim.whatif.result import Result, carry_out
from incidentsim.whatif.study import controls_study
from incidentsim.whatif.work import FIXED, SHIFTED
from tests.whatif.small import control, setting

SEEDS = range(1, 11)
BUDGET = "budget.coverage"


@functools.cache
def found() -> Result:
    return carry_out(controls_study(setting(), [], "slow", SEEDS))


def arm(name: str) -> Arm:
    return next(each for each in found().study.arms if each.id == name)


def test_a_control_that_does_nothing_gains_exactly_nothing() -> None:
    for measure in found().measures:
        for world in ("incident", "another-field"):
            gained = found().difference(measure.id, arm("nothing"), world)
            assert (gained.mean, gained.low, gained.high) == (0, 0, 0)


def test_one_that_blocks_the_trigger_removes_the_loss() -> None:
    gate, before = arm("gate"), found().mean("lost.total", found().study.arms[0])
    assert before.mean is not None
    assert before.mean > 5_000
    assert found().mean("lost.total", gate).mean == 0
    assert found().mean(BUDGET, gate).mean == 0
    saved = found().difference("lost.total", gate)
    assert saved.high is not None
    assert saved.high < 0


def test_where_nothing_is_lost_no_times_are_counted() -> None:
    times = found().mean("ttm", arm("gate"))
    assert (times.count, times.absent, times.mean) == (0, len(SEEDS), None)


def test_a_control_that_works_now_and_then_saves_in_those_runs_only() -> None:
    base = found().outcomes(found().study.arms[0])
    half = found().outcomes(arm("half-gate"))
    assert 0 < sum(each.works for each in half) < len(SEEDS)
    for without, with_it in zip(base, half, strict=True):
        assert with_it.lost == (dict.fromkeys(without.lost, 0) if with_it.works else without.lost)


def test_a_page_alone_saves_nothing_while_commands_are_fixed_and_tells_sooner() -> None:
    watch = arm("watch")
    assert found().difference(BUDGET, watch, responder=FIXED).mean == 0
    sooner = found().difference("ttd", watch, responder=FIXED)
    assert sooner.high is not None
    assert sooner.high < -30 * MINUTE


def test_a_page_that_is_answered_moves_what_follows_detection_by_as_much() -> None:
    fixed, moved = found().outcomes(arm("watch"), responder=FIXED), found().outcomes(arm("watch"), responder=SHIFTED)
    for before, after in zip(fixed, moved, strict=True):
        assert before.page == after.page
        assert before.page is not None
        assert before.found is not None
        assert before.mitigated is not None
        assert after.mitigated == before.mitigated - (before.found - before.page)
    saved = found().difference("lost.total", arm("watch"), responder=SHIFTED)
    assert saved.high is not None
    assert saved.high < 0


def test_commands_between_the_page_and_detection_are_left_out_and_later_ones_keep_their_distance() -> None:
    policy = planned(setting().scenario, Plan("slow"))
    times = {each.id: each.at for each in shifted(policy, detected=63 * MINUTE, page=55 * MINUTE).commands}
    assert times == {"look": 50 * MINUTE, "stop": 57 * MINUTE, "replay": 72 * MINUTE}
    assert shifted(policy, detected=63 * MINUTE, page=64 * MINUTE) == policy


def test_a_control_for_this_fault_alone_does_not_help_its_siblings() -> None:
    assert found().difference(BUDGET, arm("gate"), "another-field").mean == 0
    helped = found().difference(BUDGET, arm("watch"), "another-field")
    assert helped.high is not None
    assert helped.high < 0


def test_a_noisy_alert_pays_in_quiet_weeks() -> None:
    noisy, weeks = arm("noisy"), found().quiet(arm("noisy"))
    assert all(week.own > 0 for week in weeks)
    for week in weeks:
        assert week.alarms == Fraction(week.own * 7 * DAY, 2 * HOUR) + week.declared
        assert week.minutes == week.alarms * 20
    assert found().alarms(arm("watch")).mean == 0
    cost = found().alarm_minutes(noisy)
    assert cost.low is not None
    assert cost.low > 0


def test_a_page_that_chance_alone_would_have_brought_tells_nobody() -> None:
    assert all(each.page is None for each in found().outcomes(arm("noisy")))
    assert found().difference(BUDGET, arm("noisy")).mean == 0
    places = [each.id for each in found().ordered()]
    assert places.index("watch") < places.index("nothing") < places.index("noisy")


def test_declared_false_alarms_come_as_often_as_they_are_declared() -> None:
    loud = Control.model_validate(control("loud", false_alarms=3_000_000))
    drawn = [declared_alarms(seed, loud) for seed in range(400)]
    assert 2.7 < sum(drawn) / 400 < 3.3
    assert [declared_alarms(seed, loud) for seed in range(10)] == drawn[:10]


def test_the_order_follows_budget_then_items_then_false_alarms() -> None:
    order = [each.id for each in found().ordered()]
    assert order == ["gate", "watch", "half-gate", "nothing", "noisy"]
    saved = [found().difference(BUDGET, each).mean for each in found().ordered()]
    assert saved == sorted(saved, key=lambda each: each or 0)


def test_a_control_that_exists_or_is_unknown_is_refused_with_what_there_is() -> None:
    for name in ("there-already", "gatte"):
        with pytest.raises(Problem) as error:
            controls_study(setting(), [name], "slow", SEEDS)
        assert "no possible control" in str(error.value)
        assert "gate" in str(error.value)


def test_a_result_says_its_assumptions_and_is_json() -> None:
    data = json.loads(json.dumps(found().to_json()))
    assert (data["marker"], data["class"]) == ("EXERCISE", "MODELLED")
    said = " ".join(data["assumptions"])
    assert all(word in said for word in ("fixed", "shifted", "estimates", "quiet week", "Siblings"))
    assert data["seeds"]["finished"] == list(SEEDS)
    gate = next(each for each in data["arms"] if each["id"] == "gate")
    exact = gate["outcomes"][0]["differences"][BUDGET]["exact"]
    assert float(Fraction(exact)) == pytest.approx(gate["outcomes"][0]["differences"][BUDGET]["mean"])


def test_a_run_is_the_worlds_own() -> None:
    world = World(setting().scenario, 3)
    world.advance(setting().scenario.duration + 1)
    idle = carry_out(controls_study(setting(), ["nothing"], "idle", [3], siblings=False))
    outcome = idle.outcomes(idle.study.arms[0])[0]
    assert outcome.budgets == {"coverage": world.budgets()["coverage"].consumed}
    assert outcome.lost == world.loss()
