"""Alert rules: threshold, burn rate, script; they fire, repeat, flap and resolve."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from incidentsim.scenario.people import Alert
    from incidentsim.simulation.budgets import BudgetMeter
    from incidentsim.simulation.quantities import Number, Quantities

Change = Literal["fires", "repeats", "resolves", "lost"]
"""``lost``: it would fire now, and nobody is told."""


class AlertRule:
    """One rule and its state. `evaluate` says what changed."""

    def __init__(self, alert: Alert, quantities: Quantities, meters: dict[str, BudgetMeter]) -> None:
        self.alert = alert
        self.firing = False
        self._since: int | None = None
        self._last = 0
        self._step = quantities.step
        self._lost = False
        self._enabled = quantities.compile(alert.enabled) if alert.enabled else None
        self._collected = quantities.compile(alert.collected) if alert.collected else None
        self._delivered = quantities.compile(alert.delivered) if alert.delivered else None
        self._holds = self._condition(alert, quantities, meters)

    def _condition(self, alert: Alert, quantities: Quantities, meters: dict[str, BudgetMeter]) -> Callable[[int], bool]:
        if alert.kind == "script":
            return lambda t: any(start <= t < end for start, end in alert.times)
        if alert.kind == "burn-rate":
            meter = meters[alert.slo or ""]
            limit = Fraction(str(alert.factor)) * meter.slo.error_share
            long, short = alert.long // self._step, alert.short // self._step
            return lambda _: meter.error_ratio(long) > limit and meter.error_ratio(short) > limit
        value: Callable[[], Number] = quantities.compile(alert.value or "0")
        if alert.above is not None:
            above = alert.above
            return lambda _: value() > above
        below = alert.below if alert.below is not None else 0.0
        return lambda _: value() < below

    def evaluate(self, t: int) -> Change | None:
        """Look at the quantities of the last complete step. *t* in ms."""
        alert = self.alert
        if self._enabled is not None and not self._enabled():
            holds = False
        elif self._collected is not None and not self._collected():
            if alert.on_missing == "keep":
                return None
            holds = alert.on_missing == "fire"
        else:
            holds = self._holds(t)
        if not holds:
            self._since, self._lost = None, False
            if self.firing:
                self.firing = False
                return "resolves"
            return None
        if self._since is None:
            self._since = t
        if not self.firing:
            if t - self._since < alert.lasts or self._flapped_off(t):
                return None
            if self._delivered is not None and not self._delivered():
                told, self._lost = self._lost, True
                return None if told else "lost"
            self.firing, self._last = True, t
            return "fires"
        if self._flapped_off(t):
            self.firing = False
            return "resolves"
        if alert.repeat is not None and t - self._last >= alert.repeat:
            self._last = t
            return "repeats"
        return None

    def _flapped_off(self, t: int) -> bool:
        """A flapping alert is off in every other period of *flaps*, although its condition holds."""
        if self.alert.flaps is None or self._since is None:
            return False
        return (t - self._since) // max(1, self.alert.flaps) % 2 == 1
