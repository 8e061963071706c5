"""Counting: what passed a point of the system, or log lines. The table comes to the inbox."""

from __future__ import annotations

from textual.content import Content

from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.session import Data
from incidentsim.tui.wording import clean, span

MINUTE = 60_000
BUCKETS = tuple((str(minutes * MINUTE), span(minutes * MINUTE)) for minutes in (5, 15, 30, 60))
LEVELS = (("", "any"), ("INFO", "INFO"), ("WARN", "WARN"), ("ERROR", "ERROR"), ("DEBUG", "DEBUG"))


async def query(page: SeatPage) -> None:
    """Sum datasets by time and label between two moments."""
    datasets = page.brief["datasets"]
    if not datasets:
        page.say("There is nothing to count in this scenario; L counts log lines.")
        return
    groups = [("time", "time")]
    if page.brief["label_name"]:
        groups.append((page.brief["label_name"], page.brief["label_name"]))
    now = page.seat.status()["t"]
    fields = [
        Field(
            "datasets", "Count what", kind="many", required=True,
            choices=tuple((item["id"], f"{item['title']} · {item['id']}") for item in datasets),
        ),
        Field("by", "Group by", kind="many", choices=tuple(groups)),
        Field("bucket", "Bucket of time", kind="choice", choices=BUCKETS, value=str(60 * MINUTE)),
        Field("from", "From (UTC)", value=page.clock.short(0)),
        Field("to", "To (UTC)", value=page.clock.short(now)),
    ]  # fmt: skip
    intro = Content.styled("Space marks. Two datasets also give their ratio.", "$foreground-muted")
    answers = await page.ask(Form("Count", fields, intro, submit="Count", check=lambda given: _times(page, given)))
    if answers is None:
        return
    start, end = page.clock.parse(answers["from"]), page.clock.parse(answers["to"])
    wanted: Data = {"datasets": answers.lists["datasets"], "by": answers.lists["by"], "bucket": int(answers["bucket"])}
    wanted["from"] = start or 0
    if end is not None and end < now - MINUTE:
        wanted["to"] = end
    done = page.do("query", **wanted)
    if done["status"] == "ok":
        page.say("Counting. The table comes to the inbox.")


def _times(page: SeatPage, given: Answers) -> str:
    start, end = page.clock.parse(given["from"]), page.clock.parse(given["to"])
    if start is None or end is None:
        return "Write times as 08:30."
    return "" if start <= end else "From has to come before to."


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
    if page.do("search", **wanted)["status"] == "ok":
        page.say("Counting. The table comes to the inbox.")


async def keep(page: SeatPage, message_id: str, title: str) -> None:
    """Keep a count as a plot on the signals pane."""
    answers = await page.ask(
        Form("Keep as a plot", [Field("title", "Name of the plot", value=clean(title)[:60])], submit="Keep")
    )
    if answers is not None and page.do("keep", message_id, title=answers["title"])["status"] == "ok":
        page.say("Kept: it is plotted with the signals.")
