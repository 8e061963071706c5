"""Signals: their samples, one a step, and whether each arrived where people look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from incidentsim.simulation.quantities import whole
from incidentsim.simulation.streams import noise_ppm, stream_key

if TYPE_CHECKING:
    from incidentsim.scenario.system import Signal
    from incidentsim.simulation.quantities import Number, Quantities


@dataclass(frozen=True, slots=True)
class Meter:
    """A signal's noise and its column."""

    signal: Signal
    collected: Callable[[], Number] | None
    key: int
    column: list[int] = field(default_factory=list)
    """Values times 10^decimals."""
    arrived: list[bool] = field(default_factory=list)


class Meters:
    """All signals of a scenario, those that nobody measures included."""

    def __init__(self, signals: Sequence[Signal], quantities: Quantities, seed: int) -> None:
        self._meters = {
            signal.id: Meter(
                signal,
                quantities.compile(signal.collected) if signal.collected else None,
                stream_key(seed, f"signal:{signal.id}"),
            )
            for signal in signals
        }
        self._read = quantities.compile_all([(signal.value, None) for signal in signals])

    def __getitem__(self, signal: str) -> Meter:
        return self._meters[signal]

    def measure(self, step: int) -> None:
        """Take the samples of the step that was just computed."""
        for meter, number in zip(self._meters.values(), self._read(), strict=True):
            signal = meter.signal
            true = whole(number, 10**signal.decimals)
            value = true
            if signal.noise:
                value += true * noise_ppm(meter.key, step, signal.noise) // 1_000_000
                if signal.unit == "%":
                    # Noise makes no share of more than all.
                    value = min(value, max(true, 100 * 10**signal.decimals))
            meter.column.append(value)
            meter.arrived.append(meter.collected is None or bool(meter.collected()))

    def columns(self) -> list[list[int]]:
        """Every signal's column, in the document's order."""
        return [meter.column for meter in self._meters.values()]
