"""What the screens with a large plot share: the top line, the plot, words about it, following the clock."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data, Session
from incidentsim.tui.widgets.chart import Chart
from incidentsim.tui.widgets.chart_drawing import Mark
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.top_line import Part, TopLine
from incidentsim.tui.wording import clean, elapsed

LOOKS = 3
"""How often a second it is looked whether something is new."""
MUTED = "$foreground-muted"
ROOMY = 34
"""From so many rows on, each marker has a line of its own."""


class PlotPage(SeatPage):
    """A plot as large as the screen; subclasses say what is plotted (`load`) and what is said of it (`words`)."""

    DEFAULT_CSS: ClassVar[str] = """
    PlotPage .plot-words { height: auto; padding: 0 1; }
    PlotPage .plot-head { height: auto; padding: 0 1; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._drawn: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield TopLine(str(self.brief["number"]), str(self.brief["title"]))
        yield Static("", classes="plot-head", markup=False)
        yield Chart(self.clock)
        yield Static("", classes="plot-words", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Chart).focus()
        self.begin()
        self.set_interval(1 / LOOKS, self._look)

    def begin(self) -> None:
        """Show the plot for the first time."""
        self.follow()

    def on_resize(self) -> None:
        self.call_after_refresh(self._say_words)

    def _look(self) -> None:
        if self.is_mounted and self.is_current and self.app.is_running:
            self.follow()

    def follow(self) -> None:
        """Show what is new; nothing is drawn where nothing is."""
        status = self.seat.status()
        paused = status["state"] == "paused"
        facts: list[Part] = [
            (self.clock.utc(int(status["t"])), "bold"),
            (("‖ " if paused else "") + elapsed(int(status["t"])), "bold $text-warning" if paused else ""),
            (status["severity"] or "SEV –", "bold" if status["severity"] else MUTED),
            (f"✉ {status['unread']}", "bold $text-warning" if status["unread"] else MUTED),
        ]
        self.query_one(TopLine).state(facts)
        now = (int(status["t"]) // 1000, len(self.marks()), *self.subject())
        if now != self._drawn:
            self._drawn = now
            self.load()
            self._say_words()

    def subject(self) -> tuple[object, ...]:
        """What is plotted; it is loaded anew where this changed."""
        return ()

    def load(self) -> None:
        """Bring the plot up to date."""
        raise NotImplementedError

    def words(self, width: int) -> list[Content]:
        """Lines below the plot."""
        raise NotImplementedError

    def marks(self) -> list[Data]:
        """The player's markers, in the order of their making."""
        return list(self.seat.incident_record()["marks"])

    def plot_marks(self) -> tuple[Mark, ...]:
        """The same, as they are drawn."""
        return tuple(Mark(number, int(each["at"]), clean(each["text"])) for number, each in enumerate(self.marks(), 1))

    @on(Chart.Moved)
    def _say_words(self) -> None:
        if self.is_mounted:
            width = max(20, self.size.width - 2)
            lines = [*self.words(width), *self._mark_lines(width)]
            self.query_one(".plot-words", Static).update(Content("\n").join(lines))

    def _mark_lines(self, width: int) -> list[Content]:
        """The markers in words, newest first, as many as there is room for."""
        marks = list(reversed(self.plot_marks()))
        if not marks:
            return []
        if self.size.height >= ROOMY:
            lines = [f"▾{each.number} {self.clock.utc(each.at)} {each.text}" for each in marks[:5]]
            if len(marks) > 5:
                lines[-1] = f"and {len(marks) - 4} markers before"
        else:
            lines = [" · ".join(f"▾{each.number} {self.clock.short(each.at)} {each.text}" for each in marks)]
        return [
            Content.styled(line[: width - 1] + "…" if len(line) > width else line, "$text-primary") for line in lines
        ]

    def start(self, flow: Coroutine[Any, Any, None]) -> None:
        """Run a flow of questions beside the clock."""
        self.run_worker(flow, group="flow", exclusive=True)

    def action_mark(self) -> None:
        at = self.query_one(Chart).view.at
        if at is not None:
            self.start(put_mark(self, min(at, int(self.seat.status()["t"]))))

    def action_close(self) -> None:
        self.dismiss(None)


async def put_mark(page: SeatPage, at: int) -> None:
    """Ask what a marker at a moment (ms) is called, and put it."""
    answers = await page.ask(Form(f"Marker at {page.clock.utc(at)}", [Field("text", "What is it", required=True)]))
    if answers is not None and page.do("mark", at=at, text=answers["text"])["status"] == "ok":
        page.say(f"Marked at {page.clock.utc(at)}.")
