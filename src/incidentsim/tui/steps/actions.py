"""Action items: a ranked list, each with an owner, what it addresses and when it is done."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.tui.dialogs.confirm import Confirm
from incidentsim.tui.flows import writing
from incidentsim.tui.keys import debrief
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.modelled import ModelledScreen
from incidentsim.tui.session import Data
from incidentsim.tui.steps.base import Step
from incidentsim.tui.widgets.findings import Findings
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.wording import clean

MUTED = "$foreground-muted"


class ActionsStep(Step):
    """The first is the most important one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(debrief.ACTIONS)

    def compose(self) -> ComposeResult:
        yield ListPane("Action items, by rank · enter edits", "No action item yet; a adds one.", id="actions")
        yield Findings()

    def load(self) -> None:
        rows: list[Row] = []
        for rank, item in enumerate(self.desk.session.case.actions(), 1):
            state = item["state"]
            addresses = " ".join(item["addresses"]) or "no why"
            rows.append(
                (
                    item["id"],
                    Content.assemble(
                        Content.styled(f"{rank:>2} ", MUTED),
                        Content.styled(f"{clean(item['priority']):<3}", "bold"),
                        Content.styled(f"{clean(item['hierarchy']):<10.10} ", "$text-accent"),
                        clean(item["text"]),
                        Content.styled(f"  {clean(item['owner'])} · {clean(addresses)}  ", MUTED),
                        Content.styled(clean(state), "$text-success" if state == "ok" else "bold $text-warning"),
                    ),
                )
            )
        self.query_one(ListPane).show(rows)
        self.query_one(Findings).show(self.desk.session.case.item_findings(), self.query_one(ListPane).chosen)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.query_one(Findings).point_at(self.query_one(ListPane).chosen)

    def _item(self) -> Data | None:
        chosen = self.query_one(ListPane).chosen
        return next((item for item in self.desk.session.case.actions() if item["id"] == chosen), None)

    @on(OptionList.OptionSelected)
    def _edit(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.flow(writing.action(self.desk, self._item(), self._done))

    def action_add(self) -> None:
        self.flow(writing.action(self.desk, None, self._done))

    def action_move(self, by: int) -> None:
        if (item := self._item()) is not None:
            writing.kept(self.desk, lambda: self.desk.session.case.move_action(item["id"], by))
            self._done(item["id"])

    def action_drop(self) -> None:
        if (item := self._item()) is not None:
            self.flow(self._ask_drop(item["id"]))

    async def _ask_drop(self, action: str) -> None:
        if await self.desk.ask(Confirm("Delete", "Delete this action item?", "delete")):
            writing.kept(self.desk, lambda: self.desk.session.case.drop_action(action))
            self.changed()

    def action_model(self) -> None:
        if any(item["control"] for item in self.desk.session.case.actions()):
            self.app.push_screen(ModelledScreen(self.desk.session))
        else:
            self.desk.say("No action item says which control it adds; enter on one, and choose it.", warn=True)

    def _done(self, action: str) -> None:
        self.changed()
        self.query_one(ListPane).choose(action)
