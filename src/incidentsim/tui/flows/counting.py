"""Counting: what passed a point of the system, or log lines. The table comes to the inbox."""

from __future__ import annotations

from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean

LEVELS = (("", "any"), ("INFO", "INFO"), ("WARN", "WARN"), ("ERROR", "ERROR"), ("DEBUG", "DEBUG"))


async def query(page: SeatPage, line: str = "") -> None:
    """Write a query as a line, and run it; its table comes to the inbox."""
    from incidentsim.tui.dialogs.query import QueryDialog

    brief = page.brief
    if not brief["datasets"] and not brief["signals"]:
        page.say("There is nothing to count in this scenario; L counts log lines.")
        return
    status = page.seat.status()
    if status["state"] == "ended":
        brief = {**brief, "query": {**brief["query"], "takes": 0}}
    dialog = QueryDialog(brief, page.clock, int(status["t"]), int(status["hands_free"]), asked_before(page), line)
    args = await page.ask(dialog)
    if args is not None:
        await run(page, "query", args)


async def run(page: SeatPage, verb: str, args: Data) -> None:
    """Give the command. In play its table comes to the inbox; afterwards it is there at once, and shown."""
    done = page.do(verb, **args)
    if done["status"] != "ok":
        return
    if not done["evidence"]:
        page.say("Counting. The table comes to the inbox.")
        return
    evidence, message = str(done["evidence"][0]), page.seat.message(done["ref"])
    if message is not None and await show_result(page, message, evidence) == "pin":
        page.do("pin", evidence)


def asked_before(page: SeatPage) -> list[str]:
    """The lines of the queries that were answered, the newest first, each once."""
    from incidentsim.exercise.query_line import query_text

    asked = [page.seat.query_of(str(item["id"])) for item in reversed(page.seat.inbox()) if item["channel"] == "query"]
    return list(dict.fromkeys(query_text(args, page.brief) for args in asked if args is not None))


async def show_result(page: SeatPage, item: Data, evidence: str) -> str | None:
    """Show the table of a count: what is to be done with it, ``pin`` or None; all else happens here."""
    from incidentsim.exercise.query_explained import explanation
    from incidentsim.exercise.query_line import query_text
    from incidentsim.tui.dialogs.query_result import QueryResult

    table = item["table"]
    args = page.seat.query_of(str(item["id"]))
    playing = page.seat.status()["state"] != "ended"
    line = query_text(args, page.brief) if args else ""
    doings = {"pin"} | ({"again", "edit"} if args else set()) | ({"keep"} if args and playing else set())
    if args and args.get("signals"):
        doings.discard("keep")
    explained = explanation(args, table, page.brief) if args else []
    groups = len(args.get("by") or []) if args else max(0, len(table["columns"]) - 1)
    about = line or str(item["title"])
    if "from" in table and "to" in table:
        about += f"\n{page.clock.short(table['from'])} to {page.clock.utc(table['to'])}"
    if table.get("cut"):
        about += f"\n{table['cut']:,} more rows are not shown; narrow the time or group less."
    head = f"{evidence} · {page.clock.utc(item['t'])} · {clean(item['title'])}"
    match await page.ask(QueryResult(clean(head), about, table, groups, explained, doings)):
        case "pin":
            return "pin"
        case "keep":
            await keep(page, str(item["id"]), str(item["title"]))
        case "again" if args:
            await run(page, "query", {name: value for name, value in args.items() if name != "to"})
        case "edit":
            await query(page, line)
    return None


async def count_lines(page: SeatPage) -> None:
    """Count log lines by service, level or hour."""
    services = (("", "any"), *((item["id"], item["id"]) for item in page.brief["services"]))
    fields = [
        Field("text", "With the text"),
        Field("service", "Of the service", kind="choice", choices=services),
        Field("level", "Of the level", kind="choice", choices=LEVELS),
        Field("by", "Group by", kind="choice", choices=(("hour", "hour"), ("service", "service"), ("level", "level"))),
    ]
    answers = await page.ask(Form("Count log lines", fields, submit="Count"))
    if answers is None:
        return
    wanted = {name: answers[name] for name in ("text", "service", "level", "by") if answers[name]}
    await run(page, "search", wanted)


async def keep(page: SeatPage, message_id: str, title: str) -> None:
    """Keep a count as a plot on the signals pane."""
    answers = await page.ask(
        Form("Keep as a plot", [Field("title", "Name of the plot", value=clean(title)[:60])], submit="Keep")
    )
    if answers is not None and page.do("keep", message_id, title=answers["title"])["status"] == "ok":
        page.say("Kept: it is plotted with the signals.")
