"""Scores over every scenario that ships, its variants and its policies."""

from __future__ import annotations

import time

import pytest

from incidentsim.assessment.scorecard import assess
from incidentsim.case.document import Case
from tests.assessment.library import EVERYWHERE, SCENARIOS, policies, run

MOST_OF_NOTHING = 0.05
GAMES = ("everything", "pin-everything", "fix-without-evidence", "status-spam")


@pytest.mark.parametrize(("scenario", "policy"), [(each, name) for each in SCENARIOS for name in policies(each)])
def test_an_empty_case_earns_next_to_nothing_of_the_analysis(scenario: str, policy: str) -> None:
    card = assess(run(scenario, None, policy).record, Case())
    lines = [each for each in card.lines if each.criterion.family in {"analysis", "improvement"}]
    weight = sum(each.criterion.weight for each in lines)
    assert weight > 30
    assert sum(each.points for each in lines) <= MOST_OF_NOTHING * weight


@pytest.mark.parametrize(("scenario", "variant"), EVERYWHERE)
def test_reference_typical_harmful_and_idle_come_in_this_order(scenario: str, variant: str | None) -> None:
    scores = [run(scenario, variant, policy).card.score for policy in ("reference", "typical", "harmful", "idle")]
    assert scores == sorted(set(scores), reverse=True)
    assert scores[0] >= 94
    assert scores[0] >= scores[1] + 10 >= scores[2] + 20


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_games_are_not_worth_it(scenario: str) -> None:
    for policy in GAMES:
        assert run(scenario, None, policy).card.score <= 29, policy


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_run_that_pins_everything_is_assessed_in_two_seconds(scenario: str) -> None:
    everything = run(scenario, None, "pin-everything")
    assert len(everything.record.evidence) > 1000
    before = time.process_time()
    assess(everything.record, everything.case)
    assert time.process_time() - before < 2


def test_what_was_ruled_out_or_held_counts_once_the_case_says_it() -> None:
    whole = run("inc-2024-0312", None, "reference")
    silent = whole.case.model_copy(update={"whys": tuple(each for each in whole.case.whys if not each.ruled_out)})
    card = assess(whole.record, silent)
    ratio = {each.criterion.id: each.measured.ratio for each in card.lines}
    assert ratio["herrings"] == 0
    assert {each.state for each in card.herrings} == {"refuted"}
    assert "rule it out among the whys" in card.to_markdown()
    assert card.score < whole.card.score
