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


def amount(number: Fraction | float | None, measure: Measure, sign: int = 1) -> str:
    """A number in its measure's unit, without it; *sign* -1 turns a difference into what is saved."""
    if number is None:
        return NONE
    exact = Fraction(number) * sign
    if measure.unit == "items":
        return count(rounded(exact))
    places = 2 if measure.unit == "share" and abs(exact) < 10 else 1
    text = ratio(exact * 100 if measure.unit == "share" else exact / MINUTE, places)
    return "0" if exact == 0 else text


def interval(found: Summary, measure: Measure, sign: int = 1, signed: bool = False) -> str:
    """``9.80 [9.71, 9.90]``; ``≥9.80`` where values are bounds, and ``0`` where every value is exactly 0."""
    if found.mean is None:
        return NONE
    bound = bounded(found, sign)
    mark = with_sign if signed else str
    middle = bound + mark(amount(found.mean, measure, sign))
    if found.low is None or found.high is None or found.low == found.high:
        return middle
    low, high = sorted((found.low * sign, found.high * sign))
    return f"{middle} [{mark(amount(low, measure))}, {mark(amount(high, measure))}]"


def with_sign(text: str) -> str:
    """``+3``; 0 and what is below it stay."""
    return text if text.startswith("-") or not any(each in "123456789" for each in text) else f"+{text}"


def budget_minutes(found: Summary, measure: Measure | None, sign: int = 1) -> str:
    """A share of a budget as minutes of total loss; empty where the measure is no budget."""
    if measure is None or measure.minutes is None or found.mean is None:
        return ""
    return ratio(found.mean * sign * measure.minutes, 1)


def sooner(found: Summary) -> str:
    """A difference of spans as whole minutes that are gained."""
    return NONE if found.mean is None else bounded(found, -1) + ratio(-found.mean / MINUTE, 0)


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
