"""Signals that people measure, and counts that they keep: as points for a small plot, and every sample for a large one.

A sample belongs to a step and is there at the step's end; only steps that are complete are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentsim.exercise.kept import kept_plots
from incidentsim.exercise.limits import limits_of, state_of
from incidentsim.scenario.units import MINUTE
from incidentsim.simulation.querying_cells import decimal

if TYPE_CHECKING:
    from incidentsim.exercise.exercise import Exercise
    from incidentsim.scenario.system import Signal

Span = tuple[int, int]
"""Steps: the first, and the one after the last."""


def plots(exercise: Exercise, start: int, end: int, width: int) -> list[dict[str, Any]]:
    """Each measured signal and kept count between two moments (ms), in at most *width* points.

    A signal's state is ``gap`` where its last sample did not arrive; *since* is then when the last one came (ms).

    A point is the last value of its span for a signal, and the sum for a count; None where no sample arrived. The
    first point's span begins at *from*, and each is *each* long (ms); a count has no point for a span that still runs.
    """
    first, last = _steps(exercise, start, end)
    spans = _spans(first, last, -(-(last - first) // max(1, width)))
    placed = _placed(exercise, spans)
    result = [{**_header(exercise, signal, first, last), "points": _points(exercise, signal, spans), **placed}
              for signal in exercise.scenario.signals if signal.measured]  # fmt: skip
    whole = _whole(spans)
    for kept in exercise.ledger.kept:
        result += [_own(line, placed) for line in kept_plots(exercise, kept, whole)]
    return result


def samples(exercise: Exercise, plot: str, start: int, end: int) -> dict[str, Any] | None:
    """One plot with every sample between two moments (ms), or None where there is no such plot.

    As in `plots`; a count's samples are whole minutes, or steps where those are longer.
    """
    first, last = _steps(exercise, start, end)
    for signal in exercise.scenario.signals:
        if signal.measured and signal.id == plot:
            spans = _spans(first, last, 1)
            placed = _placed(exercise, spans)
            return {**_header(exercise, signal, first, last), "points": _points(exercise, signal, spans), **placed}
    size = max(1, MINUTE // exercise.scenario.step)
    spans = _spans(first // size * size, last, size)
    for kept in exercise.ledger.kept:
        if plot.startswith(f"{kept['id']}:"):
            for line in kept_plots(exercise, kept, _whole(spans)):
                if line["id"] == plot:
                    return _own(line, _placed(exercise, spans))
    return None


def _steps(exercise: Exercise, start: int, end: int) -> Span:
    step = exercise.scenario.step
    first = max(0, start // step)
    return first, max(first, min(exercise.world.steps, -(-end // step)))


def _spans(first: int, last: int, size: int) -> list[Span]:
    return [(at, min(at + size, last)) for at in range(first, last, size)] if last > first else []


def _whole(spans: list[Span]) -> list[Span]:
    """Without a last span that still runs: the sum of a part would look like a fall."""
    if len(spans) > 1 and spans[-1][1] - spans[-1][0] < spans[0][1] - spans[0][0]:
        return spans[:-1]
    return spans


def _placed(exercise: Exercise, spans: list[Span]) -> dict[str, Any]:
    step = exercise.scenario.step
    first, stop = spans[0] if spans else (0, 1)
    return {"from": first * step, "each": (stop - first) * step}


def _own(line: dict[str, Any], placed: dict[str, Any]) -> dict[str, Any]:
    return {**line, "limits": [], "since": None, **placed}


def _header(exercise: Exercise, signal: Signal, first: int, last: int) -> dict[str, Any]:
    """All of a plot but its points, with the state and value of its last sample."""
    column, arrived = exercise.world.measured(signal.id), exercise.world.arrived(signal.id)
    newest = column[last - 1] if last > first and arrived[last - 1] else None
    gap = newest is None and last > first
    before = next((at for at in range(last - 1, -1, -1) if arrived[at]), None) if gap else None
    return {
        "id": signal.id,
        "service": signal.service,
        "title": signal.title,
        "unit": signal.unit,
        "scale": 10**signal.decimals,
        "last": None if newest is None else decimal(newest, signal.decimals),
        "state": "gap" if gap else state_of(signal, newest),
        "since": None if before is None else (before + 1) * exercise.scenario.step,
        "limits": limits_of(exercise.scenario, signal),
        "own": False,
    }


def _points(exercise: Exercise, signal: Signal, spans: list[Span]) -> list[int | None]:
    column, arrived = exercise.world.measured(signal.id), exercise.world.arrived(signal.id)
    return [next((column[at] for at in range(stop - 1, start - 1, -1) if arrived[at]), None) for start, stop in spans]
