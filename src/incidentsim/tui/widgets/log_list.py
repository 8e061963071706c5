"""A list of log rows, rendered only where they are seen: follow, cursor, wrap, histogram. No keys, no filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from incidentsim.exercise.log_filter import Filter
from incidentsim.tui.session import Data, LogView
from incidentsim.tui.widgets import log_drawing as drawing
from incidentsim.tui.widgets.log_header import Piece, bars, chips, edges
from incidentsim.tui.widgets.log_items import Item, Items
from incidentsim.tui.wording import Clock, clean

ROOM_FOR_LOUD = 16
"""Lines of the pane from which on a second line of the histogram shows where there are warnings."""


class LogList(ScrollView, can_focus=True, inherit_bindings=False):
    """A window on a `LogView`. The place in it is a row, so that it is kept whatever is shown around it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "log--dim", "log--text", "log--warn", "log--error", "log--cursor", "log--match", "log--pin", "log--here",
    }  # fmt: skip

    def __init__(self, source: LogView, clock: Clock | None = None, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.clock = clock
        self.source = source
        self.view = source
        self.filters: tuple[Filter, ...] = ()
        self.following = True
        self.pins: set[str] = set()
        self.found: LogView | None = None
        self._items = Items(source)
        self._sought: drawing.Sought | None = None
        self._anchor = 0
        self._place = 0
        self._selecting: int | None = None
        self._moving_in_time = False
        self._wrap = self._fold = False
        self._around: tuple[int, int] | None = None
        self._left = 0
        self._now = 0
        self._left_at = 0
        self._ours = False
        self._laid_out_for = Size()
        self._head: list[list[Piece]] = []
        self._told = (-1, -1, -1)
        self._window: dict[int, tuple[Item, str, bool]] = {}
        self._rows: dict[int, Data] = {}

    # What is shown

    @property
    def cursor(self) -> int:
        """The place of the cursor in the list."""
        return self._place

    @property
    def searched(self) -> str:
        """What was searched for."""
        return self._sought.typed if self._sought else ""

    def on_mount(self) -> None:
        self.poll()

    def on_resize(self) -> None:
        self._settle(in_sight=True)

    def poll(self, now: int = 0) -> None:
        """Take up the rows that came since the last call. *now*: the moment (ms) up to which there are rows."""
        self._now = max(now, self._now)
        told = (self.view.size(), self.source.all_size(), self._now // 10_000)
        if told != self._told:
            self._told = told
            self._settle()

    def _settle(self, in_sight: bool = False) -> None:
        """Lay out anew what is listed now; the row of the cursor stays where it is on the screen, which with *in_sight*
        is moved into a window that became smaller.
        """
        if not self.is_mounted:
            return
        self._laid_out_for = self.size
        down = self._place - self.scroll_offset.y
        self._items.refresh()
        self._head = self._header()
        self._resized()
        if self.following:
            self._to_end()
        else:
            self._place = self._items.place_of(self._anchor)
            top = self._place - down
            self._scroll(min(self._place, max(top, self._top_for(self._place))) if in_sight else top)
        self._entitle()
        self._redraw()

    def _redraw(self) -> None:
        self._window.clear()
        self.refresh()

    def _resized(self) -> None:
        below = self._body - 1 if self._wrap else 0
        size = Size(self.scrollable_content_region.width, len(self._items) + len(self._head) + below)
        if size != self.virtual_size:
            self._ours = True
            self.set_reactive(LogList.virtual_size, size)
            self._scroll_update(size)
            self._ours = False

    @property
    def _body(self) -> int:
        return max(1, self.scrollable_content_region.height - len(self._head))

    def _scroll(self, top: int) -> None:
        self._ours = True
        self.scroll_to(y=max(0, top), animate=False, force=True, immediate=True)
        self._ours = False

    def _to_end(self) -> None:
        last = len(self._items) - 1
        self._place = max(0, last)
        if last >= 0:
            self._anchor = self._items[last].index
        self._left_at = self.view.size()
        self._scroll(self._top_for(last))

    def _top_for(self, last: int) -> int:
        """The first place of a window that ends with the place *last*."""
        if not self._wrap:
            return max(0, last - self._body + 1)
        room, top = self._body, last + 1
        while top > 0 and (room := room - len(self._broken(self._items[top - 1]))) >= 0:
            top -= 1
        return max(0, min(top, last))

    def watch_scroll_y(self, old: float, new: float) -> None:
        super().watch_scroll_y(old, new)
        self._window.clear()
        if not self._ours and self.size == self._laid_out_for and round(old) != round(new):
            # The mouse has moved it, not a terminal that changes its size: what is looked at stays.
            was = self.following
            self.following = new >= self.max_scroll_y and not self._wrap
            if was and not self.following:
                self._left_at = self.view.size()
            self._entitle()

    def _header(self) -> list[list[Piece]]:
        region = self.scrollable_content_region
        lines = [chips(self.filters, region.width)] if self.filters else []
        if region.height < 8 or not self.source.all_size():
            return lines
        first, last = self._ends()
        cells = max(8, region.width - len(first) - len(last) - 2)
        until = max(self._now, int(self._row(self.source.all_size() - 1)["t"]) + 1)
        counts, loud = self.view.counts(edges(until, cells))
        here = -1
        if self._moving_in_time or not self.following:
            here = min(cells - 1, int(self._row(self._anchor)["t"]) * cells // until)
        lines.append([Piece(first + " ", "log--dim"), *bars(counts, "", here), Piece(" " + last, "log--dim")])
        if region.height >= ROOM_FOR_LOUD:
            name = "WARN+"[: len(first)].ljust(len(first) + 1)
            lines.append([Piece(name, "log--dim"), *bars(loud, "log--warn", -1)])
        return lines

    def _ends(self) -> tuple[str, str]:
        if self.clock is None:
            return "start", "now"
        return self.clock.short(0), self.clock.short(self._now)

    def _entitle(self) -> None:
        count = len(self._items)
        parts = ["Log", "follow" if self.following else f"line {self._place + 1:,} of {count:,}"]
        new = self.view.size() - self._left_at
        if not self.following and new > 0 and self.view.complete:
            parts.append(f"{new:,} new")
        if self._moving_in_time:
            parts.append("histogram: ←→")
        if self._selecting is not None:
            parts.append(f"{abs(self._place - self._selected_from()) + 1:,} selected")
        if not self.view.complete:
            parts.append(f"{self.view.seen:.0%} read")
        parts += [word for word, on in (("wrapped", self._wrap), ("repeats folded", self._fold)) if on]
        if self._sought:
            parts.append(f"/{self._sought.typed}{self._hits()}")
        self.border_title = Content(clean(" · ".join(parts)))

    def _hits(self) -> str:
        if self.found is None:
            return ""
        size = self.found.size()
        at = self.found.position(self._anchor)
        on = at < size and self.found.index(at) == self._anchor
        return f" {at + 1:,} of {size:,}" if on and self.found.complete else f" {size:,} found"

    def _row(self, index: int) -> Data:
        if index not in self._rows:
            if len(self._rows) > 4_000:
                self._rows.clear()
            self._rows[index] = self.source.row(index)
        return self._rows[index]

    # Drawing

    def _broken(self, item: Item) -> list[str]:
        text = drawing.words(self._row(item.index), item.count)
        if self._wrap:
            return drawing.broken(text, self.scrollable_content_region.width - drawing.BEFORE)
        return [text[self._left :]]

    def _line_at(self, y: int) -> tuple[Item, str, bool] | None:
        """What stands at line *y* below the header: an entry, the part of its text, whether it is the first part."""
        top = self.scroll_offset.y
        if not self._wrap:
            if top + y >= len(self._items):
                return None
            item = self._items[top + y]
            return item, self._broken(item)[0], True
        if not self._window:
            line = 0
            for place in range(top, min(len(self._items), top + self._body)):
                item = self._items[place]
                for part, text in enumerate(self._broken(item)):
                    self._window[line] = item, text, part == 0
                    line += 1
                if line >= self._body:
                    break
        return self._window.get(y)

    def why_empty(self) -> str:
        """What is said where there is no line to show."""
        return ""

    def render_line(self, y: int) -> Strip:
        """The line at *y* of the pane."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        if y < len(self._head):
            pieces = [(piece.text, piece.style) for piece in self._head[y]]
            return self._strip(pieces, "", width)
        found = self._line_at(y - len(self._head))
        if found is None:
            if y == len(self._head) and not len(self._items) and (why := self.why_empty()):
                return self._strip([(f" {why}", "log--dim")], "", width)
            return Strip.blank(width, base)
        item, text, first = found
        row = self._row(item.index)
        focused = self.has_focus or not self.following
        kind = "log--cursor" if focused and item.index == self._items_index() else ""
        sign = "*" if row["address"] in self.pins else ">" if self._is_selected(item) else "·" if item.around else " "
        pieces = [(sign if first else " ", "log--pin")]
        pieces += drawing.before(row) if first else [(" " * (drawing.BEFORE - 1), "")]
        pieces += [(part, style or ("log--dim" if item.around else "")) for part, style in
                   drawing.marked(text, self._sought)]  # fmt: skip
        strip = self._strip(pieces, kind, width)
        if (chosen := self.text_selection) is not None and (span := chosen.get_span(y)) is not None:
            start, end = span
            end = width if end == -1 else end
            style = self.screen.get_component_rich_style("screen--selection")
            strip = Strip.join([strip.crop(0, start), strip.crop(start, end).apply_style(style), strip.crop(end)])
        return strip.apply_offsets(0, y)

    def _strip(self, pieces: Sequence[tuple[str, str]], kind: str, width: int) -> Strip:
        base = self.rich_style
        if kind:
            base = base + self.get_component_rich_style(kind)
        segments = [
            Segment(text, base + self.get_component_rich_style(style, partial=True) if style else base)
            for text, style in ((text, "" if kind and style == "log--dim" else style) for text, style in pieces)
        ]
        return Strip(segments).adjust_cell_length(width, base).crop(0, width)

    def _items_index(self) -> int:
        return self._items[self._place].index if self._place < len(self._items) else -1

    def _selected_from(self) -> int:
        return self._items.place_of(self._selecting) if self._selecting is not None else self._place

    def _is_selected(self, item: Item) -> bool:
        if self._selecting is None:
            return False
        here = self._items_index()
        return min(self._selecting, here) <= item.index <= max(self._selecting, here)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that the mouse has selected."""
        lines = [self.render_line(y).text.rstrip() for y in range(self.scrollable_content_region.height)]
        return selection.extract("\n".join(lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    # Moving

    def go(self, place: int) -> None:
        """Put the cursor on an entry, in sight, and stop following."""
        if not len(self._items):
            return
        if self.following:
            self._left_at = self.view.size()
        self._place = max(0, min(place, len(self._items) - 1))
        self._anchor = self._items[self._place].index
        self.following = False
        top = self.scroll_offset.y
        if self._place < top:
            far = top - self._place > 2 * self._body
            self._scroll(self._place - (self._body // 2 if far else 0))
        elif self._place > (bottom := self._bottom()):
            far = self._place - bottom > 2 * self._body
            self._scroll(self._place - self._body // 2 if far else self._top_for(self._place))
        self._head = self._header()
        self._entitle()
        self._redraw()

    def _bottom(self) -> int:
        """The last place that is wholly in sight."""
        top, room = self.scroll_offset.y, self._body
        if not self._wrap:
            return top + room - 1
        place = top
        while place < len(self._items) and (room := room - len(self._broken(self._items[place]))) >= 0:
            place += 1
        return max(top, place - 1)

    def go_to(self, t: int) -> None:
        """Go to the first row at or after a moment (ms)."""
        if self.view.size():
            position = min(self.view.first_at(t), self.view.size() - 1)
            self.go(self._items.place_of(self.view.index(position)))

    def action_move(self, lines: int) -> None:
        self.go(self._place + lines)

    def action_page(self, pages: int) -> None:
        self.go(self._place + pages * max(1, self._body - 1))

    def action_first(self) -> None:
        self.go(0)

    def action_follow(self) -> None:
        self.following = True
        self._settle()

    def action_shift(self, cells: int) -> None:
        if self._moving_in_time:
            self._step_in_time(1 if cells > 0 else -1)
        else:
            self._left = max(0, self._left + cells)
            self._redraw()

    def action_jump(self, minutes: int) -> None:
        if line := self.current():
            self.go_to(int(line["t"]) + minutes * 60_000)

    def action_histogram(self) -> None:
        self._moving_in_time = not self._moving_in_time
        if self._moving_in_time and self.following:
            self.go(self._place)
        self._settle()

    def _step_in_time(self, step: int) -> None:
        """To the next span of the histogram, in that direction, that has rows."""
        line = self.current()
        cells = [piece for piece in self._bars() if piece.cell >= 0]
        if not line or not cells:
            return
        until = self._until()
        here = min(len(cells) - 1, int(line["t"]) * len(cells) // until) + step
        while 0 <= here < len(cells) and cells[here].text == " ":
            here += step
        if 0 <= here < len(cells):
            self.go_to(-(-until * here // len(cells)))

    def _bars(self) -> list[Piece]:
        at = 1 if self.filters else 0
        return self._head[at] if len(self._head) > at else []

    def _until(self) -> int:
        return max(self._now, int(self._row(self.source.all_size() - 1)["t"]) + 1)

    def current(self) -> Data | None:
        """The row under the cursor."""
        return self._row(self._items_index()) if self._place < len(self._items) else None

    def index_at(self, t: int) -> int:
        """The place of the first row at or after *t* (ms)."""
        position = self.view.first_at(t)
        if position >= self.view.size():
            return len(self._items)
        return self._items.place_of(self.view.index(position))
