"""The team's to-do list: what is to be done, by whom, until when. Due ones are the player's own reminders."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.flows.filling import fill_in
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.to_do import MOST_MINUTES, SIGNS, moment, note, ordered, until
from incidentsim.tui.wording import clean

STATES = (("open", "open"), ("done", "done"), ("dropped", "dropped"))
NEW = "~new"
SOON = 15 * 60_000
"""From so many ms before it is due, a task is a reminder."""


async def tasks(page: SeatPage) -> None:
    """Look at the list, add to it, tick it off."""
    while True:
        items = ordered(page.seat.incident_record()["tasks"])
        now = int(page.seat.status()["t"])
        if not items:
            await change(page)
            return
        choices = [Choice(NEW, "Add a task …")]
        choices += [Choice(item["id"], f"{SIGNS[item['state']]} {clean(item['text'])}", note(item, now, page.clock))
                    for item in items]  # fmt: skip
        left = sum(item["state"] == "open" for item in items)
        picked = await page.ask(Picker(f"Tasks · {left} open", choices))
        if picked is None:
            return
        await change(page, "" if picked == NEW else picked)


async def change(page: SeatPage, number: str = "") -> None:
    """Add a task, or change one."""
    known = next((item for item in page.seat.incident_record()["tasks"] if item["id"] == number), None)
    due = page.clock.short(known["due"]) if known and known["due"] is not None else ""
    fields = [
        Field("text", "What is to be done", value=known["text"] if known else "", required=True),
        Field("owner", "Who does it (a role)", value=known["owner"] if known else ""),
        Field("due", "Due: 09:30, or 20 minutes", value=due),
    ]
    if known:
        fields.append(Field("state", "State", kind="choice", choices=STATES, value=known["state"]))

    def check(given: Answers) -> str:
        if given["due"] == due or moment(given["due"], int(page.seat.status()["t"]), page.clock)[1]:
            return ""
        return f"Due: a time such as 09:30, or minutes from now up to {MOST_MINUTES}."

    def give(given: Answers) -> Data:
        at = (
            known["due"]
            if known and given["due"] == due
            else moment(given["due"], int(page.seat.status()["t"]), page.clock)[0]
        )
        state = {"state": given["state"]} if known else {}
        return page.do("task", number, text=given["text"], owner=given["owner"], due=at, **state)

    title = f"Task {known['id']}" if known else "New task"
    if await fill_in(page, Form(title, fields, submit="Keep", check=check), give):
        page.say("Kept." if known else "Added to the tasks.")


def reminders(page: SeatPage, now: int) -> list[tuple[str, Content]]:
    """Rows for open tasks that are due soon or late, the earliest first."""
    rows = []
    for item in ordered(page.seat.incident_record()["tasks"]):
        if item["state"] == "open" and item["due"] is not None and item["due"] - now <= SOON:
            late = item["due"] <= now
            style = "bold $text-warning" if late else "$text-accent"
            when = until(item["due"], now)
            owner = f"{clean(item['owner'])}: " if item["owner"] else ""
            rows.append(
                (str(item["id"]), Content.assemble(Content.styled(f"☐ {page.clock.short(item['due'])} ", style),
                                                   Content.styled(f"task   {when} ", style),
                                                   f"{owner}{clean(item['text'])}"))
            )  # fmt: skip
    return rows
