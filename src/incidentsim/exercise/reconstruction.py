"""The mode ``reconstruct``: others responded, and the trainee works out afterwards what happened.

The responders' commands make the incident; what they saw, thought and noted stays theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.exercise.incident_record import IncidentRecord

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.exercise.ledger import Ledger
    from incidentsim.simulation.command import Command

RECONSTRUCT = "reconstruct"
"""The mode, as journals and records have it."""
RESPONDERS = "responders"
"""The role that responded: nobody in particular."""
SAID = ("declare", "announce", "answer", "ask", "assign", "decide", "handover")
"""Commands that others heard or read."""
DID = ("act", "query", "search", "withdraw")
"""Commands that a system keeps a log of."""


def hand_over(ledger: Ledger, commands: int) -> None:
    """From here on somebody else looks at it, who has seen nothing yet.

    What happened and what was said aloud stays: messages, alerts, severity, the first *commands* commands.
    """
    ledger.theirs = commands
    ledger.seen_then = tuple(ledger.evidence)
    ledger.forget()
    ledger.hypotheses, ledger.predictions, ledger.kept = {}, [], []
    ledger.written = IncidentRecord(declared=ledger.written.declared)
    for message in ledger.messages:
        message.opened = False
    for alert in ledger.alerts:
        alert.opened = False


def told(exercise: Exercise, command: Command) -> bool:
    """Whether anybody else can know of a command: what responders only looked at or thought left no trace."""
    return command.id > exercise.ledger.theirs or command.verb in (*SAID, *DID, "end")


def trace_of(exercise: Exercise, target: str) -> Command | None:
    """The command of the responders that ``said:<number>`` names, where it left a trace; otherwise None."""
    digits = target.removeprefix("said:")
    if not target.startswith("said:") or not (digits.isascii() and digits.isdecimal()) or len(digits) > 9:
        return None
    number = int(digits)
    if not 1 <= number <= exercise.ledger.theirs:
        return None
    command = exercise.commands[number - 1]
    return command if command.verb in (*SAID, *DID) else None


def trace_text(exercise: Exercise, command: Command) -> str:
    """What a command of the responders was, in words that a chat or an audit log has."""
    args, target = command.args, command.target
    text = str(args.get("text", "")).strip()
    match command.verb:
        case "declare":
            return f"{target} declared{f': {text}' if text else ''}"
        case "announce":
            impact, due = str(args.get("impact") or "").strip(), args.get("next_update")
            parts = [f"Update to {target}: {text}", f"Impact: {impact}" if impact else ""]
            parts.append(f"Next update in {due} min." if type(due) is int else "")
            return " ".join(part for part in parts if part)
        case "answer":
            message = exercise.ledger.message(target)
            about = f" to “{message.data['title']}”" if message is not None else ""
            return f"Answer{about}: {text}"
        case "ask":
            people = {each.id: each.title for each in exercise.scenario.personas}
            topics = {each.id: each.title for each in exercise.scenario.topics}
            topic = str(args.get("topic") or "")
            return f"To {people.get(target, target)}: {text or topics.get(topic, topic)}"
        case "assign":
            return f"{target}: {args.get('who', '')}"
        case "decide":
            why = str(args.get("why") or "").strip()
            return f"Decision: {text or target}{f' – {why}' if why else ''}"
        case "handover":
            return f"Handover: {text}"
        case "withdraw":
            off = exercise.ledger.task(target)
            return f"Called off: {off['title'] if off else target}"
    task = exercise.ledger.tasks.get(command.id)
    return str(task["title"]) if task else target
