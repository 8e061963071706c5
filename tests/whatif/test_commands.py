"""A command is worth what it costs to leave it out or to give it late, in runs that share their luck."""

from __future__ import annotations

import itertools

import pytest

from incidentsim.scenario.units import HOUR, MINUTE
from incidentsim.text.problem import Problem
from incidentsim.whatif.measures import value
from incidentsim.whatif.result import Result, carry_out
from incidentsim.whatif.statistics import Summary, Value, differences, summary
from incidentsim.whatif.study import command_study, policies_study
from tests.whatif.small import setting

SEEDS = range(1, 7)


def compared(*delays: int, without: tuple[str, ...] = ()) -> Result:
    return carry_out(command_study(setting(), "prompt", without, [("stop", each) for each in delays], SEEDS))


def test_leaving_out_a_command_that_matters_costs() -> None:
    found = compared(without=("stop",))
    lost = found.difference("lost.total", found.study.arms[1])
    assert lost.low is not None
    assert lost.low > 100_000


def test_leaving_out_a_note_costs_nothing() -> None:
    found = compared(without=("look",))
    for measure in found.measures:
        assert found.difference(measure.id, found.study.arms[1]).mean == 0


def test_the_later_the_dearer() -> None:
    found = compared(10 * MINUTE, 25 * MINUTE, 45 * MINUTE, 70 * MINUTE)
    lost = [found.mean("lost.total", each).mean or 0 for each in found.study.arms]
    assert all(before <= after for before, after in itertools.pairwise(lost))
    assert lost[0] < lost[-1]
    mitigated = [found.mean("ttm", each).mean or 0 for each in found.study.arms]
    assert [after - mitigated[0] for after in mitigated[1:]] == [each * MINUTE for each in (10, 25, 45, 70)]


def test_changes_are_compared_one_by_one_or_together() -> None:
    apart = command_study(setting(), "prompt", ["replay"], [("stop", HOUR)], SEEDS)
    assert [each.title for each in apart.arms] == ["prompt", "prompt without replay", "prompt with stop 1h later"]
    together = command_study(setting(), "prompt", ["replay"], [("stop", HOUR)], SEEDS, together=True)
    assert [each.title for each in together.arms] == ["prompt", "prompt without replay, with stop 1h later"]


def test_what_is_never_reached_is_said_and_bounded_by_the_end() -> None:
    found = carry_out(policies_study(setting(), ["prompt", "idle"], SEEDS))
    prompt, idle = found.study.arms
    never = found.mean("ttm", idle)
    assert (never.at_least, never.count) == (6, 6)
    started = found.outcomes(idle)[0].started
    assert started is not None
    assert value("ttm", found.outcomes(idle)[0], 2 * HOUR) == Value(2 * HOUR - started, at_least=True)
    assert found.difference("ttm", idle).at_least == 6
    assert found.mean("ttm", prompt).at_least == 0


def test_shared_luck_narrows_the_interval_of_a_difference() -> None:
    found = carry_out(command_study(setting(), "slow", [], [("stop", 5 * MINUTE)], range(1, 25)))
    before, after = ([value("lost.total", each, 0) for each in found.outcomes(arm)] for arm in found.study.arms)
    shared, independent = summary(differences(after[:12], before[:12])), summary(differences(after[:12], before[12:]))
    assert width(shared) < 0.5 * width(independent)


def width(found: Summary) -> float:
    assert found.low is not None
    assert found.high is not None
    return found.high - found.low


@pytest.mark.parametrize(
    ("without", "delays", "said"),
    [
        ([], [], "nothing is changed"),
        (["stopp"], [], "no command of prompt 'stopp'. Did you mean stop?"),
        ([], [("cuont", MINUTE)], "no command of prompt 'cuont'. Did you mean count?"),
    ],
)
def test_what_cannot_be_changed_is_said(without: list[str], delays: list[tuple[str, int]], said: str) -> None:
    with pytest.raises(Problem) as error:
        command_study(setting(), "prompt", without, delays, SEEDS)
    assert said in str(error.value)


def test_a_comparison_needs_two_policies_that_exist_and_a_seed() -> None:
    for policies, seeds, said in ((["prompt", "slo"], SEEDS, "Did you mean slow?"), (["prompt"], SEEDS, "Name two"),
                                  (["prompt", "slow"], [], "0 seeds")):  # fmt: skip
        with pytest.raises(Problem) as error:
            policies_study(setting(), policies, seeds)
        assert said in str(error.value)
