from __future__ import annotations

import asyncio
from pathlib import Path

from incidentsim.tui.app import IncidentApp
from incidentsim.tui.session import Unfinished
from tests.tui.driving import notices, press, run, shown
from tests.tui.fake import FakeLibrary


def test_the_library_is_the_first_screen_and_lists_scenarios_with_number_title_origin_and_provenance():
    async def story(app, pilot):
        text = shown(app)
        assert "EXERCISE" in text
        assert "INC-2024-0312" in text
        assert "Two dashboards disagree" in text
        assert "built in" in text
        assert "fictional, after public facts" in text

    run(story, scenario=None)


def test_enter_opens_the_briefing_and_enter_again_starts_in_the_chosen_format_and_mode():
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "enter")
        text = shown(app)
        assert "An analyst says that two dashboards do not agree." in text
        assert "Find out what is going on" in text
        await press(pilot, "right", "tab", "right", "enter")
        assert library.started == [("inc-2024-0312", "60", "assessed")]
        assert "Inbox" in shown(app)

    run(story, library, scenario=None)


def test_escape_leads_from_the_briefing_back_to_the_library():
    async def story(app, pilot):
        await press(pilot, "escape")
        assert "Scenarios and unfinished exercises" in shown(app)

    run(story)


def test_an_unfinished_exercise_is_offered_first_and_waits_for_the_player():
    library = FakeLibrary(unfinished=[Unfinished(Path("/x/1.journal"), "INC-2024-0312", "Two dashboards", "T+01:12")])

    async def story(app, pilot):
        assert "resume" in shown(app)
        await press(pilot, "home", "enter")
        assert library.session.waiting
        assert "where it was left" in shown(app)
        await press(pilot, "enter")
        assert not library.session.waiting

    run(story, library, scenario=None)


def test_a_scenario_that_cannot_be_read_is_one_message_in_its_own_words():
    async def story(app, pilot):
        app.brief("broken")
        await pilot.pause()
        assert notices(app) == ["broken.json line 3: [b]no[/b] such field"]
        assert "Scenarios and unfinished exercises" in shown(app)

    run(story, scenario=None)


def test_a_scenario_asked_for_that_cannot_be_read_ends_with_the_reason_and_status_2():
    library = FakeLibrary()

    async def main():
        app = IncidentApp(library, "broken")
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
        assert app.return_code == 2
        assert str(app.problem) == "broken.json line 3: [b]no[/b] such field"

    asyncio.run(main())
