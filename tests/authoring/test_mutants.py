"""Every kind of damage to every scenario is found, at its place; undamaged scenarios have no findings."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from incidentsim.authoring import report
from incidentsim.authoring.plays import Only
from incidentsim.scenario.library import entries, find
from tests.authoring.mutators import _LARGEST, PLAYED, READ

POLICIES = frozenset({"reference", "typical", "idle", "harmful", "red-herring-first"})
SCENARIOS = sorted(each.id for each in entries() if each.origin != "user")


@cache
def text_of(scenario: str) -> str:
    return find(scenario).read_text("utf-8")


def written(raw: dict[str, Any], folder: Path) -> str:
    path = folder / "incident_scenario.json"
    path.write_text(json.dumps(raw, indent=1), "utf-8")
    return str(path)


@cache
def largest_loss(scenario: str) -> str:
    from incidentsim.authoring.playing import played
    from incidentsim.exercise.policies import IDLE
    from incidentsim.exercise.settings import setting_for

    loss = played(setting_for(scenario), IDLE).loss
    return max(loss, key=lambda each: loss[each])


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("damage", READ, ids=lambda each: each.__name__)
def test_damage_that_can_be_read_is_found_at_its_place(
    scenario: str, damage: Callable[[dict[str, Any]], str], tmp_path: Path
) -> None:
    raw = json.loads(text_of(scenario))
    place = damage(raw)
    found = report.examined(written(raw, tmp_path), 0).findings
    assert any(each.path.startswith(place) and each.severity == "error" for each in found), [
        each.path for each in found
    ]
    assert all(each.line for each in found)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("damage", PLAYED, ids=lambda each: each.__name__)
def test_damage_that_only_play_can_show_is_found_at_its_place(
    scenario: str, damage: Callable[[dict[str, Any]], str], tmp_path: Path
) -> None:
    raw = json.loads(text_of(scenario))
    _LARGEST[scenario] = largest_loss(scenario)
    place = damage(raw)
    # A variant is played where it was damaged.
    variants = {
        "empty_variant": raw["variants"][-1],
        "stubborn_variant": raw["variants"][0],
        "healing_variant": raw["variants"][0],
    }.get(damage.__name__)
    only = Only(POLICIES, (None,) if variants is None else (None, variants["id"]))
    found = report.examined(written(raw, tmp_path), 1, only=only).findings
    places = [each.path for each in found if each.severity == "error"]
    assert any(each.startswith(place) for each in places), places


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_an_undamaged_scenario_has_no_findings_and_the_order_of_scores_holds(scenario: str, tmp_path: Path) -> None:
    raw = copy.deepcopy(json.loads(text_of(scenario)))
    found = report.examined(written(raw, tmp_path), 1)
    assert [each.text(scenario) for each in found.findings] == []
    assert found.plays is not None
    assert len(found.plays.variants()) == 1 + len(raw["variants"]) >= 3
