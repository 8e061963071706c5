"""The briefing: goal, situation, role; which format, learn or assessed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from incidentsim.tui.dialogs.chooser import Chooser
from incidentsim.tui.keys import outside
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import Page
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.top_line import TopLine
from incidentsim.tui.wording import Clock, clean, plain, span

MODES = (
    ("learn", "learn: pause as you like, it is recorded"),
    ("assessed", "assessed: pauses are limited"),
)


class BriefingScreen(Page):
    """What a participant is told before play. Enter starts the clock."""

    HELP_ID = "briefing"
    CSS_PATH = "briefing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(outside.BRIEFING)

    def __init__(self, brief: Data) -> None:
        super().__init__()
        self.brief = brief

    def compose(self) -> ComposeResult:
        brief = self.brief
        clock = Clock(str(brief["start"]))
        yield TopLine(str(brief["number"]), str(brief["title"]))
        with VerticalScroll(id="briefing-text", can_focus=False):
            yield Static(Content.styled(clean(brief["title"]), "bold"), id="briefing-title")
            for heading, text in (
                ("Your role", brief["role"]),
                ("Situation", brief["situation"]),
                ("Goal", brief["goal"]),
            ):
                if text:
                    yield Static(Content.styled(heading, "bold $text-accent"), classes="briefing-head")
                    yield Static(plain(text))
            notes = [f"• {note}" for note in brief["notes"]]
            day = clock.start.strftime("%Y-%m-%d")
            notes.append(f"• The clock begins at {clock.utc(0)} on {day} and covers {span(brief['duration'])}.")
            notes.append("• Evidence counts only when you open it, count it, are told it, or pin it.")
            yield Static(Content.styled("Good to know", "bold $text-accent"), classes="briefing-head")
            yield Static(plain("\n".join(notes)))
        with Vertical(id="briefing-choices"):
            yield Label(Content("Format"))
            formats = [(item["id"], self._pace(item)) for item in brief["formats"]]
            middle = formats[len(formats) // 2][0]
            yield Chooser(formats, middle, id="briefing-format")
            yield Label(Content("Mode"))
            yield Chooser(MODES, id="briefing-mode")
            yield Static(
                Content.styled("↑↓ read · tab between · ←→ change · enter starts the exercise", "$foreground-muted"),
            )
        yield KeyLine()

    def _pace(self, item: Data) -> str:
        pace = self.brief["duration"] / item["wall"] if item["wall"] else 1
        title = clean(item["title"])
        return f"{title} for {span(self.brief['duration'])}: a minute of yours is {pace:.0f} of theirs"

    def on_mount(self) -> None:
        self.query_one("#briefing-format").focus()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#briefing-text").scroll_relative(y=lines, animate=False)

    def action_start(self) -> None:
        from incidentsim.tui.app import IncidentApp

        if isinstance(self.app, IncidentApp):
            format_id = self.query_one("#briefing-format", Chooser).value
            mode = self.query_one("#briefing-mode", Chooser).value
            self.app.start(str(self.brief["id"]), format_id, mode)
