"""Axes: round ticks for values and for times."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
_TIME_STEPS = (
    10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR,
    3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR,
)  # fmt: skip
_SUFFIXES = ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k"))


@dataclass(frozen=True, slots=True)
class Scale:
    """A value axis from *low* to *high* with round *ticks*, lowest first."""

    low: float
    high: float
    ticks: tuple[float, ...]
    step: float

    def level(self, value: float, levels: int) -> int:
        """Which of *levels* dots, from 0 at the bottom, stands for *value*; the ends hold what is outside."""
        share = (value - self.low) / (self.high - self.low)
        return max(0, min(levels - 1, math.floor(share * (levels - 1) + 0.5)))

    def text(self, value: float) -> str:
        """A tick's label: as many decimals as tell the ticks apart, thousands as k, M, G."""
        size, suffix = 1, ""
        most = max(abs(self.low), abs(self.high))
        for number, name in _SUFFIXES:
            if most >= 10 * number:
                size, suffix = number, name
                break
        decimals = max(0, -math.floor(math.log10(self.step / size) + 1e-9))
        text = f"{value / size:,.{decimals}f}"
        return "0" if not text.strip("-0.,") else text + suffix


def scale_of(values: Sequence[float], unit: str, most: int) -> Scale:
    """An axis for *values* with at most *most* ticks (at least 2).

    It begins at 0 where that costs less than half of the height, and does not leave 0 to 100 for percent that do not.
    """
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    whole = unit in ("%", "percent") and low >= 0 and high <= 100
    if low > 0 and low <= high / 2:
        low = 0.0
    if high == low:
        reach = abs(high) * 0.1 or 1.0
        low, high = (0.0, high + reach) if low == 0 else (low - reach, high + reach)
        if whole:
            low, high = max(0.0, low), min(100.0, high)
    step = _step((high - low) / max(1, most - 1))
    while True:
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first < max(2, most):
            break
        step = _step(step * 1.01)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    ticks = [round(number * step, digits) for number in range(first, max(last, first + 1) + 1)]
    if whole:
        ticks = [tick for tick in ticks if 0 <= tick <= 100]
    return Scale(ticks[0], ticks[-1], tuple(ticks), step)


def _step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is at least *least*."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * digit for digit in (1, 2, 5, 10) if power * digit >= least * (1 - 1e-9))


def time_ticks(start: int, end: int, midnight: int, most: int) -> tuple[list[int], bool]:
    """Round moments (ms) of *start* to *end*, at most *most*, and whether their labels need seconds.

    *midnight* is the moment of a midnight UTC, on the same scale.
    """
    span = max(1, end - start)
    step = next((each for each in _TIME_STEPS if span // each < max(1, most)), _TIME_STEPS[-1])
    first = midnight + -(-(start - midnight) // step) * step
    return list(range(first, end + 1, step)), step < MINUTE
