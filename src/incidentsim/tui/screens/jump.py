"""Jump mode: a letter on every place that can have the focus; pressing it goes there."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.model import bindings

LETTERS = "asdfghjklqwertyuiopzxcvbnm1234567890"


class JumpScreen(ModalScreen[Widget | None]):
    """Lies over *below* and shows where one can go. Gives the chosen widget, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.JUMP)
    HELP_ID = "jump"
    DEFAULT_CSS = """
    JumpScreen { background: $background 40%; layers: signs; }
    JumpScreen > .jump-sign { layer: signs; width: auto; height: 1; background: $accent; color: $background;
                              text-style: bold reverse; }
    JumpScreen > .jump-sign:nocolor { text-style: bold reverse; }
    """

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self._laid_out: Size | None = None
        self.targets = dict(zip(LETTERS, places(below), strict=False))

    def compose(self) -> ComposeResult:
        for letter, widget in self.targets.items():
            sign = Static(Content(f" {letter} "), classes="jump-sign")
            sign.styles.offset = (widget.region.x, widget.region.y)
            sign.styles.position = "absolute"
            yield sign

    def on_resize(self, event: events.Resize) -> None:
        if self._laid_out and event.size != self._laid_out:
            # The signs would stand where nothing is any more.
            self.dismiss(None)
        self._laid_out = event.size

    def on_key(self, event: events.Key) -> None:
        if event.character in self.targets:
            event.stop()
            self.dismiss(self.targets[event.character])

    def on_click(self, event: events.Click) -> None:
        for widget in self.targets.values():
            if widget.region.contains(event.screen_x, event.screen_y):
                self.dismiss(widget)
                return
        self.dismiss(None)

    def action_close(self) -> None:
        self.dismiss(None)


def places(screen: Screen[object]) -> list[Widget]:
    """What can have the focus on *screen* and is in sight, from the top left."""
    seen = [each for each in screen.focus_chain if each.region and each.display]
    return sorted(seen, key=lambda each: (each.region.y, each.region.x))
