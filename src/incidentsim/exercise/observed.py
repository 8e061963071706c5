"""The error budgets that the organisation observes: how much is gone, how fast, and when it is used up at that rate.

Burn rate and windows as in the SRE workbook, chapter 5. Everything is computed from complete steps and exact
fractions; what is shown is rounded down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from incidentsim.scenario.units import HOUR, MINUTE
from incidentsim.simulation.querying_cells import decimal

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.scenario.system import Slo

WINDOWS = (5 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR)
RATE_WINDOW = HOUR
"""The window whose rate says when the budget is used up."""
POINTS = 180
"""At most so many points of what is left over time."""

Counted = Callable[[int], tuple[int, int]]
"""(good, total) counted since the start, after so many steps."""


@dataclass(frozen=True, slots=True)
class Burn:
    """What was counted in the last *steps* steps."""

    steps: int
    bad: int
    total: int

    def rate(self, error_share: Fraction) -> Fraction | None:
        """(bad / total) / (1 - target); None where nothing was asked for."""
        return Fraction(self.bad, self.total) / error_share if self.total else None


def burned(counted: Counted, steps: int, window: int) -> Burn:
    """What was counted in the last *window* steps of *steps*, or in all of them where there are fewer."""
    covered = min(steps, max(1, window))
    good, total = counted(steps)
    good_before, total_before = counted(steps - covered)
    asked = total - total_before
    return Burn(covered, max(0, asked - (good - good_before)), asked)


def steps_left(left: Fraction, burn: Burn) -> int | None:
    """Whole steps until *left* bad events have happened at a burn's pace, rounded up; None where nothing was bad."""
    if left <= 0:
        return 0
    return -(-left * burn.steps // burn.bad) if burn.bad else None


def budgets(exercise: Exercise) -> list[dict[str, Any]]:
    """Each observed SLO with its budget, in the document's order. What nobody observes is not among them.

    consumed, left: percent, two places. burn: for each of `WINDOWS`, the rate in it and how much of it (ms) there are
    data for. exhausted_in: ms from the last complete step at the pace of `RATE_WINDOW`, None at no such pace, 0 where
    nothing is left; exhausted_at: when that came. points, times: percent left times *scale*, and when (ms).
    """
    return [_budget(exercise, slo) for slo in exercise.scenario.slos if slo.observed]


def _budget(exercise: Exercise, slo: Slo) -> dict[str, Any]:
    world, step = exercise.world, exercise.scenario.step
    steps = world.steps
    spent = world.budget_at(slo.id, steps * step)

    def counted(after: int) -> tuple[int, int]:
        at = world.budget_at(slo.id, after * step)
        return at.good, at.total

    left = steps_left(spent.allowed - spent.bad, burned(counted, steps, RATE_WINDOW // step))
    size = max(1, -(-steps // POINTS))
    edges = [*range(0, steps, size), steps]
    gone = [int(world.budget_at(slo.id, at * step).consumed * 10_000) for at in edges]
    return {
        "slo": slo.id,
        "title": slo.title,
        "service": slo.service,
        "description": slo.description,
        "target": slo.target,
        "window": slo.window,
        "window_total": slo.window_total,
        "allowed": decimal(int(spent.allowed * 100), 2),
        "good": spent.good,
        "total": spent.total,
        "bad": spent.bad,
        "consumed": decimal(gone[-1], 2),
        "left": decimal(10_000 - gone[-1], 2),
        "burn": [_window(burned(counted, steps, window // step), window, step, slo) for window in WINDOWS],
        "exhausted_in": None if left is None else left * step,
        "exhausted_at": _used_up(exercise, slo) if spent.consumed >= 1 else None,
        "points": [10_000 - each for each in gone],
        "times": [at * step for at in edges],
        "scale": 100,
    }  # fmt: skip


def _window(burn: Burn, window: int, step: int, slo: Slo) -> dict[str, Any]:
    rate = burn.rate(slo.error_share)
    return {
        "window": window,
        "covered": burn.steps * step,
        "bad": burn.bad,
        "total": burn.total,
        "rate": None if rate is None else decimal(int(rate * 100), 2),
    }


def _used_up(exercise: Exercise, slo: Slo) -> int | None:
    """When nothing was left for the first time (ms)."""
    world, step = exercise.world, exercise.scenario.step
    return next((at * step for at in range(world.steps + 1) if world.budget_at(slo.id, at * step).consumed >= 1), None)
