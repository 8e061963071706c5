"""The real rooms behind the screens: an exercise from its start to its packet, left and taken up again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from incidentsim.text.problem import Problem
from incidentsim.tui.local import LocalLibrary
from tests.simulation.worlds import pipeline
from tests.tui.driving import notices, press, run, shown


@pytest.fixture
def scenario(tmp_path, monkeypatch) -> str:
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path / "home"))
    place = tmp_path / "small.json"
    place.write_text(json.dumps(pipeline()))
    return str(place)


def test_a_drill_is_played_by_keys_from_the_briefing_to_the_packet(scenario, tmp_path):
    library = LocalLibrary()

    async def story(app, pilot):
        app.out = tmp_path / "packet"
        await press(pilot, "enter", "q", "=count accepted, served by version", "enter", "w", "3", "enter")
        assert "accepted" in shown(app)
        await press(pilot, "escape", "E", "y", "3", "enter", "=events were lost", "ctrl+s")
        await press(pilot, "down", "a", "=the parser drops them", "tab", "space", "ctrl+s")
        assert "why? the parser drops them" in shown(app)
        assert "E-0001" in shown(app)
        await press(pilot, "4")
        assert "the parser drops them" in shown(app)
        await press(pilot, "5", "a", "=gate", "tab", "space", "tab", "tab", "tab", "tab", "tab", "=blocked", "ctrl+s")
        await press(pilot, "6", "a", "=Events were dropped.", "ctrl+s")
        await app.workers.wait_for_complete()
        await press(pilot, "S", "y")
        assert "What went well" in shown(app)
        await press(pilot, "P")
        assert "Written to" in shown(app)

    run(story, library, scenario=scenario)
    files = {place.name for place in (tmp_path / "packet").iterdir()}
    assert {"SMALL-postmortem.md", "case.yaml", "scorecard.json", "exercise.journal"} <= files
    assert "Events were dropped." in (tmp_path / "packet" / "SMALL-postmortem.md").read_text()
    assert library.unfinished() == []


def test_an_exercise_that_was_left_is_offered_and_goes_on_at_its_moment_with_what_was_written(scenario):
    library = LocalLibrary()
    session = library.start(scenario, "45", "learn")
    session.seat.do("declare", "SEV2")
    session.seat.wait(300_000)
    session.seat.do("note", text="half way")
    session.case.put_effect("numbers differ")
    now = session.seat.status()["t"]
    session.close()
    (left,) = library.unfinished()
    assert left.title == "Two numbers differ"
    again = library.resume(left.path)
    assert again.waiting
    assert again.seat.tick()["t"] == now
    assert again.seat.status()["severity"] == "SEV2"
    assert again.case.effect() == "numbers differ"


def test_a_case_that_is_edited_by_hand_meanwhile_is_shown_and_not_written_over(scenario, tmp_path):
    async def story(app, pilot):
        await press(pilot, "enter", "E", "y", "3", "enter", "=events were lost", "ctrl+s")
        (file,) = (tmp_path / "home").glob("exercises/*/case.yaml")
        file.write_text(file.read_text().replace("events were lost", "events were late"))
        await press(pilot, "enter", "=nothing came", "ctrl+s")
        assert "effect changed there meanwhile" in notices(app)[-1]
        assert "events were late" in file.read_text()
        await press(pilot, "escape", "y")
        file.write_text(file.read_text().replace("events were late", "events were doubled"))
        await press(pilot, "2", "3")
        assert "events were doubled" in shown(app)
        file.write_text("effect: [half\n")
        await press(pilot, "4")
        assert "case.yaml" in notices(app)[-1]
        assert file.read_text() == "effect: [half\n"

    run(story, LocalLibrary(), scenario=scenario)


def test_what_is_written_is_checked_and_a_refusal_changes_nothing(scenario):
    session = LocalLibrary().start(scenario, "45", "learn")
    case = session.case
    why = case.put_why({"text": "a", "branch": "occurred", "parent": "", "cites": ["E-0001"], "ruled_out": False})
    below = case.put_why({"text": "b", "branch": "occurred", "parent": why, "cites": [], "ruled_out": False})
    with pytest.raises(Problem, match="Nothing was changed"):
        case.put_why({"text": "c", "branch": "nowhere", "parent": "", "cites": [], "ruled_out": False})
    states = {each["id"]: each["state"] for each in case.whys()}
    assert states == {why: "no evidence", below: "no evidence"}
    case.put_why({**case.whys()[0], "branch": "lasted"})
    assert {each["branch"] for each in case.whys()} == {"lasted"}
    case.drop_why(why)
    assert [(each["id"], each["parent"]) for each in case.whys()] == [(below, "")]


def test_an_action_item_names_an_slo_that_the_case_then_defines(scenario):
    session = LocalLibrary().start(scenario, "45", "learn")
    case = session.case
    item = {
        "text": "gate", "addresses": [], "hierarchy": "eliminate", "type": "prevent", "priority": "P0", "owner": "data",
        "done_when": "blocked", "slo": case.vocabulary()["slos"][0][0], "due": "", "control": "",
    }  # fmt: skip
    first = case.put_action(item)
    second = case.put_action({**item, "text": "alert"})
    case.move_action(second, -1)
    assert [each["id"] for each in case.actions()] == [second, first]
    case.drop_action(first)
    assert len(case.actions()) == 1
    assert session.case.case.slos == ("coverage",)


def test_an_answer_to_leadership_is_kept_at_once_checked_and_can_be_taken_back(scenario):
    session = LocalLibrary().start(scenario, "45", "learn")
    session.seat.do("end")
    case = session.case
    asked = session.briefing()["questions"]
    assert {each["frame"].split(":")[0] for each in asked} == {"VP", "CTO", "Engineer"}
    first = asked[0]["id"]
    case.put_answer(first, {"text": "It is nothing, and never again.", "cites": [], "estimate": False})
    kept = next(iter(Path(scenario).parent.rglob("case.yaml"))).read_text()
    assert f"briefing:\n  {first}:\n    text: It is nothing, and never again." in kept
    found = session.briefing()["questions"][0]
    assert found["text"] == "It is nothing, and never again."
    assert any("never again" in message for message, _ in found["findings"])
    with pytest.raises(Problem, match="Nothing was changed"):
        case.put_answer(first, {"text": "It is so.", "cites": ["nowhere"], "estimate": False})
    assert session.briefing()["questions"][0]["text"] == "It is nothing, and never again."
    case.put_answer(first, {"text": " ", "cites": [], "estimate": False})
    assert case.case.briefing == {}


def test_a_scenario_that_is_not_there_is_a_problem_before_the_terminal_changes(scenario):
    with pytest.raises(Problem, match="no scenario"):
        LocalLibrary().find(str(Path(scenario).with_name("missing")))


def test_the_minutes_of_pause_that_were_used_are_used_after_going_on_too(scenario, monkeypatch):
    wall = [0]
    monkeypatch.setattr("incidentsim.tui.local.time.monotonic_ns", lambda: wall[0] * 1_000_000)
    library = LocalLibrary()
    session = library.start(scenario, "45", "assessed")
    session.seat.do("pause")
    wall[0] += 9 * 60_000
    session.seat.do("resume")
    session.close()
    again = library.resume(library.unfinished()[0].path)
    again.go_on()
    assert again.seat.do("pause")["status"] == "ok"
    wall[0] += 61_000
    before = again.seat.tick()["t"]
    wall[0] += 60_000
    assert again.seat.tick()["t"] > before
    assert "minutes of pause" in again.seat.do("pause")["text"]
