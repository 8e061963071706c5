"""Help for a screen: what it is for, and every key that works on it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.help_texts import HELP
from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.palette import bindings_of


class HelpScreen(Dialog[None]):
    """Reads the keys from the screen itself, so that it cannot forget one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.HELP)
    HELP_ID = "help"
    wide = True

    def __init__(self, below: Screen[object]) -> None:
        super().__init__("Help", "↑↓ scroll · esc close")
        name = getattr(below, "HELP_ID", "")
        self.text = HELP.get(name, HELP["dialog"])
        self.keys_of_screen = bindings_of(below)

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="reading-body"):
            yield Static(Content(self.text))
            lines: list[Content | str] = [Content.styled("\nKeys here\n", "bold $text-accent")]
            width = max((len(keys) for _, keys in self.keys_of_screen), default=0)
            for binding, keys in self.keys_of_screen:
                lines += [Content.styled(f"  {keys:<{width}}  ", "bold"), f"{binding.description}\n"]
            yield Static(Content.assemble(*lines), id="help-keys")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
