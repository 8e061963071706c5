"""Opening things: what is opened is evidence from then on."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.dialogs.reading import Reading
from incidentsim.tui.flows import acting, asking, counting, plotting, recording, telling
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.widgets.inbox_pane import TOLD
from incidentsim.tui.widgets.log_pane import LogPane
from incidentsim.tui.wording import clean, plain

PIN = {"asterisk": ("pin", "pin")}


async def open_target(page: SeatPage, target: str, title: str = "", plot: Content | None = None) -> None:
    """Open a line, change, runbook, signal or alert, and show what it says."""
    evidence = opened(page, target)
    if evidence is None:
        return
    head = f"{evidence['id']} · {clean(title or evidence['title'])}"
    text = plain(evidence["text"])
    content = Content.assemble(plot, "\n\n", text) if plot is not None else text
    if await page.ask(Reading(head, content, PIN)) == "pin":
        pin(page, evidence["id"])


def opened(page: SeatPage, target: str) -> Data | None:
    """Open *target*, and give its evidence; None where it was refused."""
    done = page.do("open", target)
    if done["status"] != "ok":
        return None
    known = {item["id"]: item for item in page.seat.evidence()}
    return known.get(done["evidence"][0]) if done["evidence"] else None


def pin(page: SeatPage, target: str) -> bool:
    """Pin a line or a piece of evidence."""
    done = page.do("pin", target)
    if done["status"] == "ok":
        page.say(f"Pinned as {done['evidence'][0] if done['evidence'] else done['ref']}.")
    return bool(done["status"] == "ok")


async def open_message(page: SeatPage, message_id: str) -> None:
    """Open a message: read it, answer it, pin it, or keep its count as a plot."""
    done = page.do("open", message_id)
    item = page.seat.message(message_id)
    if done["status"] != "ok" or item is None:
        return
    evidence = done["evidence"][0] if done["evidence"] else message_id
    if item.get("table") is not None:
        if await counting.show_result(page, item, evidence) == "pin":
            pin(page, evidence)
        return
    actions = dict(PIN)
    playing = page.seat.status()["state"] != "ended"
    if playing and item["channel"] not in TOLD:
        actions["a"] = ("answer", "answer")
    if playing and any(each["id"] == item["sender"] for each in page.brief["personas"]):
        actions["m"] = ("ask", "ask back")
    sender = "" if item["sender"] == item["channel"] else f" from {item['sender']}"
    head = f"{evidence} · {item['channel']}{sender} · {page.clock.utc(item['t'])}"
    content = Content.assemble(Content.styled(f"{clean(item['title'])}\n", "bold"), plain(item.get("text", "")))
    match await page.ask(Reading(clean(head), content, actions)):
        case "pin":
            pin(page, evidence)
        case "answer":
            await telling.answer(page, item)
        case "ask":
            await asking.message(page, str(item["sender"]))


async def changes(page: SeatPage) -> None:
    """Look through the change and configuration history."""
    choice = ""
    while choice is not None:
        items = page.seat.changes()
        if not items:
            page.say("No changes are on record.")
            return
        picked = await page.ask(
            Picker("Changes and configuration", [Choice(item["id"], change_line(page, item)) for item in items])
        )
        if picked is None:
            return
        choice = picked
        await open_target(page, f"change:{choice}")


def change_line(page: SeatPage, item: Data) -> str:
    """When, where, what."""
    when = f"{item['days_before']}d before" if item["days_before"] else page.clock.short(item["t"])
    return f"{when:<11} {clean(item['service']):<14.14} {clean(item['title'])}"


SEARCH = "search"


async def runbooks(page: SeatPage) -> None:
    """Read a runbook, or search them all."""
    names = page.seat.runbooks()
    if not names:
        page.say("There are no runbooks in this scenario.")
        return
    choices = [*(Choice(each, each) for each in names), Choice(SEARCH, "Search in all of them")]
    while (name := await page.ask(Picker("Runbooks", choices))) is not None:
        if name == SEARCH:
            await _search_runbooks(page)
        else:
            await runbook(page, name)


async def _search_runbooks(page: SeatPage) -> None:
    answers = await page.ask(Form("Search the runbooks", [Field("text", "Text", required=True)], submit="Search"))
    if answers is None:
        return
    hits = page.seat.find_in_runbooks(answers["text"])
    if not hits:
        page.say(f"No runbook has “{clean(answers['text'])}”.")
        return
    choices = [Choice(f"{at}", hit["runbook"], hit["text"]) for at, hit in enumerate(hits)]
    picked = await page.ask(Picker(f"Runbooks with “{clean(answers['text'])}”", choices))
    if picked is not None:
        hit = hits[int(picked)]
        await runbook(page, str(hit["runbook"]), int(hit["block"]))


async def runbook(page: SeatPage, name: str, start: int = 0) -> None:
    """Open a runbook; that is evidence."""
    from incidentsim.tui.screens.runbook import RunbookScreen

    evidence = opened(page, f"runbook:{name}")
    if evidence is not None:
        page.app.clear_notifications()
        await page.app.push_screen_wait(
            RunbookScreen(page.session, name, page.seat.runbook(name), str(evidence["id"]), start)
        )


async def evidence(page: SeatPage) -> None:
    """Look at the evidence so far; what is open can be pinned."""
    while True:
        items = page.seat.evidence()
        if not items:
            page.say("No evidence yet. What you open, count, are told or pin is evidence.")
            return
        choices = [Choice(item["id"], recording.evidence_line(page, item)) for item in reversed(items)]
        picked = await page.ask(Picker(f"Evidence · {len(items)}", choices))
        if picked is None:
            return
        item = next(item for item in items if item["id"] == picked)
        title = f"{item['id']} · {item['kind']} · {page.clock.utc(item['t'])} · {item['title']}"
        if await page.ask(Reading(clean(title), plain(item["text"]), PIN)) == "pin":
            pin(page, picked)


async def service(page: SeatPage, service_id: str) -> None:
    """What is known of a service; what is chosen there opens, and the page comes back."""
    from incidentsim.tui.screens.service import ServiceScreen

    item = next((each for each in page.brief["services"] if each["id"] == service_id), None)
    while item is not None:
        page.app.clear_notifications()
        screen = ServiceScreen(page.session, item)
        await page.app.push_screen_wait(screen)
        kind, _, name = screen.picked.partition(":")
        match kind:
            case "signal":
                await plotting.signal(page, name)
            case "change":
                await open_target(page, f"change:{name}")
            case "runbook":
                await runbook(page, name)
            case "act":
                await acting.act(page, target=service_id)
            case "rows":
                page.query_one(LogPane).show_service(service_id)
                return
            case "":
                return
            case _:
                await open_target(page, kind)


async def open_arrival(page: SeatPage, arrival: str) -> None:
    """Open what arrived: a message or an alert."""
    if arrival.startswith("A-"):
        await open_target(page, arrival)
    else:
        await open_message(page, arrival)


async def briefing(page: SeatPage) -> None:
    """The briefing again, and the people one can ask."""
    brief = page.brief
    people = "\n".join(f"  {item['title']} ({item['team']})  {item['about']}" for item in brief["personas"])
    slos = "\n".join(f"  {item['title']}: {item['target']}  {item['description']}" for item in brief["slos"])
    parts = [brief["role"], brief["situation"], brief["goal"], *[f"• {note}" for note in brief["notes"]]]
    if slos:
        parts.append(f"What is promised and measured:\n{slos}")
    if people:
        parts.append(f"People:\n{people}")
    await page.ask(Reading(f"{brief['number']} {brief['title']}", plain("\n\n".join(part for part in parts if part))))
