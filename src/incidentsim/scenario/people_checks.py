"""People, messages, alerts, the action grammar and auto-players: what they name has to exist."""

from __future__ import annotations

from typing import Any

from incidentsim.scenario.actions import Verb
from incidentsim.scenario.findings import Path
from incidentsim.scenario.index import Index, Notes
from incidentsim.scenario.people import Matcher
from incidentsim.scenario.play import Policy, PolicyCommand
from incidentsim.scenario.truth import Fault
from incidentsim.scenario.vocabulary import AUDIENCES, COMMAND_VERBS


def check_people(names: Index, notes: Notes) -> None:
    """Topics, senders, SLOs of alerts, faults of variants."""
    scenario = names.scenario
    topics = names.ids("topics")
    for position, persona in enumerate(scenario.personas):
        for field in ("answers", "interview"):
            for at, answer in enumerate(getattr(persona, field)):
                notes.known(("personas", position, field, at, "topic"), answer.topic, topics, "topic")
    senders = (
        *names.ids("personas", "services", "roles"),
        *(persona.team for persona in scenario.personas),
        *(service.team for service in scenario.services),
    )
    for position, inject in enumerate(scenario.injects):
        if inject.sender not in senders:
            notes.warn(("injects", position, "sender"), f"{inject.sender!r} is no persona, service, role or team",
                       "Its name is shown as it is.")  # fmt: skip
        if inject.at is None and inject.when is None and not _sent_by_effect(inject.id, names):
            notes.warn(("injects", position), "nothing puts this inject into play", "Give it at or when.", "unused")
    for position, alert in enumerate(scenario.alerts):
        if alert.slo is not None:
            notes.known(("alerts", position, "slo"), alert.slo, names.ids("slos"), "SLO")
    for path, part in names.parts:
        if isinstance(part, Fault) and part.at is None and part.when is None:
            notes.error(path, "a fault needs at or when", "Give it one of them.", "missing")
    for path, part in names.parts:
        if isinstance(part, Matcher):
            for at, verb in enumerate(part.verb):
                notes.known((*path, "verb", at), verb, (*COMMAND_VERBS, *names.ids("verbs")), "verb")


def _sent_by_effect(inject: str, names: Index) -> bool:
    return any(getattr(part, "inject", None) == inject for _, part in names.parts)


def targets_of(verb: Verb, names: Index) -> tuple[str, ...]:
    """What a verb of the grammar can be applied to."""
    if verb.targets == "choice":
        return verb.choices
    return names.ids("services" if verb.targets == "service" else "personas")


def check_verbs(names: Index, notes: Notes) -> None:
    """Actions use verbs, targets and choices of the grammar."""
    scenario = names.scenario
    for position, verb in enumerate(scenario.verbs):
        if verb.targets == "choice" and not verb.choices:
            notes.error(("verbs", position), "a verb with targets of kind choice needs choices", "Add them.", "missing")
        for at, option in enumerate(verb.options):
            if option.id == "aspect":
                for place, choice in enumerate(option.choices):
                    at_choice = ("verbs", position, "options", at, "choices", place)
                    notes.known(at_choice, choice, names.ids("aspects"), "aspect")
    verbs = {verb.id: verb for verb in scenario.verbs}
    first: dict[tuple[Any, ...], int] = {}
    for position, action in enumerate(scenario.actions):
        path: Path = ("actions", position)
        if not notes.known((*path, "verb"), action.verb, tuple(verbs), "verb of the grammar"):
            continue
        verb = verbs[action.verb]
        notes.known((*path, "target"), action.target, targets_of(verb, names), f"target of {verb.id}")
        _check_choices((*path, "args"), action.args, verb, notes)
        key = (action.verb, action.target, tuple(sorted(action.args.items())))
        if key in first:
            notes.warn(
                path, f"actions[{first[key]}] is for the same, and comes first", "Take one of them out.", "unused"
            )
        first.setdefault(key, position)
        for at, outcome in enumerate(action.outcomes[:-1]):
            if outcome.when is None:
                notes.warn(
                    (*path, "outcomes", at), "outcomes after this one never come", "Give it a condition.", "unused"
                )


def _check_choices(path: Path, chosen: dict[str, Any], verb: Verb, notes: Notes) -> None:
    options = {option.id: option for option in verb.options}
    for name, choice in chosen.items():
        if notes.known((*path, name), name, tuple(options), f"option of {verb.id}"):
            notes.known((*path, name), str(choice), options[name].choices, f"choice of {name}")


def check_policies(names: Index, notes: Notes) -> None:
    """Auto-players use commands that a person could give, and write about what they did."""
    chosen = names.scenario.reconstruction
    if chosen is not None:
        notes.known(("reconstruction",), chosen, names.ids("policies"), "policy")
    for position, policy in enumerate(names.scenario.policies):
        path: Path = ("policies", position)
        for at, command in enumerate(policy.commands):
            _check_command((*path, "commands", at), command, names, notes)
            if command.at > names.scenario.duration:
                notes.warn((*path, "commands", at, "at"), "this lies after the end", "Do it earlier.", "late")
        _check_writes((*path, "writes"), policy, names, notes)


def _check_command(path: Path, command: PolicyCommand, names: Index, notes: Notes) -> None:
    if not notes.known((*path, "verb"), command.verb, COMMAND_VERBS, "command"):
        return
    place, target, args = (*path, "target"), command.target, command.args
    match command.verb:
        case "act":
            verb_id, _, rest = target.partition(":")
            verb = next((each for each in names.scenario.verbs if each.id == verb_id), None)
            if verb is None:
                notes.known(place, verb_id, names.ids("verbs"), "verb of the grammar")
                return
            notes.known(place, rest, targets_of(verb, names), f"target of {verb_id}")
            options = {option.id for option in verb.options}
            chosen = {name: value for name, value in args.items() if name in options}
            _check_choices((*path, "args"), chosen, verb, notes)
        case "ask" | "interview":
            notes.known(place, target, names.ids("personas"), "persona")
            if isinstance(args.get("topic"), str) and args["topic"]:
                notes.known((*path, "args", "topic"), args["topic"], names.ids("topics"), "topic")
        case "query":
            datasets = args.get("datasets")
            if not isinstance(datasets, list) or not datasets:
                notes.error((*path, "args"), "a query needs datasets", "Add a list of dataset ids.", "missing")
                return
            for at, dataset in enumerate(datasets):
                notes.known((*path, "args", "datasets", at), str(dataset), names.ids("datasets"), "dataset")
        case "announce":
            notes.known(place, target, AUDIENCES, "audience")
        case "declare":
            notes.known(place, target, names.scenario.severities, "severity")
        case "open" | "pin":
            _check_opened(place, target, names, notes)


def _check_opened(path: Path, target: str, names: Index, notes: Notes) -> None:
    kind, colon, rest = target.partition(":")
    if not colon:
        return
    match kind:
        case "row":
            pattern = rest.partition(":")[0]
            if pattern != "event":
                notes.known(path, pattern, names.ids("patterns"), "pattern")
        case "change" | "signal":
            notes.known(path, rest, names.ids(f"{kind}s"), kind)
        case "runbook":
            notes.known(path, rest, names.scenario.runbooks, "runbook")


def _check_writes(path: Path, policy: Policy, names: Index, notes: Notes) -> None:
    commands = tuple(command.id for command in policy.commands if command.id is not None)
    writes = policy.writes
    whys = tuple(why.id for why in writes.whys)
    lists: list[tuple[Path, Any]] = [(("whys",), writes.whys), (("actions",), writes.actions)]
    lists += [(("declined",), writes.declined)]
    lists += [(("sections", name), statements) for name, statements in writes.sections.items()]
    for field, statements in lists:
        for position, statement in enumerate(statements):
            for at, cited in enumerate(statement.cites):
                place = (*path, *field, position, "cites", at)
                notes.known(place, cited, commands, "command of this policy with the id")
    for position, why in enumerate(writes.whys):
        if why.because_of is not None:
            notes.known((*path, "whys", position, "because_of"), why.because_of, whys, "why")
    above = {why.id: why.because_of for why in writes.whys}
    for position, why in enumerate(writes.whys):
        seen, here = {why.id: None}, why.because_of
        while here is not None and here not in seen:
            seen[here] = None
            here = above.get(here)
        if here == why.id:
            notes.error((*path, "whys", position, "because_of"), "the whys run in a circle", "Cut it open.", "circle")
            break
    for position, slo in enumerate(writes.slos):
        notes.known((*path, "slos", position), slo, names.ids("slos"), "SLO")
    for position, action in enumerate(writes.actions):
        place = (*path, "actions", position)
        notes.known((*place, "slo"), action.slo, names.ids("slos"), "SLO")
        if action.control is not None:
            notes.known((*place, "control"), action.control, names.ids("controls"), "control")
        for at, addressed in enumerate(action.addresses):
            notes.known((*place, "addresses", at), addressed, whys, "why")
