"""What came of one run: budgets, losses and milestones, never a score."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from incidentsim.exercise.clues import discriminating
from incidentsim.exercise.exercise import Exercise
from incidentsim.exercise.policies import play
from incidentsim.exercise.seat import Seat

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from incidentsim.exercise.exercise import Setting
    from incidentsim.scenario.play import Policy
    from incidentsim.simulation.event import Event


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run at the scenario's end. Times are ms since its start, None where something was not reached."""

    budgets: dict[str, Fraction]
    """Share of each SLO's error budget that was spent, exactly."""
    lost: dict[str, int]
    """Items lost, by the kinds that the truth names."""
    started: int | None
    found: int | None
    """The responders' own detection: the first evidence that tells the cause from the rest, else the declaration."""
    page: int | None
    """The first page of a control that would not have come in the same minute without any fault."""
    declared: int | None
    mitigated: int | None
    resolved: int | None
    works: bool
    """Every control of the run works in it; True where it has none."""
    refused: int
    """Commands of the plan that could not be taken."""
    digest: str
    """SHA-256 of everything that happened, and of these numbers."""

    @property
    def detected(self) -> int | None:
        """The first that anybody knew of it: the control's page or the responders' own detection."""
        times = [each for each in (self.page, self.found) if each is not None]
        return min(times, default=None)

    def to_json(self) -> dict[str, Any]:
        """JSON data; fractions as ``3/4``."""
        return {
            "budgets": {slo: str(spent) for slo, spent in self.budgets.items()},
            "lost": dict(self.lost),
            "started": self.started, "found": self.found, "page": self.page, "detected": self.detected,
            "declared": self.declared, "mitigated": self.mitigated, "resolved": self.resolved,
            "works": self.works, "refused": self.refused, "digest": self.digest,
        }  # fmt: skip


def played(setting: Setting, policy: Policy, by_chance: Callable[[], frozenset[int]] = frozenset) -> Outcome:
    """Play a policy to the scenario's end, in memory. Log rows are expanded only where the policy looks at them.

    *by_chance*: when the controls page without any fault; asked only where they page at all.
    """
    exercise = Exercise(setting)
    run = play(policy, Seat(exercise))
    record = exercise.record()
    world, events = record.world, record.events
    reached = world.milestones
    declared = next((each.t for each in events if each.kind == "declared"), None)
    telling = discriminating(setting.scenario.truth.clues, record.evidence)
    works = all(each.data["state"] != "fails" for each in events if each.kind == "control")
    facts: dict[str, Any] = {
        "budgets": {slo: budget.consumed for slo, budget in world.budgets().items()},
        "lost": world.loss(),
        "started": reached.get("started"),
        "found": telling.t if telling is not None else declared,
        "page": _page(events, reached.get("started"), by_chance),
        "declared": declared,
        "mitigated": reached.get("mitigated"),
        "resolved": reached.get("resolved"),
        "works": works,
        "refused": len(run.refused),
    }
    return Outcome(**facts, digest=digest_of([world.digests[-1] if world.digests else "", facts]))


def _page(events: tuple[Event, ...], started: int | None, by_chance: Callable[[], frozenset[int]]) -> int | None:
    """The first page since a fault began or anything was lost that would not have come anyway."""
    since = [each.t for each in events if each.kind == "fault"] + [each for each in (started,) if each is not None]
    if not since:
        return None
    pages = [t for t in pages_of(events) if t >= min(since)]
    return next((t for t in pages if t not in by_chance()), None) if pages else None


def pages_of(events: Sequence[Event]) -> list[int]:
    """When controls acted, and so paged (ms)."""
    return [each.t for each in events if each.kind == "control" and each.data["state"] == "acted"]


def digest_of(data: Any) -> str:
    """SHA-256, in hexadecimal, of JSON data; fractions as text."""
    return hashlib.sha256(json.dumps(data, separators=(",", ":"), default=str).encode()).hexdigest()
