"""What the keys do in a runbook."""

from __future__ import annotations

from incidentsim.tui.keys.model import Command

COMMANDS = (
    Command("runbook.tick", "space,enter", "done / not done",
            "Ticks the step in focus, or takes the tick away; both go into the timeline.", "select", footer=True),
    Command("runbook.next-step", "n", "next step", "Goes to the next step that is not done.", "next_step", footer=True),
    Command("runbook.search", "slash", "search", "Goes to the next line with a text in it.", "search", footer=True),
    Command("runbook.pin", "asterisk", "pin", "Pins the runbook as evidence.", "pin", footer=True),
    Command("runbook.close", "escape,q", "back", "Goes back.", "close", footer=True),
)  # fmt: skip
