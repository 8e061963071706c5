"""What is compared: a policy as it stands, or with commands left out, delayed, or moved by an earlier page."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.exercise.policies import policy_of
from incidentsim.scenario.units import format_duration
from incidentsim.text.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.scenario.document import Scenario
    from incidentsim.scenario.play import Policy


@dataclass(frozen=True, slots=True)
class Plan:
    """A policy of the scenario, by id, and what is changed about it: commands by label, delays in ms."""

    policy: str
    without: tuple[str, ...] = ()
    delays: tuple[tuple[str, int], ...] = ()

    @property
    def title(self) -> str:
        """``reference without hold-rollout``."""
        changes = [f"without {label}" for label in self.without]
        changes += [f"with {label} {format_duration(delay)} later" for label, delay in self.delays]
        return " ".join([self.policy, ", ".join(changes)]).strip()


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of a comparison: a plan, in a world that has some possible controls."""

    id: str
    title: str
    plan: Plan
    controls: tuple[str, ...] = ()


def planned(scenario: Scenario, plan: Plan) -> Policy:
    """The policy that a plan comes to. Raises `Problem` for a policy or a label that is not there."""
    policy = policy_of(scenario, plan.policy)
    labels = [each.id for each in policy.commands if each.id is not None]
    delays = dict(plan.delays)
    for label in (*plan.without, *delays):
        chosen(f"command of {policy.id}", label, labels)
    commands = [
        each.model_copy(update={"at": each.at + delays.get(each.id or "", 0)})
        for each in policy.commands
        if each.id is None or each.id not in plan.without
    ]
    return policy.model_copy(update={"commands": tuple(commands)})


def shifted(policy: Policy, detected: int, page: int) -> Policy:
    """The policy of people who are paged before they would have found out (ms).

    What they did up to the page stays; what they did between the page and their own detection is left out, since
    it was the search that the page spares them; what they did afterwards keeps its distance from detection. Where
    the page comes no earlier, nothing changes.
    """
    if page >= detected:
        return policy
    earlier = detected - page
    commands = [
        each if each.at <= page else each.model_copy(update={"at": each.at - earlier})
        for each in policy.commands
        if each.at <= page or each.at > detected
    ]
    return policy.model_copy(update={"commands": tuple(commands)})


def chosen(what: str, wanted: str, known: Iterable[str]) -> str:
    """*wanted*, if it is one of the known names. Raises `Problem` with the nearest one."""
    names = list(known)
    if wanted in names:
        return wanted
    near = difflib.get_close_matches(wanted, names, 1)
    mend = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(names) or 'none'}."
    raise Problem(f"there is no {what} {wanted[:100]!r}", mend=mend)
