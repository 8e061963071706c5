"""Queries: a line with completion and a sentence of what it counts, a form for the same, history, and the result."""

from __future__ import annotations

import asyncio

from incidentsim.tui.dialogs.query import QueryDialog
from tests.screens.staging import opened
from tests.tui.driving import press, shown


def playing(story, size=(120, 36)):
    async def main():
        async with opened("play", "session", size) as pilot:
            await story(pilot.app, pilot)

    asyncio.run(main())


def line(app) -> str:
    assert isinstance(app.screen, QueryDialog)
    return app.screen.line.value


def last_query(app):
    seat = app.session.seat
    return seat.query_of(next(item["id"] for item in reversed(seat.inbox()) if item["channel"] == "query"))


def test_words_are_completed_with_tab_and_the_sentence_says_what_will_be_counted():
    async def story(app, pilot):
        await press(
            pilot,
            "q",
            "=comp",
            "tab",
            "=ingest.acc",
            "tab",
            "=,",
            "=ware",
            "tab",
            "space",
            "=by",
            "space",
            "=app",
            "tab",
        )
        assert line(app) == "compare ingest.accepted, warehouse.served by app_version"
        text = shown(app)
        assert "Compares “" in text
        assert "Takes" in text
        assert "one pair of hands" in text

    playing(story)


def test_what_fits_is_offered_in_the_order_of_the_briefing():
    async def story(app, pilot):
        await press(pilot, "q", "=count", "space")
        text = shown(app)
        places = [text.index(each["id"]) for each in app.session.seat.briefing()["datasets"][:3]]
        assert places == sorted(places)
        await press(pilot, "=ingest.accepted where app_version", "=", "=")
        for label in app.session.seat.briefing()["labels"]:
            assert label in shown(app)

    playing(story)


def test_a_word_is_taken_by_a_click():
    async def story(app, pilot):
        await press(pilot, "q", "=co")
        await pilot.click("#query-fits", offset=(3, 0))
        await pilot.pause()
        assert line(app) == "count "

    playing(story)


def test_what_cannot_be_read_is_told_with_its_place_and_nothing_is_lost():
    async def story(app, pilot):
        await press(pilot, "q", "=count ingest.acepted", "enter")
        assert "Did you mean ingest.accepted?" in shown(app)
        assert line(app) == "count ingest.acepted"

    playing(story)


def test_the_result_is_read_explained_pinned_and_asked_again():
    async def story(app, pilot):
        seat = app.session.seat
        await press(pilot, "q", "=compare ingest.accepted, warehouse.served by app_version, time 30m", "enter")
        seat.advance(15 * 60_000)
        app.screen.follow()
        await press(pilot, "3", "home")
        newest = [item for item in seat.inbox() if item["channel"] == "query"][-1]["id"]
        app.screen.query_one("#inbox").choose(newest)
        await press(pilot, "enter")
        assert "difference" in shown(app)
        assert "8.4" in shown(app)
        await press(pilot, "x")
        assert "The ratio is warehouse.served over ingest.accepted" in shown(app)
        await press(pilot, "asterisk")
        assert any(item["pinned"] for item in seat.evidence() if item["kind"] == "query")
        before = len(seat.status()["running"])
        await press(pilot, "enter", "r")
        assert len(seat.status()["running"]) == before + 1

    playing(story)


def test_what_was_asked_before_is_taken_into_the_line_or_run_again():
    async def story(app, pilot):
        await press(pilot, "q")
        assert "count ingest.accepted, warehouse.served by app_version" in shown(app)
        await press(pilot, "tab", "enter")
        assert line(app) == "count ingest.accepted, warehouse.served by app_version"
        await press(pilot, "escape", "q", "tab", "r")
        assert not isinstance(app.screen, QueryDialog)

    playing(story)


def test_the_form_says_the_same_as_the_line():
    async def story(app, pilot):
        wanted = "count ingest.accepted, warehouse.served by app_version, time 30m from 08:30 to 09:30"
        await press(pilot, "q", f"={wanted}", "f4")
        assert "Query as a form" in shown(app)
        await press(pilot, "ctrl+s")
        assert line(app) == wanted

    playing(story)


def test_a_mouse_runs_a_query_with_typing_only_in_the_line():
    async def story(app, pilot):
        before = len(app.session.seat.status()["running"])
        await press(pilot, "q", "=count ingest.accepted")
        hints = app.screen.query_one("KeyHints")
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips()).splitlines()
        row = hints.region.y
        await pilot.click(offset=(text[row].index("ctrl+s"), row))
        await pilot.pause()
        assert not isinstance(app.screen, QueryDialog)
        assert len(app.session.seat.status()["running"]) == before + 1

    playing(story)
