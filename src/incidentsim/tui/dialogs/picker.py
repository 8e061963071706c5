"""Choose one of many: type to narrow, arrows to move, enter to take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList

from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.widgets.list_pane import ListPane
from incidentsim.tui.wording import clean, column


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: an id, its name, and a note beside it."""

    id: str
    name: str
    note: str = ""


MOST_BESIDE_A_NOTE = 48
"""Characters of a name where notes stand beside the names."""


class Picker(Dialog[str]):
    """Gives the id of the choice, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.PICKER)
    HELP_ID = "picker"
    wide = True

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__(title, "type to narrow · ↑↓ move · enter choose · esc back")
        self.choices = list(choices)

    def body(self) -> ComposeResult:
        yield Input(placeholder="type to narrow", compact=True)
        yield ListPane(empty="Nothing matches.")

    def on_mount(self) -> None:
        self.query_one(ListPane).can_focus = False
        self.query_one(Input).focus()
        self._show("")

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, typed: str) -> None:
        words = typed.lower().split()
        widest = max((len(clean(choice.name)) for choice in self.choices), default=0)
        noted = any(choice.note for choice in self.choices)
        rows = []
        for choice in self.choices:
            text = f"{choice.name} {choice.note} {choice.id}".lower()
            if all(word in text for word in words):
                name = column(choice.name, min(widest, MOST_BESIDE_A_NOTE)) if noted else clean(choice.name)
                note = Content.styled(f"  {clean(choice.note)}" if choice.note else "", "$foreground-muted")
                rows.append((choice.id, Content.assemble(name, note)))
        pane = self.query_one(ListPane)
        pane.show(rows)
        if rows and typed:
            pane.highlighted = 0

    def action_move(self, rows: int) -> None:
        pane = self.query_one(ListPane)
        if pane.option_count:
            here = pane.highlighted or 0
            pane.highlighted = max(0, min(here + rows, pane.option_count - 1))

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self._take(self.query_one(ListPane).chosen)

    @on(OptionList.OptionSelected)
    def _click(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(event.option_id or "")

    def _take(self, choice: str) -> None:
        if choice:
            self.dismiss(choice)
