from __future__ import annotations

import subprocess
import sys

from tests.tui.driving import notices, press, run, shown
from tests.tui.fake import FakeLibrary

VISIBLE = "[red]x[/]"


def test_markup_and_escape_codes_show_as_text_everywhere():
    async def story(app, pilot):
        for steps in (
            (),
            ("enter", "home"),
            ("3", "down", "enter"),
            ("escape", "2", "down", "down", "enter"),
            ("escape", "c", "enter"),
            ("escape", "escape", "E", "y", "2"),
            ("3", "down", "a", "=w", "ctrl+s"),
        ):
            await press(pilot, *steps)
            assert "\x1b" not in shown(app)
            assert VISIBLE in shown(app), steps

    run(story, size=(160, 48))


def test_a_notice_is_never_read_as_markup():
    async def story(app, pilot):
        await press(pilot, "enter")
        app.screen.say("[red]x[/] \x1b[31m")
        await pilot.pause()
        assert notices(app)[-1] == "[red]x[/] ␛[31m"
        assert VISIBLE in shown(app)

    run(story)


def test_at_80_by_24_panes_are_tabs_and_the_top_line_and_inbox_count_stay():
    async def story(app, pilot):
        await press(pilot, "enter")
        for number, title in enumerate(("Log", "Signals", "Inbox", "Incident record", "Now", "Map"), 1):
            await press(pilot, str(number))
            lines = shown(app).splitlines()
            assert len(lines) == 24
            assert all(len(line) <= 80 for line in lines)
            assert lines[0].startswith(" EXERCISE  INC-2024-0312")
            assert "✉ 3" in lines[0]
            assert "3 Inbox 3" in lines[1]
            assert f"▸{number}" in lines[1]
            assert title in lines[2]
            assert "? help" in lines[-1]

    run(story, size=(80, 24))


def test_at_80_by_24_every_dialog_fits_and_says_how_to_close_it():
    async def story(app, pilot):
        await press(pilot, "enter")
        for key in "aqmuhfs":
            await press(pilot, key)
            text = shown(app)
            assert "esc back" in text
            frame = app.screen.query_one(".dialog").region
            assert frame.right <= 80
            assert frame.bottom <= 24
            await press(pilot, "escape")

    run(story, size=(80, 24))


def test_at_80_by_24_the_preview_takes_turns_with_the_sections():
    async def story(app, pilot):
        await press(pilot, "enter", "E", "y", "6")
        assert "Sections" in shown(app)
        assert "Preview" not in shown(app)
        await press(pilot, "p")
        assert "Preview" in shown(app)
        assert "Sections" not in shown(app)

    run(story, size=(80, 24))


def test_a_window_that_shrinks_in_play_folds_and_unfolds():
    async def story(app, pilot):
        await press(pilot, "enter")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "▸1 Log" in shown(app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "▸1 Log" not in shown(app)
        assert "Incident record" in shown(app)

    run(story)


def test_without_colour_states_are_still_told_by_words_and_signs(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    async def story(app, pilot):
        await press(pilot, "enter")
        assert app.no_color
        text = shown(app)
        for sign in ("warn", "crit", "●", "EXERCISE"):
            assert sign in text
        await press(pilot, "q", "f4", "tab", "space")
        assert "[x] Events accepted" in shown(app)

    run(story, FakeLibrary())


def test_the_first_frame_needs_neither_pandas_networkx_numpy_nor_simpy():
    code = (
        "import sys; from tests.tui.driving import run\n"
        "async def story(app, pilot):\n"
        "    heavy = [name for name in ('pandas', 'networkx', 'numpy', 'simpy') if name in sys.modules]\n"
        "    assert not heavy, heavy\n"
        "from incidentsim.tui.local import LocalLibrary\n"
        "run(story, LocalLibrary(), scenario=None)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
