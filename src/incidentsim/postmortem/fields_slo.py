"""Fields of SLOs: what was served, what the error budget lost, and when an alert on it would have fired."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from incidentsim.postmortem.burn import PAGES, Window, first_alert, window_id
from incidentsim.postmortem.fields import Field, derived, fraction_text
from incidentsim.postmortem.formatting import count, exact_percent, percent, ratio, span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.exercise.record import ExerciseRecord
    from incidentsim.scenario.system import Slo
    from incidentsim.timeline.clock import UtcClock
    from incidentsim.timeline.milestones import Milestones


def slo_fields(record: ExerciseRecord, clock: UtcClock, reached: Milestones) -> Iterator[Field]:
    """All fields of all SLOs; those of the first are ``accepted.total`` and ``served.total`` as well."""
    for index, slo in enumerate(record.scenario.slos):
        if index == 0:
            budget = record.world.budgets()[slo.id]
            yield derived("accepted.total", budget.total, "events", count(budget.total), f"total({slo.total})", slo.id)
            yield derived("served.total", budget.good, "events", count(budget.good), f"total({slo.good})", slo.id)
        yield from _budget(record, slo)
        yield from _alerts(record, slo, clock, reached)


def _budget(record: ExerciseRecord, slo: Slo) -> Iterator[Field]:
    budget = record.world.budgets()[slo.id]
    name, source = slo.id, f"SLO {slo.id}"
    yield derived(f"slo.{name}.target", slo.target, "share", exact_percent(Fraction(slo.target)), "declared", source)
    yield derived(f"slo.{name}.window", slo.window, "ms", span(slo.window), "declared", source)
    yield derived(f"slo.{name}.expected", slo.window_total, "events", count(slo.window_total),
                  "events expected in the window, an estimate by the organisation", source)  # fmt: skip
    yield derived(f"slo.{name}.good", budget.good, "events", f"{budget.good:,}", f"total({slo.good})", source)
    yield derived(f"slo.{name}.total", budget.total, "events", f"{budget.total:,}", f"total({slo.total})", source)
    yield derived(f"slo.{name}.bad", budget.bad, "events", f"{budget.bad:,}", "total - good", source)
    if budget.total:
        achieved = Fraction(min(budget.good, budget.total), budget.total)
        yield derived(f"slo.{name}.achieved", fraction_text(achieved), "share", percent(achieved, 2), "good / total",
                      source)  # fmt: skip
    allowed = budget.allowed
    whole = f"{allowed.numerator // allowed.denominator:,}"
    formula = f"(1 - {slo.target}) x {slo.window_total:,}"
    yield derived(f"budget.{name}.allowed", fraction_text(allowed), "events", whole, formula, source)
    yield derived(f"budget.{name}.consumed", fraction_text(budget.consumed), "share", percent(budget.consumed),
                  "bad / allowed", source)  # fmt: skip
    left = max(Fraction(0), 1 - budget.consumed)
    yield derived(
        f"budget.{name}.left", fraction_text(left), "share", percent(left), "1 - consumed, at least 0", source
    )
    minutes = slo.error_share * slo.window / 60_000
    yield derived(f"budget.{name}.minutes", fraction_text(minutes), "minutes", f"{ratio(minutes, 1)} min",
                  "(1 - target) x window: minutes of total loss that the budget allows", source)  # fmt: skip
    yield derived(f"budget.{name}.minutes_used", fraction_text(minutes * budget.consumed), "minutes",
                  f"{ratio(minutes * budget.consumed, 1)} min", "consumed x minutes", source)  # fmt: skip


def _alerts(record: ExerciseRecord, slo: Slo, clock: UtcClock, reached: Milestones) -> Iterator[Field]:
    """When the page-level rules of the SLO file would have fired in this run."""
    for window in PAGES:
        yield from _alert(record, slo, window, clock, reached)


def _alert(record: ExerciseRecord, slo: Slo, window: Window, clock: UtcClock, reached: Milestones) -> Iterator[Field]:
    name = f"alert.{window_id(slo.id, window)}"
    factor = window.factor(slo.window)
    formula = f"error ratio over {window.long_text} and {window.short_text} above {ratio(factor)} x (1 - {slo.target})"
    at = first_alert(record, slo, window)
    if at is None:
        yield Field(f"{name}.fires", None, "ms", "never in this run", "MODELLED", formula, "the record, replayed")
        return
    yield Field(f"{name}.fires", at, "ms", clock.utc(at), "MODELLED", formula, "the record, replayed")
    if reached.started is not None and at >= reached.started:
        after = at - reached.started
        yield Field(f"{name}.ttd", after, "ms", span(after), "MODELLED", f"{name}.fires - time.started", "as above")
