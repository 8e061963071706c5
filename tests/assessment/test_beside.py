"""What stands beside the score: it is told, and changes nothing."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from incidentsim.assessment.calibration import said
from incidentsim.assessment.facts import Facts
from tests.assessment.library import SCENARIOS, run
from tests.assessment.scenarios import Played, document, played

STOP = {"at": "31m", "verb": "act", "target": "stop:edge"}
IN_PLACE = {"at": "40m", "verb": "act", "target": "replay:pipe", "args": {"into": "place"}}


def playing(*commands: dict[str, Any]) -> Played:
    raw = copy.deepcopy(document())
    raw["policies"] = [*raw["policies"], {"id": "planted", "title": "Planted", "commands": list(commands)}]
    return played("planted", raw=raw)


def told(run: Played, title: str) -> str:
    (note,) = [each for each in run.card.beside if each.title == title]
    text = "\n".join(note.lines)
    assert {"title": title, "lines": list(note.lines)} in run.card.to_json()["beside"]
    return text


def update(at: str, text: str = "We count.", **args: Any) -> dict[str, Any]:
    return {"at": at, "verb": "announce", "target": "internal", "args": {"text": text, **args}}


@pytest.mark.parametrize("promise", [{"next_update": 20}, {"next_update": "20m"}, {"next_update": "00:40"},
                                     {"text": "We count. Next update 00:40 UTC."}])  # fmt: skip
def test_a_promised_update_is_kept_late_or_never_comes(promise: dict[str, Any]) -> None:
    first = {**update("20m"), "args": {"text": "We count.", **promise}}
    kept = told(playing(first, update("38m")), "Communication")
    assert "2 status updates: internal 2." in kept
    assert "promised for a time: 1; kept within 5 min: 1." in kept
    late = told(playing(first, update("70m")), "Communication")
    assert "kept within 5 min: 0." in late
    assert "30 min late" in late
    never = told(playing(first), "Communication")
    assert "none came" in never
    assert "No update said when" in told(playing(update("20m")), "Communication")


def test_what_updates_say_and_promise_too_much() -> None:
    said_little = told(playing(update("20m", "We look into it.")), "Communication")
    assert "How much or how many is said in 0 of 1." in said_little
    assert "Nothing was promised that could not be known." in said_little
    much = told(playing(update("20m", "It is fixed for good and 40 orders are back.")), "Communication")
    assert "is said in 1 of 1." in much
    assert "promised more than was known" in much
    assert told(playing(), "Communication") == "No status update was posted."


def test_decisions_are_told_with_how_hard_they_are_to_take_back() -> None:
    def decide(at: str, text: str, **args: Any) -> dict[str, Any]:
        return {"at": at, "verb": "decide", "args": {"text": text, **args}}

    text = told(playing(
        decide("20m", "Hold the rollout"), decide("22m", "Delete the topic", tier="irreversible"),
        decide("25m", "Drop the batch", tier="costly", why="It is wrong", evidence=["E-0001"], dissent="BI"),
    ), "Decisions")  # fmt: skip
    assert "3 decisions: 1 reversible, 1 costly, 1 irreversible." in text
    assert "irreversible: “Delete the topic”; no reason and no evidence, and hard to take back." in text
    assert "costly: “Drop the batch”; who saw it otherwise is kept." in text
    assert told(playing(), "Decisions") == "No decision was written down."


def test_calibration_compares_what_was_first_said_with_what_came_and_says_when_it_is_too_few() -> None:
    def hypothesis(text: str, confidence: int, target: str = "", **args: Any) -> dict[str, Any]:
        return {
            "at": "20m",
            "verb": "hypothesis",
            "target": target,
            "args": {"text": text, "confidence": confidence, **args},
        }

    def predict(at: str, confidence: int) -> dict[str, Any]:
        return {"at": at, "verb": "predict", "args": {"text": "It helps", "confidence": confidence}}

    few = playing(hypothesis("A field was added to the schema", 80), predict("31m", 85), STOP)
    assert "2 statements could be compared: too few" in told(few, "Calibration")
    enough = playing(
        hypothesis("A field was added to the schema", 80), hypothesis("The campaign ended", 85),
        hypothesis("The campaign ended last week", 30, state="open"), predict("31m", 85), STOP,
        predict("40m", 90), IN_PLACE,
        {"at": "50m", "verb": "hypothesis", "target": "H-02", "args": {"confidence": 1, "state": "ruled-out"}},
    )  # fmt: skip
    assert [(each.kind, each.confidence, each.happened) for each in said(Facts(enough.record, enough.case))] == [
        ("hypothesis", 80, True), ("hypothesis", 85, False), ("hypothesis", 30, False),
        ("prediction", 85, True), ("prediction", 90, False),
    ]  # fmt: skip
    text = told(enough, "Calibration")
    assert "Of 4 said at 80% or more, 2 came out so." in text
    assert "Of 1 said at 20% to 39%, 0 came out so." in text
    assert "Mean squared distance 0.34;" in text


def test_harm_is_told_by_outcome_and_help_by_who_was_asked() -> None:
    harmful = told(playing(IN_PLACE), "Harm by outcome")
    assert "points: " in harmful
    assert told(playing(STOP), "Harm by outcome") == "No action did harm."
    reference = played("reference")
    assert told(reference, "Help used").startswith("1 question in play: ")
    assert "1 question afterwards: " in told(reference, "Help used")
    assert "Nobody was asked in play." in told(playing(), "Help used")


def test_it_stands_in_the_markdown_and_changes_nothing_of_the_score() -> None:
    quiet, promising = playing(STOP), playing(STOP, update("35m", "It is fixed for good."))
    text = promising.card.to_markdown()
    assert "## Beside the score" in text
    assert "None of this changes the score." in text
    lines = {each.criterion.id: each.points for each in promising.card.lines}
    assert {
        each.criterion.id: each.points for each in quiet.card.lines if each.criterion.id != "timeline"
    }.items() <= lines.items()


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("policy", ["reference", "typical", "harmful"])
def test_what_was_brought_back_is_never_all_where_something_is_not_back(scenario: str, policy: str) -> None:
    """The share is of what could be brought back; what is not back of all that was lost is said with it."""
    played = run(scenario, None, policy)
    left = sum(played.record.world.loss().values())
    (line,) = [each for each in played.card.lines if each.criterion.measure == "resolution"]
    assert left
    assert f"{left:,} are not back." in line.measured.explanation
    assert "recovered (100%)" not in played.card.to_markdown()


def test_almost_all_is_not_all() -> None:
    assert "over 99%" in run("inc-2024-0312", "at-the-door", "typical").card.to_markdown()
