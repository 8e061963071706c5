"""The map: which services depend on which, as far as the organisation's own picture says."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane
from incidentsim.tui.wording import clean


class MapPane(ListPane):
    """One line a service: what it stands on. Enter tells who owns it."""

    def __init__(self, services: list[Data]) -> None:
        super().__init__("Map · who needs whom", "No services are described.", id="map")
        self.services = services

    def on_mount(self) -> None:
        widest = max((len(clean(item["id"])) for item in self.services), default=0)
        rows = []
        for item in in_order(self.services):
            needs = ", ".join(clean(other) for other in item["depends_on"])
            rows.append(
                (
                    f"service:{item['id']}",
                    Content.assemble(
                        f"{clean(item['id']):<{widest}}",
                        Content.styled(f" ← {needs}" if needs else "", "$foreground-muted"),
                    ),
                )
            )
        self.show(rows)


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
