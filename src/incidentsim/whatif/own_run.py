"""Somebody's own run as a policy, so that what they did can be done again in other worlds and with other luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.exercise.exercise import AFTER_PLAY, Setting
from incidentsim.exercise.policies import from_persona, reply_to
from incidentsim.scenario.loading import load_raw, scenario_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.simulation.command import Command

OWN_RUN = "own-run"
LEFT_OUT = ("pause", "resume", "keep", "hypothesis", "predict", "mark", "step", "task", "assign")
"""What is about the record or the clock alone, and about numbers that another run gives anew."""


def own_run(record: ExerciseRecord) -> Setting:
    """The world of a run, with what was done in it as the policy `OWN_RUN`."""
    names = _message_names(record)
    commands = [_again(each, names) for each in _in_play(record) if _counts(each)]
    policy = {"id": OWN_RUN, "title": "What you did", "commands": commands}
    others = [each for each in record.raw.get("policies", ()) if each.get("id") != OWN_RUN]
    raw = {**record.raw, "policies": [*others, policy]}
    scenario = load_raw(raw, record.scenario.id).scenario
    return Setting(scenario, raw, scenario_hash(raw), record.seed, record.variant, record.format_id)


def _in_play(record: ExerciseRecord) -> Iterator[Command]:
    """The commands up to the end of play, the one that ended it included."""
    for each in record.commands:
        if each.t >= record.scenario.duration and each.verb in AFTER_PLAY:
            return
        yield each
        if each.verb == "end":
            return


def _counts(command: Command) -> bool:
    """Whether it can be given again: evidence has other numbers in another run."""
    about_evidence = command.verb in {"open", "pin"} and command.target.startswith("E-")
    return not about_evidence and command.verb not in LEFT_OUT


def _again(command: Command, names: dict[str, str]) -> dict[str, Any]:
    target = names.get(command.target, command.target)
    if command.verb == "withdraw":
        target = _label(int(command.target.removeprefix("T-")))
    return {"id": _label(command.id), "at": command.t, "verb": command.verb, "target": target, "args": command.args}


def _message_names(record: ExerciseRecord) -> dict[str, str]:
    """How each message is named in a policy: by who sent it, or as the reply to a command."""
    found: dict[str, str] = {}
    sent: dict[str, int] = {}
    for each in record.messages:
        if each["command"] is not None:
            found[each["id"]] = reply_to(_label(each["command"]))
            continue
        sender = str(each["sender"])
        sent[sender] = sent.get(sender, 0) + 1
        found[each["id"]] = from_persona(sender, sent[sender])
    return found


def _label(command: int) -> str:
    return f"c-{command}"
