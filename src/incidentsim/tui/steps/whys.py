"""The 5 Whys: a tree from the effect down, each why with its evidence and what still lacks."""

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
from incidentsim.tui.session import Data
from incidentsim.tui.steps.base import Step
from incidentsim.tui.widgets.findings import Findings
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.wording import clean, column

MUTED = "$foreground-muted"
EFFECT = "effect"
ENDS = 31
"""Cells for a row's evidence and state, so that they stand in columns."""


class WhysStep(Step):
    """Keys work on the why under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(debrief.WHYS)

    def compose(self) -> ComposeResult:
        yield ListPane("5 Whys · enter edits", id="whys")
        yield Findings()

    def load(self) -> None:
        case = self.desk.session.case
        whys = case.whys()
        effect = case.effect()
        head = clean(effect) if effect else "write the effect: what was noticed, as a symptom"
        rows: list[Row] = [
            (
                EFFECT,
                Content.assemble(
                    Content.styled("Effect  ", "bold $text-accent"), Content.styled(head, "" if effect else MUTED)
                ),
            )
        ]
        names = dict(case.vocabulary()["branches"])
        for branch, name in names.items():
            roots = [why for why in whys if why["branch"] == branch and not why["parent"]]
            for place, why in enumerate(roots):
                label = f"{branch:<12.12}" if place == 0 else " " * 12
                self._grow(rows, whys, why, "", place == len(roots) - 1, label)
            if not roots:
                rows.append(
                    (f"branch:{branch}", Content.styled(f"─ {branch:<12.12}{name}? no answer yet; a adds one", MUTED))
                )
        self.query_one(ListPane).show(rows)
        self.query_one(Findings).show(case.findings(), self._chosen)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.query_one(Findings).point_at(self._chosen)

    def _grow(self, rows: list[Row], whys: list[Data], why: Data, lead: str, last: bool, label: str) -> None:
        """Add the row of *why* and of all below it."""
        if len(lead) > 40 or any(row == why["id"] for row, _ in rows):
            return
        gate = f"({why['gate'].upper()}) " if why["gate"] else ""
        cites = " ".join(why["cites"][:2]) + ("…" if len(why["cites"]) > 2 else "")
        state = why["state"]
        style = {"ok": "$text-success", "ruled out": MUTED}.get(state, "bold $text-warning")
        head = f"{lead}{'└' if last else '├'} "
        room = max(20, self.query_one(ListPane).scrollable_content_region.width - len(head) - len(label) - 7 - ENDS)
        rows.append(
            (
                why["id"],
                Content.assemble(
                    Content.styled(head, MUTED),
                    Content.styled(label, "$text-accent"),
                    Content.styled("why? ", MUTED),
                    Content.styled(column(f"{gate}{why['text']}", room), MUTED if why["ruled_out"] else ""),
                    Content.styled(f"  {column(cites, 14)} ", MUTED),
                    Content.styled(column(state, 14), style),
                ),
            )
        )
        below = [each for each in whys if each["parent"] == why["id"]]
        for place, each in enumerate(below):
            self._grow(rows, whys, each, lead + ("  " if last else "│ "), place == len(below) - 1, "")

    @property
    def _chosen(self) -> str:
        return self.query_one(ListPane).chosen

    def _why(self) -> Data | None:
        return next((why for why in self.desk.session.case.whys() if why["id"] == self._chosen), None)

    @on(OptionList.OptionSelected)
    def _edit(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._chosen == EFFECT:
            self.flow(writing.effect(self.desk, self.changed))
        elif self._chosen.startswith("branch:"):
            self.action_add()
        elif (why := self._why()) is not None:
            self.flow(writing.why(self.desk, why, self._done))

    def action_add(self) -> None:
        """A why below the one under the cursor."""
        why = self._why()
        branch = why["branch"] if why else self._chosen.removeprefix("branch:")
        self.flow(writing.why(self.desk, writing.blank_why(branch, why["id"] if why else ""), self._done))

    def action_branch(self) -> None:
        """Another answer to the same question."""
        why = self._why()
        blank = writing.blank_why(why["branch"], why["parent"]) if why else writing.blank_why("", "")
        self.flow(writing.why(self.desk, blank, self._done))

    def action_cite(self) -> None:
        if (why := self._why()) is None:
            self.desk.say("Evidence stands under whys; choose one.")
        else:
            self.flow(writing.cite(self.desk, why, self.desk.session.case.put_why, self.changed))

    def action_rule_out(self) -> None:
        if (why := self._why()) is not None:
            case, new = self.desk.session.case, {**why, "ruled_out": not why["ruled_out"]}
            if writing.kept(self.desk, lambda: case.put_why(new)):
                self.changed()

    def action_drop(self) -> None:
        if self._why() is not None:
            self.flow(self._ask_drop(self._chosen))

    async def _ask_drop(self, why: str) -> None:
        if await self.desk.ask(Confirm("Delete", "Delete this why? What hangs on it moves up.", "delete")):
            writing.kept(self.desk, lambda: self.desk.session.case.drop_why(why))
            self.changed()

    def _done(self, why: str) -> None:
        self.changed()
        self.query_one(ListPane).choose(why)
