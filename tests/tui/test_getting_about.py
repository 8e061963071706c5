"""Jump mode, the tour, clickable keys, and what is being typed."""

from __future__ import annotations

import json

import pytest

from incidentsim.tui.drafts import FILE, Drafts
from incidentsim.tui.screens.jump import JumpScreen
from incidentsim.tui.screens.tour import PAGES
from incidentsim.tui.settings import Settings
from tests.tui.driving import press, run, shown
from tests.tui.fake import FakeLibrary


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path))
    return tmp_path


def test_a_letter_of_jump_mode_goes_to_its_pane_and_escape_stays():
    async def story(app, pilot):
        await press(pilot, "ctrl+o")
        letter = next(key for key, each in app.screen.targets.items() if each.id == "inbox")
        await press(pilot, letter)
        assert app.focused.id == "inbox"
        await press(pilot, "ctrl+o", "escape")
        assert not isinstance(app.screen, JumpScreen)
        assert app.focused.id == "inbox"

    run(story, session=FakeLibrary().session)


def test_every_pane_has_a_letter_of_its_own_that_stands_on_it():
    async def story(app, pilot):
        await press(pilot, "ctrl+o")
        panes = {each.id for each in app.screen.targets.values()}
        assert {"log", "signals", "inbox", "record", "now", "map"} <= panes
        lines = shown(app).splitlines()
        for letter, widget in app.screen.targets.items():
            assert lines[widget.region.y][widget.region.x + 1] == letter

    run(story, session=FakeLibrary().session)


def test_the_first_exercise_begins_with_a_tour_while_the_clock_waits(home):
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "enter")
        assert library.session.waiting
        for _, heading, _ in PAGES:
            assert heading in shown(app)
            assert library.session.waiting
            await press(pilot, "enter")
        assert not library.session.waiting

    run(story, library, settings=Settings())
    again = FakeLibrary()

    async def second(app, pilot):
        await press(pilot, "enter")
        assert not again.session.waiting
        assert "1 of" not in shown(app)

    run(second, again, settings=Settings())


def test_the_tour_can_be_left_at_any_page():
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "enter", "enter", "enter", "left", "escape")
        assert not library.session.waiting
        assert not app.screen.query(".-toured")

    run(story, library, settings=Settings())


def test_the_keys_at_the_foot_can_be_clicked():
    async def story(app, pilot):
        foot = shown(app).splitlines()[-1]
        await pilot.click("KeyLine", offset=(foot.index("ask") + 1, 0))
        await pilot.pause()
        assert "Ask whom" in shown(app)

    run(story, session=FakeLibrary().session)


def test_the_last_line_of_a_dialog_can_be_clicked():
    async def story(app, pilot):
        await press(pilot, "t", "=hello")
        hints = app.screen.query_one(".dialog-keys")
        await pilot.click(".dialog-keys", offset=(hints.keys.index("confirm"), 0))
        await pilot.pause()
        assert app.session.seat.commands[-1] == ("note", "", {"text": "hello"})

    run(story, session=FakeLibrary().session)


def test_the_names_of_folded_panes_can_be_clicked():
    async def story(app, pilot):
        names = shown(app).splitlines()[1]
        await pilot.click("TabStrip", offset=(names.index("Record"), 0))
        await pilot.pause()
        assert app.focused.id == "record"

    run(story, session=FakeLibrary().session, size=(80, 24))


def test_what_is_typed_is_kept_while_the_form_is_open_and_stands_there_again(home):
    library = FakeLibrary()
    library.session.drafts = Drafts(home / FILE)

    async def typing(app, pilot):
        await press(pilot, "t", "=half a thou")
        while not library.session.drafts.get("Form: Note") and not json.loads(read(home)):
            await pilot.pause(0.1)

    run(typing, session=library.session)
    library.session.drafts = Drafts(home / FILE)

    async def again(app, pilot):
        await press(pilot, "t")
        assert "half a thou" in shown(app)
        await press(pilot, "=ght", "ctrl+s")
        assert app.session.seat.commands[-1] == ("note", "", {"text": "half a thought"})
        await press(pilot, "t")
        assert not app.screen.query_one("Input").value

    run(again, session=library.session)
    assert json.loads(read(home)) == {}


def test_leaving_in_the_middle_of_a_form_keeps_what_was_typed():
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "t", "=half", "ctrl+c", "ctrl+c")

    run(story, session=library.session)
    assert library.session.drafts.get("Form: Note") == {"field-text": "half"}


def test_a_form_that_is_closed_on_purpose_begins_empty_again(home):
    library = FakeLibrary()

    async def story(app, pilot):
        await press(pilot, "t", "=no", "escape", "t")
        assert not app.screen.query_one("Input").value

    run(story, session=library.session)


@pytest.mark.parametrize("text", ["", "[1]", '{"a": 3}', '{"a": {"b": 3}}', "{"])
def test_a_damaged_file_of_drafts_is_taken_as_empty(home, text):
    (home / FILE).write_text(text)
    assert Drafts(home / FILE).get("a") == {}


def read(home):
    path = home / FILE
    return path.read_text() if path.exists() else "{}"
