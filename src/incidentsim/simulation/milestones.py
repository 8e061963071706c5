"""The milestones of the true incident: started, mitigated, resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentsim.simulation.context import Context


@dataclass(slots=True)
class Milestones:
    """When each was reached for good (ms). One that holds no longer is taken back."""

    context: Context
    reached: dict[str, int] = field(default_factory=dict)

    def look(self, t: int, losing: Sequence[int]) -> None:
        """Look at the complete steps. *losing*: items lost in each."""
        truth = self.context.scenario.truth
        if "started" not in self.reached:
            if losing and losing[-1] > 0:
                self._reach("started", t - self.context.scenario.step)
            return
        for name, condition in (("mitigated", truth.mitigated), ("resolved", truth.resolved)):
            if condition is None or (name == "resolved" and "mitigated" not in self.reached):
                continue
            holds = self.context.holds(condition)
            if holds and name not in self.reached:
                self._reach(name, t)
            elif not holds and name in self.reached:
                del self.reached[name]
                self.context.emit("milestone", name=name, at=t, reached=False)

    def _reach(self, name: str, at: int) -> None:
        self.reached[name] = at
        self.context.emit("milestone", name=name, at=at, reached=True)
