"""Lines out, lines in. Nothing moves the cursor, colours or overwrites; what is typed is never interrupted."""

from __future__ import annotations

import shutil
import signal
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from incidentsim.text.escaping import for_terminal

if TYPE_CHECKING:
    from types import FrameType

PROMPT = "> "
USUAL_WIDTH = 80
LEAST_WIDTH = 20
UNDER = "  "
"""What the further lines of a long one begin with."""


class LeaveError(Exception):
    """The player leaves; *text* is the last thing to say. Everything that was given is kept."""

    def __init__(self, text: str = "", hung_up: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.hung_up = hung_up


class Voice:
    """Says lines and reads lines.

    Signals end only the reading of a line: whatever is being done is done first, so that a command is whole in the
    journal or was never given.
    """

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        self._source = source
        self._sink = sink
        self._alone = not source.isatty()
        """Nobody types: what is read is written behind the prompt, so that the output reads the same."""
        self._reading = False
        self._waiting: BaseException | None = None

    def width(self) -> int:
        """Characters a line may have, one less than the terminal has; 79 where that is unknown."""
        columns = shutil.get_terminal_size((USUAL_WIDTH, 24)).columns
        return max(LEAST_WIDTH, columns) - 1

    def say(self, *lines: object) -> None:
        """Say lines of text from anywhere: without controls, wrapped, without empty lines.

        A word, such as a path, stays whole, so that it can be copied.
        """
        width = self.width()
        for line in lines:
            for part in for_terminal(str(line), newlines=True).split("\n"):
                wrapped = textwrap.wrap(
                    part, width, subsequent_indent=UNDER, break_on_hyphens=False, break_long_words=False
                )
                self._sink.writelines(f"{each}\n" for each in wrapped)
        self._sink.flush()

    def read(self) -> str:
        """The next line that is typed. Raises `LeaveError` at the end, `KeyboardInterrupt` for ctrl-c."""
        self._sink.write(PROMPT)
        self._sink.flush()
        self._reading = True
        try:
            if self._waiting is not None:
                error, self._waiting = self._waiting, None
                raise error
            line = self._source.readline()
        except KeyboardInterrupt:
            self._sink.write("\n")
            raise
        except OSError as error:
            # A terminal that has gone gives an error instead of its end.
            raise LeaveError(hung_up=True) from error
        finally:
            self._reading = False
        if not line:
            self._sink.write("\n")
            raise LeaveError
        if self._alone:
            self._sink.write(for_terminal(line.rstrip("\r\n")) + "\n")
        return line.strip()

    @contextmanager
    def signals(self) -> Iterator[None]:
        """Take ctrl-c, hang-up and the request to end while this lasts."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        wanted: dict[str, Callable[[], BaseException]] = {
            "SIGINT": KeyboardInterrupt,
            "SIGHUP": lambda: LeaveError(hung_up=True),
            "SIGTERM": lambda: LeaveError(hung_up=True),
        }
        before: dict[signal.Signals, Any] = {}
        for name, error in wanted.items():
            number = getattr(signal, name, None)
            if number is not None:
                before[number] = signal.signal(number, self._taker(error))
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _taker(self, error: Callable[[], BaseException]) -> Callable[[int, FrameType | None], None]:
        def take(_number: int, _frame: FrameType | None) -> None:
            if self._reading:
                raise error()
            self._waiting = error()

        return take
