"""The pane of the incident record."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.tui.entries import short_rows
from incidentsim.tui.flows.entry import open_entry
from incidentsim.tui.keys import record as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane
from incidentsim.tui.wording import Clock


class RecordPane(ListPane):
    """The incident record in short: severity, roles, updates that are due, hypotheses, decisions, tasks."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.COMMANDS)

    def __init__(self) -> None:
        super().__init__("Incident record", id="record")

    def update_record(self, record: Data, hypotheses: list[Data], clock: Clock) -> None:
        """Show the record. What is not set yet is said so."""
        if isinstance(self.screen, SeatPage):
            self.show(short_rows(self.screen, record, hypotheses, clock))
        if self.border_subtitle is None or not str(self.border_subtitle):
            self.border_subtitle = Content.styled("I all of it · T timeline", "$foreground-muted")

    @on(OptionList.OptionSelected)
    def _entry_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if isinstance(self.screen, SeatPage) and event.option_id:
            self.screen.run_worker(open_entry(self.screen, event.option_id), group="flow", exclusive=True)
