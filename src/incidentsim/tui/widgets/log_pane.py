"""The log: lines of the simulated system, rendered only where they are seen."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from incidentsim.tui.session import Data, LogView
from incidentsim.tui.widgets.log_filter import LEVEL_STEPS, LogFilter
from incidentsim.tui.wording import clean, column

SLICE = 400
"""Lines looked at by a search before keys are answered again."""


class LogPane(ScrollView, can_focus=True, inherit_bindings=False):
    """A window on a `LogView`: cursor, follow mode, filter, search and pins."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "log--dim", "log--text", "log--warn", "log--error", "log--cursor", "log--match", "log--pin",
    }  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "line up", show=False),
        Binding("down,j", "move(1)", "line down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("home", "first", "first line", show=False),
        Binding("end", "follow", "last line, and follow", show=False),
        Binding("left", "shift(-20)", "text left", show=False),
        Binding("right", "shift(20)", "text right", show=False),
        Binding("left_square_bracket", "jump(-10)", "ten minutes back", show=False),
        Binding("right_square_bracket", "jump(10)", "ten minutes on", show=False),
        Binding("enter", "open", "open"),
        Binding("asterisk", "pin", "pin"),
        Binding("n", "again(1)", "next match", show=False),
        Binding("N", "again(-1)", "previous match", show=False),
        Binding("l", "level", "level"),
    ]

    class Opened(Message):
        """A line was opened."""

        def __init__(self, line: Data) -> None:
            super().__init__()
            self.line = line

    class Pinned(Message):
        """A line was pinned."""

        def __init__(self, line: Data) -> None:
            super().__init__()
            self.line = line

    def __init__(self, log: LogView, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.source = log
        self.view = log
        self.cursor = 0
        self.following = True
        self.filter = LogFilter()
        self.searched = ""
        self.pins: set[str] = set()
        self._count = 0
        self._left = 0
        self._cache: dict[int, Data] = {}

    def on_mount(self) -> None:
        self.poll()

    def on_resize(self) -> None:
        self._resized()
        if self.following:
            self._to_end()

    def poll(self) -> None:
        """Take up the lines that came since the last call."""
        count = self.view.size()
        if count == self._count and self.border_title:
            return
        self._count = count
        self._resized()
        if self.following:
            self._to_end()
        self._entitle()
        self.refresh()

    def _resized(self) -> None:
        size = Size(self.scrollable_content_region.width, self._count)
        if size != self.virtual_size:
            self.set_reactive(LogPane.virtual_size, size)
            self._scroll_update(size)

    def _to_end(self) -> None:
        self.cursor = max(0, self._count - 1)
        self.scroll_to(y=max(0, self._count - self._height), animate=False, force=True)

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def _entitle(self) -> None:
        mode = "follow" if self.following else f"line {self.cursor + 1:,} of {self._count:,}"
        title = " · ".join(["Log", mode, *self.filter.words()])
        if self.searched:
            title += f" · /{self.searched}"
        self.border_title = Content(clean(title))

    def _line(self, index: int) -> Data:
        if index not in self._cache:
            if len(self._cache) > 4_000:
                self._cache.clear()
            self._cache[index] = self.view.line(index)
        return self._cache[index]

    def render_line(self, y: int) -> Strip:
        """The line at *y* of the window."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        if index >= self._count:
            return Strip.blank(width, self.rich_style)
        line = self._line(index)
        level = str(line["level"])
        base = self.rich_style
        if index == self.cursor and (self.has_focus or not self.following):
            base = base + self.get_component_rich_style("log--cursor")
        dim = base + self.get_component_rich_style("log--dim", partial=True)
        kind = {"WARN": "log--warn", "ERROR": "log--error", "FATAL": "log--error"}.get(level)
        word = base + self.get_component_rich_style(kind, partial=True) if kind else dim
        pin = base + self.get_component_rich_style("log--pin", partial=True)
        segments = [
            Segment("*" if line["address"] in self.pins else " ", pin),
            Segment(f"{clean(line['time'])[:8]} ", dim),
            Segment(f"{level[:5]:<6}", word),
            Segment(column(line["service"], 13) + " ", dim),
            *self._text(clean(line["text"])[self._left :], base),
        ]
        return Strip(segments).adjust_cell_length(width, base).crop(0, width)

    def _text(self, text: str, base: Style) -> list[Segment]:
        needle = self.searched.lower()
        found = text.lower().find(needle) if needle else -1
        if found < 0:
            return [Segment(text, base)]
        match = base + self.get_component_rich_style("log--match", partial=True)
        end = found + len(needle)
        return [Segment(text[:found], base), Segment(text[found:end], match), Segment(text[end:], base)]

    def go(self, index: int) -> None:
        """Put the cursor on a line, in sight, and stop following."""
        if not self._count:
            return
        self.cursor = max(0, min(index, self._count - 1))
        self.following = False
        top = self.scroll_offset.y
        if not top <= self.cursor < top + self._height:
            above = self._height - 1 if self.cursor >= top + self._height else 0
            if abs(self.cursor - top) > 2 * self._height:
                above = self._height // 2
            self.scroll_to(y=max(0, self.cursor - above), animate=False, force=True)
        self._entitle()
        self.refresh()

    def action_move(self, lines: int) -> None:
        self.go(self.cursor + lines)

    def action_page(self, pages: int) -> None:
        self.go(self.cursor + pages * (self._height - 1))

    def action_first(self) -> None:
        self.go(0)

    def action_follow(self) -> None:
        self.following = True
        self._to_end()
        self._entitle()
        self.refresh()

    def action_shift(self, cells: int) -> None:
        self._left = max(0, self._left + cells)
        self.refresh()

    def action_jump(self, minutes: int) -> None:
        if self._count:
            self.go(self.index_at(int(self._line(self.cursor)["t"]) + minutes * 60_000))

    def index_at(self, t: int) -> int:
        """The first line at or after *t*."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if int(self._line(middle)["t"]) < t:
                low = middle + 1
            else:
                high = middle
        return low

    def current(self) -> Data | None:
        """The line under the cursor."""
        return self._line(self.cursor) if self.cursor < self._count else None

    def action_open(self) -> None:
        if line := self.current():
            self.post_message(self.Opened(line))

    def action_pin(self) -> None:
        if line := self.current():
            self.post_message(self.Pinned(line))

    def action_level(self) -> None:
        step = (LEVEL_STEPS.index(self.filter.level) + 1) % len(LEVEL_STEPS)
        self.apply(self.filter.at(LEVEL_STEPS[step]))

    def apply(self, wanted: LogFilter) -> None:
        """Show only what passes *wanted*; the cursor stays at its time."""
        here = self.current()
        self.filter = wanted
        self.view = wanted.applied(self.source)
        self._cache.clear()
        self._count = self.view.size()
        self._resized()
        if self.following or here is None:
            self._to_end()
        else:
            self.go(self.index_at(int(here["t"])))
        self._entitle()
        self.refresh()

    def search(self, text: str) -> None:
        """Look for *text*, backwards from the cursor, since the newest lines are the nearest."""
        self.searched = text
        self._entitle()
        self.refresh()
        if text:
            self._look(-1)

    def action_again(self, direction: int) -> None:
        if self.searched:
            self._look(direction)

    def _look(self, direction: int) -> None:
        self.run_worker(self._scan(direction), exclusive=True, group="search")

    async def _scan(self, direction: int) -> None:
        needle, view, count = self.searched.lower(), self.view, self._count
        for step in range(1, count + 1):
            index = (self.cursor + direction * step) % count
            if needle in str(view.line(index)["text"]).lower():
                if view is self.view:
                    self.go(index)
                return
            if step % SLICE == 0:
                await asyncio.sleep(0)
        self.notify(f"No line with “{clean(self.searched)}”.", markup=False)

    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        self.refresh(Region(0, 0, self.size.width, self.size.height))
