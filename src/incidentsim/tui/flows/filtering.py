"""Filters of the log, searching it, and going to a moment of it."""

from __future__ import annotations

import re

from incidentsim.exercise.log_filter import LEVEL_ORDER, Filter, filter_of
from incidentsim.text.problem import Problem
from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.dialogs.picker import Choice, Picker
from incidentsim.tui.screens.base import SeatPage
from incidentsim.tui.widgets.log_drawing import sought
from incidentsim.tui.widgets.log_moving import moment
from incidentsim.tui.widgets.log_pane import LogPane

REMOVE = "remove"


async def choose_filter(page: SeatPage) -> None:
    """Add filters of text, expression, service and level; all that are filled in have to hold."""
    pane = page.query_one(LogPane)
    services = (("", "any"), *((item["id"], item["id"]) for item in page.brief["services"]))
    fields = [
        Field("text", "With the text"),
        Field("exclude", "Without the text"),
        Field("regex", "With the expression"),
        Field("service", "Of the service", "choice", choices=services),
        Field("level", "At least as severe as", "choice",
              choices=tuple((level, level or "any") for level in ("", *LEVEL_ORDER))),
    ]  # fmt: skip
    answers = await page.ask(Form("Add a filter to the log", fields, submit="Show", check=_wrong))
    if answers is not None:
        pane.apply([*pane.filters, *_wanted(answers)])
        pane.focus()


def _wanted(answers: Answers) -> list[Filter]:
    wanted = [filter_of(kind, answers[kind]) for kind in ("level", "service", "text", "regex") if answers[kind]]
    return wanted + ([filter_of("text", answers["exclude"], exclude=True)] if answers["exclude"] else [])


def _wrong(answers: Answers) -> str:
    try:
        return "" if _wanted(answers) else "Fill in at least one."
    except Problem as problem:
        return str(problem)


async def filters(page: SeatPage) -> None:
    """The list of filters: switch one, turn it round, change it, remove it, or add one."""
    pane = page.query_one(LogPane)
    if not pane.filters:
        await choose_filter(page)
        return
    while pane.filters:
        choices = [
            Choice(str(at), f"[{'x' if each.on else ' '}] {each.words()}") for at, each in enumerate(pane.filters)
        ]
        choices += [Choice("add", "Add a filter"), Choice("clear", "Remove all")]
        picked = await page.ask(Picker("Filters of the log", choices))
        if picked is None:
            break
        if picked == "add":
            await choose_filter(page)
        elif picked == "clear":
            pane.apply([])
        else:
            await _change(page, pane, int(picked))
    pane.focus()


async def _change(page: SeatPage, pane: LogPane, number: int) -> None:
    one = pane.filters[number]
    choices = [
        Choice("switch", "switch off" if one.on else "switch on"),
        Choice("turn", "show what it hides" if one.exclude else "hide what it shows"),
        Choice(REMOVE, "remove"),
    ]
    if one.kind in ("text", "regex"):
        choices.insert(2, Choice("edit", "change what it looks for"))
    wanted: list[Filter] = list(pane.filters)
    match await page.ask(Picker(one.words(), choices)):
        case "switch":
            wanted[number] = one.switched()
        case "turn":
            wanted[number] = filter_of(one.kind, one.value, not one.exclude, one.on, one.label)
        case "remove":
            del wanted[number]
        case "edit":
            edited = await page.ask(
                Form("Change a filter", [Field("value", "Look for", value=one.value, required=True)], submit="Show",
                     check=lambda given: _unreadable(one, given["value"]))
            )  # fmt: skip
            if edited is not None:
                wanted[number] = filter_of(one.kind, edited["value"], one.exclude, one.on)
    pane.apply(wanted)


def _unreadable(one: Filter, value: str) -> str:
    try:
        filter_of(one.kind, value)
    except Problem as problem:
        return str(problem)
    return ""


async def search(page: SeatPage) -> None:
    """Look for a text; n and N go on."""
    pane = page.query_one(LogPane)
    answers = await page.ask(
        Form("Search the log", [Field("text", "Text, or /expression/", value=pane.searched)], submit="Search",
             check=_unsearchable)
    )  # fmt: skip
    if answers is not None:
        pane.search(answers["text"])
        pane.focus()


def _unsearchable(answers: Answers) -> str:
    try:
        sought(answers["text"])
    except re.error as error:
        return f"The expression cannot be read: {error}."
    return ""


async def go_to_time(page: SeatPage) -> None:
    """Move the log to a moment."""
    pane = page.query_one(LogPane)
    line = pane.current()
    here = int(line["t"]) if line else 0
    hint = Field("time", "08:30, +10, -5 or T+00:47", required=True)

    def wrong(answers: Answers) -> str:
        t = moment(answers["time"], page.clock, here)
        if t is None:
            return "Write a time as 08:30 (UTC), minutes as +10 or -5, or time of play as T+00:47."
        now = int(page.seat.status()["t"])
        return "" if t <= now else f"That is still to come; it is {page.clock.short(now)}."

    answers = await page.ask(Form("Go to a time in the log", [hint], submit="Go", check=wrong))
    if answers is not None and (t := moment(answers["time"], page.clock, here)) is not None:
        pane.go_to(t)
        pane.focus()


async def pin(page: SeatPage, address: str) -> None:
    """Pin a row; one that is pinned already gets a note."""
    pane = page.query_one(LogPane)
    note = ""
    if address in pane.pins:
        form = Form("A note on the pinned line", [Field("note", "Note", required=True)], submit="Note")
        answers = await page.ask(form)
        if answers is None:
            return
        note = answers["note"]
    done = page.do("pin", address, **({"note": note} if note else {}))
    if done["status"] == "ok":
        number = done["evidence"][0] if done["evidence"] else done["ref"]
        page.say(f"Noted on {number}." if note else f"Pinned as {number}; * again adds a note.")
        pane.pins.add(address)
        pane.refresh()
