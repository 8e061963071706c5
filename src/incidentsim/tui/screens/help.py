"""Help for a screen: what it is for, and every key that works on it."""

from __future__ import annotations

from collections.abc import Iterator
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
from incidentsim.tui.keys.catalogue import commands
from incidentsim.tui.keys.model import LONGEST_TITLE, bindings
from incidentsim.tui.palette import bindings_of

OF_TEXTUAL = {
    "app.focus_next": "Next place",
    "app.focus_previous": "Previous place",
    "screen.copy_text": "Copy what is selected",
}
"""What Textual binds on every screen, in this program's words."""


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
            yield Static(Content.assemble(*self._lines()), id="help-keys")

    def _lines(self) -> Iterator[Content | str]:
        """The keys that work below, by group; what the place in focus adds comes first."""
        groups: dict[str, list[tuple[str, str, str]]] = {}
        known = commands()
        for binding, keys in self.keys_of_screen:
            command = known.get(binding.id or "")
            everywhere = (binding.id or "").startswith("app.") or binding.action in OF_TEXTUAL
            place = "Everywhere" if everywhere else command.group if command else ""
            about = command.help if command else ""
            title = OF_TEXTUAL.get(binding.action, binding.description)
            groups.setdefault(place or "Keys here", []).append((keys, title, about))
        width = min(16, max((len(keys) for _, keys in self.keys_of_screen), default=0))
        order = sorted(groups, key=lambda name: (name != "Keys here", name == "Everywhere"))
        for name in order:
            yield Content.styled(f"\n{name}\n", "bold $text-accent")
            for keys, title, about in groups[name]:
                yield Content.styled(f"  {keys:<{width}}  ", "bold")
                yield f"{title:<{LONGEST_TITLE}} "
                yield Content.styled(f"{about}\n", "$foreground-muted")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
