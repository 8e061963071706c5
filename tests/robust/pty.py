"""A pseudo-terminal that changes its size, hangs up and has a mouse."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable

import pexpect

from tests.terminal import PATIENCE, Terminal

TROUBLE = (b"Traceback", b"Error:")


class Pty:
    """What a terminal can do to the program in it, besides keys."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self._child = terminal._child

    def resize(self, columns: int, rows: int) -> None:
        """Be of another size."""
        self.terminal.screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def drain(self) -> bytes:
        """Take what was written since, without drawing it. Raises `AssertionError` for a traceback in it."""
        taken = b""
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF):
            while len(taken) < 4_000_000:
                taken += self._child.read_nonblocking(65_536, timeout=0)
        assert not any(word in taken for word in TROUBLE), taken[-4_000:].decode(errors="replace")
        return taken

    def click(self, text: str, nth: int = 0) -> None:
        """Click on the *nth* place at which the screen shows *text*. Raises `AssertionError` where it does not."""
        shown = self.terminal.shown().splitlines()
        places = [(row.index(text), y) for y, row in enumerate(shown) if text in row]
        assert len(places) > nth, f"{text!r} is not shown\n" + "\n".join(shown)
        self.click_at(places[nth][0] + 1, places[nth][1])

    def click_at(self, x: int, y: int) -> None:
        """Press and release the first button there."""
        self._child.send(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m")
        self.terminal.shown()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self._child.pid, number)

    def hang_up(self) -> None:
        """The terminal goes away, as when its window is closed."""
        # All that know the descriptor have to forget it: its number is given to the next terminal.
        self._child.ptyproc.fileobj.close()
        self._child.ptyproc.closed = self._child.closed = True

    def ended(self) -> bool:
        """Wait until the program has ended; False where it goes on."""
        return until(lambda: not self._child.isalive())


def until(holds: Callable[[], bool]) -> bool:
    """Wait until something holds; whether it came to hold."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return False
