"""Ctrl-C, a terminal that goes away and ``kill -9``, on every kind of screen: nothing submitted is lost, and of what
was being typed at most two seconds.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
import yaml

from incidentsim.exercise import runs
from incidentsim.exercise.seat import Seat
from incidentsim.tui.drafts import FILE
from tests.flooding import prepared, screen
from tests.robust.pty import Pty, until

End = Literal["ctrl-c", "hang-up", "kill"]
TYPED = "half a sentence that nobody"
ENDS: tuple[End, ...] = ("ctrl-c", "hang-up", "kill")


@dataclass(frozen=True)
class Screen:
    """A screen: the keys that lead there from the war room, and a text that it shows."""

    name: str
    keys: tuple[str, ...]
    wants: str
    typed: bool = False
    """It has a form; what is typed into it is expected to be kept."""

    def __str__(self) -> str:
        return self.name


END = ("E", "y")
QUESTIONS = {"E": "End play", "S": "second attempt", "P": "second attempt"}
"""The keys that ask first, and what the question shows."""
SCREENS = (
    Screen("room", (), "Log"),
    Screen("help", ("f1",), "esc close"),
    Screen("picker", ("a",), "Act · what"),
    Screen("note", ("t",), "Note", typed=True),
    Screen("update", ("u", "tab"), "Status update", typed=True),
    Screen("hypothesis", ("h",), "hypothesis", typed=True),
    Screen("debrief", END, "Whys"),
    Screen("why", (*END, "3", "enter"), "ctrl+s", typed=True),
    Screen("statement", (*END, "6", "a"), "ctrl+s", typed=True),
    Screen("scorecard question", (*END, "S"), "second attempt"),
    Screen("scorecard", (*END, "S", "y"), "What went well"),
    Screen("packet", (*END, "P", "y"), "Written to"),
)
FORMS = tuple(each for each in SCREENS if each.typed)


class Left:
    """An exercise in a terminal, with something submitted in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.name, self.journal = prepared(home, rows_a_second=100)
        self.pty = self.open()

    def open(self) -> Pty:
        """Take the exercise up."""
        terminal = screen(self.home, ["exercise", "resume", self.name], 120, 36)
        terminal.wait(lambda text: "Taken up again" in text or "3 Whys" in text, "the exercise")
        if "Taken up again" in terminal.shown():
            terminal.press("enter")
            terminal.wait(lambda text: "Taken up again" not in text, "the room")
        self.pty = Pty(terminal)
        return self.pty

    def go(self, place: Screen) -> None:
        """Go to a screen."""
        terminal = self.pty.terminal
        for key in place.keys:
            terminal.press(key)
            if key in QUESTIONS:
                terminal.wait(QUESTIONS[key])
            elif key == "y":
                terminal.wait(lambda text: not any(each in text for each in QUESTIONS.values()))
        terminal.wait(place.wants)

    def submit(self) -> None:
        """Submit a note."""
        terminal = self.pty.terminal
        terminal.press("t", "=the submitted note", "ctrl+s")
        terminal.wait(lambda text: "ctrl+s confirm" not in text, "the note is taken")

    def end(self, how: End) -> None:
        """End it suddenly."""
        if how == "ctrl-c":
            self.pty.terminal.press("ctrl+c", "ctrl+c")
        elif how == "hang-up":
            self.pty.hang_up()
        else:
            self.pty.signal(signal.SIGKILL)
        assert self.pty.ended(), "the program goes on without its terminal"

    def notes(self) -> list[str]:
        """The notes in the journal, which has to be whole."""
        exercise, journal = runs.resume(self.journal)
        journal.close()
        return [each["text"] for each in Seat(exercise).incident_record()["notes"]]

    def draft(self) -> bool:
        """Whether what is typed is kept by now."""
        file = self.journal.parent / FILE
        return file.exists() and any(
            TYPED in text for texts in json.loads(file.read_text()).values() for text in texts.values()
        )


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Left]:
    monkeypatch.setenv("INCIDENTSIM_HOME", str(tmp_path))
    exercise = Left(tmp_path)
    yield exercise
    exercise.pty.terminal.close()


def every_way(screens: tuple[Screen, ...]) -> Callable[..., Callable[..., None]]:
    """Each screen with ``kill -9``, and the ways in turn with the others."""
    pairs: list[tuple[Screen, End]] = [(each, "kill") for each in screens]
    pairs += [(each, ENDS[number % 2]) for number, each in enumerate(screens)]
    return pytest.mark.parametrize(("place", "how"), pairs, ids=str)


@every_way(SCREENS)
def test_what_was_submitted_is_there_after_a_sudden_end(left: Left, place: Screen, how: End) -> None:
    left.submit()
    left.go(place)
    if place.typed:
        left.pty.terminal.press(f"={TYPED}")
        assert until(left.draft), "what is typed is not kept"
    left.end(how)
    assert "the submitted note" in left.notes()
    if place.typed:
        left.open()
        left.go(
            Screen(place.name, tuple(key for key in place.keys if key not in END or place.keys[:2] != END), place.wants)
        )
        left.pty.terminal.wait(TYPED)


def test_a_confirmed_form_leaves_no_draft_and_what_was_written_in_the_debrief_is_kept(left: Left) -> None:
    left.go(Screen("why", (*END, "3", "enter"), "ctrl+s"))
    left.pty.terminal.press(f"={TYPED}")
    assert until(left.draft)
    left.pty.terminal.press("ctrl+s")
    left.pty.terminal.wait(lambda text: "ctrl+s" not in text, "the effect is taken")
    left.end("kill")
    assert not left.draft()
    assert TYPED in yaml.safe_load((left.journal.parent / "case.yaml").read_text())["effect"]
