"""The war room under a flood, in a real terminal: no row is lost, and no change of size breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from incidentsim.simulation.streams import below, stream_key
from tests.flooding import counted, prepared, screen, shown_count
from tests.robust.pty import Pty

RESIZES = 500
KEY = stream_key(7, "resizes")


@pytest.fixture
def flooded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Pty, Path]]:
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path))
    name, journal = prepared(tmp_path, rows=20_000)
    terminal = screen(tmp_path, ["exercise", "resume", name])
    terminal.wait("Taken up again")
    terminal.press("enter")
    terminal.wait(lambda text: "Taken up again" not in text and "follow" in text, "the room")
    yield Pty(terminal), journal
    terminal.close()


def stop_and_count(pty: Pty, journal: Path) -> tuple[int | None, int]:
    """Stop the clock; the number of rows on screen, and the number that the engine wrote up to that moment."""
    terminal = pty.terminal
    terminal.press("space")
    terminal.wait("‖", "the pause")
    terminal.press("t", "=counted here", "ctrl+s")
    terminal.wait(lambda text: "ctrl+s confirm" not in text, "the note is kept")
    terminal.press("1", "home")
    text = terminal.wait(lambda text: shown_count(text) is not None, "the count")
    terminal.press("ctrl+c", "ctrl+c")
    assert pty.ended()
    return shown_count(text), counted(journal)[1]


def test_under_ten_thousand_rows_a_second_no_row_is_lost(flooded: tuple[Pty, Path]) -> None:
    pty, journal = flooded
    for _ in range(3):
        for pane in "123456":
            pty.terminal.press(pane)
    shown, written = stop_and_count(pty, journal)
    assert shown == written
    assert written > 30_000


@pytest.mark.timeout(180)
def test_five_hundred_sizes_during_a_flood_break_nothing(flooded: tuple[Pty, Path]) -> None:
    pty, journal = flooded
    for number in range(RESIZES):
        pty.resize(20 + below(KEY, 2 * number, 281), 5 + below(KEY, 2 * number + 1, 76))
        pty.drain()
    pty.resize(160, 48)
    pty.terminal.press("f1")
    pty.terminal.wait("Help", "it still answers")
    pty.terminal.press("escape")
    pty.terminal.wait(lambda text: "esc close" not in text and "follow" in text, "the room")
    shown, written = stop_and_count(pty, journal)
    assert shown == written
