"""Possible controls, put into a run: whether each works, what it stops, when it acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from incidentsim.simulation.streams import below, stream_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.scenario.actions import Control
    from incidentsim.simulation.context import Context
    from incidentsim.simulation.effecting import Effects

MILLION = 1_000_000


@dataclass(slots=True)
class _Watch:
    """A working control that watches for a condition."""

    control: Control
    since: int | None = None
    acted: bool = False


@dataclass(slots=True)
class Controls:
    """The controls of one run. Whether one works is drawn by its own key, so that none shifts another's luck."""

    context: Context
    effects: Effects
    _watching: list[_Watch] = field(default_factory=list)
    _stopped: dict[str, None] = field(default_factory=dict)

    def begin(self, controls: Sequence[Control]) -> None:
        """Decide which work, and carry out what those without a condition do."""
        for control in controls:
            works = self._works(control)
            self.context.emit("control", control=control.id, state="works" if works else "fails")
            if not works:
                continue
            self._stopped.update(dict.fromkeys(control.stops))
            if control.when is not None:
                self._watching.append(_Watch(control))
            else:
                self.effects.apply(control.effects)

    def stops(self, name: str) -> bool:
        """Whether a fault or schedule never begins."""
        return name in self._stopped

    def look(self, t: int) -> None:
        """Look at the complete steps, and act after the delay where a condition has held for long enough."""
        for watch in self._watching:
            control = watch.control
            if not self.context.holds(control.when):
                watch.since, watch.acted = None, False
                continue
            if watch.since is None:
                watch.since = t
            if not watch.acted and t - watch.since >= control.lasts:
                watch.acted = True
                self.context.agenda.at(t + control.delay, partial(self._act, control))

    def _act(self, control: Control) -> None:
        self.context.emit("control", control=control.id, state="acted")
        self.effects.apply(control.effects)

    def _works(self, control: Control) -> bool:
        key = stream_key(self.context.seed, f"control:{control.id}")
        return below(key, 0, MILLION) < control.efficacy and below(key, 1, MILLION) >= control.bypass
