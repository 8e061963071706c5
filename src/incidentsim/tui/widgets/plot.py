"""Plots in braille: two points a cell across, four a cell high."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""Bits of the left and right dots of a cell, from the bottom."""

_WORST = ("critical", "warn")
_BARS = " ▁▂▃▄▅▆▇█"


def braille(points: Sequence[float | None], width: int, height: int = 1) -> list[str]:
    """*height* lines of *width* cells that show *points* from left to right, scaled to their own range.

    Gaps stay empty. A flat series lies on the bottom line.
    """
    columns = _resample(points, width * 2)
    known = [value for value in columns if value is not None]
    cells = [[0] * width for _ in range(height)]
    if known:
        low, high = min(known), max(known)
        reach = (high - low) or 1.0
        previous: int | None = None
        for x, value in enumerate(columns):
            if value is None:
                previous = None
                continue
            level = round((value - low) / reach * (height * 4 - 1))
            start = level if previous is None else previous + (1 if level > previous else -1)
            if previous is not None and level == previous:
                start = level
            for y in range(min(start, level), max(start, level) + 1):
                cells[height - 1 - y // 4][x // 2] |= _DOTS[x % 2][y % 4]
            previous = level
    return ["".join(chr(0x2800 + cell) for cell in row) for row in cells]


def limit_cells(signal: dict[str, Any], width: int) -> list[str]:
    """For each of *width* cells of a signal's plot, the worst limit that its points are beyond, or nothing."""
    limits = [each for name in _WORST for each in signal["limits"] if each["name"] == name]
    points = signal["points"]
    result = []
    for cell in range(width):
        values = [value / signal["scale"] for value in _of_cell(points, cell, width) if value is not None]
        beyond = (
            each["name"]
            for each in limits
            if any(value > each["value"] if each["above"] else value < each["value"] for value in values)
        )
        result.append(next(beyond, ""))
    return result


def place(t: int, begin: int, end: int, width: int) -> int:
    """The cell of a moment in a plot of *width* cells from *begin* to *end* (ms)."""
    return max(0, min(width - 1, (t - begin) * width // max(1, end - begin)))


def bars(counts: Sequence[float], width: int) -> str:
    """One line of bars, the highest of them full; what is not 0 is seen."""
    columns = [value or 0.0 for value in _resample(counts, width)]
    most = max(columns, default=0.0)
    if most <= 0:
        return " " * width
    return "".join(_BARS[0 if value <= 0 else max(1, round(value / most * 8))] for value in columns)


def _of_cell(points: Sequence[float | None], cell: int, count: int) -> Sequence[float | None]:
    """The points that fall into a cell, or the nearest earlier one."""
    if not points:
        return ()
    start = cell * len(points) // count
    return points[start : max(start + 1, (cell + 1) * len(points) // count)]


def _resample(points: Sequence[float | None], count: int) -> list[float | None]:
    """*count* values: means of the points that fall into each, or the nearest earlier one."""
    result: list[float | None] = []
    for index in range(count):
        known = [value for value in _of_cell(points, index, count) if value is not None]
        result.append(sum(known) / len(known) if known else None)
    return result
