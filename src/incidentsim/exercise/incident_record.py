"""The incident record: what the responders decided, assigned, told and ticked off, folded from their commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from incidentsim.scenario.units import MINUTE

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario
    from incidentsim.simulation.command import Command

TIERS = ("reversible", "costly", "irreversible")
"""How hard a decision is to take back."""
DECISION_STATES = ("made", "revised", "withdrawn")
TASK_STATES = ("open", "done", "dropped")
HOUSE_ROLES = ("ic", "ops", "comms", "scribe")
"""Roles that every incident knows, beside those of the scenario's document."""
RECORDING = ("decide", "assign", "task", "step", "mark", "handover", "announce", "note")
"""Verbs that write into the record and do nothing to the system."""
LONGEST_UPDATE = 24 * 60
"""Minutes; a next update further away is none."""

Data = dict[str, Any]


@dataclass(slots=True)
class IncidentRecord:
    """Everything that was written down in play, in the order of writing. Times are ms since the start."""

    declared: list[Data] = field(default_factory=list)
    updates: list[Data] = field(default_factory=list)
    notes: list[Data] = field(default_factory=list)
    decisions: dict[str, Data] = field(default_factory=dict)
    roles: dict[str, Data] = field(default_factory=dict)
    tasks: dict[str, Data] = field(default_factory=dict)
    steps: list[Data] = field(default_factory=list)
    marks: list[Data] = field(default_factory=list)
    handovers: list[Data] = field(default_factory=list)

    def refusal(self, command: Command, scenario: Scenario) -> str | None:
        """Why a command of `RECORDING` cannot be written down, in words, or None. Changes nothing."""
        args, target = command.args, command.target
        match command.verb:
            case "note":
                return None if _said(args) else "Write the note."
            case "decide":
                return self._undecidable(target, args)
            case "assign":
                known = list(dict.fromkeys((*(each.id for each in scenario.roles), *HOUSE_ROLES)))
                if target not in known:
                    return f"A role is one of {', '.join(known)}."
                return None if str(args.get("who", "")).strip() else "Say who takes the role."
            case "task":
                return self._no_task(target, args)
            case "step":
                if target.removeprefix("runbook:") not in scenario.runbooks or not target.startswith("runbook:"):
                    return "There is no runbook of that name."
                return None if _whole(args.get("step"), 1, 10_000) else "A step is a whole number from 1 on."
            case "mark":
                if not _whole(args.get("at"), 0, command.t):
                    return "A marker stands at a moment between the start and now."
                return None if _said(args) else "Name the marker."
            case "handover":
                return None if _said(args) else "Write the handover note."
        return None

    def _undecidable(self, target: str, args: Data) -> str | None:
        if target and target not in self.decisions:
            return f"There is no decision {target!r}."
        if not target and not _said(args):
            return "Write the decision."
        return _choice(args, "tier", TIERS) or _choice(args, "state", DECISION_STATES)

    def _no_task(self, target: str, args: Data) -> str | None:
        if target and target not in self.tasks:
            return f"There is no task {target!r}."
        if not target and not _said(args):
            return "Write the task."
        if args.get("due") is not None and not _whole(args["due"], 0, 10**12):
            return "A task is due at a moment, in ms since the start."
        return _choice(args, "state", TASK_STATES)

    def write(self, command: Command) -> str:
        """Write down an accepted command; gives the number of what was written, where it has one."""
        args = command.args
        match command.verb:
            case "note":
                self.notes.append({"t": command.t, "by": command.actor, "text": str(args.get("text", ""))})
            case "announce":
                self._announce(command)
            case "decide":
                return self._decide(command)
            case "assign":
                self.roles[command.target] = {"who": str(args["who"]).strip(), "t": command.t}
            case "task":
                return self._task(command)
            case "step":
                done = args.get("done", True) is not False
                runbook = command.target.removeprefix("runbook:")
                self.steps.append({"t": command.t, "runbook": runbook, "step": args["step"],
                                   "text": str(args.get("text", "")), "done": done, "by": command.actor})  # fmt: skip
            case "mark":
                self.marks.append({"t": command.t, "at": args["at"], "text": str(args["text"]), "by": command.actor})
            case "handover":
                self.handovers.append({"t": command.t, "by": command.actor, "text": str(args["text"])})
        return ""

    def _announce(self, command: Command) -> None:
        args = command.args
        minutes = _minutes(args.get("next_update"))
        due = None if minutes is None else command.t + minutes * MINUTE
        self.updates.append({"t": command.t, "audience": command.target, "text": str(args.get("text", "")),
                             "impact": str(args.get("impact", "")), "next_update_at": due})  # fmt: skip

    def _decide(self, command: Command) -> str:
        args = command.args
        number = command.target or f"D-{len(self.decisions) + 1:02d}"
        before = self.decisions.get(number, {"id": number, "t": command.t, "by": command.actor, "text": "",
                                             "tier": "reversible", "why": "", "dissent": "", "evidence": [],
                                             "state": "made"})  # fmt: skip
        given = {name: str(args[name]) for name in ("text", "tier", "why", "dissent", "state") if args.get(name)}
        cited = [str(each) for each in args["evidence"][:100]] if isinstance(args.get("evidence"), list) else []
        self.decisions[number] = {**before, **given, "evidence": list(dict.fromkeys((*before["evidence"], *cited)))}
        return number

    def _task(self, command: Command) -> str:
        args = command.args
        number = command.target or f"TD-{len(self.tasks) + 1:02d}"
        before = self.tasks.get(number, {"id": number, "t": command.t, "text": "", "owner": "", "due": None,
                                         "state": "open"})  # fmt: skip
        given = {name: str(args[name]) for name in ("text", "owner", "state") if args.get(name)}
        due = args.get("due", before["due"])
        self.tasks[number] = {**before, **given, "due": due}
        return number

    def to_json(self) -> Data:
        """What a seat shows of it."""
        return {
            "declared": list(self.declared),
            "updates": list(self.updates),
            "notes": list(self.notes),
            "decisions": list(self.decisions.values()),
            "roles": dict(self.roles),
            "tasks": list(self.tasks.values()),
            "steps": list(self.steps),
            "marks": list(self.marks),
            "handovers": list(self.handovers),
        }


def _said(args: Data) -> bool:
    return bool(str(args.get("text", "")).strip())


def _whole(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _choice(args: Data, name: str, known: tuple[str, ...]) -> str | None:
    value = args.get(name)
    return None if not value or value in known else f"The {name} is one of {', '.join(known)}."


def _minutes(value: object) -> int | None:
    """Minutes until the next update, from a number or from text such as ``30``; None where it says none."""
    text = str(value).strip() if value is not None else ""
    digits = text.split()[0] if text else ""
    minutes = int(digits) if digits.isdecimal() and len(digits) < 6 else 0
    return minutes if 0 < minutes <= LONGEST_UPDATE else None
