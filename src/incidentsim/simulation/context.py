"""What the parts of a world share: scenario, time, quantities, parameters and the list of events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from incidentsim.simulation.event import Event, Phase
from incidentsim.simulation.wording import Wording

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario
    from incidentsim.simulation.agenda import Agenda
    from incidentsim.simulation.parameters import Parameters
    from incidentsim.simulation.quantities import Number, Quantities


@dataclass(slots=True)
class Context:
    """The state that a world's parts read and write."""

    scenario: Scenario
    seed: int
    agenda: Agenda
    quantities: Quantities
    parameters: Parameters
    events: list[Event] = field(default_factory=list)
    extra_rows: list[tuple[int, str, str, str]] = field(default_factory=list)
    """Rows that effects wrote: (t, service, level, text), in order."""
    _compiled: dict[str, Callable[[], Number]] = field(default_factory=dict)
    _worded: dict[str, Wording] = field(default_factory=dict)

    @property
    def now(self) -> int:
        """The time (ms)."""
        return self.agenda.now

    def emit(self, kind: str, phase: Phase = Phase.CAUSAL, **data: Any) -> Event:
        """Add an event at the present moment. *data* is JSON."""
        event = Event(self.now, phase, len(self.events), kind, data)
        self.events.append(event)
        return event

    def value(self, expression: str) -> Number:
        """An expression's value as the world stands."""
        compiled = self._compiled.get(expression)
        if compiled is None:
            compiled = self._compiled[expression] = self.quantities.compile(expression)
        return compiled()

    def holds(self, condition: str | None) -> bool:
        """Whether a condition holds; no condition always does."""
        return condition is None or bool(self.value(condition))

    def worded(self, text: str) -> str:
        """A text of the document with the world's quantities filled in."""
        wording = self._worded.get(text)
        if wording is None:
            wording = self._worded[text] = Wording(text, self.quantities, self.clock_text)
        return wording()

    def clock_text(self, t: int | None = None) -> str:
        """A moment as ``08:31``, UTC."""
        moment = self.scenario.start + timedelta(milliseconds=self.now if t is None else t)
        return moment.strftime("%H:%M")
