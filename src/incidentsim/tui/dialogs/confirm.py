"""One question with yes and no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.wording import plain


class Confirm(Dialog[bool]):
    """Gives True for yes, None otherwise."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.CONFIRM)
    HELP_ID = "confirm"

    def __init__(self, title: str, question: str, yes: str = "yes") -> None:
        super().__init__(title, f"y {yes} · n no")
        self.question = question

    def body(self) -> ComposeResult:
        yield Static(plain(self.question), classes="confirm-question")

    def action_yes(self) -> None:
        self.dismiss(True)
