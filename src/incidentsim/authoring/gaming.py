"""Auto-players that game the score or go astray, made from any scenario: none of them may be worth it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from incidentsim.scenario.play import Policy, PolicyCommand, Writes
from incidentsim.scenario.units import MINUTE
from incidentsim.scenario.vocabulary import AUDIENCES
from incidentsim.simulation.grammar import targets_of
from incidentsim.simulation.streams import below, stream_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.scenario.actions import Verb
    from incidentsim.scenario.document import Scenario

Planned = tuple[int, str, str, dict[str, Any]]
"""(time, verb, target, arguments) of a command."""
MOST_ACTIONS = 450

GAMES = ("everything", "pin-everything", "fix-without-evidence", "status-spam")
"""Those that try to be paid without understanding; they stay below an honest, typical response."""
STRAYS = ("red-herring-first", "shuffled")
"""Those that do the right things at the wrong time; they stay below the reference response."""


def derived(scenario: Scenario, seed: int = 1) -> dict[str, Policy]:
    """Every derived policy, by its id. Those that need a reference response are left out where there is none."""
    policies = [_everything(scenario), _pin_everything(scenario), _status_spam(scenario)]
    reference = next((each for each in scenario.policies if each.id == "reference"), None)
    if reference is not None:
        policies += [_fix_without_evidence(scenario, reference), _herring_first(scenario, reference),
                     _shuffled(scenario, reference, seed)]  # fmt: skip
    return {each.id: each for each in policies}


def _commands(planned: Sequence[Planned]) -> tuple[PolicyCommand, ...]:
    return tuple(PolicyCommand(at=at, verb=verb, target=target, args=args) for at, verb, target, args in planned)


def _everything(scenario: Scenario) -> Policy:
    """Every verb on every target with every option, one after the other, and every message opened."""
    wanted = [
        (f"{verb.id}:{target}", args)
        for verb in sorted(scenario.verbs, key=lambda each: each.changes)
        for target in targets_of(verb, scenario)
        for args in _options(verb)
    ]
    kept = wanted[:: -(-len(wanted) // MOST_ACTIONS)] if wanted else []
    gap = max(1, scenario.duration * 19 // 20 // max(1, len(kept)))
    acts = [(MINUTE + gap * index, "act", target, args) for index, (target, args) in enumerate(kept)]
    asks = [
        (MINUTE + gap * index, "ask", persona.id, {"topic": topic.id})
        for index, (persona, topic) in enumerate(product(scenario.personas, scenario.topics))
    ]
    return Policy(id="everything", title="Tries everything there is",
                  commands=_commands([*acts, *asks, *_opened(scenario)]))  # fmt: skip


def _opened(scenario: Scenario) -> list[Planned]:
    """All messages, opened every half hour."""
    return [(at, "open", "inbox", {}) for at in range(30 * MINUTE, scenario.duration, 30 * MINUTE)]


def _options(verb: Verb) -> list[dict[str, Any]]:
    names = [option.id for option in verb.options]
    return [dict(zip(names, chosen, strict=True)) for chosen in product(*(each.choices for each in verb.options))]


def _pin_everything(scenario: Scenario) -> Policy:
    """Every message and hundreds of log lines pinned, and one sentence that names everything, citing them all."""
    services = [each.id for each in scenario.services] or [""]
    moments = [scenario.duration * part // 7 for part in range(1, 7)]
    commands = []
    for index, at in enumerate(moments):
        commands.append(PolicyCommand(at=at, verb="open", target="inbox"))
        commands.append(
            PolicyCommand(id=f"pin-{index}", at=at, verb="pin", target="rows",
                          args={"search": "", "service": services[index * len(services) // 6]})
        )  # fmt: skip
    # What is cited is not what is said: the sentence holds every word that a grader could look for.
    text = " ".join(each.text for each in scenario.truth.conditions)[:15_000] or "Something went wrong."
    why = {"id": "all", "branch": "occurred", "text": text, "cites": [f"pin-{index}" for index in range(6)]}
    writes = Writes.model_validate({"effect": "Something was wrong.", "whys": [why]})
    return Policy(id="pin-everything", title="Pins every line it sees", commands=tuple(commands), writes=writes)


def _status_spam(scenario: Scenario) -> Policy:
    """An update to everybody every five minutes that says nothing."""
    planned = [(at, "announce", audience, {"text": "We are looking into it.", "next_update": "5m"})
               for at in range(MINUTE, scenario.duration, 5 * MINUTE) for audience in AUDIENCES]  # fmt: skip
    declared = [(0, "declare", scenario.severities[0], {"text": "declared at once"})] if scenario.severities else []
    return Policy(id="status-spam", title="Posts updates all the time",
                  commands=_commands([*declared, *planned, *_opened(scenario)]))  # fmt: skip


def _fix_without_evidence(scenario: Scenario, reference: Policy) -> Policy:
    """What the reference changes, at once and without a look."""
    changing = {verb.id for verb in scenario.verbs if verb.changes}
    acts = [each for each in reference.commands if each.verb == "act" and each.target.partition(":")[0] in changing]
    planned = [(MINUTE + index * 4 * MINUTE, each.verb, each.target, each.args) for index, each in enumerate(acts)]
    return Policy(id="fix-without-evidence", title="Fixes without evidence", commands=_commands(planned))


def _herring_first(scenario: Scenario, reference: Policy) -> Policy:
    """Believes what looks like the cause, says so, and comes to the reference response a fifth of the time later."""
    late = scenario.duration // 5
    believed = [
        (5 * MINUTE + index * 3 * MINUTE, "hypothesis", "", {"text": herring.text, "confidence": 90, "state": "open"})
        for index, herring in enumerate(scenario.truth.red_herrings)
    ]
    after = tuple(each.model_copy(update={"at": each.at + late}) for each in reference.commands)
    kept = tuple(each for each in after if each.at < scenario.duration)
    return Policy(id="red-herring-first", title="Follows the red herrings first", writes=reference.writes,
                  commands=(*_commands(believed), *kept))  # fmt: skip


def _shuffled(scenario: Scenario, reference: Policy, seed: int) -> Policy:
    """The reference's commands at each other's times."""
    times = [each.at for each in reference.commands]
    key = stream_key(seed, "shuffled")
    for index in range(len(times) - 1, 0, -1):
        other = below(key, index, index + 1)
        times[index], times[other] = times[other], times[index]
    commands = tuple(
        each.model_copy(update={"at": at}) for each, at in zip(reference.commands, times, strict=True)
    )  # fmt: skip
    return Policy(id="shuffled", title="Does the right things in no order", commands=commands, writes=reference.writes)
