"""The map: which services depend on which, and what the organisation's own measures say of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from incidentsim.tui.keys import map as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane
from incidentsim.tui.wording import STATE_STYLES, clean

WIDEST = 18
STATES = ("critical", "warn", "ok")
"""From the worst on."""


class MapPane(ListPane):
    """One line a service: its health, and what it stands on. Enter opens it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.COMMANDS)

    def __init__(self, services: list[Data]) -> None:
        super().__init__("Map · who needs whom", "No services are described.", id="map")
        self.services = in_order(services)

    def on_mount(self) -> None:
        self.update_map([], [])

    def update_map(self, signals: Sequence[Data], alerts: Sequence[Data]) -> None:
        """Show what is measured now."""
        widest = min(WIDEST, max((len(clean(item["id"])) for item in self.services), default=0))
        rows = []
        for item in self.services:
            needs = ", ".join(clean(other) for other in item["depends_on"])
            word, style = health(item["id"], signals, alerts)
            rows.append(
                (
                    f"service:{item['id']}",
                    Content.assemble(
                        f"{clean(item['id']):<{widest}} ",
                        Content.styled(f"{word:<8}", style),
                        Content.styled(f" ← {needs}" if needs else "", "$foreground-muted"),
                    ),
                )
            )
        self.show(rows)


def health(service: str, signals: Sequence[Data], alerts: Sequence[Data]) -> tuple[str, str]:
    """What is known of a service's health, in a word and its style: a page that rings, the worst of its signals, or
    that nothing is measured. It is what the organisation measures, not how the service is.
    """
    if any(each["service"] == service and not each["resolved_at"] and each["severity"] == "page" for each in alerts):
        return "paging", STATE_STYLES.get("critical", "")
    states = [str(each["state"]) for each in signals if each["service"] == service and not each["own"]]
    for state in STATES:
        if state in states:
            return state, STATE_STYLES.get(state, "")
    return ("no limit" if states else "no signal"), "$foreground-muted"


def in_order(services: list[Data]) -> list[Data]:
    """*services* so that each comes after those it depends on; the document's order where that is free."""
    known = {item["id"]: item for item in services}
    done: dict[str, Data] = {}

    def visit(item: Data, path: tuple[str, ...]) -> None:
        if item["id"] in done or item["id"] in path:
            return
        for other in item["depends_on"]:
            if other in known:
                visit(known[other], (*path, item["id"]))
        done[item["id"]] = item

    for item in services:
        visit(item, ())
    return list(done.values())
