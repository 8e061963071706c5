"""The fishbone, drawn from the whys and their categories."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.widgets import Static

from incidentsim.tui.flows import writing
from incidentsim.tui.keys import debrief
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.steps.base import Step
from incidentsim.tui.widgets.findings import Findings
from incidentsim.tui.wording import plain


class FishboneStep(Step):
    """A drawing that scrolls both ways where it is wider than the screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(debrief.FISHBONE)

    def compose(self) -> ComposeResult:
        with ScrollableContainer(id="fishbone", classes="reading-pane", can_focus=True):
            yield Static("", id="fishbone-drawing", markup=False)
        yield Findings()

    def on_mount(self) -> None:
        self.query_one("#fishbone").border_title = Content("Fishbone · drawn from your whys")

    def load(self) -> None:
        width = max(60, self.query_one("#fishbone").size.width - 4)
        self.query_one("#fishbone-drawing", Static).update(plain(self.desk.session.fishbone(width)))
        self.query_one(Findings).show(self.desk.session.case.fishbone_findings(), "")

    def action_categories(self) -> None:
        self.flow(writing.categories(self.desk, self.changed))
