"""Filter and search in the log pane."""

from __future__ import annotations

from incidentsim.tui.dialogs.form import Field, Form
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.widgets.log_filter import LEVEL_STEPS, LogFilter
from incidentsim.tui.widgets.log_pane import LogPane


async def choose_filter(page: SeatPage) -> None:
    """Show only lines of a level, a service, with and without a text."""
    pane = page.query_one(LogPane)
    now = pane.filter
    services = (("", "any"), *((item["id"], item["id"]) for item in page.brief["services"]))
    fields = [
        Field("text", "With the text", value=now.text),
        Field("exclude", "Without the text", value=now.exclude),
        Field("service", "Of the service", "choice", value=now.service, choices=services),
        Field("level", "At least as severe as", "choice", value=now.level,
              choices=tuple((level, level or "any") for level in LEVEL_STEPS)),
    ]  # fmt: skip
    answers = await page.ask(Form("Filter the log", fields, submit="Show"))
    if answers is not None:
        pane.apply(LogFilter(answers["level"], answers["service"], answers["text"], answers["exclude"]))
        pane.focus()


async def search(page: SeatPage) -> None:
    """Look for a text; n and N go on."""
    pane = page.query_one(LogPane)
    answers = await page.ask(
        Form("Search the log", [Field("text", "Text (n next, N previous)", value=pane.searched)], submit="Search")
    )
    if answers is not None:
        pane.search(answers["text"])
        pane.focus()


def clear(page: SeatPage) -> None:
    """Show all lines again."""
    pane = page.query_one(LogPane)
    pane.search("")
    pane.apply(LogFilter())
