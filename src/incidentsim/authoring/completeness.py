"""Whether the truth can be found out: clues for every conclusion, a refutation for every red herring, one graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.authoring.reach import addresses, can_arrive, satisfiable, sent_by_effects, shown_by
from incidentsim.scenario.findings import Note
from incidentsim.scenario.units import MINUTE, format_duration
from incidentsim.text.concepts import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.scenario.document import Scenario

LEAST_CLUES = 3


def check_truth(scenario: Scenario) -> Iterator[Note]:
    """What stands in the way of finding out what happened."""
    truth = scenario.truth
    known = addresses(scenario)
    datasets = tuple(each.id for each in scenario.datasets)
    count: dict[str, int] = {}
    for position, clue in enumerate(truth.clues):
        unreachable = shown_by(clue, known, datasets)
        if clue.query is None and len(unreachable) == len(clue.sources):
            yield Note("error", "unreachable", ("truth", "clues", position), f"nobody can come to see clue {clue.id!r}",
                       f"Nothing matches {', '.join(unreachable)}; name what a player can open.")  # fmt: skip
            continue
        for shown in clue.shows:
            count[shown] = count.get(shown, 0) + 1
    for position, condition in enumerate(truth.conditions):
        path = ("truth", "conditions", position)
        if condition.weight and count.get(condition.id, 0) < LEAST_CLUES and condition.branch != "effect":
            yield Note("error", "clues", path, f"{condition.id!r} has {_clues(count.get(condition.id, 0))}, and needs "
                       f"{LEAST_CLUES}", "Add clues that show it.")  # fmt: skip
        if condition.concepts and not names(condition.text, condition.concepts):
            yield Note("error", "concepts", (*path, "concepts"), f"the text of {condition.id!r} does not name it",
                       "Let each group of concepts have a word of the text.")  # fmt: skip
    for position, herring in enumerate(truth.red_herrings):
        if not count.get(herring.id):
            yield Note("error", "irrefutable", ("truth", "red_herrings", position),
                       f"nothing refutes the red herring {herring.id!r}", "Add a clue that shows it.")  # fmt: skip
    yield from _orphans(scenario)
    if truth.conditions and not any(clue.discriminates for clue in truth.clues):
        yield Note("error", "clues", ("truth", "clues"), "no clue tells the true cause from the red herrings",
                   "Mark the clues that discriminate.")  # fmt: skip


def _clues(number: int) -> str:
    return {0: "no clue that can be reached", 1: "one clue that can be reached"}.get(
        number, f"{number} clues that can be reached"
    )


def _orphans(scenario: Scenario) -> Iterator[Note]:
    """Conditions that do not lead to the effect."""
    conditions = {each.id: each for each in scenario.truth.conditions}
    reached = [each.id for each in conditions.values() if each.branch == "effect"]
    if not reached:
        if conditions:
            yield Note("error", "effect", ("truth", "conditions"), "no condition is the effect",
                       "Give the head of the graph the branch effect.")  # fmt: skip
        return
    for each in reached:
        reached += [cause for cause in conditions[each].because if cause in conditions and cause not in reached]
    for position, condition in enumerate(conditions.values()):
        # What kept it unseen, made it last or limited recovery hangs on its branch, not on the effect.
        if condition.id not in reached and condition.branch == "occurred":
            yield Note("error", "orphan", ("truth", "conditions", position),
                       f"{condition.id!r} leads to nothing", "Name it in another condition's because.")  # fmt: skip


def check_expectations(scenario: Scenario) -> Iterator[Note]:
    """Expectations that no player can meet."""
    sent = sent_by_effects(scenario)
    for position, inject in enumerate(scenario.injects):
        expectation = inject.expectation
        if expectation is None:
            continue
        path = ("injects", position, "expectation")
        if not can_arrive(inject, sent):
            yield Note("error", "unmeetable", path, f"inject {inject.id!r} never arrives",
                       "Give it at, when, or an effect that sends it.")  # fmt: skip
        for at, matcher in enumerate(expectation.acts):
            if not satisfiable(matcher, scenario):
                yield Note("error", "unmeetable", (*path, "acts", at),
                           "no command that a player can give counts as this",
                           "Name a verb, a target and arguments that there are.")  # fmt: skip
        if expectation.within < MINUTE:
            yield Note("error", "unmeetable", (*path, "within"), "nobody can react within less than a minute",
                       "Give more time.")  # fmt: skip
        if inject.at is not None and inject.at >= scenario.duration:
            yield Note("error", "unmeetable", ("injects", position, "at"),
                       f"it arrives at the end, {format_duration(scenario.duration)}, or later",
                       "Make it earlier.")  # fmt: skip


def check_harm(scenario: Scenario) -> Iterator[Note]:
    """Outcomes that say they do harm and cost nothing; a harmful response that does none."""
    harmful = {each.id for each in scenario.policies} & {"harmful"}
    any_harm = any(outcome.harm for action in scenario.actions for outcome in action.outcomes)
    for position, action in enumerate(scenario.actions):
        for at, outcome in enumerate(action.outcomes):
            if outcome.harm_text and not outcome.harm:
                yield Note("error", "cheap", ("actions", position, "outcomes", at),
                           f"outcome {outcome.id!r} says what harm it does, and its harm is 0",
                           "Give it a harm from 1 to 100.")  # fmt: skip
    if harmful and not any_harm:
        yield Note("error", "cheap", ("actions",), "no outcome of any action does harm", "Give the wrong ones a harm.")
