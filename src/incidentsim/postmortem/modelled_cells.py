"""Cells of what-if tables: numbers in their measure's unit, spans, intervals."""

from __future__ import annotations

import textwrap
from fractions import Fraction
from typing import TYPE_CHECKING

from incidentsim.postmortem.formatting import count, ratio, rounded
from incidentsim.scenario.units import MINUTE
from incidentsim.text.escaping import one_line

if TYPE_CHECKING:
    from incidentsim.whatif.measures import Measure
    from incidentsim.whatif.statistics import Summary

WIDTH = 100
NONE = "–"


def unit(measure: Measure) -> str:
    """The unit that a measure's cells are in."""
    return {"share": "% of budget", "items": "items", "ms": "min"}[measure.unit]


def scale(measure: Measure) -> float:
    """What a measure's numbers are multiplied with for its unit."""
    return {"share": 100.0, "items": 1.0, "ms": 1 / MINUTE}[measure.unit]


def amount(number: Fraction | float | None, measure: Measure, sign: int = 1, places: int | None = None) -> str:
    """A number in its measure's unit, without it; *sign* -1 turns a difference into what is saved."""
    if number is None:
        return NONE
    exact = Fraction(number) * sign
    if exact == 0:
        return "0"
    if measure.unit == "items":
        return count(rounded(exact))
    if measure.unit == "share":
        return ratio(exact * 100, _places(float(exact)) if places is None else places)
    return ratio(exact / MINUTE, 1)


def _places(*shares: float) -> int:
    """Places of a percentage: two below 10%, one below 100%, then none, so that an interval fits its column."""
    largest = max(abs(each) for each in shares)
    return 2 if largest < 0.1 else 1 if largest < 1 else 0


def interval(found: Summary, measure: Measure, sign: int = 1, signed: bool = False, width: int = WIDTH) -> str:
    """``9.80 [9.71, 9.90]``; ``≥9.80`` where values are bounds, and ``0`` where every value is exactly 0.

    Where that is wider than *width*, the mean alone.
    """
    if found.mean is None:
        return NONE
    ends = [] if found.low is None or found.high is None else sorted((found.low * sign, found.high * sign))
    places = _places(float(found.mean), *ends)
    mark = with_sign if signed else str
    middle = bounded(found, sign) + mark(amount(found.mean, measure, sign, places))
    if not ends or ends[0] == ends[1]:
        return middle
    whole = f"{middle} [{', '.join(mark(amount(end, measure, 1, places)) for end in ends)}]"
    return whole if len(whole) <= width else middle


def with_sign(text: str) -> str:
    """``+3``; 0 and what is below it stay."""
    return text if text.startswith("-") or not any(each in "123456789" for each in text) else f"+{text}"


def budget_minutes(found: Summary, measure: Measure | None, sign: int = 1) -> str:
    """A share of a budget as minutes of total loss; empty where the measure is no budget."""
    if measure is None or measure.minutes is None or found.mean is None:
        return ""
    minutes = found.mean * sign * measure.minutes
    return ratio(minutes, 1) if abs(minutes) < 1000 else count(rounded(minutes))


def sooner(found: Summary) -> str:
    """A difference of spans as whole minutes that are gained; as hours from a thousand minutes on."""
    if found.mean is None:
        return NONE
    minutes = -found.mean / MINUTE
    return bounded(found, -1) + (ratio(minutes, 0) if abs(minutes) < 1000 else f"{ratio(minutes / 60, 0)}h")


def bounded(found: Summary, sign: int = 1) -> str:
    """``≥``, ``≤``, or ``~`` for either, before a mean that rests on bounds."""
    most, least = (found.at_most, found.at_least) if sign > 0 else (found.at_least, found.at_most)
    return "~" if most and least else "≥" if least else "≤" if most else ""


def plain(number: Fraction | None) -> str:
    """A plain number: ``0.3``, ``214``; 0 where it is exactly that."""
    if number is None:
        return NONE
    return "0" if number == 0 else ratio(number, 1) if number < 10 else count(rounded(number))


def items(number: Fraction | None, sign: int = 1) -> str:
    """A number of items."""
    return NONE if number is None else count(rounded(number * sign))


def cut(text: str, width: int) -> str:
    """One line of at most so many columns."""
    text = one_line(text)
    return text if len(text) <= width else text[: width - 1] + "…"


def folded(text: str, first: str = "", rest: str = "") -> list[str]:
    """A text in lines of at most 100 columns."""
    return textwrap.wrap(
        one_line(text), WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    ) or [first]
