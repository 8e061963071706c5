"""SLOs and their error budgets, in whole numbers and exact fractions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from incidentsim.simulation.quantities import whole

if TYPE_CHECKING:
    from incidentsim.scenario.system import Slo
    from incidentsim.simulation.quantities import Quantities


@dataclass(frozen=True, slots=True)
class Budget:
    """What an SLO's error budget has come to.

    *allowed* = (1 - target) x events expected in the window; *consumed* = bad / allowed, as an exact ratio
    (1 = the whole budget).
    """

    good: int
    total: int
    bad: int
    allowed: Fraction
    consumed: Fraction


class BudgetMeter:
    """Good and total events of one SLO, step by step."""

    def __init__(self, slo: Slo, quantities: Quantities) -> None:
        self.slo = slo
        self._good = quantities.compile(slo.good)
        self._total = quantities.compile(slo.total)
        self.good = [0]
        self.total = [0]
        """Running sums; element i is the sum before step i."""

    def measure(self) -> None:
        """Count the step that was just computed."""
        self.good.append(self.good[-1] + max(0, whole(self._good())))
        self.total.append(self.total[-1] + max(0, whole(self._total())))

    def after(self, steps: int) -> Budget:
        """The budget after so many steps."""
        good, total = self.good[min(steps, len(self.good) - 1)], self.total[min(steps, len(self.total) - 1)]
        bad = max(0, total - good)
        allowed = self.slo.error_share * self.slo.window_total
        return Budget(good, total, bad, allowed, bad / allowed)

    def error_ratio(self, steps: int) -> Fraction:
        """Bad / total over the last *steps* steps; 0 where nothing was asked for."""
        first = max(0, len(self.total) - 1 - max(1, steps))
        total = self.total[-1] - self.total[first]
        good = self.good[-1] - self.good[first]
        return Fraction(max(0, total - good), total) if total else Fraction(0)
