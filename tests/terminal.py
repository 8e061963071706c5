"""A terminal for tests: a program in a pseudo-terminal, its screen, and keys."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

PATIENCE = 60.0
KEYS = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "space": " ",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "left": "\x1b[D",
    "right": "\x1b[C",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "backspace": "\x7f",
    "shift+tab": "\x1b[Z",
    "slash": "/",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f4": "\x1bOS",
    "ctrl+p": "\x10",
    "ctrl+s": "\x13",
    "ctrl+c": "\x03",
}


def usual_signals() -> None:
    """Let a terminal's signals through, also where the tests themselves run in the background and ignore them."""
    for each in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(each, signal.SIG_DFL)


class Terminal:
    """Runs a command; keys go in, and what the screen shows is waited for, never a time."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str], columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._child = pexpect.spawn(
            command[0],
            command[1:],
            cwd=str(folder),
            env={**environment, "TERM": "xterm-256color"},
            dimensions=(rows, columns),
            preexec_fn=usual_signals,
        )

    def shown(self) -> str:
        """The screen as text, after everything that has been written so far."""
        while True:
            try:
                self._stream.feed(self._child.read_nonblocking(65_536, timeout=0.05))
            except pexpect.TIMEOUT:
                return "\n".join(self.screen.display)
            except pexpect.EOF:
                return "\n".join(self.screen.display)

    def wait(self, wanted: str | Callable[[str], bool], what: str = "") -> str:
        """Wait until the screen shows a text, or is as asked. Fails with the screen."""
        fits = (lambda text: wanted in text) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            text = self.shown()
            if fits(text):
                return text
        raise AssertionError(f"never shown: {what or wanted}\n{self.shown()}")

    def press(self, *keys: str) -> None:
        """Send keys by name; ``=text`` is typed. Raises `KeyError` for a name that is not known."""
        for key in keys:
            self._child.send(key[1:] if key.startswith("=") else key if len(key) == 1 else KEYS[key])
            self.shown()

    def close(self) -> int | None:
        """End the program, if it still runs; its exit status."""
        if not self._child.closed:
            self.shown()
        self._child.close(force=True)
        return self._child.exitstatus

    def kill(self) -> None:
        """Take the program away as a crash would: nothing is said to it."""
        self._child.kill(signal.SIGKILL)
        self._child.wait()
        self._child.close()
