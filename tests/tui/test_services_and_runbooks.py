"""The map and the page of a service; runbooks that are read, searched and ticked. On the flagship itself."""

from __future__ import annotations

import asyncio

from incidentsim.text.runbook import blocks, found_in
from tests.screens.staging import opened
from tests.tui.driving import press, shown


def playing(story, size=(120, 36)):
    async def main():
        async with opened("play", "session", size) as pilot:
            await story(pilot.app, pilot)

    asyncio.run(main())


def test_the_map_says_what_is_measured_of_each_service():
    async def story(app, pilot):
        await press(pilot, "6", "z")
        lines = [line for line in shown(app).splitlines() if " ┃ " in line.replace("┃", " ┃ ")]
        lines = {line.strip("┃ ").split()[0]: line for line in lines if line.strip("┃ ").split()}
        assert " ok " in lines["enrich-stream"]
        assert " warn " in lines["event-broker"]
        assert " paging " in lines["scheduler"]
        assert "no signal" in lines["transforms"]

    playing(story)


def test_a_service_opens_to_its_signals_alerts_changes_and_runbooks():
    async def story(app, pilot):
        await press(pilot, "6", "home")
        app.screen.query_one("#map").choose("service:enrich-stream")
        await press(pilot, "enter")
        text = shown(app)
        for wants in (
            "Owned by the team",
            "Needs: ",
            "Consumer lag, enrich-stream",
            "Alerts",
            "Changes",
            "Runbooks that name it",
        ):
            assert wants in text
        await press(pilot, "i")
        assert "[x] enrich-stream" in shown(app)

    playing(story)


def test_a_signal_of_a_service_opens_and_escape_comes_back_to_the_service():
    async def story(app, pilot):
        await press(pilot, "6")
        app.screen.query_one("#map").choose("service:enrich-stream")
        await press(pilot, "enter")
        app.screen.query_one("#entries").choose("signal:consumer-lag")
        await press(pilot, "enter")
        assert "cursor" in shown(app)
        await press(pilot, "escape")
        assert "Owned by the team" in shown(app)

    playing(story)


def test_typing_a_verb_and_a_target_finds_the_action_at_once():
    async def story(app, pilot):
        await press(pilot, "a", "=inspect warehouse-loader", "enter")
        assert "Inspect warehouse-loader" in shown(app)
        assert "Do it" in shown(app)

    playing(story)


def test_a_ticked_step_goes_into_the_record_and_the_timeline_and_can_be_taken_back():
    async def story(app, pilot):
        await press(pilot, "r", "=consumer", "enter", "n", "space")
        assert "[x] 1." in shown(app)
        steps = app.session.seat.incident_record()["steps"]
        assert [(item["runbook"], item["step"], item["done"]) for item in steps] == [("consumer-lag", 1, True)]
        assert any(item["kind"] == "step" for item in app.session.seat.timeline())
        await press(pilot, "space")
        assert "[ ] 1." in shown(app)
        assert "[x]" not in shown(app)

    playing(story)


def test_runbooks_are_searched_together():
    async def story(app, pilot):
        await press(pilot, "r", "=search in", "enter", "=rebalance", "enter")
        assert "Runbooks with “rebalance”" in shown(app)
        await press(pilot, "enter")
        assert "rebalance" in shown(app).lower()

    playing(story)


def test_the_parts_of_a_runbook():
    text = (
        "# Title\n\nSome **bold** text\n\n1. First\n   goes on\n2. `second`\n\n```\ncode 1. not a step\n```\n1. Third\n"
    )
    assert [(each.kind, each.text, each.step) for each in blocks(text) if each.text] == [
        ("heading", "Title", 0),
        ("text", "Some **bold** text", 0),
        ("step", "First goes on", 1),
        ("step", "`second`", 2),
        ("code", "code 1. not a step", 0),
        ("step", "Third", 3),
    ]
    assert found_in({"a": text}, "BOLD") == [("a", 2, "Some bold text")]
