"""What the keys do in the pane of what is under way."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

COMMANDS = (
    Command("now.withdraw", "enter,delete", "call off",
            "Calls off the work in focus: it stops, and nothing comes of it.", "select", footer=True),
)  # fmt: skip
