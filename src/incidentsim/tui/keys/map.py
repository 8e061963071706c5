"""What the keys do on the map and in the page of a service."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

COMMANDS = (
    Command("map.open", "enter", "service", "Opens a service: its signals, rows, changes, runbooks.", "select",
            footer=True),
)  # fmt: skip

SERVICE = (
    Command("service.open", "enter", "open", "Opens what is in focus.", "select", footer=True),
    Command("service.rows", "i", "its log rows", "Shows only this service's rows in the log.", "rows", footer=True),
    Command("service.act", "a", "act on it", "Chooses an action on this service.", "act", footer=True),
    Command("service.close", "escape,q", "back", "Goes back to the war room.", "close", footer=True),
)
