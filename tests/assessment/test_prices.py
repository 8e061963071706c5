"""Prices of choices: modelled by another run, and only against what was held when the choice was made."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from incidentsim.assessment.facts import Facts
from incidentsim.assessment.prices import Price, prices
from incidentsim.scenario.units import MINUTE
from incidentsim.whatif.altered import altered, cost_of
from tests.assessment.scenarios import COUNT, INTERVIEW, Played, document, played

POLICIES = ("reference", "typical", "idle", "harmful", "everything", "pin-everything")
IN_PLACE = {"verb": "act", "target": "replay:pipe", "args": {"into": "place"}}


def priced(run: Played) -> tuple[Price, ...]:
    return prices(Facts(run.record, run.case))


def with_commands(*commands: dict[str, Any]) -> Played:
    raw = copy.deepcopy(document())
    raw["policies"] = [*raw["policies"], {"id": "planted", "title": "Planted", "commands": list(commands)}]
    return played("planted", raw=raw)


def lost(run: Played) -> int:
    return sum(run.record.world.losing())


@pytest.mark.parametrize("policy", POLICIES)
def test_the_same_commands_give_the_same_run(policy: str) -> None:
    record = played(policy).record
    again = altered(record, record.commands)
    assert again.digests == record.world.digests
    assert cost_of(again) == cost_of(record.world)


@pytest.mark.parametrize("policy", POLICIES)
def test_no_price_refers_to_what_was_not_held_when_the_choice_was_made(policy: str) -> None:
    run = played(policy)
    held = {each.id: each for each in run.record.evidence}
    for price in priced(run):
        assert (price.lost is None) == (not price.evidence)
        for each in price.evidence:
            assert held[each].phase == "during"
            assert held[each].t <= price.t


def test_waiting_costs_what_the_same_step_taken_at_once_would_have_saved() -> None:
    late = with_commands(
        {"id": "count", "at": "25m", **COUNT}, {"id": "stop", "at": "65m", "verb": "act", "target": "stop:edge"}
    )
    (known,) = {each.t for each in late.record.evidence if each.kind == "query"}
    soon = with_commands(
        {"id": "count", "at": "25m", **COUNT},
        {"id": "stop", "at": f"{known // MINUTE}m", "verb": "act", "target": "stop:edge"},
    )
    (price,) = priced(late)
    assert (price.id, price.t) == ("waiting", known)
    assert price.lost == lost(late) - lost(soon) > 0
    spent = [run.record.world.budgets()["coverage"].consumed for run in (late, soon)]
    assert price.budget == spent[0] - spent[1]
    assert f"{price.lost:,}" in price.explanation
    assert "Modelled" in price.explanation


def test_a_step_that_was_right_by_luck_has_no_price() -> None:
    (price,) = priced(with_commands({"at": "40m", "verb": "act", "target": "stop:edge"}, {"at": "60m", **COUNT}))
    assert (price.lost, price.evidence) == (None, ())
    assert "could not be told apart" in price.explanation


def test_harm_has_a_price_only_once_it_could_be_known() -> None:
    blind = with_commands({"at": "40m", **IN_PLACE}, {"at": "60m", **COUNT})
    knowing = with_commands({"at": "20m", **COUNT}, {"at": "40m", **IN_PLACE}, {"at": "60m", **COUNT})
    for run, has in ((blind, False), (knowing, True)):
        for price in priced(run):
            assert (price.lost is not None) is has


def test_what_is_learned_after_play_prices_nothing() -> None:
    raw = copy.deepcopy(document())
    for clue in raw["truth"]["clues"]:
        clue["discriminates"] = clue["id"] == "interviewed"
    commands = [{"at": "40m", "verb": "act", "target": "stop:edge"}, INTERVIEW]
    raw["policies"] = [*raw["policies"], {"id": "planted", "title": "Planted", "commands": commands}]
    run = played("planted", raw=raw)
    assert any(each.phase == "after" for each in run.record.evidence)
    assert [each.lost for each in priced(run)] == [None]


def test_nothing_is_priced_where_nothing_was_done() -> None:
    assert priced(played("idle")) == ()
