"""What a query counted: the table, what its columns mean, and what can be done with it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.keys import query as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.query_table import QueryTable
from incidentsim.tui.wording import clean


class QueryResult(Dialog[str]):
    """Gives ``pin``, ``keep``, ``again``, ``edit`` or None. *groups*: how many columns tell rows apart."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.RESULT)
    HELP_ID = "query-result"
    DEFAULT_CSS = """
    QueryResult #query-about { height: auto; max-height: 10; padding: 0 1; color: $foreground-muted; }
    QueryResult QueryTable { min-height: 6; }
    """
    wide = True

    def __init__(
        self, title: str, about: str, table: Data, groups: int, explained: list[str], doings: set[str]
    ) -> None:
        names = {"pin": "* pin", "keep": "k keep as a plot", "again": "r run again", "edit": "e edit"}
        offered = [text for name, text in names.items() if name in doings]
        explain = ["x explain"] if explained else []
        super().__init__(title, " · ".join([*offered, *explain, "b bars", "y copy", "esc close"]))
        self.about, self.table, self.groups = about, table, groups
        self.explained, self.doings = explained, doings

    def body(self) -> ComposeResult:
        yield Static(Content(clean(self.about)), id="query-about")
        yield QueryTable(self.table["columns"], self.table["rows"], self.groups)

    def on_mount(self) -> None:
        self.query_one(QueryTable).focus()

    def action_take(self, what: str) -> None:
        if what in self.doings:
            self.dismiss(what)

    def action_explain(self) -> None:
        if self.explained:
            about = self.query_one("#query-about", Static)
            shown = "\n".join(clean(each) for each in self.explained)
            about.update(Content(clean(self.about) if str(about.content) == shown else shown))
