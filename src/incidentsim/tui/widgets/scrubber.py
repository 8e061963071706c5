"""The line of time: where in play the room stands, how long play was, and where something was done or rang."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from incidentsim.tui.keys import review
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.plot import place
from incidentsim.tui.wording import Clock, clean, column, elapsed

MINUTE = 60_000
MUTED = "$foreground-muted"
OWN, RANG, BOTH, HERE = "•", "!", "‡", "█"
"""An own step, a page or call, both in one cell, the moment."""
LEAST_TRACK = 20


class Scrubber(Static, can_focus=True):
    """Two lines: the moment on a track of all of play, and in words what was last done and rang by then.

    It says where to go (`Moved`) and shows where the room is (`show`).
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(review.SCRUBBER)
    DEFAULT_CSS = """
    Scrubber { height: 2; width: 1fr; background: $surface; padding: 0; }
    Scrubber:focus { background: $panel; text-style: none; }
    """

    class Moved(Message):
        """The room is wanted at *t* (ms)."""

        def __init__(self, t: int) -> None:
            super().__init__()
            self.t = t

    def __init__(self, story: Sequence[Data], last: int, clock: Clock) -> None:
        super().__init__("", markup=False, id="scrubber")
        self._story = list(story)
        self._own = sorted({int(each["t"]) for each in story if each["own"]})
        self._last = last
        self._clock = clock
        self._t = last
        self._start = 0
        """Cells before the track."""
        self._width = 0
        self._dragged = False

    def show(self, t: int) -> None:
        """Show the room at *t* (ms)."""
        self._t = t
        self._write()

    def on_resize(self) -> None:
        self._write()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self._write()

    # What is drawn.

    def _write(self) -> None:
        width = self.size.width
        if not width:
            return
        when = f"{'▸' if self.has_focus else ' '}{self._clock.utc(self._t, seconds=True)} UTC {elapsed(self._t)}"
        whole = f" of {elapsed(self._last)[2:]} "
        head = when + whole
        self._start, self._width = len(head) + 1, max(LEAST_TRACK, width - len(head) - 3)
        self.update(
            Content.assemble(
                Content.styled(when, "bold"), Content.styled(whole, MUTED), Content.styled("├", MUTED),
                *self._track(), Content.styled("┤", MUTED), "\n", *self._words(width),
            )
        )  # fmt: skip

    def _cell(self, t: int) -> int:
        return place(t, 0, max(1, self._last), self._width)

    def _track(self) -> list[Content]:
        signs = ["─"] * self._width
        for each in self._story:
            cell, sign = self._cell(int(each["t"])), OWN if each["own"] else RANG
            signs[cell] = sign if signs[cell] in ("─", sign) else BOTH
        here = self._cell(self._t)
        styles = {OWN: "$text-accent", RANG: "bold $text-warning", BOTH: "bold $text-warning"}
        pieces = [Content.styled(sign, styles.get(sign, MUTED)) for sign in signs]
        pieces[here] = Content.styled(HERE, "bold $text-success")
        return pieces

    def _words(self, width: int) -> list[Content]:
        """``• step 3 of 14, 08:41 declare SEV2``, ``! page 1 of 2, 08:31 …``; with no steps that is said."""
        half = max(10, (width - 3) // 2)
        own = self._said(OWN, "step", [each for each in self._story if each["own"]], half)
        rang = self._said(RANG, "page", [each for each in self._story if not each["own"]], half)
        return [Content.styled(f" {own}", "$text-accent"), Content.styled(f" {rang}", "$text-warning")]

    def _said(self, sign: str, word: str, story: Sequence[Data], width: int) -> str:
        if not story:
            return column(f"{sign} no {word}s in all of play", width)
        gone = bisect_right([int(each["t"]) for each in story], self._t)
        count = f"{sign} {word} {gone} of {len(story)}"
        if not gone:
            return column(f"{count}, the first at {self._clock.short(int(story[0]['t']))}", width)
        newest = story[gone - 1]
        kind = f"{newest['kind']} " if newest["own"] else ""
        return column(f"{count}, {self._clock.short(int(newest['t']))} {kind}{clean(newest['text'])}", width)

    # Where to go.

    def _ask(self, t: int) -> None:
        self.post_message(self.Moved(max(0, min(t, self._last))))

    def action_move(self, minutes: int) -> None:
        self._ask(self._t + minutes * MINUTE)

    def action_edge(self, side: int) -> None:
        self._ask(0 if side < 0 else self._last)

    def action_step(self, side: int) -> None:
        at = bisect_left(self._own, self._t) - 1 if side < 0 else bisect_right(self._own, self._t)
        if 0 <= at < len(self._own):
            self._ask(self._own[at])

    def at(self, cell: int) -> int:
        """The moment of a cell of the track: that of the newest own step or page in it, or where it begins.

        The last cell is the last moment.
        """
        cell = max(0, min(cell, self._width - 1))
        if cell == self._width - 1:
            return self._last
        inside = [int(each["t"]) for each in self._story if self._cell(int(each["t"])) == cell]
        return inside[-1] if inside else -(-self._last * cell // self._width)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.y == 0 and self._start <= event.x < self._start + self._width:
            self._dragged = True
            self.capture_mouse()
            self._ask(self.at(event.x - self._start))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged:
            self._ask(self.at(event.x - self._start))

    def on_mouse_up(self) -> None:
        if self._dragged:
            self._dragged = False
            self.release_mouse()
