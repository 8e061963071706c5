"""Reading what was seen by a moment of play. Nothing is opened by it, and nothing becomes evidence."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.flows import looking, recording
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.log_pane import LogPane
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
        await change(page, picked)


async def change(page: SeatPage, number: str) -> None:
    """Read a change, where it was opened by then."""
    item = next((each for each in page.seat.changes() if each["id"] == number), None)
    if item is None:
        return
    title = f"{item['service']}: {item['title']}"
    known = _seen(page, "change", title)
    if known:
        await one_piece(page, known)
    else:
        await page.ask(Reading(clean(title), Content.styled(CLOSED, MUTED)))


def _seen(page: SeatPage, kind: str, title: str) -> str:
    """The number of the evidence of that kind and title; empty where it had not been looked at."""
    return next(
        (str(each["id"]) for each in page.seat.evidence() if (each["kind"], each["title"]) == (kind, title)), ""
    )


async def runbooks(page: SeatPage) -> None:
    """Read a runbook."""
    names = page.seat.runbooks()
    if not names:
        page.say("There are no runbooks in this scenario.")
        return
    while (name := await page.ask(Picker("Runbooks", [Choice(each, each) for each in names]))) is not None:
        await runbook(page, name)


async def runbook(page: SeatPage, name: str) -> None:
    """Read a runbook with the steps that were ticked by then."""
    from incidentsim.tui.screens.past_pages import PastRunbook

    evidence = _seen(page, "runbook", name) or "not opened by then"
    page.app.clear_notifications()
    await page.app.push_screen_wait(PastRunbook(page.session, name, page.seat.runbook(name), evidence))


async def service(page: SeatPage, service_id: str) -> None:
    """What was known of a service; what is chosen there is read, and the page comes back."""
    from incidentsim.tui.screens.past_pages import PastService, PastSignal

    item = next((each for each in page.brief["services"] if each["id"] == service_id), None)
    while item is not None:
        page.app.clear_notifications()
        screen = PastService(page.session, item)
        await page.app.push_screen_wait(screen)
        kind, _, name = screen.picked.partition(":")
        match kind:
            case "signal":
                await page.app.push_screen_wait(PastSignal(page.session, name))
            case "change":
                await change(page, name)
            case "runbook":
                await runbook(page, name)
            case "act":
                page.do("act")
            case "rows":
                page.query_one(LogPane).show_service(service_id)
                return
            case _ if kind.startswith("A-"):
                await arrival(page, kind)
            case _:
                return
