"""What the war room and its review share: the panes, how they fold, and going from one to the other."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from incidentsim.tui.flows import filtering, plotting
from incidentsim.tui.keys.room import PANES
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Session
from incidentsim.tui.widgets.folding import Folding
from incidentsim.tui.widgets.inbox_pane import InboxPane
from incidentsim.tui.widgets.log_pane import LogPane
from incidentsim.tui.widgets.map_pane import MapPane
from incidentsim.tui.widgets.now_pane import NowPane
from incidentsim.tui.widgets.record_pane import RecordPane
from incidentsim.tui.widgets.signals_pane import SignalsPane
from incidentsim.tui.widgets.tab_strip import TabStrip


class RoomPage(SeatPage):
    """The panes over a seat: side by side where there is room, one at a time where there is not."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (46, "-tall")]
    CSS_PATH: ClassVar[str] = "war_room.tcss"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.folding = Folding(self, PANES)

    def panes(self) -> ComposeResult:
        """The six panes and the strip that names them."""
        yield TabStrip()
        with Horizontal(id="room"):
            with Vertical(id="left"):
                yield LogPane(self.seat.log(), self.clock, id="log")
                with Horizontal(id="under"):
                    yield RecordPane()
                    yield NowPane()
            with Vertical(id="right"):
                yield SignalsPane()
                yield InboxPane()
                yield MapPane(self.brief["services"])

    def draw_panes(self, now: int) -> None:
        """Show signals, inbox and incident record as they are at *now* (ms)."""
        signals = self.seat.signals(max(0, now - plotting.SPAN), now, 60)
        self.query_one(SignalsPane).update_signals(signals)
        self.query_one(MapPane).update_map(signals, self.seat.alerts())
        inbox = self.query_one(InboxPane)
        inbox.update_inbox(self.seat.inbox(), self.seat.alerts(), now, self.clock)
        self.query_one(RecordPane).update_record(self.seat.incident_record(), self.seat.hypotheses(), self.clock)
        self.folding.name("inbox", f"Inbox {inbox.unread}" if inbox.unread else "Inbox")

    def on_resize(self) -> None:
        self.folding.arrange()

    def action_pane(self, name: str) -> None:
        inbox = self.query_one(InboxPane)
        if name == "inbox" and not inbox.has_focus and inbox.newest:
            inbox.choose(inbox.newest)
        self.folding.show(name)

    def action_fold(self) -> None:
        self.folding.zoom()

    def action_unfold(self) -> None:
        log = self.query_one(LogPane)
        if not (log.has_focus and log.leave_mode()):
            self.folding.unzoom()

    def on_descendant_focus(self) -> None:
        self.folding.focused()

    def start(self, flow: Coroutine[Any, Any, None]) -> None:
        """Run a flow of questions beside the clock."""
        self.run_worker(flow, group="flow", exclusive=True)

    def action_copy(self) -> None:
        """Copy what is selected, or the line in focus."""
        text = self.get_selected_text() or self.query_one(LogPane).selected_text()
        if text:
            self.app.copy_to_clipboard(text)
            self.say("Copied.")

    @on(LogPane.FiltersWanted)
    def _filters_wanted(self) -> None:
        self.start(filtering.filters(self))

    @on(TabStrip.Chosen)
    def _tab_chosen(self, event: TabStrip.Chosen) -> None:
        self.action_pane(list(PANES)[event.index])
