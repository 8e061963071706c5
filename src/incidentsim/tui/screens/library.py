"""The library: scenarios to play, exercises to take up again."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from incidentsim.text.problem import Problem
from incidentsim.tui.keys import outside
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import Page
from incidentsim.tui.session import Library
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.widgets.top_line import TopLine
from incidentsim.tui.wording import clean, column

MUTED = "$foreground-muted"


class LibraryScreen(Page):
    """The first screen."""

    HELP_ID = "library"
    CSS_PATH = "library.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(outside.LIBRARY)

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    def compose(self) -> ComposeResult:
        yield TopLine("", "incidentsim · practise an incident, understand it, write it up")
        yield ListPane("Scenarios and unfinished exercises", "No scenario was found.", id="library-list")
        yield Static("", id="library-about", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(ListPane).focus()
        self.load()

    def on_screen_resume(self) -> None:
        self.load()

    def on_resize(self) -> None:
        self.load()

    def load(self) -> None:
        """Read what there is."""
        rows: list[Row] = []
        unfinished = self.library.unfinished()
        for place, item in enumerate(unfinished):
            rows.append(
                (
                    f"resume:{place}",
                    Content.assemble(
                        Content.styled("resume ", "bold $text-warning"),
                        column(item.number, 15),
                        f" {clean(item.title)}  ",
                        Content.styled(clean(item.when), MUTED),
                    ),
                )
            )
        if unfinished:
            rows.append(("", Content("")))
        width = max(20, min(56, self.size.width - 46))
        for entry in self.library.entries():
            rows.append(
                (
                    f"play:{entry.id}",
                    Content.assemble(
                        Content.styled("play   ", "$text-accent"),
                        Content.styled(column(entry.number, 15), "bold"),
                        f" {column(entry.title, width)} ",
                        Content.styled(f"{column(entry.origin, 12)} {clean(entry.provenance)}", MUTED),
                    ),
                )
            )
        pane = self.query_one(ListPane)
        pane.show(rows)
        if not pane.chosen:
            pane.action_first()

    @on(OptionList.OptionHighlighted)
    def _about(self, event: OptionList.OptionHighlighted) -> None:
        kind, _, key = (event.option_id or "").partition(":")
        if kind == "play":
            self._tell("reading …", "enter: read the briefing")
            self.run_worker(self._describe(key), group="about", exclusive=True)
        elif kind == "resume":
            item = self.library.unfinished()[int(key)]
            self._tell(f"{item.when} · {item.path}", "enter: go on where it was left")

    async def _describe(self, scenario: str) -> None:
        """Where a scenario comes from; it is read beside the keys, since that takes a moment."""
        try:
            brief = await asyncio.to_thread(self.library.briefing, scenario)
        except Problem as problem:
            self._tell(str(problem), "it cannot be played as it is")
            return
        self._tell(f"{brief['number']} · {brief.get('provenance') or 'of unknown origin'}", "enter: read the briefing")

    def _tell(self, text: str, keys: str) -> None:
        about = Content.assemble(clean(text), "\n", Content.styled(keys, MUTED))
        self.query_one("#library-about", Static).update(about)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option_id or "")

    def action_take(self) -> None:
        self._take(self.query_one(ListPane).chosen)

    def _take(self, chosen: str) -> None:
        from incidentsim.tui.app import IncidentApp

        app = self.app
        if not isinstance(app, IncidentApp):
            return
        kind, _, key = chosen.partition(":")
        if kind == "play":
            app.brief(key)
        elif kind == "resume":
            app.resume(self.library.unfinished()[int(key)].path)
