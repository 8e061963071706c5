"""Counting: a query as a line, log lines, and keeping a count as a plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.exercise.query_explained import cost, explanation, preview
from incidentsim.exercise.query_line import CLAUSES, parse_query
from incidentsim.exercise.query_words import MEASURES, NotReadError
from incidentsim.plain import asking
from incidentsim.plain.desk import NothingDoneError
from incidentsim.plain.logs import LEVELS
from incidentsim.plain.looking import say_table, target
from incidentsim.text.wording import clean

if TYPE_CHECKING:
    from incidentsim.plain.desk import Desk
    from incidentsim.tui.session import Data

EXAMPLES = ("count A, B by time 1h from 08:00 to 12:00", "compare A, B", "mean S by time 10m")


def query(desk: Desk, rest: str) -> None:
    """``query LINE`` counts; ``query explain LINE`` only says what it would count; ``query help`` the language."""
    first, _, more = rest.partition(" ")
    if first.casefold() == "help":
        _help(desk)
    elif first.casefold() == "explain":
        _explain(desk, more.strip())
    else:
        line = asking.text(desk, "Query (query help describes the language):", rest)
        args = _parsed(desk, line)
        desk.say(preview(args, desk.brief, desk.now))
        if not desk.ended:
            desk.say(cost(desk.brief, desk.seat.status()["hands_free"]))
        _answered(desk, desk.do("query", **args))


def _answered(desk: Desk, done: Data) -> None:
    """Say that a count is under way, or, when play is over, what it came to."""
    if not done["evidence"]:
        desk.say(f"Under way: {clean(done['text'])}. The table comes to the inbox.")
        return
    item = desk.seat.message(str(done["ref"]))
    if item is not None:
        desk.see(str(done["ref"]))
        say_table(desk, item["table"])
    desk.say(f"Kept as evidence {done['evidence'][0]}.")


def _parsed(desk: Desk, line: str) -> Data:
    try:
        return parse_query(line, desk.brief)
    except NotReadError as error:
        raise NothingDoneError(f"At character {error.start + 1}: {error}") from error


def _explain(desk: Desk, what: str) -> None:
    if what[:2].upper() in ("M-", "E-"):
        asked = desk.seat.query_of(target(desk, what))
        item = desk.seat.message(what.upper())
        if asked is None or item is None or item.get("table") is None:
            raise NothingDoneError("Only the message of a count can be explained.")
        desk.say(*explanation(asked, item["table"], desk.brief))
    else:
        args = _parsed(desk, asking.text(desk, "Explain which query, or the message of which count?", what))
        desk.say(preview(args, desk.brief, desk.now), cost(desk.brief, desk.seat.status()["hands_free"]))


def _help(desk: Desk) -> None:
    desk.say("A query is a verb, what to count, and clauses.")
    desk.say(*(f"Verb {verb}: {about}." for verb, about in MEASURES.items()))
    desk.say(*(f"Clause {clause}: {about}." for clause, about in CLAUSES.items()))
    desk.say(*(f"Form: {each}" for each in EXAMPLES))
    for each in desk.brief["datasets"]:
        desk.say(f"Dataset {each['id']}: {clean(each['title'])}, in {clean(each['unit'])}. {clean(each['explains'])}")
    for each in desk.brief["signals"]:
        desk.say(f"Signal {each['id']}: {clean(each['title'])}")
    if desk.brief["labels"]:
        desk.say(f"Label {clean(desk.brief['label_name'])}: {', '.join(clean(each) for each in desk.brief['labels'])}")
    desk.say(cost(desk.brief, desk.seat.status()["hands_free"]))


def search(desk: Desk, rest: str) -> None:
    """Count log lines; takes hands and time like a query. `log` only looks."""
    text = rest or asking.optional(desk, "Count log lines with which text? Empty counts all.")
    services = [("", "any service"), *((each["id"], str(each["title"])) for each in desk.brief["services"])]
    levels = [("", "any level"), *((each, each) for each in dict.fromkeys(LEVELS.values()))]
    wanted = {
        "text": text,
        "service": asking.choose(desk, "Of which service?", services, now=""),
        "level": asking.choose(desk, "Of which level?", levels, now=""),
    }
    by = asking.choose(desk, "Group by what?", [(each, each) for each in ("hour", "service", "level")], now="hour")
    _answered(desk, desk.do("search", by=[by], **{name: value for name, value in wanted.items() if value}))


def keep(desk: Desk, rest: str) -> None:
    """Keep a count as a plot among the signals."""
    first, _, title = rest.partition(" ")
    counts = [(each["id"], str(each["title"])) for each in desk.seat.inbox() if each["channel"] == "query"]
    wanted = target(desk, first) if first else asking.choose(desk, "Keep which count?", counts)
    done = desk.do("keep", wanted, title=title.strip())
    desk.say(f"Kept as {done['ref']}; signals lists it.")
