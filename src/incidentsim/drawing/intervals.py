"""Intervals on one scale, as terminal text and as SVG: a dot for the middle, a bar for what it may be."""

from __future__ import annotations

import math
from dataclasses import dataclass

from incidentsim.drawing.svg import ACCENT, INK, LINE, QUIET, Page
from incidentsim.text.escaping import one_line

NAMES, LANE = 30, 66
"""Columns of text for the names, and for the scale."""
ROW, LEFT, WIDE = 26, 290, 520


@dataclass(frozen=True, slots=True)
class Interval:
    """One value; without ends where nothing is known of how sure it is. *note* stands behind it."""

    label: str
    middle: float
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    """Intervals that share a scale and a *unit*. Zero is always on the scale."""

    title: str
    unit: str
    intervals: tuple[Interval, ...]

    def scale(self) -> tuple[float, float, float]:
        """(least, most, distance of ticks) of the scale, in the unit."""
        ends = [0.0]
        for each in self.intervals:
            ends += [end for end in (each.low, each.middle, each.high) if end is not None]
        span = max(ends) - min(ends)
        if span == 0:
            return (0.0, 1.0, 0.5)
        rough = span / 4
        power = 10.0 ** math.floor(math.log10(rough))
        tick = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
        return math.floor(min(ends) / tick) * tick, math.ceil(max(ends) / tick) * tick, tick

    def ticks(self) -> list[float]:
        """Where the scale is marked."""
        least, most, tick = self.scale()
        return [least + tick * number for number in range(round((most - least) / tick) + 1)]


def tick_text(value: float) -> str:
    """``0.05``, ``12``: a mark of the scale."""
    return f"{value + 0.0:.6g}"


def intervals_text(plot: IntervalPlot) -> list[str]:
    """The plot as lines of at most 100 columns."""
    least, most, _ = plot.scale()

    def column(value: float) -> int:
        return min(LANE - 1, max(0, round((value - least) / (most - least) * (LANE - 1))))

    header = [" "] * LANE
    for tick in plot.ticks():
        text = tick_text(tick)
        start = min(LANE - len(text), max(0, column(tick) - len(text) // 2))
        header[start : start + len(text)] = text
    lines = [f"{one_line(plot.title)}, {one_line(plot.unit)}", " " * (NAMES + 2) + "".join(header).rstrip()]
    for each in plot.intervals:
        lane = [" "] * LANE
        lane[column(0.0)] = "│"
        if each.low is not None and each.high is not None:
            first, last = column(each.low), column(each.high)
            lane[first : last + 1] = "─" * (last + 1 - first)
            lane[first], lane[last] = "├", "┤"
        lane[column(each.middle)] = "●"
        lines.append(f"{_fitted(each.label)}  {''.join(lane).rstrip()}")
    return lines


def _fitted(label: str) -> str:
    label = one_line(label)
    return label.ljust(NAMES) if len(label) <= NAMES else label[: NAMES - 1] + "…"


def intervals_svg(plot: IntervalPlot, marker: str = "") -> str:
    """The plot as a drawing of its own."""
    page = Page()
    least, most, _ = plot.scale()

    def across(value: float) -> float:
        return round(LEFT + (value - least) / (most - least) * WIDE, 1)

    top, bottom = 92.0, 92.0 + ROW * len(plot.intervals)
    page.text(16, 52, plot.title, bold=True, size=14)
    page.text(16, 70, plot.unit, colour=QUIET)
    for tick in plot.ticks():
        x = across(tick)
        zero = tick_text(tick) == "0"
        page.line(x, top - 6, x, bottom, colour=INK if zero else LINE, width=1, dash="" if zero else "2 4")
        page.text(x, top - 10, tick_text(tick), colour=QUIET, size=10, anchor="middle")
    for index, each in enumerate(plot.intervals):
        y = top + ROW * index + ROW / 2
        page.text(16, y + 4, _short(each.label))
        if each.low is not None and each.high is not None:
            page.line(across(each.low), y, across(each.high), y, colour=ACCENT, width=3)
            for end in (each.low, each.high):
                page.line(across(end), y - 5, across(end), y + 5, colour=ACCENT)
        page.parts.append(f'<circle cx="{across(each.middle):g}" cy="{y:g}" r="4" fill="{ACCENT}"/>')
        page.text(LEFT + WIDE + 16, y + 4, _short(each.note), colour=QUIET, size=11)
    return page.document(LEFT + WIDE + 290, bottom + 24, plot.title, marker)


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 42 else text[:41] + "…"
