"""The war room: the log, what is measured, who writes, what is under way. A client of a seat."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.text.problem import Problem
from incidentsim.tui.dialogs.confirm import Confirm
from incidentsim.tui.flows import (
    acting,
    asking,
    counting,
    deciding,
    filtering,
    handing_over,
    looking,
    plotting,
    recording,
    roles,
    tasks,
    telling,
    whole_record,
)
from incidentsim.tui.keys import room
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Session
from incidentsim.tui.widgets.folding import LEAST_WIDTH, Folding
from incidentsim.tui.widgets.inbox_pane import TOLD, InboxPane
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.log_pane import LogPane
from incidentsim.tui.widgets.map_pane import MapPane
from incidentsim.tui.widgets.now_pane import NowPane
from incidentsim.tui.widgets.plot import bars
from incidentsim.tui.widgets.record_pane import RecordPane
from incidentsim.tui.widgets.signals_pane import SignalsPane
from incidentsim.tui.widgets.tab_strip import TabStrip
from incidentsim.tui.widgets.top_line import Part, TopLine
from incidentsim.tui.wording import elapsed

TICKS = 5
"""How often a second the world follows the clock and the screen follows the world."""

QUIET = 5.0
"""Percent of an error budget below which it is simply called ok."""

FLOWS = {
    "act": acting.act,
    "query": counting.query,
    "count_lines": counting.count_lines,
    "message": asking.message,
    "severity": telling.severity,
    "announce": telling.announce,
    "hypothesis": recording.hypothesis,
    "note": recording.note,
    "runbooks": looking.runbooks,
    "changes": looking.changes,
    "evidence": looking.evidence,
    "filter": filtering.choose_filter,
    "search": filtering.search,
    "briefing": looking.briefing,
    "decide": deciding.decide,
    "tasks": tasks.tasks,
    "roles": roles.roles,
    "handover": handing_over.handover,
    "record": whole_record.record,
    "timeline": whole_record.timeline,
}
"""What the keys lead to."""


class WarRoom(SeatPage):
    """Play."""

    HELP_ID = "war-room"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (46, "-tall")]
    CSS_PATH = "war_room.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(room.COMMANDS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.folding = Folding(self, room.PANES)
        self._drawn = -1

    def compose(self) -> ComposeResult:
        yield TopLine(str(self.brief["number"]), str(self.brief["title"]))
        yield TabStrip()
        with Horizontal(id="room"):
            with Vertical(id="left"):
                yield LogPane(self.seat.log(), id="log")
                with Horizontal(id="under"):
                    yield RecordPane()
                    yield NowPane()
            with Vertical(id="right"):
                yield SignalsPane()
                yield InboxPane()
                yield MapPane(self.brief["services"])
        yield KeyLine()

    def on_mount(self) -> None:
        inbox = self.query_one(InboxPane)
        inbox.seen.update(item["id"] for item in self.seat.inbox())
        self.query_one(LogPane).focus()
        self.folding.arrange()
        self.call_after_refresh(self.follow)
        self._timer = self.set_interval(1 / TICKS, self._tick)
        if self.session.waiting:
            self.start(self._take_up())

    def on_resize(self) -> None:
        self.folding.arrange()
        self._drawn = -1

    def _tick(self) -> None:
        if not self.is_mounted or not self.app.is_running:
            return
        try:
            news = self.seat.tick()
        except Problem as problem:
            self._timer.stop()
            self.say(f"The clock stands: {problem}", warn=True)
            return
        if news["events"]:
            self.announce_news(news["events"])
            self._drawn = -1
        self.follow(force=False)

    async def _take_up(self) -> None:
        """Nothing moves until the player is ready."""
        from incidentsim.tui.app import IncidentApp

        if isinstance(self.app, IncidentApp) and await self.app.tour(self):
            self.session.go_on()
            return
        at = self.clock.utc(int(self.seat.status()["t"]))
        await self.ask(Confirm("Taken up again", f"This is where it was left, {at}. Enter starts the clock.", "go on"))
        self.session.go_on()

    def announce_news(self, events: list[dict[str, Any]]) -> None:
        """A short notice for what would have rung: pages, and what was asked for."""
        for event in events[-3:]:
            if event["kind"] == "alert" and event["severity"] == "page" and event["state"] != "resolves":
                self.say(f"page: {event['title']}", warn=True)
            elif event["kind"] == "message" and event["channel"] in ("page", "call"):
                self.say(f"{event['channel']}: {event['title']}", warn=True)
            elif event["kind"] == "message" and event["channel"] in TOLD:
                self.say(f"{event['channel']}: {event['title']}")
            elif event["kind"] == "shift":
                self.say(f"handover: {event['title']}")

    def follow(self, force: bool = True) -> None:
        """Show the present: the top line and the log always, the rest when it can have changed."""
        status = self.seat.status()
        now = int(status["t"])
        if status["state"] == "ended":
            self._finish()
            return
        self.query_one(LogPane).poll()
        self.query_one(NowPane).update_now(status)
        if force or self._drawn < 0 or now // 15_000 != self._drawn:
            self._drawn = now // 15_000
            self._draw(now)
        self.query_one(TopLine).state(self._facts(status))

    def _draw(self, now: int) -> None:
        signals = self.query_one(SignalsPane)
        signals.update_signals(self.seat.signals(max(0, now - plotting.SPAN), now, 60))
        inbox = self.query_one(InboxPane)
        inbox.update_inbox(self.seat.inbox(), self.seat.alerts(), now, self.clock)
        self.query_one(RecordPane).update_record(self.seat.incident_record(), self.seat.hypotheses(), self.clock)
        self.folding.name("inbox", f"Inbox {inbox.unread}" if inbox.unread else "Inbox")
        log = self.query_one(LogPane)
        width = max(8, min(60, log.size.width // 2))
        counts = self.seat.row_counts(0, max(1, now), width)
        log.border_subtitle = Content(f"lines since {self.clock.short(0)} {bars(counts, width)}")

    def _facts(self, status: dict[str, Any]) -> list[Part]:
        tight = self.size.width < LEAST_WIDTH
        inbox = self.query_one(InboxPane)
        budget, over = spent(status["budgets"], tight)
        paused = status["state"] == "paused"
        facts: list[Part] = [
            (self.clock.utc(int(status["t"])), "bold"),
            (("‖ " if paused else "") + elapsed(int(status["t"])), "bold $text-warning" if paused else ""),
            (f"{status['format']}-min {status['mode']}" if not tight else status["mode"], "$foreground-muted"),
            (status["severity"] or "SEV –", "bold" if status["severity"] else "$foreground-muted"),
        ]
        if budget:
            facts.append((budget, "bold $text-error" if over else "$foreground-muted"))
        facts.append((f"✉ {inbox.unread}", "bold $text-warning" if inbox.unread else "$foreground-muted"))
        return facts

    def action_flow(self, name: str) -> None:
        if name in FLOWS:
            self.start(FLOWS[name](self))

    def start(self, flow: Coroutine[Any, Any, None]) -> None:
        """Run a flow of questions beside the clock."""
        self.run_worker(flow, group="flow", exclusive=True)

    def action_wait(self) -> None:
        if self.seat.status()["state"] == "paused":
            self.say("Paused; space goes on.")
            return
        try:
            news = self.seat.wait()
        except Problem as problem:
            self.say(str(problem), warn=True)
            return
        if news["events"]:
            self.announce_news(news["events"])
        else:
            self.say("Ten minutes passed; nothing arrived.")
        self.follow()

    def action_pause(self) -> None:
        paused = self.seat.status()["state"] == "paused"
        if self.do("resume" if paused else "pause")["status"] == "ok":
            self.say("Going on." if paused else "Paused. Space goes on.")

    def action_end(self) -> None:
        self.start(self._ask_end())

    async def _ask_end(self) -> None:
        question = "End play and go to the debrief? What is unmitigated runs on to the scenario's end, and is counted."
        if await self.ask(Confirm("End play", question, "end play")):
            self.do("end")

    def _finish(self) -> None:
        from incidentsim.tui.app import IncidentApp

        if isinstance(self.app, IncidentApp):
            self.app.debrief()

    def action_pane(self, name: str) -> None:
        inbox = self.query_one(InboxPane)
        if name == "inbox" and not inbox.has_focus and inbox.newest:
            inbox.choose(inbox.newest)
        self.folding.show(name)

    def action_fold(self) -> None:
        self.folding.zoom()

    def action_unfold(self) -> None:
        self.folding.unzoom()

    def on_descendant_focus(self) -> None:
        self.folding.focused()

    @on(TabStrip.Chosen)
    def _tab_chosen(self, event: TabStrip.Chosen) -> None:
        self.action_pane(list(room.PANES)[event.index])

    def action_copy(self) -> None:
        """Copy what is selected, or the line in focus."""
        line = self.query_one(LogPane).current()
        row = f"{line['time']} UTC {line['level']} {line['service']} {line['text']}" if line else ""
        text = self.get_selected_text() or row
        if text:
            self.app.copy_to_clipboard(text)
            self.say("Copied.")

    @on(LogPane.Opened)
    def _row_opened(self, event: LogPane.Opened) -> None:
        title = f"{event.line['time']} UTC {event.line['level']} {event.line['service']}"
        self.start(looking.open_target(self, str(event.line["address"]), title))

    @on(LogPane.Pinned)
    def _row_pinned(self, event: LogPane.Pinned) -> None:
        address = str(event.line["address"])
        if looking.pin(self, address):
            log = self.query_one(LogPane)
            log.pins.add(address)
            log.refresh()

    @on(OptionList.OptionSelected)
    def _row_chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = event.option_id or ""
        match event.option_list.id:
            case "inbox":
                self.query_one(InboxPane).seen.add(chosen)
                self.start(looking.open_arrival(self, chosen))
            case "signals":
                self.start(plotting.signal(self, chosen.removeprefix("signal:")))
            case "record" if chosen == "severity":
                self.start(telling.severity(self))
            case "record":
                known = next((item for item in self.seat.hypotheses() if item["id"] == chosen), None)
                self.start(recording.hypothesis(self, known))
            case "map":
                self.start(looking.service(self, chosen.removeprefix("service:")))


def spent(budgets: list[dict[str, Any]], tight: bool) -> tuple[str, bool]:
    """What the observed budgets say, in as few words as can be, and whether one is used up."""
    if not budgets:
        return "", False
    most = max(float(each["consumed"]) for each in budgets)
    word = "budgets" if len(budgets) > 1 else "budget"
    if most < QUIET:
        return ("ok" if tight else f"observed {word} ok"), False
    return f"{'' if tight else 'budget '}{most:.0f}% spent", most >= 100
