"""Multi-window burn-rate alerts: their exact thresholds, and when one would have fired in a run.

A rule fires where the error ratio over a long and a short window both exceed factor x (1 - target), with
factor = share of the budget x SLO window / long window, and short = long / 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from incidentsim.scenario.units import DAY, HOUR, MINUTE, format_duration

if TYPE_CHECKING:
    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.scenario.system import Slo


@dataclass(frozen=True, slots=True)
class Window:
    """One pair of windows. *share*: how much of the budget is gone when it fires at a steady rate."""

    name: str
    severity: Literal["page", "ticket"]
    long: int
    share: Fraction

    @property
    def short(self) -> int:
        """The short window (ms): a twelfth of the long one."""
        return self.long // 12

    @property
    def long_text(self) -> str:
        """``1h``, as OpenSLO writes it: one number and one unit."""
        return format_duration(self.long)

    @property
    def short_text(self) -> str:
        """``5m``."""
        return format_duration(self.short)

    def factor(self, slo_window: int) -> Fraction:
        """The burn rate above which it fires, exactly: 13.44 for 2% of 28 days in an hour."""
        return self.share * slo_window / self.long

    def can_fire(self, slo: Slo) -> bool:
        """Whether it fits into the SLO's window, and an error ratio of at most 1 can exceed its limit at all."""
        return self.long < slo.window and self.factor(slo.window) * slo.error_share < 1


FIRST = 10 * MINUTE
WINDOWS = (
    Window("page-fast", "page", HOUR, Fraction(2, 100)),
    Window("page-slow", "page", 6 * HOUR, Fraction(5, 100)),
    Window("ticket", "ticket", 3 * DAY, Fraction(10, 100)),
)
PAGES = tuple(each for each in WINDOWS if each.severity == "page")


def window_id(slo: str, window: Window) -> str:
    """The name of a rule: ``event-coverage-page-fast``."""
    return f"{slo}-{window.name}"


def first_alert(record: ExerciseRecord, slo: Slo, window: Window) -> int | None:
    """When the rule would first have fired in this run (ms), evaluated once a minute; None: never.

    What came before the scenario is not known; it counts as good, at the rate of the scenario's first minutes.
    """
    if not window.can_fire(slo):
        return None
    limit = window.factor(slo.window) * slo.error_share
    step = record.scenario.step
    every = max(step, MINUTE // step * step)
    world, name = record.world, slo.id
    sums: list[tuple[int, int]] = []
    for t in range(0, record.scenario.duration + 1, step):
        budget = world.budget_at(name, t)
        sums.append((budget.good, budget.total))
    first = min(len(sums) - 1, max(1, FIRST // step))
    before = Fraction(sums[first][1], first) if first else Fraction(0)
    for t in range(every, record.scenario.duration + 1, every):
        index = t // step
        if all(_error_ratio(sums, index, max(1, span // step), before) > limit for span in (window.long, window.short)):
            return t
    return None


def _error_ratio(sums: list[tuple[int, int]], index: int, steps: int, before: Fraction) -> Fraction:
    """Bad / total over the last *steps* steps; steps before the start have *before* events, all good."""
    earlier = max(0, steps - index) * before
    good, total = sums[max(0, index - steps)]
    good, total = sums[index][0] - good, sums[index][1] - total
    return Fraction(max(0, total - good)) / (total + earlier) if total + earlier else Fraction(0)
