"""A question put to repeated runs: which arms, in which worlds, with which seeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from incidentsim.text.problem import Problem
from incidentsim.whatif.plan import Arm, Plan, chosen, planned
from incidentsim.whatif.work import FIXED, INCIDENT, QUIET, SHIFTED, Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.exercise.exercise import Setting
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.scenario.actions import Control
    from incidentsim.scenario.document import Scenario

MOST_SEEDS = 10_000
RESPONDERS = {FIXED: (FIXED,), SHIFTED: (SHIFTED,), "both": (FIXED, SHIFTED)}


@dataclass(frozen=True, slots=True)
class WorldOf:
    """A world that the arms are played in: the incident, or a sibling by id."""

    id: str
    title: str
    variant: str | None


@dataclass(frozen=True)
class Study:
    """A comparison. The first arm is the one that the others are compared with, seed by seed."""

    kind: Literal["policies", "command", "controls"]
    setting: Setting
    seeds: tuple[int, ...]
    arms: tuple[Arm, ...]
    worlds: tuple[WorldOf, ...]
    responders: tuple[str, ...] = (FIXED,)
    quiet: bool = False
    """Quiet weeks are run as well."""
    tasks: tuple[Task, ...] = field(init=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.seeds) <= MOST_SEEDS:
            raise Problem(f"{len(self.seeds)} seeds cannot be run", mend=f"Take 1 to {MOST_SEEDS:,}.")
        object.__setattr__(self, "tasks", tuple(self._tasks()))

    @property
    def scenario(self) -> Scenario:
        """The scenario that is run."""
        return self.setting.scenario

    def _tasks(self) -> list[Task]:
        found = []
        controlled = tuple(arm for arm in self.arms if arm.controls)
        for seed in self.seeds:
            found += [Task(seed, each.id, each.variant, self.arms, self.responders) for each in self.worlds]
            if self.quiet:
                found.append(Task(seed, QUIET, None, controlled, (FIXED,)))
        return found


def policies_study(setting: Setting, policies: Sequence[str], seeds: Sequence[int]) -> Study:
    """Policies against the first of them. Raises `Problem` for one that is not there, or fewer than two."""
    names = list(dict.fromkeys(policies))
    if len(names) < 2:
        raise Problem("one policy alone is no comparison", mend="Name two, such as reference typical.")
    for name in names:
        planned(setting.scenario, Plan(name))
    arms = tuple(Arm(name, name, Plan(name)) for name in names)
    return Study("policies", setting, tuple(sorted(set(seeds))), arms, (_incident(setting),))


def command_study(
    setting: Setting, policy: str, without: Sequence[str], delays: Sequence[tuple[str, int]], seeds: Sequence[int],
    together: bool = False,
) -> Study:  # fmt: skip
    """A policy against itself without a command, or with one delayed (ms): an arm each, or all *together*.

    Raises `Problem` for a policy or a label that is not there, and where nothing is changed.
    """
    base = Plan(policy)
    changed = [Plan(policy, without=(label,)) for label in without]
    changed += [Plan(policy, delays=(each,)) for each in delays]
    if not changed:
        raise Problem("nothing is changed", mend="Say --without LABEL or --delay LABEL=30m.")
    if together:
        changed = [Plan(policy, tuple(without), tuple(delays))]
    for plan in (base, *changed):
        planned(setting.scenario, plan)
    arms = [Arm(plan.title, plan.title, plan) for plan in dict.fromkeys((base, *changed))]
    return Study("command", setting, tuple(sorted(set(seeds))), tuple(arms), (_incident(setting),))


def controls_study(
    setting: Setting, controls: Sequence[str], policy: str, seeds: Sequence[int], responder: str = "both",
    siblings: bool = True,
) -> Study:  # fmt: skip
    """A policy in the world as it is, against the same with one possible control each; all where none is named.

    Raises `Problem` for a control or policy that is not there.
    """
    scenario = setting.scenario
    known = possible(scenario)
    if not known:
        raise Problem("this scenario has no possible control", mend="Declare some under controls, or take another.")
    names = [chosen("possible control", each, known) for each in dict.fromkeys(controls)] or list(known)
    plan = Plan(policy)
    planned(scenario, plan)
    base = Arm("none", plan.title, plan)
    arms = tuple(Arm(each, known[each].title, plan, (each,)) for each in names)
    others = [WorldOf(each.id, each.title, each.id) for each in scenario.siblings] if siblings else []
    responders = RESPONDERS[chosen("responder", responder, RESPONDERS)]
    return Study("controls", setting, tuple(sorted(set(seeds))), (base, *arms), (_incident(setting), *others),
                 responders, quiet=True)  # fmt: skip


def own_study(record: ExerciseRecord, controls: Sequence[str], seeds: int = 5) -> Study:
    """What was done in a run, in its world as it was, against the same with one possible control each.

    The run's own seed is the first of the *seeds*. Raises `Problem` for a control that is not there, or none.
    """
    from incidentsim.whatif.own_run import OWN_RUN, own_run

    if not controls:
        raise Problem("no control is chosen", mend="Say of an action item which control it adds.")
    setting = own_run(record)
    return controls_study(setting, controls, OWN_RUN, range(setting.seed, setting.seed + seeds))


def possible(scenario: Scenario) -> dict[str, Control]:
    """The controls that do not exist yet, by id, in the document's order."""
    return {each.id: each for each in scenario.controls if not each.exists}


def _incident(setting: Setting) -> WorldOf:
    variants = {each.id: each.title for each in setting.scenario.variants}
    title = setting.scenario.title if setting.variant is None else variants[setting.variant]
    return WorldOf(INCIDENT, title, setting.variant)
