"""Signals that people measure, and counts that they keep, as points to plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.exercise.looking import decimal
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.quantities import Quantities

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.scenario.system import Signal


def plots(exercise: Exercise, start: int, end: int, width: int) -> list[dict[str, Any]]:
    """Each measured signal and kept count between two moments (ms), in at most *width* points.

    A signal's state is ``gap`` where its last sample did not arrive.

    A point is the last value of its span for a signal, and the sum for a count; None where no sample arrived.
    """
    step, steps = exercise.scenario.step, exercise.world.steps
    first = max(0, start // step)
    last = max(first, min(steps, -(-end // step)))
    result = [_signal(exercise, signal, first, last, width)
              for signal in exercise.scenario.signals if signal.measured]  # fmt: skip
    for kept in exercise.ledger.kept:
        result += _kept(exercise, kept, first, last, width)
    return result


def _spans(first: int, last: int, width: int) -> list[tuple[int, int]]:
    count = last - first
    if count <= 0:
        return []
    size = -(-count // max(1, width))
    return [(at, min(at + size, last)) for at in range(first, last, size)]


def _signal(exercise: Exercise, signal: Signal, first: int, last: int, width: int) -> dict[str, Any]:
    column, arrived = exercise.world.measured(signal.id), exercise.world.arrived(signal.id)
    points = [
        next((column[at] for at in range(stop - 1, start - 1, -1) if arrived[at]), None)
        for start, stop in _spans(first, last, width)
    ]
    newest = column[last - 1] if last > first and arrived[last - 1] else None
    return {
        "id": signal.id,
        "service": signal.service,
        "title": signal.title,
        "unit": signal.unit,
        "points": points,
        "scale": 10**signal.decimals,
        "last": None if newest is None else decimal(newest, signal.decimals),
        "state": "gap" if newest is None and last > first else _state(signal, newest),
        "own": False,
    }


def _state(signal: Signal, value: int | None) -> str:
    """``ok``, ``warn`` or ``critical`` by the limits that the organisation set, ``none`` where it set none."""
    if value is None or (signal.warn is None and signal.critical is None):
        return "none"
    # ``value`` is all that the limits can read, so that they cannot tell of anything else.
    limits = Quantities(MINUTE, 0, ())
    limits.set_flag("value", value if signal.decimals == 0 else value / 10**signal.decimals)
    for name, limit in (("critical", signal.critical), ("warn", signal.warn)):
        if limit is not None and limits.compile(limit)():
            return name
    return "ok"


def _kept(exercise: Exercise, kept: dict[str, Any], first: int, last: int, width: int) -> list[dict[str, Any]]:
    scenario = exercise.scenario
    labels = scenario.labels if kept["by_label"] and scenario.labels else ("",)
    spans = _spans(first, last, width)
    result = []
    for label in labels:
        for dataset in kept["datasets"]:
            series = exercise.world.series(dataset, label)
            points = [sum(series[at:stop]) for at, stop in spans]
            name = f"{dataset} {label}".strip()
            result.append(
                {
                    "id": f"{kept['id']}:{name}", "service": "", "title": name, "unit": "", "points": points,
                    "scale": 1, "last": f"{points[-1]:,}" if points else None, "state": "none", "own": True,
                }
            )  # fmt: skip
    return result
