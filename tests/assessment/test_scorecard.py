"""The scorecard of known players, in the order they were labelled with beforehand."""

from __future__ import annotations

import json
import re

import pytest

from tests.assessment.scenarios import document, played

GAP = 10


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_scores_order_as_labelled(seed: int) -> None:
    score = {name: played(name, seed).card.score for name in
             ("reference", "typical", "idle", "harmful", "everything", "pin-everything")}  # fmt: skip
    assert score["reference"] >= score["typical"] + GAP
    for worse in ("idle", "harmful", "everything", "pin-everything"):
        assert score["typical"] >= score[worse] + GAP, (worse, score)
    assert all(0 <= each <= 100 for each in score.values())


def test_the_same_run_gives_the_same_scorecard() -> None:
    first, second = (played("reference", raw=document()) for _ in range(2))
    assert json.dumps(first.card.to_json()) == json.dumps(second.card.to_json())
    assert first.card.to_markdown() == second.card.to_markdown()


def test_a_loss_that_was_not_stopped_holds_the_score_down_and_says_so() -> None:
    run = played("reference", raw=without_loss_weight())
    stopped = run.card
    assert not stopped.limits
    lost = played("reference", skip=("stop",), raw=without_loss_weight()).card
    assert lost.before_limits > 45
    assert lost.score == 45
    assert "not stopped" in lost.to_json()["limits"][0]["rule"]
    assert "The loss was not stopped" in lost.to_markdown()


def test_a_factor_that_is_not_found_costs_a_point_however_little_its_criterion_weighs() -> None:
    raw = document()
    for each in raw["rubric"]:
        each["weight"] = 1 if each["measure"] == "factors" else 20
    whole, without = played("reference", raw=raw), played("reference", raw=raw, skip=("interview",))
    assert without.card.score < whole.card.score
    assert "takes off at least a point. Not found: 1." in without.card.to_markdown()


def without_loss_weight() -> dict[str, object]:
    """The incident with a rubric that does not ask for the loss, so that only the limit can."""
    raw = document()
    raw["rubric"] = [each for each in raw["rubric"] if each["measure"] in {"factors", "whys", "evidence"}]
    return raw


def test_many_actions_of_which_few_came_to_anything_hold_the_score_down() -> None:
    raw = document()
    raw["rubric"] = [each for each in raw["rubric"] if each["measure"] == "loss-stopped"]
    card = played("everything", raw=raw).card
    assert card.before_limits > 50
    assert card.score == 50


def test_every_number_of_the_markdown_stands_in_the_json() -> None:
    for name in ("reference", "typical", "harmful"):
        card = played(name).card
        known = set(re.findall(r"\d+(?:[.,:]\d+)*", json.dumps(card.to_json())))
        shown = set(re.findall(r"\d+(?:[.,:]\d+)*", card.to_markdown()))
        assert shown <= known, shown - known


def test_it_says_exercise_and_whose_the_scores_are() -> None:
    card = played("typical").card
    assert card.to_json()["marker"] == "EXERCISE"
    assert card.to_markdown().startswith("# EXERCISE")
    assert "Scores belong to the trainee." in card.to_markdown()


def test_what_went_well_comes_before_the_one_thing_to_practise() -> None:
    card = played("typical").card
    text = card.to_markdown()
    assert 0 < text.index("## What went well") < text.index("## One thing to practise next") < text.index("## Criteria")
    practise = card.practise
    assert practise is not None
    assert practise.criterion.id not in [each.criterion.id for each in card.well]
    assert text.count("What good looks like") == 1


def test_each_criterion_shows_its_rule_its_evidence_and_two_answers() -> None:
    data = played("reference").card.to_json()
    assert [each["measure"] for each in data["criteria"]] == [each["measure"] for each in document()["rubric"]]
    for each in data["criteria"]:
        assert each["rule"]
        assert each["explanation"]
        assert each["senior"] == f"A senior answer on {each['measure']}."
        assert each["staff"] == f"A staff answer on {each['measure']}."
    factors = next(each for each in data["criteria"] if each["measure"] == "factors")
    assert factors["evidence"]


def test_the_score_is_the_mean_by_weight_of_what_could_be_measured() -> None:
    data = played("typical").card.to_json()
    measured = [each for each in data["criteria"] if each["ratio"] is not None]
    mean = sum(each["weight"] * each["ratio"] for each in measured) / sum(each["weight"] for each in measured)
    assert data["before_limits"] == int(100 * mean + 0.5)


def test_a_scenario_of_ten_events_and_nothing_else_is_scored_all_the_same() -> None:
    raw = {"events": [{"at": f"{minute}m", "text": f"event {minute}"} for minute in range(10)]}
    raw["policies"] = [{"id": "idle", "title": "Idle"}, _writer()]
    idle, writer = (played(name, raw=raw).card for name in ("idle", "writer"))
    assert idle.score == 0
    assert writer.score > 20
    assert writer.factors == ()
    assert writer.to_json()["score"] == writer.score
    assert "EXERCISE" in idle.to_markdown()


def _writer() -> dict[str, object]:
    return {
        "id": "writer", "title": "Writer",
        "commands": [{"at": "4m", "verb": "declare", "target": "SEV2"},
                     {"id": "row", "at": "5m", "verb": "open", "target": "row", "args": {"search": "event 3"}},
                     {"at": "6m", "verb": "note", "args": {"text": "The third event looks odd."}}],
        "writes": {"whys": [{"id": "w", "text": "The third event", "branch": "occurred", "cites": ["row"]}]},
    }  # fmt: skip


def test_hostile_text_shows_as_text() -> None:
    raw = document()
    hostile = "<script>alert(1)</script> | [link](javascript:alert(1)) \x1b[31m ![x](http://x) `code` **bold**"
    raw["title"] = hostile
    raw["rubric"][0]["title"] = hostile
    raw["rubric"][0]["senior"] = hostile
    raw["truth"]["conditions"][0]["text"] = hostile
    raw["injects"][0]["title"] = hostile
    raw["slos"][0]["title"] = hostile
    raw["actions"][2]["outcomes"][0]["harm_text"] = hostile
    for name in ("reference", "typical", "harmful"):
        text = played(name, raw=raw).card.to_markdown()
        assert "<script" not in text.replace("\\<script", "")
        assert "\x1b" not in text
        assert re.search(r"(?<!\\)\[link", text) is None
        assert re.search(r"(?<!\\)\*\*bold", text) is None
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} <= {3, 5, 6}
