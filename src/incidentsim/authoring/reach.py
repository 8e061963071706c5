"""What a player can come to see: the addresses of evidence, and commands that match what is expected."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import product
from typing import TYPE_CHECKING

from incidentsim.scenario.effects import SendInject
from incidentsim.scenario.index import walk
from incidentsim.scenario.vocabulary import AUDIENCES, COMMAND_VERBS
from incidentsim.simulation.grammar import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidentsim.scenario.document import Scenario
    from incidentsim.scenario.people import Inject, Matcher
    from incidentsim.scenario.truth import Clue

ANSWERED = ("none", "unreachable")
"""Topics under which a persona's other replies are kept."""


def addresses(scenario: Scenario) -> tuple[str, ...]:
    """The addresses of everything that can become evidence, but for queries, searches and rows' numbers."""
    return tuple(dict.fromkeys(_addresses(scenario)))


def _addresses(scenario: Scenario) -> Iterator[str]:
    yield from (f"row:{pattern.id}:0" for pattern in scenario.patterns)
    yield from (f"row:event:{index}" for index in range(len(scenario.events)))
    sent = sent_by_effects(scenario)
    yield from (f"message:{each.id}" for each in scenario.injects if can_arrive(each, sent))
    yield from (f"alert:{each.id}" for each in scenario.alerts if each.delivered != "0")
    yield from (f"change:{each.id}" for each in scenario.changes)
    yield from (f"excerpt:{each.id}" for each in scenario.excerpts)
    yield from (f"runbook:{each}" for each in scenario.runbooks)
    yield from (f"signal:{each.id}" for each in scenario.signals if each.measured)
    for persona in scenario.personas:
        for kind, answers in (("reply", persona.answers), ("interview", persona.interview)):
            yield from (f"{kind}:{persona.id}:{topic}" for topic in (*(each.topic for each in answers), *ANSWERED))
    for verb in scenario.verbs:
        for target in targets_of(verb, scenario):
            for chosen in product(*(option.choices for option in verb.options)):
                options = dict(zip((option.id for option in verb.options), chosen, strict=True))
                start = f"result:{verb.id}:{target}" + "".join(f":{name}={each}" for name, each in options.items())
                fitting = [
                    action for action in scenario.actions
                    if action.verb == verb.id and action.target == target
                    and all(options.get(name) == each for name, each in action.args.items())
                ]  # fmt: skip
                action = max(fitting, key=lambda each: len(each.args), default=None)
                yield f"{start}#none"
                yield from (f"{start}#{outcome.id}" for outcome in (action.outcomes if action else ()))


def sent_by_effects(scenario: Scenario) -> frozenset[str]:
    """The injects that some effect puts into play."""
    return frozenset(part.inject for _, part in walk(scenario) if isinstance(part, SendInject))


def can_arrive(inject: Inject, sent: frozenset[str]) -> bool:
    """Whether a time, a condition or an effect puts an inject into play."""
    return inject.at is not None or inject.when is not None or inject.id in sent


def shown_by(clue: Clue, known: Iterable[str], datasets: Iterable[str]) -> list[str]:
    """The patterns of a clue's sources that match nothing a player can see; any search may be made."""
    held, counted = tuple(known), tuple(datasets)
    return [
        pattern
        for pattern in clue.sources
        if not pattern.startswith("search:")
        and not (_counts(pattern, counted) if pattern.startswith("query:") else any(
            fnmatchcase(each, pattern) for each in held
        ))
    ]  # fmt: skip


def _counts(pattern: str, datasets: tuple[str, ...]) -> bool:
    """Whether a query's pattern, ``query:<dataset>+<dataset>:by=<way>``, names datasets that there are."""
    named = pattern.removeprefix("query:").partition(":by=")[0]
    return all(any(fnmatchcase(each, part) for each in datasets) for part in named.split("+") if part)


def satisfiable(matcher: Matcher, scenario: Scenario) -> bool:
    """Whether a player can give a command that counts as this act."""
    return any(_fits(matcher, verb, scenario) for verb in matcher.verb)


def _fits(matcher: Matcher, verb_id: str, scenario: Scenario) -> bool:
    verb = next((each for each in scenario.verbs if each.id == verb_id), None)
    if verb is not None:
        targets = targets_of(verb, scenario)
        choices = {option.id: option.choices for option in verb.options}
    elif verb_id in COMMAND_VERBS:
        targets = _targets(verb_id, scenario)
        choices = {}
    else:
        return False
    if targets and matcher.target and not any(
        fnmatchcase(each, pattern) for each in targets for pattern in matcher.target
    ):  # fmt: skip
        return False
    return all(
        name not in choices or any(fnmatchcase(each, pattern) for each in choices[name])
        for name, pattern in matcher.args.items()
    ) and (verb is None or set(matcher.args) <= {*choices, "text"})


def _targets(verb: str, scenario: Scenario) -> tuple[str, ...]:
    """What a verb that every scenario knows can be about, in the document's ids; empty: anything."""
    match verb:
        case "ask" | "interview":
            return tuple(each.id for each in scenario.personas)
        case "announce":
            return tuple(AUDIENCES)
        case "declare":
            return scenario.severities
        case "answer":
            return tuple(each.id for each in scenario.injects)
        case _:
            return ()
