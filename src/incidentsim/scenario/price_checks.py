"""What a verb is said to cost holds for everything that it can be done to."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from incidentsim.scenario.actions import Reversibility
from incidentsim.scenario.units import format_duration

if TYPE_CHECKING:
    from incidentsim.scenario.actions import Action, Verb
    from incidentsim.scenario.index import Index, Notes

EASIEST_FIRST: tuple[str, ...] = get_args(Reversibility)


def check_prices(names: Index, notes: Notes) -> None:
    """Every action lies within what its verb is said to take and within how it is said to be undone.

    What an action costs is secret, since it would tell which targets matter; the verb's range is what players see.
    These are warnings: a journal holds its document, and what was played before stays readable.
    """
    for position, verb in enumerate(names.scenario.verbs):
        actions = [each for each in names.scenario.actions if each.verb == verb.id]
        _check_range(position, verb, actions, notes)
        _check_undoing(position, verb, actions, notes)
        refused = any(outcome.refused for action in actions for outcome in action.outcomes)
        if refused and not verb.needs:
            notes.warn(("verbs", position), f"{verb.id} is refused in places, and players cannot know when",
                        "Say in needs what has to be there first, for every target alike.", "price")  # fmt: skip


def _check_range(position: int, verb: Verb, actions: list[Action], notes: Notes) -> None:
    taken = [verb.takes, *(each.takes for each in actions if each.takes is not None)]
    shortest, longest = min(taken), max(taken)
    if shortest < (verb.takes if verb.shortest is None else verb.shortest):
        notes.warn(("verbs", position, "shortest"), f"{verb.id} takes {format_duration(shortest)} on one target",
                    f"Write {format_duration(shortest)} or less.", "price")  # fmt: skip
    if longest > (verb.takes if verb.longest is None else verb.longest):
        notes.warn(("verbs", position, "longest"), f"{verb.id} takes {format_duration(longest)} on one target",
                    f"Write {format_duration(longest)} or more.", "price")  # fmt: skip


def _check_undoing(position: int, verb: Verb, actions: list[Action], notes: Notes) -> None:
    ranks = sorted(
        EASIEST_FIRST.index(each) for each in (verb.reversibility, *(a.reversibility for a in actions)) if each
    )
    if ranks[0] < EASIEST_FIRST.index(verb.at_best or verb.reversibility):
        easiest = EASIEST_FIRST[ranks[0]]
        notes.warn(("verbs", position, "at_best"), f"{verb.id} is {easiest} on one target", f"Write {easiest}.",
                    "price")  # fmt: skip
    if ranks[-1] > EASIEST_FIRST.index(verb.at_worst or verb.reversibility):
        hardest = EASIEST_FIRST[ranks[-1]]
        notes.warn(("verbs", position, "at_worst"), f"{verb.id} is {hardest} on one target", f"Write {hardest}.",
                    "price")  # fmt: skip
