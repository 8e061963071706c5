"""Outcomes and scores are in order, with separate intervals, in every scenario: as it stands, and in every variant."""

from __future__ import annotations

import pytest

from incidentsim.authoring.gaming import GAMES
from incidentsim.authoring.plays import HONEST, Only, Plays, carried_out
from incidentsim.authoring.proving import check_plays
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.library import entries

SCENARIOS = sorted(each.id for each in entries() if each.origin != "user")
SLOW = "pin-everything"
"""It opens thousands of rows; it is played with fewer seeds."""
QUICK = frozenset({*HONEST, *GAMES} - {SLOW})


def plays_of(scenario: str, seeds: int, only: Only) -> tuple[Plays, list[str]]:
    setting = setting_for(scenario)
    plays = carried_out(setting, range(1, seeds + 1), only=only)
    return plays, [note.message for note in check_plays(setting.scenario, plays)]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_honest_and_gaming_policies_are_in_order_over_twenty_seeds(scenario: str) -> None:
    plays, found = plays_of(scenario, 20, Only(QUICK, (None,)))
    assert found == []
    reference, typical, idle = (plays.of(None, each) for each in ("reference", "typical", "idle"))
    assert all("resolved" in each.milestones for each in reference)
    for best, middle, none in zip(reference, typical, idle, strict=True):
        assert best.lost <= middle.lost <= none.lost
        assert best.spent <= none.spent


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_they_are_in_order_in_every_variant(scenario: str) -> None:
    variants = tuple(each.id for each in setting_for(scenario).scenario.variants)
    assert len(variants) >= 2
    _, found = plays_of(scenario, 3, Only(QUICK, variants))
    assert found == []


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_pinning_everything_is_worth_less_than_a_typical_response(scenario: str) -> None:
    plays, _ = plays_of(scenario, 2, Only(frozenset({SLOW, "typical"}), (None,)))
    assert max(each.score for each in plays.of(None, SLOW)) + 10 < min(each.score for each in plays.of(None, "typical"))
