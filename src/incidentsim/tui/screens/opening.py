"""What is shown while a scenario is read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from incidentsim.tui.keys import outside
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import Page
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.top_line import TopLine
from incidentsim.tui.wording import clean


class OpeningScreen(Page):
    """Names the scenario that is being read, so that the first frame need not wait for it."""

    HELP_ID = "library"
    BINDINGS: ClassVar[list[BindingType]] = bindings(outside.OPENING)

    def __init__(self, scenario: str) -> None:
        super().__init__()
        self.scenario = scenario

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield Static(Content.styled(f"\n   Reading {clean(self.scenario)} …", "$foreground-muted"))
        yield KeyLine()
