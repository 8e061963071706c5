"""The review: the whole room as it was at any moment of play. Nothing is done in it; a fork goes on from there."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList

from incidentsim.text.problem import Problem
from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.flows import filtering, looking, reviewing
from incidentsim.tui.keys import review as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.past_pages import PastBudgets, PastPage, PastRecord, PastSignal, PastTimeline
from incidentsim.tui.screens.room_page import RoomPage
from incidentsim.tui.session import Review, Session
from incidentsim.tui.widgets.folding import LEAST_WIDTH
from incidentsim.tui.widgets.inbox_pane import InboxPane
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.log_pane import LogPane
from incidentsim.tui.widgets.now_pane import NowPane
from incidentsim.tui.widgets.scrubber import MINUTE, Scrubber
from incidentsim.tui.widgets.top_line import Part, TopLine
from incidentsim.tui.wording import elapsed, plain

MUTED = "$foreground-muted"
FLOWS = {
    "evidence": reviewing.evidence,
    "changes": reviewing.changes,
    "runbooks": reviewing.runbooks,
    "briefing": looking.briefing,
    "filter": filtering.choose_filter,
    "search": filtering.search,
}
"""What keys lead to that asks something."""


class ReviewScreen(RoomPage, PastPage):
    """The panes of the war room over a `PastSeat`, and the line of time. It opens at the last moment of play."""

    HELP_ID = "review"
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.COMMANDS)

    def __init__(self, review: Review) -> None:
        # A review has a seat and drafts as a session has; the screens over it use nothing else of one.
        super().__init__(cast("Session", review))
        self.review = review
        self.past = review.seat
        self.moment = self.past.go_to(self.past.last)
        """The moment that is wanted (ms); the room is there as soon as no more keys are waiting."""
        self._moving = False

    def compose(self) -> ComposeResult:
        yield TopLine(str(self.brief["number"]), str(self.brief["title"]))
        yield from self.panes()
        yield Scrubber(self.past.story(), self.past.last, self.clock)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Scrubber).focus()
        self.folding.arrange()
        self.call_after_refresh(self.follow)

    def on_resize(self) -> None:
        self.call_after_refresh(self.follow)

    # The moment.

    def go_to(self, t: int) -> None:
        """Want the room at *t* (ms). Moves that come at once are made as one."""
        self.moment = max(0, min(t, self.past.last))
        self.query_one(Scrubber).show(self.moment)
        if not self._moving:
            self._moving = True
            self.call_after_refresh(self._arrive)

    def _arrive(self) -> None:
        self._moving = False
        if self.is_mounted:
            self.past.go_to(self.moment)
            self.query_one(LogPane).look_at(self.past.log())
            self.follow()

    def follow(self) -> None:
        """Show the room at its moment."""
        if not self.is_attached:
            return
        status, now = self.past.status(), self.past.now
        inbox = self.query_one(InboxPane)
        inbox.seen = {each["id"] for each in self.past.inbox()}
        self.query_one(LogPane).poll(now)
        self.draw_panes(now)
        self.query_one(NowPane).update_now({**status, "state": "review"})
        self.query_one(Scrubber).show(self.moment)
        tight = self.size.width < LEAST_WIDTH
        then = {"paused": "then paused", "ended": "play was over"}.get(str(status["state"]), "")
        facts: list[Part] = [
            (self.clock.utc(now), "bold"),
            (elapsed(now), ""),
            (f"{status['format']}-min {status['mode']}" if not tight else "", MUTED),
            (then, "bold $text-warning"),
            (status["severity"] or "SEV –", "bold" if status["severity"] else MUTED),
            (f"✉ {inbox.unread}", "bold $text-warning" if inbox.unread else MUTED),
        ]
        self.query_one(TopLine).state([fact for fact in facts if fact[0]])

    @on(Scrubber.Moved)
    def _wanted(self, event: Scrubber.Moved) -> None:
        self.go_to(event.t)

    def action_move(self, minutes: int) -> None:
        self.go_to(self.moment + minutes * MINUTE)

    def action_wait(self) -> None:
        if self.moment >= self.past.last:
            self.say("This is the last moment of play.")
            return
        self.past.go_to(self.moment)
        if not self.past.wait(self.past.last)["events"]:
            self.say("Nothing arrived in this time.")
        self.go_to(self.past.now)

    def action_go_to_time(self) -> None:
        self.start(self._ask_time())

    async def _ask_time(self) -> None:
        first, last = self.clock.short(0), self.clock.short(self.past.last)

        def check(given: Answers) -> str:
            t = self.clock.parse(given["at"])
            return "" if t is not None and t <= self.past.last + MINUTE else f"A time from {first} to {last} UTC."

        at = Field("at", f"When, {first} to {last} UTC", value=self.clock.short(self.moment), required=True)
        answers = await self.ask(Form("Go to a time", [at], submit="Show", check=check))
        if answers is not None:
            self.go_to(self.clock.parse(answers["at"]) or 0)

    # The fork.

    def action_fork(self) -> None:
        self.start(self._fork(self.moment))

    async def _fork(self, at: int) -> None:
        """Ask for a name, and go over to a new exercise that begins with what was done up to *at* (ms)."""
        from incidentsim.tui.app import IncidentApp

        if at >= int(self.brief["duration"]):
            self.say("The scenario is over here; a fork needs time to go on in.", warn=True)
            return
        steps = sum(each["own"] and each["t"] <= at for each in self.past.story())
        intro = plain(
            f"A new exercise goes on from {self.clock.utc(at, seconds=True)} UTC, {elapsed(at)}, with your {steps} "
            "steps up to then. What came after is not in it, and this exercise stays as it is.",
            MUTED,
        )
        name = f"{self.review.scenario}-from-{self.clock.short(at).replace(':', '')}"
        while True:
            form = Form("Fork here", [Field("name", "Name", value=name, required=True)], intro, submit="Fork")
            answers = await super(PastPage, self).ask(form)
            if answers is None or not isinstance(self.app, IncidentApp):
                return
            name = answers["name"]
            try:
                session = self.review.fork(at, name)
            except (Problem, OSError) as error:
                self.app.complain(str(error))
                continue
            self.app.go_over(session)
            return

    # What can be read.

    def action_flow(self, name: str) -> None:
        self.start(FLOWS[name](self))

    def action_timeline(self) -> None:
        self.app.push_screen(PastTimeline(self.session))

    def action_record(self) -> None:
        self.app.push_screen(PastRecord(self.session))

    def action_budgets(self) -> None:
        if self.seat.budgets():
            self.app.push_screen(PastBudgets(self.session))
        else:
            self.say("No error budget is observed here.")

    def action_scrubber(self) -> None:
        self.query_one(Scrubber).focus()

    def action_back(self) -> None:
        """Out of the pane, then out of the review."""
        scrubber, log = self.query_one(Scrubber), self.query_one(LogPane)
        if log.has_focus and log.leave_mode():
            return
        if self.folding.zoomed:
            self.folding.unzoom()
        elif not scrubber.has_focus:
            scrubber.focus()
        else:
            self.dismiss(None)

    @on(LogPane.Opened)
    def _row_opened(self, event: LogPane.Opened) -> None:
        self.start(reviewing.line(self, event.line))

    @on(LogPane.Pinned)
    def _row_pinned(self, event: LogPane.Pinned) -> None:
        self.do("pin", str(event.line["address"]))

    @on(OptionList.OptionSelected)
    def _row_chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = event.option_id or ""
        match event.option_list.id:
            case "inbox":
                self.start(reviewing.arrival(self, chosen))
            case "signals":
                self.app.push_screen(PastSignal(self.session, chosen.removeprefix("signal:")))
            case "map":
                self.start(reviewing.service(self, chosen.removeprefix("service:")))
