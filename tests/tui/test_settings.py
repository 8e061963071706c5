"""Settings: read from a file, changed in the program, kept without disturbing what else the file says."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from incidentsim.cli.main import run as command
from incidentsim.text.problem import Problem
from incidentsim.tui import settings
from incidentsim.tui.settings import Settings, load, save, save_keys
from incidentsim.tui.theme import THEMES
from tests.tui.driving import press, run, shown
from tests.tui.fake import FakeLibrary

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path))
    return tmp_path


def written(home, text):
    (home / "settings.toml").write_text(text)


def test_without_a_file_the_defaults_hold(home):
    assert load() == Settings()


def test_the_page_describes_every_setting_with_its_default():
    page = DOCS.read_text(encoding="utf-8")
    for each in fields(Settings):
        row = next(line for line in page.splitlines() if line.startswith(f"| `{each.name}` |"))
        default = getattr(Settings(), each.name)
        told = "none" if each.name == "keys" else str(default).lower() if isinstance(default, bool) else str(default)
        assert told in row.split("|")[3]


def test_every_theme_can_be_set():
    assert tuple(each.name for each in THEMES) == settings.THEME_NAMES


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('theme = "calm"\ncolour = "red"\n', 2, "no setting 'colour'"),
        ('\n\ntheme = "pink"\n', 3, "theme is one of calm, daylight"),
        ("mouse = 1\n", 1, "mouse is true or false"),
        ("notices = 0\n", 1, "notices is a whole number of seconds from 1 to 60"),
        ("notices = true\n", 1, "notices is a whole number"),
        ('keys = "q"\n', 1, "keys is a table"),
        ('[keys]\n"room.query" = ""\n', 1, "keys is a table"),
        ('notices = 5\n[keys]\n"room.nothing" = "q"\n', 3, "no command 'room.nothing'"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(home, text, line, said, capsys):
    written(home, text)
    assert command(["settings", "check"]) == 2
    told = capsys.readouterr().err
    assert f"settings.toml, line {line}" in told
    assert said in told
    assert "Traceback" not in told


@pytest.mark.parametrize("text", [b'theme = "calm', b"\xff\xfe", b"= 3"])
def test_a_file_that_is_no_toml_is_told_and_kept(home, text, capsys):
    (home / "settings.toml").write_bytes(text)
    assert command(["settings", "show"]) == 2
    assert "settings.toml" in capsys.readouterr().err
    with pytest.raises(Problem):
        save("theme", "daylight")
    assert (home / "settings.toml").read_bytes() == text


def test_saving_one_value_leaves_comments_and_order(home):
    written(home, '# mine\nnotices = 9  # long\ntheme = "calm"\n\n[keys]\n"room.act" = "f7"\n')
    save("theme", "daylight")
    text = (home / "settings.toml").read_text()
    assert text == '# mine\nnotices = 9  # long\ntheme = "daylight"\n\n[keys]\n"room.act" = "f7"\n'
    save_keys({})
    assert load() == Settings(theme="daylight", notices=9)


def test_a_command_answers_to_its_other_key_and_help_and_footer_say_so():
    async def story(app, pilot):
        assert "f7 act" in shown(app).splitlines()[-1]
        await press(pilot, "a")
        assert "Act" not in shown(app)
        await press(pilot, "f7")
        assert "Act" in shown(app)
        await press(pilot, "escape", "f1")
        assert "f7" in str(app.screen.query_one("#help-keys").content)

    run(story, session=FakeLibrary().session, settings=Settings(tour="never", keys={"room.act": "f7"}))


def test_the_last_line_of_a_dialog_tells_the_key_as_it_is():
    async def story(app, pilot):
        await press(pilot, "t")
        assert "ctrl+s confirm" not in shown(app)
        assert "f8 confirm" in shown(app)
        await press(pilot, "=hello", "f8")
        assert app.session.seat.commands[-1] == ("note", "", {"text": "hello"})

    run(story, session=FakeLibrary().session, settings=Settings(tour="never", keys={"form.submit": "f8"}))


def test_the_theme_changes_at_once_and_is_kept(home):
    async def story(app, pilot):
        await press(pilot, "f2", "enter")
        assert app.theme == "daylight"
        assert "daylight" in shown(app)

    run(story, session=FakeLibrary().session)
    assert load().theme == "daylight"


def test_a_key_is_changed_by_pressing_it_and_a_taken_one_is_refused(home):
    async def story(app, pilot):
        await press(pilot, "f2")
        pane = app.screen.query_one("#settings-list")
        pane.highlighted = pane.get_option_index("key:room.query")
        await press(pilot, "enter", "a")
        assert "“act” there already" in shown(app)
        await press(pilot, "enter", "f9")
        assert "Now on F9" in shown(app)
        await press(pilot, "escape", "f9")
        assert "uery" in shown(app).splitlines()[-1] or app.screen is not app.screen_stack[1]
        await press(pilot, "escape", "f2")
        pane = app.screen.query_one("#settings-list")
        pane.highlighted = pane.get_option_index("key:room.query")
        await press(pilot, "r")
        assert app.settings.keys == {}

    run(story, session=FakeLibrary().session)
    assert load() == replace(load(), keys={})


def test_keys_prints_every_command_with_its_present_key(home, capsys):
    written(home, '[keys]\n"room.act" = "f7"\n')
    assert command(["keys"]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if "`room.act`" in line)
    assert row.startswith("| `F7` |")
