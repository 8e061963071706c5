"""The war room: the log, what is measured, who writes, what is under way. A client of a seat."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
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
    withdrawing,
)
from incidentsim.tui.keys import room
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.screens.room_page import RoomPage
from incidentsim.tui.session import Session
from incidentsim.tui.widgets.folding import LEAST_WIDTH
from incidentsim.tui.widgets.inbox_pane import TOLD, InboxPane
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.log_pane import LogPane
from incidentsim.tui.widgets.now_pane import NowPane
from incidentsim.tui.widgets.top_line import Part, TopLine
from incidentsim.tui.wording import clean, elapsed

TICKS = 5
"""How often a second the world follows the clock and the screen follows the world."""

QUIET = 5.0
"""Percent of an error budget below which it is simply called ok."""

FLOWS: dict[str, Callable[[SeatPage], Coroutine[Any, Any, None]]] = {
    "act": acting.act,
    "withdraw": withdrawing.withdraw,
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
    "go_to_time": filtering.go_to_time,
    "mark": plotting.mark,
    "budgets": plotting.budgets,
    "briefing": looking.briefing,
    "decide": deciding.decide,
    "tasks": tasks.tasks,
    "roles": roles.roles,
    "handover": handing_over.handover,
    "record": whole_record.record,
    "timeline": whole_record.timeline,
}
"""What the keys lead to."""


class WarRoom(RoomPage):
    """Play."""

    HELP_ID = "war-room"
    BINDINGS: ClassVar[list[BindingType]] = bindings(room.COMMANDS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._drawn = -1

    def compose(self) -> ComposeResult:
        yield TopLine(str(self.brief["number"]), str(self.brief["title"]))
        yield from self.panes()
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
        self._drawn = -1
        self.call_after_refresh(self.follow)

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
        where = self.session.origin or f"This is where it was left, {at}."
        await self.ask(Confirm("Taken up again", f"{where} Enter starts the clock.", "go on"))
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
        self.query_one(LogPane).poll(now)
        self.query_one(NowPane).update_now(status)
        if force or self._drawn < 0 or now // 15_000 != self._drawn:
            self._drawn = now // 15_000
            self._draw(now)
        self.query_one(TopLine).state(self._facts(status))

    def _draw(self, now: int) -> None:
        self.draw_panes(now)

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
        for due in news["due"]:
            self.say(clean(due), warn=True)
        if not news["events"] and not news["due"]:
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

    @on(LogPane.Opened)
    def _row_opened(self, event: LogPane.Opened) -> None:
        title = f"{event.line['time']} UTC {event.line['level']} {event.line['service']}"
        self.start(looking.open_target(self, str(event.line["address"]), title))

    @on(LogPane.Pinned)
    def _row_pinned(self, event: LogPane.Pinned) -> None:
        self.start(filtering.pin(self, str(event.line["address"])))

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
            case "now":
                self.start(withdrawing.withdraw(self, chosen))
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
