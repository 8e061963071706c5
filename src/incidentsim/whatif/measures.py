"""What is measured of a run: outcomes with their units."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from incidentsim.scenario.units import MINUTE
from incidentsim.whatif.statistics import Value

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario
    from incidentsim.whatif.outcome import Outcome

BUDGET, LOST, TOTAL = "budget.", "lost.", "lost.total"
SPANS = {
    "ttd": ("Time to detect", "detected"),
    "ttm": ("Time to mitigate", "mitigated"),
    "ttr": ("Time to resolve", "resolved"),
}
"""Spans from the start of loss to a milestone."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured outcome; of each, less is better. *minutes*: the whole error budget in minutes of total loss."""

    id: str
    title: str
    unit: Literal["share", "items", "ms"]
    minutes: Fraction | None = None

    def to_json(self) -> dict[str, Any]:
        """JSON data."""
        found = {"id": self.id, "title": self.title, "unit": self.unit}
        return found if self.minutes is None else {**found, "budget_minutes": str(self.minutes)}


def measures(scenario: Scenario) -> tuple[Measure, ...]:
    """Everything that is measured of a scenario's runs: budgets, losses by kind and together, spans."""
    budgets = [
        Measure(f"{BUDGET}{slo.id}", slo.title, "share", slo.error_share * slo.window / MINUTE) for slo in scenario.slos
    ]
    kinds = [Measure(f"{LOST}{kind.id}", kind.title, "items") for kind in scenario.truth.loss]
    together = [Measure(TOTAL, "Items lost, all kinds", "items")] if kinds else []
    spans = [Measure(name, title, "ms") for name, (title, _) in SPANS.items()]
    return (*budgets, *kinds, *together, *spans)


def value(measure: str, outcome: Outcome, duration: int) -> Value | None:
    """A measure of a run; None where there is nothing to measure: nothing was lost, so nothing could be detected.

    What was not reached within the scenario counts as long as it lasted, as a bound.
    """
    if measure == TOTAL:
        return Value(Fraction(sum(outcome.lost.values())))
    if measure.startswith(BUDGET):
        return Value(outcome.budgets[measure.removeprefix(BUDGET)])
    if measure.startswith(LOST):
        return Value(Fraction(outcome.lost[measure.removeprefix(LOST)]))
    if outcome.started is None:
        return None
    at = getattr(outcome, SPANS[measure][1])
    reached = duration if at is None else at
    return Value(Fraction(max(0, reached - outcome.started)), at_least=at is None)
