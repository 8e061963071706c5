"""Telling people: severity, updates, answers."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean, plain, span

AUDIENCES = {
    "internal": "internal: the people at work on it",
    "customers": "customers",
    "executives": "executives",
    "status": "status page",
}


async def severity(page: SeatPage) -> None:
    """Declare the incident, or change its severity."""
    levels = tuple((level, level) for level in page.brief["severities"])
    now = page.seat.status()["severity"]
    fields = [
        Field("severity", "Severity", kind="choice", choices=levels, value=now or (levels[-1][0] if levels else "")),
        Field("text", "Why this severity"),
    ]
    title = "Change the severity" if now else "Declare an incident"
    answers = await page.ask(Form(title, fields, submit="Declare"))
    if answers is not None and page.do("declare", answers["severity"], text=answers["text"])["status"] == "ok":
        page.say(f"{'Severity is now' if now else 'Declared:'} {answers['severity']}")


async def announce(page: SeatPage) -> None:
    """Send a status update."""
    audiences = tuple((each, AUDIENCES.get(each, each)) for each in page.brief["audiences"])
    fields = [
        Field("audience", "To", kind="choice", choices=audiences),
        Field("text", "What is known, what is being done", kind="area", required=True),
        Field("impact", "Impact: who is affected, and how"),
        Field("next_update", "Next update in minutes", value="30"),
    ]
    answers = await page.ask(Form("Status update", fields, submit="Send", check=_minutes))
    if answers is None:
        return
    done = page.do(
        "announce", answers["audience"], text=answers["text"], impact=answers["impact"],
        next_update=int(answers["next_update"]) if answers["next_update"] else None,
    )  # fmt: skip
    if done["status"] == "ok":
        page.say("Sent.")


def _minutes(given: Answers) -> str:
    text = given["next_update"]
    return "" if not text or (text.isdecimal() and len(text) < 5) else "Write the next update as whole minutes."


async def answer(page: SeatPage, item: Data) -> None:
    """Answer a message."""
    fields = [Field("text", "Your answer", kind="area", required=True)]
    intro = plain(item.get("text", ""))
    if item["asks_by"] is not None:
        left = item["asks_by"] - page.seat.status()["t"]
        due = "past due" if left <= 0 else f"{span(left)} left"
        intro = Content.assemble(
            intro, Content.styled(f"\nanswer wanted by {page.clock.utc(item['asks_by'])}, {due}", "$text-warning")
        )
    answers = await page.ask(Form(f"Answer {clean(item['sender'])}", fields, intro, submit="Send"))
    if answers is not None and page.do("answer", item["id"], text=answers["text"])["status"] == "ok":
        page.say("Answered.")
