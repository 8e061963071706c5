"""A query as a form: the same arguments as the line, for those who would rather choose than write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content

from incidentsim.exercise.query_line import COMMON, parse_query, query_text
from incidentsim.exercise.query_words import MEASURES, NotReadError
from incidentsim.simulation.querying import COUNTED
from incidentsim.tui.dialogs.form import Answers, Field, Form
from incidentsim.tui.session import Data
from incidentsim.tui.wording import Clock, span

MINUTE = 60_000
Choices = tuple[tuple[str, str], ...]


def query_form(args: Mapping[str, Any], brief: Data, clock: Clock, now: int) -> Form:
    """The form that stands for *args*; empty ones give the beginnings of one."""
    verb = "compare" if args.get("compare") else str(args.get("measure", "values" if args.get("signals") else "count"))
    against = args.get("against") or {}
    buckets: Choices = tuple((str(each * MINUTE), span(each * MINUTE)) for each in COMMON
                             if each * MINUTE % int(brief["query"]["step"]) == 0)  # fmt: skip
    groups = [*([(brief["label_name"],) * 2] if brief["label_name"] else []), ("time", "time")]
    sources: Choices = tuple((each["id"], f"{each['title']} · {each['id']}") for each in brief["datasets"])
    signals: Choices = tuple((each["id"], f"{each['title']} · {each['id']}") for each in brief["signals"])
    label = str(brief["label_name"])
    fields = [
        Field("verb", "What to do", "choice", value=verb, choices=tuple((each, each) for each in MEASURES)),
        Field("datasets", "Datasets (count, sum, compare)", "many", values=tuple(args.get("datasets") or ()),
              choices=sources),
        Field("signals", "Signals (values, min, mean, max, last)", "many", values=tuple(args.get("signals") or ()),
              choices=signals),
        Field("by", "Group by", "many", values=tuple(args.get("by") or ()), choices=tuple(groups)),
        Field("bucket", "Stretch of time", "choice", value=str(args.get("bucket", 60 * MINUTE)), choices=buckets),
        Field("from", "From (UTC)", value=clock.short(args.get("from", 0))),
        Field("to", "To (UTC, empty: now)", value="" if args.get("to") is None else clock.short(args["to"])),
        *([Field("where", f"Only {label}", "many", values=tuple((args.get("where") or {}).get(label, ())),
                 choices=tuple((each, each) for each in brief["labels"]))] if brief["labels"] else []),
        Field("early", "Beside it the same from", value=clock.short(against["from"]) if against else ""),
        Field("late", "to", value=clock.short(against["to"]) if against else ""),
    ]  # fmt: skip
    intro = Content.styled("Space marks. It becomes a line that you can still change.", "$foreground-muted")
    return Form("Query as a form", fields, intro, submit="To the line",
                check=lambda given: _wrong(given, brief, clock, now))  # fmt: skip


def read_form(given: Answers, brief: Data, clock: Clock, now: int) -> Data:
    """The arguments of ``query`` that the form means. Raises `NotReadError`."""
    verb = given["verb"]
    counted = verb in COUNTED or verb == "compare"
    args: Data = {"datasets" if counted else "signals": given.lists["datasets" if counted else "signals"]}
    if not args["datasets" if counted else "signals"]:
        raise NotReadError(f"Mark what to {verb}: a {'dataset' if counted else 'signal'}.", 0, 0)
    if verb == "compare":
        args["compare"] = "stages"
    elif verb not in ("count", "values"):
        args["measure"] = verb
    if given.lists["by"]:
        args["by"] = given.lists["by"]
        if "time" in args["by"]:
            args["bucket"] = int(given["bucket"])
    times = {name: _time(given[name], clock) for name in ("from", "to", "early", "late")}
    if times["from"]:
        args["from"] = times["from"]
    if times["to"] is not None and times["to"] < now:
        args["to"] = times["to"]
    if given.lists.get("where"):
        args["where"] = {str(brief["label_name"]): given.lists["where"]}
    if times["early"] is not None and times["late"] is not None:
        args["against"] = {"from": times["early"], "to": times["late"]}
    # What the line could not say is no query either.
    return parse_query(query_text(args, brief), brief)


def _time(text: str, clock: Clock) -> int | None:
    if not text:
        return None
    found = clock.parse(text)
    if found is None:
        raise NotReadError(f"“{text}” is no time; write it as 08:30.", 0, 0)
    return found


def _wrong(given: Answers, brief: Data, clock: Clock, now: int) -> str:
    try:
        read_form(given, brief, clock, now)
    except NotReadError as error:
        return str(error)
    return ""
