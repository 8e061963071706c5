"""What a measure says about one run: a value, what it earns, and why."""

from __future__ import annotations

from dataclasses import dataclass

from incidentsim.scenario.units import MINUTE

MOST_EVIDENCE = 12
"""At most so many ids are shown for a criterion; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The result of a measure.

    *value* is the measured quantity in the measure's own unit, None where it is not one number. *ratio* is what it
    earns, 0 to 1 in steps of 0.001. *unsure*: words were compared and may mean something else, so the reader should
    compare for themselves. *applies*: False leaves the criterion out of the total.
    """

    value: float | None
    ratio: float
    evidence: tuple[str, ...]
    explanation: str
    rule: str
    unsure: bool = False
    applies: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "ratio", bounded(self.ratio))


def left_out(explanation: str, rule: str) -> Measured:
    """There was nothing to measure: the criterion is left out of the total."""
    return Measured(None, 0.0, (), explanation, rule, applies=False)


def bounded(ratio: float) -> float:
    """A ratio between 0 and 1, in steps of 0.001."""
    return round(max(0.0, min(1.0, ratio)), 3)


def ramp(value: float, best: float, worst: float) -> float:
    """1 at *best* and beyond, 0 at *worst* and beyond, straight between."""
    if best == worst:
        return 1.0 if value <= best else 0.0
    return bounded((worst - value) / (worst - best))


def share(part: int, whole: int) -> float:
    """The ratio of *part* to *whole*; 0 where there is nothing."""
    return part / whole if whole else 0.0


def minutes(milliseconds: int) -> int:
    """Whole minutes, rounded down; never below 0."""
    return max(0, milliseconds) // MINUTE


def span(milliseconds: int) -> str:
    """A span as people say it: ``42 min``, ``2 h 5 min``."""
    hours, rest = divmod(minutes(milliseconds), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def percent(ratio: float) -> str:
    """A ratio as a whole percentage; what is not quite all, or not quite nothing, is not rounded to it."""
    whole = round(ratio * 100)
    if ratio < 1 and whole == 100:
        return "over 99%"
    if ratio > 0 and whole == 0:
        return "under 1%"
    return f"{whole}%"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: ``1 why``, ``3 whys``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
