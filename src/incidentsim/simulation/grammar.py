"""The action grammar: verbs that apply to every target of their kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidentsim.scenario.actions import Action, Verb
    from incidentsim.scenario.document import Scenario
    from incidentsim.simulation.command import Command


class NotUnderstoodError(ValueError):
    """A command that the grammar has no meaning for; the message is for the player."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a player's action comes to: who it keeps busy, how long, and what the document knows of it."""

    verb: Verb
    target: str
    options: tuple[tuple[str, str], ...]
    action: Action | None
    takes: int
    hands: int

    @property
    def source(self) -> str:
        """The address of its result, without the outcome."""
        options = "".join(f":{name}={choice}" for name, choice in self.options)
        return f"result:{self.verb.id}:{self.target}{options}"


def targets_of(verb: Verb, scenario: Scenario) -> tuple[str, ...]:
    """What a verb can be applied to."""
    if verb.targets == "service":
        return tuple(service.id for service in scenario.services)
    if verb.targets == "persona":
        return tuple(persona.id for persona in scenario.personas)
    return verb.choices


def understand(command: Command, scenario: Scenario) -> Task:
    """The task that an ``act`` command means. Raises `NotUnderstoodError`."""
    verb_id, _, target = command.target.partition(":")
    verb = next((each for each in scenario.verbs if each.id == verb_id), None)
    if verb is None:
        raise NotUnderstoodError(f"There is no action {verb_id!r} here.")
    if target not in targets_of(verb, scenario):
        raise NotUnderstoodError(f"{verb.title}: there is no {target!r} to do that to.")
    options = []
    for option in verb.options:
        choice = command.args.get(option.id, option.choices[0])
        if choice not in option.choices:
            raise NotUnderstoodError(f"{option.title}: one of {', '.join(option.choices)}.")
        options.append((option.id, str(choice)))
    chosen = dict(options)
    fitting = [
        action
        for action in scenario.actions
        if action.verb == verb_id
        and action.target == target
        and all(chosen.get(name) == choice for name, choice in action.args.items())
    ]
    action = max(fitting, key=lambda each: len(each.args), default=None)
    takes = verb.takes if action is None or action.takes is None else action.takes
    hands = verb.hands if action is None or action.hands is None else action.hands
    return Task(verb, target, tuple(options), action, takes, hands)
