"""What players are told of an action's price holds for each target, and does not tell one target from another."""

from __future__ import annotations

from typing import Any

import pytest

from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.seat import Seat
from incidentsim.exercise.settings import setting_for
from incidentsim.scenario.document import Scenario
from incidentsim.scenario.findings import path_text
from incidentsim.scenario.library import entries
from incidentsim.scenario.price_checks import EASIEST_FIRST
from incidentsim.scenario.references import check
from incidentsim.simulation.command import Command
from incidentsim.simulation.grammar import understand
from tests.exercise.runs import seat
from tests.simulation.worlds import pipeline


@pytest.mark.parametrize("scenario", [each.id for each in entries()])
def test_what_is_said_holds_for_every_target_and_option(scenario: str) -> None:
    setting = setting_for(scenario)
    verbs = {each["id"]: each for each in Seat(Exercise(setting)).briefing()["verbs"]}
    for action in setting.scenario.actions:
        told = verbs[action.verb]
        task = understand(
            Command(0, 1, "x", "act", f"{action.verb}:{action.target}", dict(action.args)), setting.scenario
        )
        assert told["shortest"] <= task.takes <= told["longest"], action.id
        undoing = EASIEST_FIRST.index(action.reversibility or told["reversibility"])
        assert EASIEST_FIRST.index(told["at_best"]) <= undoing <= EASIEST_FIRST.index(told["at_worst"]), action.id
        if any(outcome.refused for outcome in action.outcomes):
            assert told["needs"], action.id


UNTOLD = [
    ({"takes": "9m"}, "verbs[0].longest"),
    ({"takes": "1m"}, "verbs[0].shortest"),
    ({"reversibility": "irreversible"}, "verbs[0].at_worst"),
    ({"reversibility": "none-needed"}, "verbs[0].at_best"),
    ({"outcomes": [{"id": "no", "text": "Not without a yes.", "refused": True}]}, "verbs[0]"),
]
TOLD = {"shortest": "1m", "longest": "9m", "at_best": "none-needed", "at_worst": "irreversible", "needs": "A yes."}


@pytest.mark.parametrize(("action", "where"), UNTOLD)
def test_what_a_verb_does_not_tell_is_found_and_what_it_tells_is_not(action: dict[str, Any], where: str) -> None:
    raw = pipeline()
    raw["actions"][0] |= action
    assert raw["actions"][0]["verb"] == raw["verbs"][0]["id"]
    found = [path_text(each.path) for each in check(Scenario.model_validate(raw)) if each.code == "price"]
    assert found == [where]
    raw["verbs"][0] |= TOLD
    assert not [each for each in check(Scenario.model_validate(raw)) if each.code == "price"]


def test_what_one_action_costs_changes_nothing_of_what_is_told() -> None:
    raw = pipeline()
    raw["verbs"][0] |= TOLD
    before = seat(raw).briefing()
    raw["actions"][0] |= {"takes": "7m", "reversibility": "costly"}
    assert seat(raw).briefing() == before
