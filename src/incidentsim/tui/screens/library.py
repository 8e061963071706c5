"""The library: scenarios to play, exercises to take up again."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

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
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "open", show=True),
        Binding("q,escape", "app.leave", "quit"),
    ]

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
        text = ""
        if kind == "play":
            entry = next((each for each in self.library.entries() if each.id == key), None)
            if entry is not None:
                text = f"{entry.number}  {entry.title}\n{entry.provenance} · {entry.origin}\nenter: read the briefing"
        elif kind == "resume":
            item = self.library.unfinished()[int(key)]
            text = f"{item.number}  {item.title}\n{item.when} · {item.path}\nenter: go on where it was left"
        self.query_one("#library-about", Static).update(Content("\n".join(clean(line) for line in text.split("\n"))))

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
