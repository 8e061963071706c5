"""Reading what was seen by a moment of play. Nothing is opened by it, and nothing becomes evidence."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.flows import looking, recording
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean, plain

MUTED = "$foreground-muted"
CLOSED = "It had not been opened by then."


async def arrival(page: SeatPage, number: str) -> None:
    """Read a message or an alert as far as it was opened."""
    standing = page.seat.standing().get(number, {})
    if number.startswith("A-"):
        item: Data | None = next((each for each in page.seat.alerts() if each["id"] == number), None)
        who = "alert"
    else:
        item = page.seat.message(number)
        who = f"{item['channel']} from {item['sender']}" if item else ""
    if item is None:
        return
    text = plain(f"\n{item['text']}") if item.get("text") else Content.styled(f"\n{CLOSED}", MUTED)
    answered = standing.get("answered_at")
    said = f"\nanswered {page.clock.utc(answered)}" if answered is not None else ""
    parts = (standing.get("evidence"), who, page.clock.utc(int(item["t"])))
    body = Content.assemble(Content.styled(clean(item["title"]), "bold"), Content.styled(said, MUTED), text)
    table = item.get("table") if item.get("text") else None
    await page.ask(Reading(clean(" · ".join(part for part in parts if part)), body, table=table))


async def line(page: SeatPage, row: Data) -> None:
    """Read a whole line of the log."""
    head = f"{row['time']} UTC {row['level']} {row['service']}"
    await page.ask(Reading(clean(head), plain(row["text"])))


async def one_piece(page: SeatPage, number: str) -> None:
    """Read a piece of evidence."""
    item = next((each for each in page.seat.evidence() if each["id"] == number), None)
    if item is not None:
        head = f"{item['id']} · {item['kind']} · {page.clock.utc(item['t'])} · {item['title']}"
        note = Content.styled(f"\n\nnote: {clean(item['note'])}", MUTED) if item.get("note") else Content("")
        await page.ask(Reading(clean(head), Content.assemble(plain(item["text"]), note)))


async def evidence(page: SeatPage) -> None:
    """Look through the evidence that there was."""
    while True:
        items = page.seat.evidence()
        if not items:
            page.say("There was no evidence yet.")
            return
        choices = [Choice(each["id"], recording.evidence_line(page, each)) for each in reversed(items)]
        picked = await page.ask(Picker(f"Evidence · {len(items)}", choices))
        if picked is None:
            return
        await one_piece(page, picked)


async def changes(page: SeatPage) -> None:
    """Look through the change history; what a change says can be read where it was opened by then."""
    while True:
        items = page.seat.changes()
        if not items:
            page.say("No changes were on record.")
            return
        choices = [Choice(each["id"], looking.change_line(page, each)) for each in items]
        picked = await page.ask(Picker("Changes and configuration", choices))
        if picked is None:
            return
        item = next(each for each in items if each["id"] == picked)
        title = f"{item['service']}: {item['title']}"
        seen = (each for each in page.seat.evidence() if each["kind"] == "change" and each["title"] == title)
        known = next(seen, None)
        if known is not None:
            await one_piece(page, str(known["id"]))
        else:
            await page.ask(Reading(clean(title), Content.styled(CLOSED, MUTED)))
