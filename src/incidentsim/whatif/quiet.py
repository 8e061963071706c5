"""Quiet weeks: how often a control calls somebody when nothing is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from incidentsim.scenario.units import DAY, MINUTE
from incidentsim.simulation.streams import below, stream_key
from incidentsim.simulation.world import World
from incidentsim.whatif.outcome import digest_of, pages_of

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Setting
    from incidentsim.scenario.actions import Control

WEEK = 7 * DAY
QUARTERS = 7 * 24 * 4
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class QuietWeek:
    """A control in one week without a fault. *own*: how often its own condition made it act in the window that was
    run, which is shorter than a week; *declared*: the false alarms drawn for the week.
    """

    own: int
    declared: int
    alarms: Fraction
    """own x week / window + declared."""
    minutes: Fraction
    """Responder minutes that they take."""
    digest: str

    def to_json(self) -> dict[str, Any]:
        """JSON data; fractions as ``3/4``."""
        return {"own": self.own, "declared": self.declared, "alarms": str(self.alarms), "minutes": str(self.minutes),
                "digest": self.digest}  # fmt: skip


def quiet_week(setting: Setting, control: Control) -> QuietWeek:
    """One seed's quiet week of a control, the only one that is put into the world."""
    scenario = setting.scenario
    own, world_digest = 0, ""
    if control.when is not None:
        world = quiet_world(setting, (control.id,))
        own = len(pages_of(world.events))
        world_digest = world.digests[-1] if world.digests else ""
    declared = declared_alarms(setting.seed, control)
    alarms = Fraction(own * WEEK, scenario.duration) + declared
    minutes = alarms * Fraction(control.alarm_takes, MINUTE)
    return QuietWeek(own, declared, alarms, minutes, digest_of([world_digest, own, declared]))


def quiet_world(setting: Setting, controls: tuple[str, ...]) -> World:
    """A world without faults and commands, at its end."""
    world = World(setting.scenario, setting.seed, setting.variant, controls=controls, faults=False)
    world.advance(setting.scenario.duration + 1)
    return world


def pages_by_chance(setting: Setting, controls: tuple[str, ...]) -> frozenset[int]:
    """When these controls page although nothing is wrong, with this seed's luck (ms)."""
    return frozenset(pages_of(quiet_world(setting, controls).events))


def declared_alarms(seed: int, control: Control) -> int:
    """A week's false alarms, drawn quarter of an hour by quarter of an hour from a stream of the control's own.

    Each of the 672 quarters has one with a chance of *false_alarms* / 672, so that the mean is exact.
    """
    if not control.false_alarms:
        return 0
    key = stream_key(seed, f"quiet-week:{control.id}")
    return sum(below(key, quarter, QUARTERS * MILLION) < control.false_alarms for quarter in range(QUARTERS))
