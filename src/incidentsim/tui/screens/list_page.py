"""What the screens that are one long list share: the top line, the list, following the clock."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual.app import ComposeResult

from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.list_pane import ListPane
from incidentsim.tui.widgets.top_line import Part, TopLine
from incidentsim.tui.wording import elapsed

LOOKS = 2
"""How often a second it is looked whether something is new."""
EVERY = 15_000
"""Ms of the scenario's time after which spans such as “4m late” are written anew."""
MUTED = "$foreground-muted"


class ListPage(SeatPage):
    """One list as large as the screen. Subclasses fill it in `load`."""

    DEFAULT_CSS: ClassVar[str] = """
    ListPage ListPane { height: 1fr; max-height: 100%; text-wrap: wrap; }
    """
    _drawn: tuple[object, ...] = ()

    def frame(self, title: str) -> ComposeResult:
        """The top line, the list, the keys."""
        yield TopLine(str(self.brief["number"]), str(self.brief["title"]))
        yield ListPane(title, "Nothing yet.", id="entries")
        yield KeyLine()

    @property
    def entries(self) -> ListPane:
        """The list."""
        return self.query_one("#entries", ListPane)

    def on_mount(self) -> None:
        self.entries.focus()
        self.follow()
        self.set_interval(1 / LOOKS, self._look)

    def _look(self) -> None:
        if not self.is_mounted or not self.is_current or not self.app.is_running:
            return
        status = self.seat.status()
        now = (int(status["t"]) // EVERY, status["unread"], status["state"], len(status["running"]))
        if now != self._drawn:
            self._drawn = now
            self.follow()

    def follow(self) -> None:
        """Show the present."""
        if not self.is_attached:
            return
        status = self.seat.status()
        paused = status["state"] == "paused"
        facts: list[Part] = [
            (self.clock.utc(int(status["t"])), "bold"),
            (("‖ " if paused else "") + elapsed(int(status["t"])), "bold $text-warning" if paused else ""),
            (status["severity"] or "SEV –", "bold" if status["severity"] else MUTED),
            (f"✉ {status['unread']}", "bold $text-warning" if status["unread"] else MUTED),
        ]
        self.query_one(TopLine).state(facts)
        self.load()

    def load(self) -> None:
        """Fill the list."""
        raise NotImplementedError

    def start(self, flow: Coroutine[Any, Any, None]) -> None:
        """Run a flow of questions beside the clock."""
        self.run_worker(flow, group="flow", exclusive=True)

    def action_select(self) -> None:
        self.entries.action_select()

    def action_close(self) -> None:
        self.dismiss(None)
