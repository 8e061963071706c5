"""The scorecard, for the trainee: what went well first, each criterion with its evidence, one thing to practise."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Markdown

from incidentsim.text.problem import Problem
from incidentsim.tui.keys import outside
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Session
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.top_line import TopLine


class ScorecardScreen(SeatPage):
    """Reads the scorecard from the session, once."""

    HELP_ID = "scorecard"
    BINDINGS: ClassVar[list[BindingType]] = bindings(outside.SCORECARD)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.text = session.scorecard()

    def compose(self) -> ComposeResult:
        yield TopLine(str(self.brief["number"]), str(self.brief["title"]))
        with VerticalScroll(id="scorecard", classes="reading-pane"):
            yield Markdown(self.text, open_links=False)
        yield KeyLine()

    def on_mount(self) -> None:
        pane = self.query_one("#scorecard")
        pane.border_title = Content("Scorecard · yours to keep")
        pane.focus()

    def action_prices(self) -> None:
        self.say("Working out what choices cost …")
        self.run_worker(self._price(), group="prices", exclusive=True)

    async def _price(self) -> None:
        from incidentsim.tui.screens.prices import PricesScreen

        try:
            found = await asyncio.to_thread(self.session.prices)
        except Problem as error:
            self.say(str(error), warn=True)
            return
        self.app.clear_notifications()
        if self.is_current:
            self.app.push_screen(PricesScreen(self.session, found))
