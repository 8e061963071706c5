"""Who writes nothing after play earns nothing for analysis, however well it was played."""

from __future__ import annotations

import pytest

from incidentsim.assessment.scorecard import assess
from incidentsim.case.document import Case
from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.library import entries

ANALYSIS = ("factors", "whys", "evidence", "herrings", "action-items", "briefing", "milestones")
MOST = 0.05


@pytest.mark.parametrize("scenario", [each.id for each in entries()])
def test_an_empty_case_earns_at_most_a_twentieth_of_the_analysis_points(scenario: str) -> None:
    for policy in setting_for(scenario).scenario.policies:
        exercise = Exercise(setting_for(scenario))
        play(policy, Seat(exercise))
        lines = [each for each in assess(exercise.record(), Case()).lines if each.criterion.measure in ANALYSIS]
        weight = sum(each.criterion.weight for each in lines if each.measured.applies)
        assert weight > 0
        assert sum(each.points for each in lines) <= MOST * weight, policy.id
