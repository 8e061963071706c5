"""A query's table: drawn row by row where it is seen, its heading and its groups always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from incidentsim.tui.keys import query as keys
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.wording import clean, column

GAP = 2
MOST_LABEL = 24
BAR = 16
"""The widest that a bar gets."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"

Cell = int | str | None


class QueryTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of a result: texts to the left, numbers to the right, and a bar for one of its columns."""

    DEFAULT_CSS = """
    QueryTable { height: 1fr; background: $surface; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; }
    QueryTable > .table--head { color: $text-accent; text-style: bold; }
    QueryTable > .table--dim { color: $foreground-muted; }
    QueryTable > .table--bar { color: $text-accent; }
    QueryTable > .table--cursor { background: $primary 25%; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--head", "table--dim", "table--bar", "table--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.TABLE)

    def __init__(self, columns: Sequence[object], rows: Sequence[Sequence[Cell]], groups: int, cursor: int = 0) -> None:
        super().__init__()
        self.titles = [clean(each) for each in columns]
        self.rows = rows
        self.groups = groups
        """How many columns tell rows apart; the others hold values."""
        self.cursor = max(0, min(cursor, len(rows) - 1))
        self.barred = groups if len(rows) > 1 and groups < len(columns) else -1
        self._left = 0
        self._cells: dict[int, list[str]] = {}
        self._widths = [
            min(MOST_LABEL, self._widest(index)) if index < groups else self._widest(index)
            for index in range(len(self.titles))
        ]
        self._most = self._largest()

    def _widest(self, index: int) -> int:
        return max([len(self.titles[index]), *(len(self._text(row, index)) for row in self.rows)])

    def _text(self, row: Sequence[Cell], index: int) -> str:
        value = row[index]
        if value is None:
            return "–"
        if isinstance(value, int):
            return f"{value:+,}" if self.titles[index].endswith("difference") and value else f"{value:,}"
        return clean(value)

    def _largest(self) -> float:
        if self.barred < 0:
            return 0.0
        return max((abs(size(row[self.barred])) for row in self.rows), default=0.0)

    def on_mount(self) -> None:
        self._resized()
        self.go(self.cursor)

    def on_resize(self) -> None:
        self._resized()

    def _resized(self) -> None:
        wanted = Size(self.scrollable_content_region.width, len(self.rows) + 1)
        if wanted != self.virtual_size:
            self.virtual_size = wanted

    @property
    def _height(self) -> int:
        """Rows in sight, below the heading."""
        return max(1, self.scrollable_content_region.height - 1)

    def _fixed_width(self) -> int:
        return sum(self._widths[: self.groups]) + GAP * self.groups

    def _bar_width(self) -> int:
        """Room for bars behind the columns; 0 where there is none."""
        used = sum(self._widths) + GAP * len(self._widths)
        left = self.scrollable_content_region.width - used
        return 0 if self.barred < 0 or left < 6 else min(BAR, left)

    def _hidden(self) -> int:
        """Cells of columns that do not fit."""
        used = sum(self._widths) + GAP * len(self._widths)
        return max(0, used - self.scrollable_content_region.width)

    def render_line(self, y: int) -> Strip:
        """The heading, or the row at *y* of the window."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        if y == 0:
            head = base + self.get_component_rich_style("table--head", partial=True)
            return self._strip(self.titles, head, head, "", width)
        index = y - 1 + self.scroll_offset.y
        if index >= len(self.rows):
            return Strip.blank(width, base)
        row = self.rows[index]
        if index not in self._cells:
            self._cells[index] = [self._text(row, each) for each in range(len(self.titles))]
        if index == self.cursor:
            base = base + self.get_component_rich_style("table--cursor")
        dim = base + self.get_component_rich_style("table--dim", partial=True)
        bar = self._bar(row)
        return self._strip(self._cells[index], base, dim, bar, width)

    def _strip(self, cells: Sequence[str], style: Style, groups: Style, bar: str, width: int) -> Strip:
        fixed = [
            Segment(column(cell, self._widths[at]) + " " * GAP, groups) for at, cell in enumerate(cells[: self.groups])
        ]
        values = "".join(
            cell.rjust(self._widths[at]) + " " * GAP for at, cell in enumerate(cells) if at >= self.groups
        )[self._left :]
        drawn = style + self.get_component_rich_style("table--bar", partial=True)
        segments = [*fixed, Segment(values, style), Segment(bar, drawn)]
        return Strip(segments).adjust_cell_length(width, style).crop(0, width)

    def _bar(self, row: Sequence[Cell]) -> str:
        width = self._bar_width()
        if not width or not self._most:
            return ""
        return bar_of(abs(size(row[self.barred])) / self._most, width)

    def go(self, row: int) -> None:
        """Put the cursor on a row, in sight."""
        self.cursor = max(0, min(row, len(self.rows) - 1))
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + self._height:
            self.scroll_to(y=self.cursor - self._height + 1, animate=False, force=True)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        if event.y > 0:
            self.go(event.y - 1 + self.scroll_offset.y)

    def action_move(self, rows: int) -> None:
        self.go(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        self.go(self.cursor + pages * self._height)

    def action_first(self) -> None:
        self.go(0)

    def action_last(self) -> None:
        self.go(len(self.rows) - 1)

    def action_shift(self, cells: int) -> None:
        self._left = max(0, min(self._left + cells, self._hidden()))
        self.refresh()

    def action_bars(self) -> None:
        following = max(self.barred + 1, self.groups)
        self.barred = following if following < len(self.titles) and self.barred != len(self.titles) - 1 else -1
        self._most = self._largest()
        self.refresh()

    def action_copy(self) -> None:
        lines = ["\t".join(self.titles)]
        lines += ["\t".join("" if each is None else str(each) for each in row) for row in self.rows]
        self.app.copy_to_clipboard("\n".join(lines))
        self.notify(f"{len(self.rows):,} rows copied.", markup=False, timeout=3)


def size(cell: Cell) -> float:
    """A cell's number; 0 where it has none."""
    if isinstance(cell, str):
        try:
            return float(cell.replace(",", ""))
        except ValueError:
            return 0.0
    return float(cell or 0)


def bar_of(share: float, width: int) -> str:
    """A bar of *share* of *width* cells, to an eighth of a cell; what is not 0 is seen."""
    eighths = max(1 if share > 0 else 0, round(share * width * 8))
    full, rest = divmod(min(eighths, width * 8), 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")
