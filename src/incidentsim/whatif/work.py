"""One piece of work: all arms of a comparison in one world with one seed. It runs in any process, the same in each."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

from incidentsim.exercise.exercise import Setting
from incidentsim.whatif.outcome import Outcome, played
from incidentsim.whatif.plan import Arm, Plan, planned, shifted
from incidentsim.whatif.quiet import QuietWeek, pages_by_chance, quiet_week

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario

FIXED, SHIFTED = "fixed", "shifted"
INCIDENT, QUIET = "incident", "quiet"


@dataclass(frozen=True)
class Document:
    """A scenario on its way to a worker: known by its hash, so that each worker reads it once."""

    hash: str
    packed: bytes = field(compare=False, repr=False)

    @classmethod
    def of(cls, setting: Setting) -> Document:
        """The document of a setting."""
        return cls(setting.scenario_hash, zlib.compress(json.dumps(setting.raw, ensure_ascii=True).encode()))


@dataclass(frozen=True)
class Task:
    """All *arms* in one world: the incident itself, a sibling by id, or a quiet week."""

    seed: int
    world: str
    variant: str | None
    arms: tuple[Arm, ...]
    responders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One run, and where it belongs."""

    seed: int
    world: str
    arm: str
    responder: str
    result: Outcome | QuietWeek

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        return {"seed": self.seed, "world": self.world, "arm": self.arm, "responder": self.responder,
                **self.result.to_json()}  # fmt: skip


def carried_out(document: Document, task: Task) -> list[Run]:
    """Every run of a task, in the order of its arms and responders."""
    if task.world == QUIET:
        return _quiet(document, task)
    setting = _setting(document, task)
    found: list[Run] = []
    own_detection: dict[Plan, int | None] = {}
    for arm in task.arms:
        policy = planned(setting.scenario, arm.plan)
        controlled = replace(setting, controls=arm.controls)
        by_chance = cache(partial(pages_by_chance, setting, arm.controls))
        fixed = played(controlled, policy, by_chance)
        if not arm.controls:
            own_detection[arm.plan] = fixed.found
        for responder in task.responders:
            outcome = fixed
            if responder == SHIFTED and arm.controls:
                if arm.plan not in own_detection:
                    own_detection[arm.plan] = played(setting, policy).found
                detected = own_detection[arm.plan]
                # The page comes when it came before: until then the commands are the same.
                if detected is not None and fixed.page is not None and fixed.page < detected:
                    outcome = played(controlled, shifted(policy, detected, fixed.page), by_chance)
            found.append(Run(task.seed, task.world, arm.id, responder, outcome))
    return found


def _quiet(document: Document, task: Task) -> list[Run]:
    setting = _setting(document, task)
    controls = {each.id: each for each in setting.scenario.controls}
    return [
        Run(task.seed, QUIET, arm.id, FIXED, quiet_week(setting, controls[control]))
        for arm in task.arms
        for control in arm.controls
    ]


def _setting(document: Document, task: Task) -> Setting:
    scenario = _scenario(document)
    return Setting(scenario, {}, document.hash, task.seed, task.variant, scenario.formats[0].id)


@lru_cache(maxsize=2)
def _scenario(document: Document) -> Scenario:
    from incidentsim.scenario.loading import load_raw

    return load_raw(json.loads(zlib.decompress(document.packed)), document.hash).scenario
