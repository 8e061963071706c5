"""A query is written as a line: with what would fit next, what it would count, and what was asked before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from incidentsim.exercise.query_completion import Completion, complete
from incidentsim.exercise.query_explained import cost, preview
from incidentsim.exercise.query_line import parse_query, query_text
from incidentsim.exercise.query_words import NotReadError
from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.dialogs.query_form import query_form, read_form
from incidentsim.tui.keys import query as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane
from incidentsim.tui.wording import Clock, clean

MOST_FITS = 40


class QueryLine(Input):
    """The line. Tab takes a word, up and down move among the words that fit."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.LINE)

    def action_complete(self) -> None:
        cast("QueryDialog", self.screen).take_fit()

    def action_fit(self, step: int) -> None:
        cast("QueryDialog", self.screen).move_fit(step)


class History(ListPane):
    """What was asked before, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.HISTORY)

    def action_again(self) -> None:
        if self.chosen:
            cast("QueryDialog", self.screen).run_line(self.chosen)


class QueryDialog(Dialog[Data]):
    """Gives the arguments of ``query``, or None. *asked* are lines from before, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.COMMANDS)
    HELP_ID = "query"
    DEFAULT_CSS = """
    QueryDialog #query-said { height: auto; min-height: 2; max-height: 4; padding: 0 1; }
    QueryDialog .query-head { height: 1; padding: 0 1; color: $text-accent; }
    QueryDialog #query-fits { height: 1fr; min-height: 3; }
    QueryDialog #query-asked { height: auto; max-height: 5; }
    """
    wide = True

    def __init__(self, brief: Data, clock: Clock, now: int, hands_free: int, asked: list[str], line: str = "") -> None:
        super().__init__("Query", "tab word · ↑↓ fits · ctrl+s run · f4 as a form · esc back")
        self.brief, self.clock, self.now, self.hands_free = brief, clock, now, hands_free
        self.asked = asked
        self._line = line
        self._offered: Completion | None = None
        self._moved = False

    def body(self) -> ComposeResult:
        yield QueryLine(self._line, placeholder="count, compare, mean … of what", id="query-line", compact=True)
        yield Static("", id="query-said", markup=False)
        yield Static("What fits here", classes="query-head", markup=False)
        yield ListPane("", "–", id="query-fits")
        if self.asked:
            yield Static(
                "Asked before: enter takes it into the line, r runs it again", classes="query-head", markup=False
            )
        yield History("", "Nothing yet.", id="query-asked")

    def on_mount(self) -> None:
        self.query_one("#query-fits").can_focus = False
        asked = self.query_one(History)
        asked.show([(line, Content(clean(line))) for line in self.asked])
        asked.display = bool(self.asked)
        self.line.focus()
        self.line.cursor_position = len(self.line.value)
        self._follow()

    @property
    def line(self) -> QueryLine:
        """The line."""
        return self.query_one(QueryLine)

    @on(Input.Changed, "#query-line")
    def _line_changed(self) -> None:
        self._follow()

    def _follow(self) -> None:
        """Show what would fit and what the line would count."""
        self._moved = False
        self._offered = complete(self.line.value, self.line.cursor_position, self.brief, self.now)
        fits = self.query_one("#query-fits", ListPane)
        widest = max((len(each.word) for each in self._offered.fits[:MOST_FITS]), default=0)
        fits.show(
            [
                (
                    str(number),
                    Content.assemble(
                        f"{clean(each.word):<{widest}}  ", Content.styled(clean(each.about), "$foreground-muted")
                    ),
                )
                for number, each in enumerate(self._offered.fits[:MOST_FITS])
            ]
        )
        fits.highlighted = 0 if self._offered.fits and self._offered.typed else None
        self.query_one("#query-said", Static).update(self._said())

    def _said(self) -> Content:
        if not self.line.value.strip():
            return Content.styled("Write what to count, as in: count … by time 30m from 08:00", "$foreground-muted")
        try:
            args = parse_query(self.line.value, self.brief)
        except NotReadError as error:
            if error.start >= len(self.line.value.rstrip()):
                return Content.styled(clean(str(error)), "$foreground-muted")
            return Content.styled(f"! At character {error.start + 1}: {clean(str(error))}", "$text-error")
        return Content(f"{clean(preview(args, self.brief, self.now))} {cost(self.brief, self.hands_free)}")

    def move_fit(self, step: int) -> None:
        """Move among the words that fit."""
        fits = self.query_one("#query-fits", ListPane)
        count = len(self._offered.fits[:MOST_FITS]) if self._offered else 0
        if count:
            here = fits.highlighted
            fits.highlighted = (0 if step > 0 else count - 1) if here is None else (here + step) % count
            self._moved = True

    def take_fit(self) -> None:
        """Put the word that is marked into the line; with none begun and none marked, go to what was asked before."""
        offered = self._offered
        fits = self.query_one("#query-fits", ListPane)
        if offered is None or not offered.fits or not (offered.typed or self._moved):
            if self.query_one(History).display:
                self.query_one(History).focus()
            return
        self._apply(fits.highlighted or 0)

    def _apply(self, number: int) -> None:
        if self._offered is None or number >= len(self._offered.fits):
            return
        text, at = self._offered.applied(self.line.value, self._offered.fits[number])
        self.line.value = text
        self.line.cursor_position = at
        self.line.focus()
        self._follow()

    @on(OptionList.OptionSelected, "#query-fits")
    def _fit_clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._apply(int(event.option_id or 0))

    @on(OptionList.OptionSelected, "#query-asked")
    def _asked_chosen(self, event: OptionList.OptionSelected) -> None:
        """Into the line, to be changed or run."""
        event.stop()
        self.line.value = event.option_id or ""
        self.line.cursor_position = len(self.line.value)
        self.line.focus()
        self._follow()

    @on(Input.Submitted, "#query-line")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._moved:
            self.take_fit()
        else:
            self.action_run()

    def action_run(self) -> None:
        self.run_line(self.line.value)

    def run_line(self, line: str) -> None:
        """Run a line, or say what is wrong with it and where."""
        try:
            self.dismiss(parse_query(line, self.brief))
        except NotReadError as error:
            self.line.focus()
            self.line.cursor_position = error.end
            self.query_one("#query-said", Static).update(Content.styled(f"! {clean(str(error))}", "$text-error"))

    def action_form(self) -> None:
        self.run_worker(self._as_form(), group="flow", exclusive=True)

    async def _as_form(self) -> None:
        try:
            args: Mapping[str, Any] = parse_query(self.line.value, self.brief)
        except NotReadError:
            args = {}
        answers = await self.app.push_screen_wait(query_form(args, self.brief, self.clock, self.now))
        if answers is not None:
            self.line.value = query_text(read_form(answers, self.brief, self.clock, self.now), self.brief)
            self.line.cursor_position = len(self.line.value)
            self._follow()
