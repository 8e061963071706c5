"""Reading on when play is over: log lines, messages and alerts, and lines of exports by file and number."""

from __future__ import annotations

from collections.abc import Callable

from incidentsim.exercise.query_moments import Moments
from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.flows import looking
from incidentsim.tui.flows.counting import LEVELS
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data, LogView
from incidentsim.tui.wording import clean

MOST = 500
"""Lines that are listed; more are narrowed by a search."""
COUNTED = "query"
"""The channel of counts, which are evidence and stand there."""
AT_ONCE = 1_000_000
"""Rows of the log that are looked at without a pause."""


async def read_log(page: SeatPage) -> None:
    """Search the log, and open what is found, until escape."""
    services = (("", "any"), *((item["id"], item["id"]) for item in page.brief["services"]))
    before = {"text": "", "service": "", "level": "", "from": ""}
    while True:
        fields = [
            Field("text", "With the text", value=before["text"]),
            Field("service", "Of the service", "choice", value=before["service"], choices=services),
            Field("level", "At least of the level", "choice", value=before["level"], choices=LEVELS),
            Field("from", "From, UTC, as 08:30", value=before["from"]),
        ]
        answers = await page.ask(Form("Read the log", fields, submit="Search", check=_no_time(page)))
        if answers is None:
            return
        before = dict(answers.texts)
        await _read_found(page, before)


def _no_time(page: SeatPage) -> Callable[[Answers], str]:
    """What is wrong with the time that is given."""
    moments = Moments(page.brief)
    return lambda given: (
        "" if not given["from"] or moments.moment(given["from"]) is not None else "Write the time, UTC, as 08:30."
    )


async def _read_found(page: SeatPage, wanted: Data) -> None:
    """List the rows that pass, the first of them where there are many; enter opens one."""
    kinds = ("text", "service", "level")
    view = page.seat.log().selected([{"kind": kind, "value": wanted[kind]} for kind in kinds if wanted[kind]])
    while not view.scan(AT_ONCE):
        pass
    first = view.first_at(Moments(page.brief).moment(wanted["from"]) or 0) if wanted["from"] else 0
    items = _rows(view, first)
    if not items:
        page.say("No line of the log passes.")
        return
    more = view.size() - first - len(items)
    title = f"Log · {view.size() - first:,} lines{f', the first {MOST}; narrow it or start later' if more > 0 else ''}"
    choices = [Choice(item["address"], _line(item)) for item in items]
    while (address := await page.ask(Picker(title, choices))) is not None:
        item = next(each for each in items if each["address"] == address)
        await looking.open_target(page, address, f"{item['level']} {item['service']} · {item['time']} UTC")


def _rows(view: LogView, first: int) -> list[Data]:
    return [view.line(at) for at in range(first, min(view.size(), first + MOST))]


def _line(item: Data) -> str:
    return f"{item['time']} {item['level']:<5} {clean(item['service']):<16.16} {clean(item['text'])}"


async def arrivals(page: SeatPage) -> None:
    """List messages and alerts in the order of time, and open them, until escape."""
    found = [
        *((item["t"], item["id"], f"{item['channel']:<8.8} {item['sender']}: {item['title']}")
          for item in page.seat.inbox() if item["channel"] != COUNTED),
        *((item["t"], item["id"], f"{'alert':<8} {item['severity']}, {item['service']}: {item['title']}")
          for item in page.seat.alerts()),
    ]  # fmt: skip
    if not found:
        page.say("No message and no alert arrived.")
        return
    choices = [Choice(number, f"{page.clock.short(t)} {clean(text)}") for t, number, text in sorted(found)]
    while (number := await page.ask(Picker(f"Messages and alerts · {len(choices)}", choices))) is not None:
        await looking.open_arrival(page, number)


async def cite_line(page: SeatPage) -> None:
    """Open a line of the exports by its file and number, one after another, until escape."""
    given = ""
    while True:
        fields = [Field("line", "File and line, such as chat.jsonl:3", value=given, required=True)]
        answers = await page.ask(Form("Cite a line of the exports", fields, submit="Open"))
        if answers is None:
            return
        given = answers["line"]
        await looking.open_target(page, f"file:{given}")
