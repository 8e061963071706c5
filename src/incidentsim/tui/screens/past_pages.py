"""The full screens of the room over a moment that has passed: they are read, and nothing on them writes."""

from __future__ import annotations

from typing import TypeVar

from textual import on
from textual.binding import ActiveBinding
from textual.widgets import OptionList

from incidentsim.exercise.past import REFUSAL
from incidentsim.tui.dialogs.base import Dialog
from incidentsim.tui.dialogs.form import Form
from incidentsim.tui.flows import reviewing
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.screens.budgets import BudgetsScreen
from incidentsim.tui.screens.record import RecordScreen
from incidentsim.tui.screens.runbook import RunbookScreen
from incidentsim.tui.screens.service import ServiceScreen
from incidentsim.tui.screens.signal import SignalScreen
from incidentsim.tui.screens.timeline_so_far import TimelineScreen
from incidentsim.tui.session import Data, Session

LOOKING = ("Search", "Show")
"""What the forms say that only look for something; all others write, and are refused before they open."""

WRITING = (
    "log.pin", "signals.pin", "signal.pin", "signal.mark", "budgets.mark", "inbox.answer", "inbox.ask-back",
    "inbox.pin", "record.open", "record.severity", "record.roles", "record.announce", "record.hypothesis",
    "now.withdraw", "record.decide", "record.tasks", "record.note", "record.handover", "timeline.note", "service.act",
    "runbook.tick", "runbook.pin",
)  # fmt: skip
"""Commands that a review does not offer. Whoever presses their keys is told why."""

Result = TypeVar("Result")


class PastPage(SeatPage):
    """A screen over a review; its top line says so. Its screens name it last, since styles come from the first base."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.brief = {**self.brief, "number": f"REVIEW {self.brief['number']}"}

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that footer, help and palette tell of."""
        return {key: each for key, each in super().active_bindings.items() if each.binding.id not in WRITING}

    async def ask(self, dialog: Dialog[Result]) -> Result | None:
        """Show *dialog* and give its answer; a form that would write is refused."""
        if isinstance(dialog, Form) and dialog.submit not in LOOKING:
            self.say(REFUSAL, warn=True)
            return None
        return await super().ask(dialog)


class PastSignal(SignalScreen, PastPage):
    """One signal up to the moment; looking at it is no evidence."""

    def _open(self) -> None:
        self._drawn = ()
        self.follow()

    def look(self, signal: str) -> bool:
        """Look at another signal; it is no evidence either."""
        return True

    def action_pin(self) -> None:
        self.do("pin", f"signal:{self.signal}")


class PastBudgets(BudgetsScreen, PastPage):
    """The error budgets as they stood."""


class PastService(ServiceScreen, PastPage):
    """What was known of a service."""


class PastRunbook(RunbookScreen, PastPage):
    """A runbook with the steps that were ticked by the moment."""


class PastTimeline(TimelineScreen, PastPage):
    """What was seen and done up to the moment."""

    async def _open(self, row: Data) -> None:
        ref = str(row["ref"])
        if ref.startswith(("M-", "A-")):
            await reviewing.arrival(self, ref)
        elif ref.startswith("E-"):
            await reviewing.one_piece(self, ref)
        else:
            await super()._open({**row, "ref": ""})


class PastRecord(RecordScreen, PastPage):
    """The incident record as it was."""

    def action_flow(self, name: str) -> None:
        if name == "timeline":
            self.app.push_screen(PastTimeline(self.session))
        else:
            self.say(REFUSAL, warn=True)

    @on(OptionList.OptionSelected)
    def _entry_chosen(self, event: OptionList.OptionSelected) -> None:
        event.prevent_default()
        event.stop()
        self.say(REFUSAL, warn=True)
