"""Auto-players: a policy's commands, played through a seat."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from incidentsim.scenario.play import Policy
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from incidentsim.exercise.seat import Seat
    from incidentsim.scenario.document import Scenario
    from incidentsim.scenario.play import PolicyCommand

MOST_ROWS = 300
IDLE = Policy(id="idle", title="Nobody acts")
"""Doing nothing needs no document: it is how any scenario runs by itself."""


def policy_of(scenario: Scenario, policy_id: str) -> Policy:
    """One of a scenario's policies, or ``idle``, which every scenario has. Raises `Problem`."""
    known = {IDLE.id: IDLE} | {policy.id: policy for policy in scenario.policies}
    if policy_id in known:
        return known[policy_id]
    near = difflib.get_close_matches(policy_id, known, 1)
    mend = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    raise Problem(f"there is no policy {policy_id!r}", mend=mend)


def from_persona(persona: str, place: int) -> str:
    """How a policy names the message that somebody sent by themselves as their n-th."""
    return f"from:{persona}:{place}"


def reply_to(label: str) -> str:
    """How a policy names what came back on a command."""
    return f"reply:{label}"


@dataclass(slots=True)
class PolicyRun:
    """What playing a policy came to: per label of its commands, the ids of the commands that were taken."""

    policy: Policy
    commands: dict[str, list[int]] = field(default_factory=dict)
    opened: dict[str, list[str]] = field(default_factory=dict)
    """Per label, the evidence that the answers named at once."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    """(label or verb, why) of commands that were not taken."""


def play(policy: Policy, seat: Seat, skip: frozenset[str] = frozenset()) -> PolicyRun:
    """Play a policy's commands at their times, then let the scenario run out or end where the policy ends it.

    It sees and does only what *seat* allows. *skip* leaves out commands by label.

    Names in a policy that a person would point at on the screen:

    - ``inbox``: everything not yet opened
    - ``latest-from:<persona>``: the newest message from that persona
    - ``from:<persona>:<n>``: the n-th message that they sent by themselves
    - ``reply:<label>``: what came back on an earlier command of the policy
    - ``row`` with args *search* (and *service*): the newest log row that holds that text; ``rows``: all of them
    - ``command:<label>`` or a label: the evidence that an earlier command of the policy brought
    """
    run = PolicyRun(policy)
    duration = seat.briefing()["duration"]
    for command in sorted(policy.commands, key=lambda each: each.at):
        if command.id is not None and command.id in skip:
            continue
        if command.at > seat.now:
            seat.advance(command.at - seat.now)
        _do(command, seat, run)
    if seat.status()["state"] != "ended":
        seat.advance(duration - seat.now)
    return run


def evidence_of(run: PolicyRun, seat: Seat, label: str) -> list[str]:
    """The ids of the evidence that a labelled command brought, however late it arrived."""
    return all_evidence(run, seat)[label]


def all_evidence(run: PolicyRun, seat: Seat) -> defaultdict[str, list[str]]:
    """The ids of the evidence that each labelled command brought; none for a label that is not there."""
    label_of = {number: label for label, numbers in run.commands.items() for number in numbers}
    found = defaultdict(list, {label: list(opened) for label, opened in run.opened.items()})
    for each in seat.evidence():
        label = label_of.get(each["command"])
        if label is not None and each["id"] not in found[label]:
            found[label].append(each["id"])
    return found


def _do(command: PolicyCommand, seat: Seat, run: PolicyRun) -> None:
    label = command.id or command.verb
    args = dict(command.args)
    targets = _targets(command, args, seat, run)
    if not targets:
        run.refused.append((label, f"nothing to {command.verb}"))
    for name in ("for", "against"):
        if isinstance(args.get(name), list):
            args[name] = [found for each in args[name] for found in evidence_of(run, seat, str(each))]
    for target in targets:
        answer = seat.do(command.verb, target, **args)
        if answer["status"] != "ok":
            run.refused.append((label, answer["text"]))
        elif command.id is not None:
            run.commands.setdefault(command.id, []).append(answer["command"])
            run.opened.setdefault(command.id, []).extend(answer["evidence"])


def _targets(command: PolicyCommand, args: dict[str, Any], seat: Seat, run: PolicyRun) -> list[str]:
    """The targets by the numbers that the seat knows them by."""
    target = command.target
    if target == "inbox":
        return [each["id"] for each in (*seat.inbox(), *seat.alerts()) if not each["opened"]]
    if target.startswith("latest-from:"):
        sender = target.partition(":")[2]
        from_them = [each["id"] for each in seat.inbox()
                     if each["sender"] == sender and each["channel"] not in {"reply", "result"}]  # fmt: skip
        return from_them[-1:]
    if target.startswith("from:"):
        sender, _, place = target.removeprefix("from:").rpartition(":")
        theirs = [each["id"] for each in seat.inbox() if each["sender"] == sender and each["command"] is None]
        return theirs[int(place) - 1 : int(place)] if place.isascii() and place.isdecimal() and int(place) else []
    if target.startswith("reply:"):
        asked = run.commands.get(target.removeprefix("reply:"), [])
        return [each["id"] for each in seat.inbox() if each["command"] in asked][-1:]
    if target in {"row", "rows"}:
        view = seat.log().filtered(text=str(args.pop("search", "")), service=str(args.pop("service", "")))
        size = view.size()
        if target == "row":
            return [view.line(size - 1)["address"]] if size else []
        stride = max(1, size // MOST_ROWS)
        return [view.line(index)["address"] for index in range(0, size, stride)]
    label = target.removeprefix("command:")
    if label in run.commands and command.verb in {"pin", "keep"}:
        return evidence_of(run, seat, label)
    if label in run.commands and command.verb == "predict":
        return [str(run.commands[label][-1])]
    if label in run.commands and command.verb == "withdraw":
        return [f"T-{run.commands[label][-1]:04d}"]
    return [target]
