"""What an entry of the incident record leads to when it is chosen."""

from __future__ import annotations

from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.flows import deciding, recording, roles, tasks, telling
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.wording import plain


async def open_entry(page: SeatPage, entry: str) -> None:
    """Change the entry of that id, or look at it."""
    kind, _, name = entry.partition(":")
    record = page.seat.incident_record()
    if kind == "severity":
        await telling.severity(page)
    elif kind == "roles":
        await roles.roles(page)
    elif kind == "role":
        await roles.assign(page, name)
    elif kind == "announce":
        await telling.announce(page, name)
    elif kind == "tasks":
        await tasks.tasks(page)
    elif kind == "handover":
        note = record["handovers"][int(name)]
        await page.ask(Reading(f"Handover note of {page.clock.utc(note['t'])}", plain(note["text"])))
    elif kind.startswith("TD-"):
        await tasks.change(page, kind)
    elif kind.startswith("D-"):
        await deciding.decide(page, next((item for item in record["decisions"] if item["id"] == kind), None))
    elif kind.startswith("H-"):
        await recording.hypothesis(page, next((item for item in page.seat.hypotheses() if item["id"] == kind), None))
