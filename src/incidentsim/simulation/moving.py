"""What moves parameters without anybody's doing: autoscalers, jobs that repeat, couplings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from incidentsim.simulation.quantities import whole
from incidentsim.simulation.streams import below, stream_key

if TYPE_CHECKING:
    from incidentsim.scenario.dynamics import Coupling, Scaler, Schedule
    from incidentsim.simulation.context import Context
    from incidentsim.simulation.effecting import Effects
    from incidentsim.simulation.quantities import Number

MILLION = 1_000_000
LARGEST = 10**12
"""What a parameter can be at most, as where an effect sets it."""


class Autoscaler:
    """One scaler: it orders with a lag and takes away at once."""

    def __init__(self, scaler: Scaler, context: Context) -> None:
        self._scaler = scaler
        self._context = context
        parameters = context.parameters
        self._keys = parameters.keys(scaler.parameter)
        for name in ("step", "least", "most"):
            parameters.declare(scaler.id, name, getattr(scaler, name))
        self._pending = 0
        self._last = 0
        self._column = context.quantities.declare(f"{scaler.id}.pending", by_label=True)

    def record(self) -> None:
        """Record what is ordered, for the step that was just computed."""
        quantities = self._context.quantities
        values = dict.fromkeys(quantities.labels, 0)
        values[quantities.labels[0]] = self._pending
        quantities.append(self._column, values)

    def look(self, t: int) -> None:
        """Decide, where the interval has passed."""
        scaler, context = self._scaler, self._context
        if t - self._last < scaler.interval:
            return
        self._last = t
        if not context.holds(scaler.enabled):
            return
        value = context.value(scaler.value)
        step, least, most = (context.parameters.value(scaler.id, name, t) for name in ("step", "least", "most"))
        present = self._present(t)
        if value > scaler.above:
            more = min(step, most - present - self._pending)
            if more > 0:
                self._pending += more
                context.emit("scaled", scaler=scaler.id, by=more)
                context.agenda.at(t + scaler.delay, partial(self._arrive, more))
        elif value < scaler.below:
            fewer = min(step, present - least)
            if fewer > 0:
                context.emit("scaled", scaler=scaler.id, by=-fewer)
                self._move(t, present - fewer)

    def _present(self, t: int) -> int:
        return self._context.parameters.value_at(self._keys[0], t)

    def _arrive(self, more: int) -> None:
        t = self._context.now
        self._pending -= more
        most = self._context.parameters.value(self._scaler.id, "most", t)
        present = self._present(t)
        self._move(t, max(present, min(most, present + more)))

    def _move(self, t: int, to: int) -> None:
        for key in self._keys:
            self._context.parameters.move(key, to, t, 0)


@dataclass(slots=True)
class Job:
    """One schedule. Its draws are keyed by how often it has been due."""

    schedule: Schedule
    context: Context
    effects: Effects
    due: int = 0

    def begin(self) -> None:
        """Put its first time on the agenda."""
        self.context.agenda.at(self.schedule.first, self._run)

    def _run(self) -> None:
        schedule, context = self.schedule, self.context
        count, self.due = self.due, self.due + 1
        context.agenda.at(context.now + schedule.every, self._run)
        if not context.holds(schedule.when):
            return
        chance = MILLION if schedule.chance is None else whole(context.value(schedule.chance))
        hit = below(stream_key(context.seed, f"schedule:{schedule.id}"), count, MILLION) < chance
        context.emit("schedule", schedule=schedule.id, hit=hit)
        self.effects.apply(schedule.effects if hit else schedule.otherwise, origin=schedule.id)


@dataclass(slots=True)
class Link:
    """One coupling."""

    coupling: Coupling
    context: Context
    read: Callable[[], Number]

    def follow(self, t: int) -> None:
        """Set the parameter to what the last step says."""
        if not self.context.holds(self.coupling.when):
            return
        value = max(0, min(LARGEST, whole(self.read())))
        parameters = self.context.parameters
        for key in parameters.keys(self.coupling.parameter):
            if parameters.value_at(key, t) != value:
                parameters.move(key, value, t, 0)
