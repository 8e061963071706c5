from __future__ import annotations

import pytest

from incidentsim.tui.dialogs.form import Form
from incidentsim.tui.help_texts import HELP
from incidentsim.tui.palette import KnownCommands
from incidentsim.tui.screens.help import OF_TEXTUAL, HelpScreen
from tests.tui.driving import press, run, shown
from tests.tui.fake import FakeLibrary


def test_help_lists_every_key_that_works_at_each_place():
    async def story(app, pilot):
        for steps in ((), ("enter",), ("enter",), ("3",), ("E", "y", "3"), ("6",), ("S",), ("P",)):
            await press(pilot, *steps)
            screen = app.screen
            found = [each.binding for each in screen.active_bindings.values() if not each.binding.system]
            wanted = {OF_TEXTUAL.get(each.action, each.description) for each in found}
            await press(pilot, "f1")
            assert isinstance(app.screen, HelpScreen)
            assert HELP[screen.HELP_ID] == app.screen.text
            listed = str(app.screen.query_one("#help-keys").content)
            assert not {name for name in wanted if name and name not in listed}
            assert listed.index("Next place") > listed.index("Everywhere")
            await press(pilot, "escape")
            assert app.screen is screen

    run(story, scenario=None)


def test_a_question_mark_typed_into_a_form_is_text():
    async def story(app, pilot):
        await press(pilot, "enter", "t", "=why?")
        assert isinstance(app.screen, Form)
        assert app.screen.answers()["text"] == "why?"

    run(story)


def test_every_binding_with_a_name_is_found_in_the_palette():
    async def story(app, pilot):
        await press(pilot, "enter")
        names = {name for name, _, _ in KnownCommands(app.screen)._commands()}
        shown_keys = {a.binding.description for a in app.screen.active_bindings.values() if not a.binding.system}
        assert shown_keys - names <= {"", "all commands", "Focus Next", "Focus Previous"}
        assert "real incident: stop" in names
        await press(pilot, "ctrl+p", "=declare")

    run(story)


def test_a_command_can_be_run_from_the_palette():
    async def story(app, pilot):
        await press(pilot, "enter", "ctrl+p", "=severity")
        await pilot.pause(0.3)
        await press(pilot, "down", "enter")
        assert "Declare an incident" in shown(app)

    run(story)


def test_control_c_asks_keeps_everything_and_a_second_one_leaves_at_once():
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "enter", "ctrl+c")
        assert "Everything is kept" in shown(app)
        assert app.return_value is None
        await press(pilot, "n")
        assert "Inbox" in shown(app)
        await press(pilot, "ctrl+c", "ctrl+c")
        assert app.return_value == 0

    run(story, library)


@pytest.mark.parametrize(("steps", "key"), [((), "f10"), (("u", "tab"), "ctrl+x"), (("3", "enter"), "f10")])
def test_one_key_stops_for_a_real_incident_from_anywhere(steps, key):
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "enter", *steps, key)
        assert app.return_value == 0
        assert library.session.seat.commands[-1] == ("pause", "", {"reason": "real incident"})

    run(story, library)
