"""Means and their 95% intervals, the same on every machine: exact sums, and Student's t in closed form."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

CONFIDENCE = 0.95
DIGITS = 9
"""Significant digits of an interval's ends; what lies beyond them may differ between mathematical libraries."""


@dataclass(frozen=True, slots=True)
class Value:
    """A measured value. Where something was not reached within the scenario, the true one is *at_least* this, or, of
    a difference, *at_most*; where both hold, it may lie on either side.
    """

    number: Fraction
    at_least: bool = False
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What several runs come to: the mean, exactly, and its interval, None for fewer than two values.

    *at_least* and *at_most*: how many of the *count* values are only bounds. *absent*: runs in which there was
    nothing to measure.
    """

    count: int
    absent: int
    at_least: int
    at_most: int
    mean: Fraction | None
    low: float | None
    high: float | None

    def to_json(self) -> dict[str, Any]:
        """JSON data; the mean as an exact fraction, and as a number."""
        return {
            "count": self.count, "absent": self.absent, "at_least": self.at_least, "at_most": self.at_most,
            "exact": None if self.mean is None else str(self.mean),
            "mean": None if self.mean is None else _digits(float(self.mean)), "low": self.low, "high": self.high,
        }  # fmt: skip


def summary(values: Sequence[Value | None]) -> Summary:
    """The mean of the values that are there, with its 95% interval: mean ± t(n-1) s / √n."""
    found = [each for each in values if each is not None]
    count, absent = len(found), len(values) - len(found)
    bounds = sum(each.at_least for each in found), sum(each.at_most for each in found)
    if not found:
        return Summary(0, absent, *bounds, None, None, None)
    mean = sum((each.number for each in found), Fraction(0)) / count
    if count == 1:
        return Summary(1, absent, *bounds, mean, None, None)
    squares = sum(((each.number - mean) ** 2 for each in found), Fraction(0))
    half = student_t(count - 1) * math.sqrt(squares / ((count - 1) * count))
    return Summary(count, absent, *bounds, mean, _digits(float(mean) - half), _digits(float(mean) + half))


def differences(values: Sequence[Value | None], base: Sequence[Value | None]) -> list[Value | None]:
    """Each value less the one it is paired with; None where either is missing."""
    return [
        None if one is None or other is None else _less(one, other) for one, other in zip(values, base, strict=True)
    ]


def _less(one: Value, other: Value) -> Value:
    return Value(one.number - other.number, one.at_least or other.at_most, one.at_most or other.at_least)


@cache
def student_t(freedom: int) -> float:
    """The two-sided 95% point of Student's t for so many degrees of freedom.

    Found by bisection of A(t|ν), Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    low, high = 0.0, math.pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        if _within(middle, freedom) < CONFIDENCE:
            low = middle
        else:
            high = middle
    return _digits(math.sqrt(freedom) * math.tan(low))


def _within(angle: float, freedom: int) -> float:
    """The probability that t lies between -t and t, where *angle* is arctan(t / √ν)."""
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term, total = (cosine, 0.0) if odd else (1.0, 0.0)
    for power in range(1 + odd, freedom, 2):
        total += term
        term *= cosine * cosine * power / (power + 1)
    if odd:
        return 2 / math.pi * (angle + sine * total)
    return sine * total


def _digits(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
