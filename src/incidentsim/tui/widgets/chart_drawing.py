"""A plot as rows of cells: braille lines with gaps, limits, markers, axes, a cursor. Reads no screen and no theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from incidentsim.text.wording import Clock
from incidentsim.tui.widgets.chart_scale import Scale, scale_of, time_ticks
from incidentsim.tui.widgets.chart_view import View

DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""Bits of the left and right dots of a braille cell, from the bottom."""
FRAME = 3
"""Rows above and below the plot: markers, axis, times."""
LIMIT_NAMES = {"slo": "SLO"}

Run = tuple[str, str]
"""Text, and what it is: line, second, warn, critical, slo, mark, cursor, axis or nothing."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line. *values* are in its unit; None where no sample arrived."""

    title: str
    unit: str
    times: tuple[int, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A line that the organisation drew."""

    name: str
    value: float
    above: bool
    """It is bad to be above it; else below."""

    @property
    def label(self) -> str:
        """Its name as shown."""
        return LIMIT_NAMES.get(self.name, self.name)


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker of the player."""

    number: int
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """All that is drawn."""

    series: Series
    second: Series | None = None
    limits: tuple[Limit, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Drawing:
    """The rows, and where the plot stands in them, so that a click finds its moment."""

    rows: list[list[Run]]
    left: int = 0
    width: int = 0
    start: int = 0
    end: int = 0
    beyond: tuple[Limit, ...] = ()
    """Limits so far away that drawing them would flatten the line."""

    def moment(self, x: int) -> int | None:
        """The moment (ms) at a column, or None beside the plot."""
        if not self.width or not self.left <= x < self.left + self.width:
            return None
        return self.start + (2 * (x - self.left) + 1) * (self.end - self.start) // max(1, 2 * self.width - 1)


def draw(plot: Plot, view: View, clock: Clock, width: int, height: int) -> Drawing:
    """*height* rows of *width* cells."""
    rows = height - FRAME
    inside = view.shown()
    if width < 20 or rows < 2 or not plot.series.times:
        return Drawing([[(" " * width, "")] for _ in range(height)])
    ticks = max(2, min(8, rows // 2))
    known = [value for value in plot.series.values[inside.start : inside.stop] if value is not None]
    near, far = _reachable(plot.limits, known)
    scale = scale_of([*known, *[each.value for each in near]], plot.series.unit, ticks)
    second = _second_scale(plot.second, view, ticks)
    labels = {rows - 1 - scale.level(tick, rows * 4) // 4: scale.text(tick) for tick in scale.ticks}
    left = max(len(text) for text in labels.values()) + 2
    right_labels = _right(near, scale, second, rows)
    right = max((len(text) + 1 for text, _ in right_labels.values()), default=0)
    if width - left - right < 12:
        right_labels, right = {}, 0
    cells = _Cells(width - left - right, rows, view)
    for limit in near:
        cells.dash(scale.level(limit.value, rows * 4), limit.name)
    cells.line(plot.series, scale, "line", inside)
    if plot.second is not None and second is not None:
        cells.line(plot.second, second, "second", range(len(plot.second.times)))
    times, seconds = time_ticks(view.start, view.end, _midnight(clock), max(2, cells.width // 12))
    body = cells.runs(plot.marks, {rows - 1 - scale.level(tick, rows * 4) // 4 for tick in scale.ticks}, times)
    result = [[(" " * left, ""), *cells.numbers(plot.marks), (" " * right, "")]]
    for row in range(rows):
        text = labels.get(row, "")
        edge = "┤" if row in labels else "│"
        label, kind = right_labels.get(row, ("", ""))
        result.append(
            [(f"{text:>{left - 2}} {edge}", "axis"), *body[row], (f" {label:<{right - 1}}" if right else "", kind)]
        )
    result += cells.axis(times, clock, seconds, left, right)
    return Drawing(result, left, cells.width, view.start, view.end, far)


def _midnight(clock: Clock) -> int:
    begin = clock.start
    return -((begin.hour * 60 + begin.minute) * 60 + begin.second) * 1000


def _reachable(limits: Sequence[Limit], known: Sequence[float]) -> tuple[tuple[Limit, ...], tuple[Limit, ...]]:
    """Limits that can be drawn with *known* without flattening it, and the others."""
    if not known:
        return tuple(limits), ()
    low, high = min(known), max(known)
    reach = max(high - low, abs(high) * 0.5)
    near = tuple(each for each in limits if low - reach <= each.value <= high + reach)
    return near, tuple(each for each in limits if each not in near)


def _second_scale(series: Series | None, view: View, ticks: int) -> Scale | None:
    if series is None:
        return None
    pairs = zip(series.times, series.values, strict=True)
    known = [value for at, value in pairs if value is not None and view.start <= at <= view.end]
    return scale_of(known, series.unit, ticks)


def _right(limits: Sequence[Limit], scale: Scale, second: Scale | None, rows: int) -> dict[int, Run]:
    """What stands at the right of each row: the second line's ticks, or else the limits' names."""
    if second is not None:
        return {
            rows - 1 - second.level(tick, rows * 4) // 4: (f"├ {second.text(tick)}", "second") for tick in second.ticks
        }
    return {rows - 1 - scale.level(each.value, rows * 4) // 4: (each.label, each.name) for each in limits}


@dataclass(slots=True)
class _Cells:
    """The plot itself: two dots a cell across, four up."""

    width: int
    height: int
    view: View
    bits: dict[str, list[list[int]]] = field(default_factory=dict)
    dashes: dict[int, tuple[int, str]] = field(default_factory=dict)
    """By row: the bits of a dash's cell, and whose it is."""

    def x(self, t: int) -> int:
        """The dot column of a moment; outside the plot for a moment outside the window."""
        span = max(1, self.view.end - self.view.start)
        return ((t - self.view.start) * (self.width * 2 - 1) * 2 + span) // (2 * span)

    def dash(self, level: int, name: str) -> None:
        """A dashed line over the whole width."""
        self.dashes[self.height - 1 - level // 4] = (DOTS[0][level % 4] | DOTS[1][level % 4], name)

    def line(self, series: Series, scale: Scale, kind: str, inside: range) -> None:
        """Join samples that follow each other; a sample alone is a dot, and nothing is drawn into a gap."""
        grid = self.bits.setdefault(kind, [[0] * self.width for _ in range(self.height)])
        levels = self.height * 4
        before: tuple[int, int] | None = None
        for index in inside:
            value = series.values[index]
            if value is None:
                before = None
                continue
            here = self.x(series.times[index]), scale.level(value, levels)
            self._join(grid, before or here, here, kind)
            before = here

    def _join(self, grid: list[list[int]], one: tuple[int, int], other: tuple[int, int], kind: str) -> None:
        (x0, y0), (x1, y1) = one, other
        count = max(abs(x1 - x0), abs(y1 - y0))
        for part in range(count + 1):
            x = x0 + (2 * part * (x1 - x0) + count) // (2 * count) if count else x0
            y = y0 + (2 * part * (y1 - y0) + count) // (2 * count) if count else y0
            # The second line is dotted, so that colour is not all that tells the two apart.
            if 0 <= x < self.width * 2 and (kind == "line" or (x + y) % 2 == 0):
                grid[self.height - 1 - y // 4][x // 2] |= DOTS[x % 2][y % 4]

    def runs(self, marks: Sequence[Mark], tick_rows: set[int], times: Sequence[int]) -> list[list[Run]]:
        """The rows, the cursor's column marked."""
        stops = {self.x(mark.at) // 2 for mark in marks if self.view.start <= mark.at <= self.view.end}
        grid = {self.x(t) // 2 for t in times}
        at = self.view.at
        cursor = self.x(at) // 2 if at is not None and self.view.start <= at <= self.view.end else -1
        return [
            _joined(
                [
                    self._cell(row, column, column == cursor, stops, grid, row in tick_rows)
                    for column in range(self.width)
                ]
            )
            for row in range(self.height)
        ]

    def _cell(self, row: int, column: int, cursor: bool, stops: set[int], grid: set[int], tick: bool) -> Run:
        line = self.bits["line"][row][column]
        second = self.bits["second"][row][column] if "second" in self.bits else 0
        if line or second:
            return chr(0x2800 + (line | second)), "cursor" if cursor else "line" if line else "second"
        if cursor:
            return "│", "cursor"
        if row in self.dashes and column % 3 != 2:
            bits, name = self.dashes[row]
            return chr(0x2800 + bits), name
        if column in stops:
            return "┊", "mark"
        return ("·", "axis") if tick and column in grid else (" ", "")

    def numbers(self, marks: Sequence[Mark]) -> list[Run]:
        """The row above: each marker's number over its moment; where two meet, the later one's."""
        row = [" "] * self.width
        for mark in marks:
            if self.view.start <= mark.at <= self.view.end:
                text = f"▾{mark.number}"
                place = max(0, min(self.x(mark.at) // 2, self.width - len(text)))
                row[place : place + len(text)] = text
        return [("".join(row), "mark")]

    def axis(self, times: Sequence[int], clock: Clock, seconds: bool, left: int, right: int) -> list[list[Run]]:
        """The time axis and its labels; the zone stands below the value axis."""
        line, labels = ["─"] * self.width, [" "] * self.width
        free = 0
        for t in times:
            column = self.x(t) // 2
            text = clock.utc(t, seconds=True) if seconds else clock.short(t)
            place = max(0, min(column - len(text) // 2, self.width - len(text)))
            line[column] = "┬"
            if place >= free:
                labels[place : place + len(text)] = text
                free = place + len(text) + 1
        return [
            [(" " * (left - 1) + "└" + "".join(line) + " " * right, "axis")],
            [(f"{'UTC':>{left - 2}}  " + "".join(labels) + " " * right, "axis")],
        ]


def _joined(cells: Sequence[Run]) -> list[Run]:
    """Neighbours of one kind as one run."""
    runs: list[Run] = []
    for text, kind in cells:
        if runs and runs[-1][1] == kind:
            runs[-1] = (runs[-1][0] + text, kind)
        else:
            runs.append((text, kind))
    return runs
