"""Scores of the flagship order honest players sensibly, and those who game the score below them."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from incidentsim.assessment.scorecard import assess
from incidentsim.authoring.gaming import derived
from incidentsim.case.policy_writes import written_case
from incidentsim.exercise.clues import shows
from incidentsim.exercise.exercise import Exercise, Setting
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat
from incidentsim.scenario.document import Scenario
from incidentsim.scenario.play import Policy
from tests.assessment.scenarios import Played

FLAGSHIP = Path(__file__).parents[2] / "scenarios" / "inc-2024-0312" / "incident_scenario.json"
GAP = 10


@functools.cache
def scenario() -> tuple[Scenario, dict[str, Any]]:
    raw = json.loads(FLAGSHIP.read_text())
    return Scenario.model_validate(raw), raw


def policy(policy_id: str) -> dict[str, Any]:
    """A policy as the document has it, every command with a label."""
    found = next(each for each in scenario()[1]["policies"] if each["id"] == policy_id)
    commands = [{"id": f"auto-{number}", **each} for number, each in enumerate(found["commands"])]
    return {**found, "commands": commands}


def plays(wanted: dict[str, Any], seed: int = 1, skip: frozenset[str] = frozenset()) -> Played:
    """A run of the flagship."""
    document, raw = scenario()
    exercise = Exercise(Setting(document, raw, "hash", seed=seed))
    seat = Seat(exercise)
    run = play(Policy.model_validate(wanted), seat, skip)
    record = exercise.record()
    case = written_case(run, seat, record)
    return Played(run, record, case, assess(record, case))


@functools.cache
def known(policy_id: str, seed: int = 1) -> Played:
    return plays(policy(policy_id), seed)


@pytest.mark.parametrize("seed", [1, 20])
def test_reference_typical_idle_and_harmful_are_ten_points_apart(seed: int) -> None:
    score = {name: known(name, seed).card.score for name in ("reference", "typical", "idle", "harmful")}
    assert score["reference"] >= score["typical"] + GAP
    assert score["typical"] >= max(score["idle"], score["harmful"]) + GAP


def test_only_reference_and_typical_stop_the_loss() -> None:
    names = ("reference", "typical", "idle", "harmful")
    stopped = [name for name in names if "mitigated" in known(name).record.world.milestones]
    assert stopped == ["reference", "typical"]


def test_the_reference_response_with_everything_else_tried_too_scores_below_typical() -> None:
    reference, everything = policy("reference"), derived(scenario()[0])["everything"]
    tried = [{"id": f"try-{number}", "at": each.at, "verb": each.verb, "target": each.target, "args": each.args}
             for number, each in enumerate(everything.commands)]  # fmt: skip
    both = {**reference, "commands": [*reference["commands"], *tried]}
    assert plays(both).card.score + GAP <= known("typical").card.score


def test_a_fix_without_evidence_scores_below_typical() -> None:
    reference = policy("reference")
    changing = {each["id"] for each in scenario()[1]["verbs"] if each.get("changes", True)}
    fixes = [each for each in reference["commands"]
             if each["verb"] == "act" and each["target"].partition(":")[0] in changing]  # fmt: skip
    assert plays({**reference, "commands": fixes}).card.score + GAP <= known("typical").card.score


def test_updates_all_the_time_score_below_the_same_play_without_them() -> None:
    typical = policy("typical")
    updates = [
        {"at": f"{minute}m", "verb": "announce", "target": audience, "args": {"text": "We are still working on it."}}
        for minute in range(20, 350, 3)
        for audience in ("internal", "customers", "executives", "status")
    ]
    assert plays({**typical, "commands": [*typical["commands"], *updates]}).card.score < known("typical").card.score


def revealing(run: Played, condition: str) -> frozenset[str]:
    """The labels of the commands whose evidence shows a condition; reading what is unread counts as one of them."""
    labels = {number: label for label, numbers in run.run.commands.items() for number in numbers}
    clues = [each for each in scenario()[0].truth.clues if condition in each.shows]
    shown = (each.command for each in run.record.evidence if any(shows(clue, each) for clue in clues))
    found = frozenset(labels[number] for number in shown)
    reading = frozenset(each.id for each in run.run.policy.commands if each.target == "inbox" and each.id is not None)
    return found | reading if found & reading else found


def test_taking_out_what_reveals_a_factor_makes_it_unproven_and_lowers_the_score() -> None:
    whole = known("reference")
    found = [each.condition.id for each in whole.card.factors if each.state == "found"]
    assert len(found) >= 5
    for condition in found[::7]:
        without, skip = whole, frozenset[str]()
        # What one command no longer opens a later one may, so it may take several rounds.
        while more := revealing(without, condition):
            skip |= more
            without = plays(policy("reference"), skip=skip)
        assert without.state(condition) == "unproven", condition
        assert without.card.score < whole.card.score, condition


def test_each_factor_that_is_found_cites_evidence_which_the_run_brought() -> None:
    run = known("reference")
    held = {each.id for each in run.record.evidence}
    for factor in run.card.factors:
        assert set(factor.cited) <= held
        assert (factor.state == "found") == bool(factor.cited) or factor.state == "compare"
