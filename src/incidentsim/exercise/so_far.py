"""The timeline as it grows: what a player was shown and did, up to now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.exercise.reconstruction import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.exercise.exercise import Exercise
    from incidentsim.simulation.command import Command

Row = dict[str, Any]
WORKING = ("act", "ask", "query", "search")
LOOKING = ("open", "pin", "keep")


def so_far(exercise: Exercise) -> list[Row]:
    """Rows of t (ms), kind, text and ref (what can be opened, or empty), oldest first."""
    rows = [*_arrivals(exercise), *_doings(exercise)]
    return sorted(rows, key=lambda row: int(row["t"]))


def _arrivals(exercise: Exercise) -> Iterator[Row]:
    for message in exercise.ledger.messages:
        data = message.data
        sender = "" if data["sender"] == data["channel"] else f"{data['sender']}: "
        yield _row(message.t, str(data["channel"]), f"{sender}{data['title']}", message.id)
    for alert in exercise.ledger.alerts:
        yield _row(alert.t, "alert", f"{alert.data['severity']}: {alert.data['title']}", alert.id)
        if alert.resolved_at is not None:
            yield _row(alert.resolved_at, "alert", f"ended: {alert.data['title']}", alert.id)
    for event in exercise.world.events:
        if event.kind == "shift":
            yield _row(event.t, "shift", str(event.data["title"]), "")


def _doings(exercise: Exercise) -> Iterator[Row]:
    for command in exercise.commands:
        if not told(exercise, command):
            continue
        text, ref = _said(exercise, command)
        if text:
            yield _row(command.t, command.verb, text, ref)


def _said(exercise: Exercise, command: Command) -> tuple[str, str]:
    """What a command was, in words, and what it refers to; no words where it is no part of the story."""
    args, target, ledger = command.args, command.target, exercise.ledger
    text = str(args.get("text", ""))
    match command.verb:
        case verb if verb in WORKING:
            task = ledger.tasks.get(command.id)
            return (str(task["title"]) if task else target), ""
        case verb if verb in LOOKING:
            found = next((each for each in ledger.evidence if each.command == command.id), None)
            known = found or ledger.evidence_by_id(target)
            if known is not None:
                return known.title, known.id
            # What had been seen before is no new evidence; what it is called is known all the same.
            message, alert = ledger.message(target), ledger.alert(target)
            title = message.data["title"] if message else alert.data["title"] if alert else target
            return str(title), target
        case "withdraw":
            off = ledger.task(target)
            return f"called off: {off['title'] if off else target}", ""
        case "declare":
            return f"{target} declared{f': {text}' if text else ''}", ""
        case "announce":
            return f"to {target}: {text}", ""
        case "answer":
            return f"to {target}: {text}", target
        case "hypothesis":
            return f"{target or 'new'}: {text or args.get('state', '')}", target
        case "decide":
            return text or f"{target} {args.get('state', '')}", target
        case "assign":
            return f"{target}: {args.get('who', '')}", ""
        case "task":
            return text or f"{target} {args.get('state', '')}", target
        case "step":
            done = "" if args.get("done", True) is not False else "not done: "
            return f"{done}{target.removeprefix('runbook:')}, step {args['step']}: {text}", target
        case "mark":
            return f"marker: {text}", ""
        case "predict" | "note" | "handover":
            return text, ""
        case "pause" | "resume":
            return str(args.get("reason") or command.verb), ""
        case "end":
            return "play ended", ""
    return "", ""


def _row(t: int, kind: str, text: str, ref: str) -> Row:
    return {"t": t, "kind": kind, "text": text, "ref": ref}
