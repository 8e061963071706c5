"""Roles: who leads, who works on it, who tells people, who writes."""

from __future__ import annotations

from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.flows.filling import fill_in
from incidentsim.tui.house import known_roles
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.wording import clean


async def roles(page: SeatPage) -> None:
    """Show who holds which role, and give one to somebody."""
    while True:
        held = page.seat.incident_record()["roles"]
        choices = []
        for name, title, about in known_roles(page.brief):
            holder = held.get(name)
            said = f"{clean(holder['who'])}, since {page.clock.utc(holder['t'])}" if holder else "nobody"
            choices.append(Choice(name, clean(title), f"{said} · {clean(about)}"))
        picked = await page.ask(Picker("Roles", choices))
        if picked is None:
            return
        await assign(page, picked)


async def assign(page: SeatPage, role: str) -> None:
    """Give a role to somebody."""
    title = next(title for name, title, _ in known_roles(page.brief) if name == role)
    holder = page.seat.incident_record()["roles"].get(role)
    field = Field("who", "Who takes it", value=str(holder["who"]) if holder else "", required=True)
    form = Form(clean(title), [field], submit="Assign")
    if await fill_in(page, form, lambda given: page.do("assign", role, who=given["who"])):
        page.say(f"{clean(title)}: {page.seat.incident_record()['roles'][role]['who']}")
