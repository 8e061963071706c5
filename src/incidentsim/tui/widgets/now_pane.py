"""The pane of what is under way."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from incidentsim.tui.keys import now as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.list_pane import ListPane, Row
from incidentsim.tui.wording import clean, span

MUTED = "$foreground-muted"


class NowPane(ListPane):
    """What is under way, and how many hands are free."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.COMMANDS)

    def __init__(self) -> None:
        super().__init__("Now", id="now")

    def update_now(self, status: Data) -> None:
        """Show running and queued actions with the time that they still take."""
        free = f"free hands {status['hands_free']} of {status['hands']}"
        rows: list[Row] = [("", Content.styled(free, "" if status["hands_free"] else "bold $text-warning"))]
        for item in status["running"]:
            queued = item["left"] is None
            word = "waits" if queued else f"{span(item['left'])} left"
            rows.append(
                (
                    str(item["number"]),
                    Content.assemble(
                        Content.styled("◦ " if queued else "▷ ", "$text-accent"),
                        Content.styled(f"{word:<9}", MUTED),
                        clean(item["title"]),
                    ),
                )
            )
        if status["state"] == "paused":
            rows.append(("", Content.styled("paused; space goes on", "bold $text-warning")))
        self.show(rows)
