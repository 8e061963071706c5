"""What may be said through a pipe: requests, the verbs of ``do``, and the shape of their arguments.

Shapes are JSON Schema, described once here: ``help`` gives them out, and `mismatch` holds requests to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.exercise.incident_record import DECISION_STATES, TASK_STATES, TIERS
from incidentsim.exercise.looking import QUESTIONS
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.command import AUDIENCES, BASE_VERBS
from incidentsim.simulation.querying import COUNTED, READ

if TYPE_CHECKING:
    from collections.abc import Mapping

PROTOCOL = "incidentsim-play/1"
MARKER = "EXERCISE"
CHARGE = 30_000
"""Scenario time (ms) that each accepted command takes of everybody who plays through a pipe."""
CHARGE_TEXT = (
    f"Time moves by advance and wait, and by {CHARGE // 1000} seconds for each command (do) that is taken; nothing "
    "else takes time. A person's thinking and reading are charged by the fair clock, a program's by this."
)
MOST_MS = 10**12
MOST_WIDTH = 2_000
MOST_ROWS = 2_000
MOST_NUMBER = 10**9

Schema = dict[str, Any]


def _whole(about: str, least: int = 0, most: int = MOST_MS) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "description": about}


def _text(about: str, choices: tuple[str, ...] = ()) -> Schema:
    return {"type": "string", "description": about, **({"enum": list(choices)} if choices else {})}


def _texts(about: str) -> Schema:
    return {"type": "array", "items": {"type": "string"}, "description": about}


def _object(about: str, required: tuple[str, ...] = (), more: bool | Schema = False, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "description": about,
        # from and for are words of Python.
        "properties": {name.rstrip("_"): shape for name, shape in properties.items()},
        "required": list(required),
        "additionalProperties": more,
    }


_START, _END = _whole("From here on, ms since the start."), _whole("Up to here, ms since the start, at most now.")

CALLS: Mapping[str, Schema] = {
    "help": _object("This: requests, verbs and the shapes of their arguments. Takes no time."),
    "briefing": _object("All that is known before play: situation, services, verbs with targets, people, datasets."),
    "frame": _object(
        "What became visible: v, the next number; t; events from the viewer's number after on.",
        after=_whole("The v of the frame before; 0 gives everything.", 0, MOST_NUMBER),
    ),
    "status": _object("Time, severity, hands, what is under way, unread, the budgets that are observed."),
    "signals": _object(
        "Measured signals and kept counts as points; null where no sample arrived.",
        start=_START, end=_END, width=_whole("At most so many points.", 1, MOST_WIDTH),
    ),
    "rows": _object(
        "Log rows between two moments, oldest first; the address of a row can be opened.",
        ("start", "end"), start=_START, end=_END, most=_whole("At most so many.", 0, MOST_ROWS),
        level=_text("This level or above.", ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")),
        service=_text("Of this service."), text=_text("That hold this text."),
    ),
    "row_counts": _object(
        "Rows in each of width equal spans.", ("start", "end", "width"),
        start=_START, end=_END, width=_whole("How many spans.", 1, MOST_WIDTH),
    ),
    "inbox": _object("Messages so far, without what they say; open one to read it."),
    "message": _object("A message; its text once it was opened.", ("message_id",),
                       message_id=_text("Such as M-0003.")),
    "alerts": _object("Firings of alerts so far; open one to read it."),
    "changes": _object("The change history that can be looked up now, newest first."),
    "excerpts": _object("Code, configuration and texts to read when play is over; open one to read it."),
    "runbooks": _object("Ids of the runbooks at hand."),
    "runbook": _object("What a runbook says.", ("name",), name=_text("Its id.")),
    "evidence": _object("What was opened, counted, told or pinned, with its text."),
    "hypotheses": _object("The hypotheses of the incident record."),
    "incident_record": _object("Severity, roles, decisions, tasks, updates, notes and predictions so far."),
    "advance": _object("Let so much time pass; gives what became visible.", ("milliseconds",),
                       milliseconds=_whole("How long.")),
    "wait": _object("Let time pass until something visible arrives, or a deadline comes (due).",
                    most=_whole("At most so long; never more than half an hour.", 0, 30 * MINUTE)),
    "score": _object("The score of this exercise, once play is over."),
}  # fmt: skip
"""What may be called, with the shape of its arguments."""

_SEEN = "M-0003, A-0002, row:PATTERN:INDEX, change:ID, runbook:ID, signal:ID or, after play, excerpt:ID"
_NOTHING = _text("Nothing.")

VERBS: Mapping[str, tuple[Schema, Schema]] = {
    "act": (
        _text("VERB:TARGET of the briefing's verbs; the result arrives as a message of channel result."),
        _object("A choice for each of the verb's options.", more={"type": "string"}),
    ),
    "ask": (
        _text("Id of a person."),
        _object("One of them; the reply arrives later.", topic=_text("Id of a topic."), text=_text("A question.")),
    ),
    "query": (
        _NOTHING,
        _object(
            "Count what passed points of the system, or read measured signals; the table arrives as a message of "
            "channel query.",
            datasets=_texts("Ids of datasets, which count; two give their ratio as well."),
            signals=_texts("Ids of measured signals, instead of datasets."),
            measure=_text("Of datasets count or sum, which are the same; of signals one of the others.",
                          (*COUNTED, *READ)),
            by=_texts("Any of: time, and the briefing's label_name."),
            bucket=_whole("ms, whole steps."), to=_whole("Up to here, ms."), from_=_whole("From here on, ms."),
            where=_object("The label_name, and its values that are kept.", more=_texts("Values.")),
            against=_object("An earlier period to compare with.", ("from", "to"), to=_END, from_=_START),
            compare=_text("Two datasets: the difference of the second to the first.", ("stages",)),
        ),
    ),
    "search": (
        _NOTHING,
        _object("Count log lines.", text=_text("That hold this."), service=_text("Of this service."),
                level=_text("Of this level."), by=_texts("Any of: service, level, hour.")),
    ),
    "announce": (
        _text("Who is told.", AUDIENCES),
        _object("A status update.", ("text",), text=_text("What it says."), impact=_text("Who notices what."),
                next_update=_text("When the next one comes, in minutes: 30.")),
    ),
    "declare": (_text("One of the briefing's severities."), _object("Why.", text=_text("Why."))),
    "answer": (
        _text("Id of a message."),
        _object("What is answered.", ("text",), text=_text("The answer."), choice=_text("A choice.")),
    ),
    "open": (_text(f"{_SEEN}. It becomes evidence."), _object("Nothing.")),
    "pin": (_text(f"{_SEEN}, or E-0004."), _object("Why.", note=_text("Why."))),
    "keep": (_text("A count's message or evidence, to be plotted from now on."), _object("", title=_text("Title."))),
    "hypothesis": (
        _text("Nothing for a new one, or such as H-02."),
        _object("Its state.", text=_text("What may be so."), confidence=_whole("Percent.", 0, 100),
                state=_text("", ("open", "ruled-out", "confirmed")), against=_texts("Evidence against it."),
                for_=_texts("Evidence for it.")),
    ),
    "predict": (
        _text("Number of the command it is about, or nothing."),
        _object("What is expected.", text=_text("What."), confidence=_whole("Percent.", 0, 100)),
    ),
    "note": (_NOTHING, _object("A note on the incident record.", ("text",), text=_text("The note."))),
    "decide": (
        _text("Nothing for a new one, or such as D-02."),
        _object("A decision.", text=_text("What."), why=_text("Why."), tier=_text("How hard it is to undo.", TIERS),
                dissent=_text("Who saw it otherwise, and how."), evidence=_texts("Evidence for it."),
                state=_text("", DECISION_STATES)),
    ),
    "assign": (_text("A role of the briefing, or ic, ops, comms, scribe."),
               _object("", ("who",), who=_text("Who takes it."))),
    "task": (
        _text("Nothing for a new one, or such as TD-02."),
        _object("Something to be done.", text=_text("What."), owner=_text("By whom."), due=_whole("By when, ms."),
                state=_text("", TASK_STATES)),
    ),
    "step": (
        _text("runbook:ID."),
        _object("A step of a runbook is done.", ("step",), step=_whole("Which, from 1 on.", 1, 10_000),
                text=_text("What it says.")),
    ),
    "mark": (_NOTHING, _object("A marker on the plots.", ("at", "text"), at=_whole("Where, ms, at most now."),
                               text=_text("Its name."))),
    "handover": (_NOTHING, _object("A handover note.", ("text",), text=_text("The note."))),
    "interview": (
        _text("Id of a person; after play."),
        _object("", ("topic",), topic=_text("Id of a topic."), question=_text("How it is asked.", tuple(QUESTIONS))),
    ),
    "withdraw": (_text("T-0012, what is queued or runs: it stops, and nothing comes of it."), _object("Nothing.")),
    "pause": (_NOTHING, _object("Kept in the record; time stands still anyway.", reason=_text("Why."))),
    "resume": (_NOTHING, _object("Nothing.", reason=_text("Why."))),
    "end": (_NOTHING, _object("Play is over.", reason=_text("Why."))),
}  # fmt: skip
"""The verbs of ``do``: the shape of the target, the shape of the arguments."""


def help_text() -> dict[str, Any]:
    """Everything that a program needs to know of the protocol, as JSON data."""
    return {
        "protocol": PROTOCOL,
        "marker": MARKER,
        "request": "one JSON object a line: {call, args} or {do, target, args}; an id that is given is given back",
        "answer": "one JSON object a line: {marker, t, result} or {marker, t, error}; t is ms since the start",
        "charge": {"each_command": CHARGE, "about": CHARGE_TEXT},
        "calls": dict(CALLS),
        "verbs": {verb: {"target": VERBS[verb][0], "args": VERBS[verb][1]} for verb in BASE_VERBS},
    }


def mismatch(name: str, args: Mapping[str, Any], shape: Schema) -> str | None:
    """In words, the first thing in which arguments differ from their shape, or None."""
    known: dict[str, Schema] = shape["properties"]
    for each in shape["required"]:
        if each not in args:
            return f"{name} needs {each}: {known[each]['description']}"
    for key, value in args.items():
        wanted: Schema | bool = known[key] if key in known else shape["additionalProperties"]
        if isinstance(wanted, bool):
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            return f"{name} has no argument {key[:40]!r}; {takes}"
        wrong = _unlike(value, wanted)
        if wrong is not None:
            return f"{name}: {key[:40]} is {wrong}"
    return None


def _unlike(value: Any, wanted: Schema) -> str | None:
    match wanted["type"]:
        case "integer":
            least, most = wanted["minimum"], wanted["maximum"]
            if type(value) is not int or not least <= value <= most:
                return f"a whole number from {least} to {most}"
        case "array":
            if not isinstance(value, list) or any(not isinstance(each, str) for each in value):
                return "a list of texts"
        case "object":
            if not isinstance(value, dict):
                return "an object"
            within = mismatch("it", value, wanted)
            return within and f"an object, but {within}"
        case _:
            if not isinstance(value, str):
                return "a text"
            if "enum" in wanted and value not in wanted["enum"]:
                return f"one of {', '.join(wanted['enum'])}"
    return None
