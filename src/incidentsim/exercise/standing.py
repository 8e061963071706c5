"""How things stand with what arrived and what was thought: answered, cited, pinned; and how sure people were when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.exercise.exercise import Exercise
    from incidentsim.exercise.ledger import AlertNote, Message
    from incidentsim.simulation.command import Command


def standing(exercise: Exercise) -> dict[str, dict[str, Any]]:
    """By the seat's number of each message and alert that has arrived: when it was answered (ms, or None), its
    evidence (empty where there is none), whether that is pinned.
    """
    ledger = exercise.ledger
    answered: dict[str, int] = {}
    for command in exercise.commands:
        if command.verb == "answer":
            answered.setdefault(command.target, command.t)
    known: dict[tuple[str, int], tuple[str, bool]] = {}
    for each in ledger.evidence:
        known[each.source, each.command] = known[each.source, 0] = (each.id, each.pinned)
    result = {}
    arrivals: list[Message | AlertNote] = [*ledger.messages, *ledger.alerts]
    for arrived in arrivals:
        source, command_id = arrived.data["source"], arrived.data.get("command") or 0
        found = known.get((source, command_id)) or known.get((source, 0))
        evidence, pinned = found if found and arrived.opened else ("", False)
        result[arrived.id] = {"answered_at": answered.get(arrived.id), "evidence": evidence, "pinned": pinned}
    return result


def confidences(commands: Sequence[Command]) -> dict[str, list[dict[str, Any]]]:
    """By hypothesis: each change of confidence or state, oldest first, as t (ms), confidence (0 to 100), state."""
    result: dict[str, list[dict[str, Any]]] = {}
    for command in commands:
        if command.verb != "hypothesis":
            continue
        number = command.target if command.target in result else f"H-{len(result) + 1:02d}"
        steps = result.setdefault(number, [])
        before = steps[-1] if steps else {"confidence": 50, "state": "open"}
        given = command.args.get("confidence")
        sure = max(0, min(100, given)) if type(given) is int else before["confidence"]
        now = {"t": command.t, "confidence": sure, "state": str(command.args.get("state") or before["state"])}
        if not steps or (now["confidence"], now["state"]) != (before["confidence"], before["state"]):
            steps.append(now)
    return result
