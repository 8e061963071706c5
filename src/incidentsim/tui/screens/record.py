"""The whole incident record on one screen: enter changes an entry, the same letters as in the room add one."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList

from incidentsim.tui.entries import full_rows
from incidentsim.tui.flows import deciding, handing_over, recording, roles, tasks, telling, whole_record
from incidentsim.tui.flows.entry import open_entry
from incidentsim.tui.keys import record as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.list_page import ListPage

FLOWS = {
    "severity": telling.severity,
    "roles": roles.roles,
    "announce": telling.announce,
    "hypothesis": recording.hypothesis,
    "decide": deciding.decide,
    "tasks": tasks.tasks,
    "note": recording.note,
    "handover": handing_over.handover,
    "timeline": whole_record.timeline,
}
"""What the keys lead to."""


class RecordScreen(ListPage):
    """Severity, roles, updates, hypotheses, decisions, tasks, steps, notes, handovers."""

    HELP_ID = "record"
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.SCREEN)

    def compose(self) -> ComposeResult:
        yield from self.frame("Incident record")

    def load(self) -> None:
        """Show everything anew."""
        self.entries.show(full_rows(self))

    @on(OptionList.OptionSelected)
    def _entry_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.start(open_entry(self, event.option_id))

    def action_flow(self, name: str) -> None:
        self.start(FLOWS[name](self))
