"""Something to read: a message, a log line, a runbook, a table; with the keys that apply to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.keys import dialogs
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean, number


class Reading(Dialog[str]):
    """Gives the action of the key that was pressed, such as ``pin``, or None where it was closed.

    *actions* maps keys to (action, name).
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(dialogs.READING)
    HELP_ID = "reading"
    wide = True

    def __init__(
        self,
        title: str,
        content: Content,
        actions: dict[str, tuple[str, str]] | None = None,
        table: Data | None = None,
    ) -> None:
        self.actions = actions or {}
        keys = [f"{'*' if key == 'asterisk' else key} {name}" for key, (_, name) in self.actions.items()]
        super().__init__(title, " · ".join([*keys, "↑↓ scroll", "esc close"]))
        self.content = content
        self.table = table

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="reading-body", can_focus=self.table is None):
            yield Static(self.content)
        if self.table is not None:
            yield DataTable(id="reading-table", cursor_type="row", zebra_stripes=False)

    def on_mount(self) -> None:
        for key, (action, name) in self.actions.items():
            self._bindings.bind(key, f"take('{action}')", name, show=False)
        if self.table is not None:
            fill(self.query_one(DataTable), self.table["columns"], self.table["rows"])
            self.query_one(DataTable).focus()
        else:
            self.query_one(VerticalScroll).focus()

    def action_take(self, action: str) -> None:
        self.dismiss(action)


def fill(table: DataTable[Text], columns: Sequence[object], rows: Sequence[Sequence[object]]) -> None:
    """Put a query's result into *table*: numbers to the right, text as it is."""
    for index, name in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[index], (int, float)) for row in rows)
        table.add_column(Text(clean(name), justify="right" if numeric else "left"))
    for row in rows:
        table.add_row(*[_cell(value) for value in row])


def _cell(value: object) -> Text:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Text(number(value), justify="right")
    return Text("–" if value is None else clean(value))
