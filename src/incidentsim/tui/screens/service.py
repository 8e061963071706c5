"""A service: what is known of it, its signals, alerts, changes and runbooks."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList

from incidentsim.tui.keys import map as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.screens.list_page import MUTED, ListPage
from incidentsim.tui.session import Data, Session
from incidentsim.tui.widgets.list_pane import Row
from incidentsim.tui.widgets.map_pane import health
from incidentsim.tui.wording import STATE_STYLES, clean, span


class ServiceScreen(ListPage):
    """What was chosen in it is *picked* when it closes.

    That is ``signal:…``, ``change:…``, ``runbook:…``, an alert's id, ``rows``, ``act``, or nothing.
    """

    HELP_ID = "service"
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.SERVICE)

    def __init__(self, session: Session, service: Data) -> None:
        super().__init__(session)
        self.service = service
        self.picked = ""

    def compose(self) -> ComposeResult:
        yield from self.frame(f"{clean(self.service['title'])} · {clean(self.service['id'])}")

    def load(self) -> None:
        """Show what is known now."""
        self.entries.show([*self._about(), *self._measured(), *self._alerts(), *self._changes(), *self._runbooks()])

    def _about(self) -> list[Row]:
        item = self.service
        used = ", ".join(each["id"] for each in self.brief["services"] if item["id"] in each["depends_on"])
        word, style = health(item["id"], self.seat.signals(0, None, 1), self.seat.alerts())
        lines = [
            Content.assemble("Health, as measured: ", Content.styled(word, style)),
            Content(f"Owned by the team {clean(item['team'])}"),
            Content(f"Needs: {clean(', '.join(item['depends_on'])) or 'nothing on this map'}"),
            Content(f"Needed by: {clean(used) or 'nothing on this map'}"),
            Content(clean(item["about"])),
        ]
        return [("", line) for line in lines]

    def _measured(self) -> list[Row]:
        rows = [
            (
                f"signal:{each['id']}",
                Content.assemble(
                    f"  {clean(each['title'])}: ",
                    f"{clean(each['last'])} {clean(each['unit'])} " if each["last"] is not None else "no value ",
                    Content.styled(clean(each["state"]), STATE_STYLES.get(each["state"], "")),
                ),
            )
            for each in self.seat.signals(0, None, 1)
            if each["service"] == self.service["id"]
        ]
        return self._part("Signals", rows, "Nothing is measured here.")

    def _alerts(self) -> list[Row]:
        now = int(self.seat.status()["t"])
        rows = [
            (
                str(each["id"]),
                Content(
                    f"  {self.clock.short(each['t'])} {clean(each['severity'])} {clean(each['title'])} "
                    f"({'resolved' if each['resolved_at'] else 'firing for ' + span(now - each['t'])})"
                ),
            )
            for each in self.seat.alerts()
            if each["service"] == self.service["id"]
        ]
        return self._part("Alerts", rows, "None so far.")

    def _changes(self) -> list[Row]:
        rows = []
        for each in self.seat.changes():
            if each["service"] == self.service["id"]:
                days = each["days_before"]
                when = f"{days} d before" if days else self.clock.short(each["t"])
                rows.append((f"change:{each['id']}", Content(f"  {when} {clean(each['title'])}")))
        return self._part("Changes", rows, "None on record.")

    def _runbooks(self) -> list[Row]:
        names = list(dict.fromkeys(hit["runbook"] for hit in self.seat.find_in_runbooks(self.service["id"])))
        return self._part("Runbooks that name it", [(f"runbook:{each}", Content(f"  {clean(each)}")) for each in names],
                          "None.")  # fmt: skip

    def _part(self, title: str, rows: list[Row], none: str) -> list[Row]:
        head = Content.styled(title, "bold $text-accent")
        return [("", Content("")), ("", head), *(rows or [("", Content.styled(f"  {none}", MUTED))])]

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._leave(event.option_id or "")

    def _leave(self, picked: str) -> None:
        self.picked = picked
        self.dismiss(None)

    def action_rows(self) -> None:
        self._leave("rows")

    def action_act(self) -> None:
        self._leave("act")
