"""The log pane: a list of log rows with keys, filters, search, selection and the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.message import Message

from incidentsim.exercise.log_filter import Filter, active
from incidentsim.tui.keys import log
from incidentsim.tui.keys.model import bindings
from incidentsim.tui.session import Data, LogView
from incidentsim.tui.widgets import log_drawing as drawing
from incidentsim.tui.widgets.log_items import Items
from incidentsim.tui.widgets.log_list import LogList
from incidentsim.tui.widgets.log_reading import FIRST, nearest, slices
from incidentsim.tui.wording import clean

LEVEL_STEPS = ("", "INFO", "WARN", "ERROR")
"""What the level key steps through; the empty one shows all."""
MOST_COPIED = 10_000
REDRAW = 0.25
"""Seconds between two drawings while a filter reads: drawing the pane costs more than a slice of reading."""


class LogPane(LogList, inherit_bindings=False):
    """The log of the war room."""

    HELP_ID = "log"
    BINDINGS: ClassVar[list[BindingType]] = bindings(log.COMMANDS)

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

    class FiltersWanted(Message):
        """The list of filters was asked for."""

    # Looking

    def action_open(self) -> None:
        if self._moving_in_time:
            self.action_histogram()
        elif line := self.current():
            self.post_message(self.Opened(line))

    def action_pin(self) -> None:
        if line := self.current():
            self.post_message(self.Pinned(line))

    def action_wrap(self) -> None:
        self._wrap = not self._wrap
        self._left = 0
        self._settle()

    def action_fold(self) -> None:
        self._fold = not self._fold
        self._list_anew()

    def action_select(self) -> None:
        self._selecting = None if self._selecting is not None else self._items_index()
        if self._selecting is not None and self.following:
            self.go(self._place)
        self._settle()

    def selected_text(self) -> str:
        """The lines that are selected by keys, or the one in focus."""
        low, high = sorted((self._selected_from(), self._place))
        if not len(self._items):
            return ""
        high = min(high, low + MOST_COPIED - 1)
        return "\n".join(drawing.plain_row(self._row(self._items[place].index)) for place in range(low, high + 1))

    def why_empty(self) -> str:
        """That nothing passes the filters, once all of the log was looked at."""
        on = active(self.filters)
        if not on or not self.view.complete:
            return "" if self.view.complete else "Looking …"
        return f"No line passes {'this filter' if len(on) == 1 else 'these filters'}; F changes them."

    def leave_mode(self) -> bool:
        """Leave the innermost of what is under way: a selection, the histogram, a scan, rows around, a search."""
        if self._selecting is not None:
            self._selecting = None
        elif self._moving_in_time:
            self._moving_in_time = False
        elif any(worker.group == "log" for worker in self.workers if worker.node is self and worker.is_running):
            self.workers.cancel_group(self, "log")
            self.notify("Stopped; rows before were not looked at.", markup=False)
        elif self._around is not None:
            self._around = None
            self._list_anew()
        elif self._sought is not None:
            self._sought = self.found = None
        else:
            return False
        self._settle()
        return True

    # Filtering

    def look_at(self, source: LogView) -> None:
        """Show another log, from its end."""
        self.source = source
        self.following = True
        self._around = self._selecting = None
        self._now = 0
        self._rows.clear()
        self._show(self.filters)

    def apply(self, filters: Sequence[Filter]) -> None:
        """Show only what passes; the place is kept."""
        self._around = None
        self._show(tuple(filters))

    def _show(self, filters: tuple[Filter, ...]) -> None:
        self.filters = filters
        on = [each.to_json() for each in active(filters)]
        self.view = self.source.selected(on) if on else self.source
        self.view.scan(FIRST)
        self._list_anew()
        self._left_at = self.view.size()
        if self._sought:
            self._seek()
        if not self.view.complete or (self.found is not None and not self.found.complete):
            self.run_worker(self._read(), exclusive=True, group="log")

    def _list_anew(self) -> None:
        self._items = Items(self.view, self._fold, self._around)
        self._told = (-1, -1, -1)
        self._settle()

    async def _read(self) -> None:
        view, found = self.view, self.found
        drawn = monotonic()
        async for _ in slices(view):
            if monotonic() - drawn >= REDRAW:
                self._settle()
                drawn = monotonic()
        if found is not None:
            async for _ in slices(found):
                self._entitle()
        self._settle()

    def switch(self, number: int) -> None:
        """Switch the filter of that number on or off."""
        self.apply([each.switched() if at == number else each for at, each in enumerate(self.filters)])

    def toggle(self, one: Filter) -> None:
        """Add a filter, or remove it where there is the same."""
        key = (one.kind, one.value, one.exclude)
        same = [each for each in self.filters if (each.kind, each.value, each.exclude) == key]
        self.apply([each for each in self.filters if each not in same] if same else [*self.filters, one])

    def action_level(self) -> None:
        known = next((each for each in self.filters if each.kind == "level" and not each.exclude), None)
        at = LEVEL_STEPS.index(known.value) if known and known.value in LEVEL_STEPS else 0
        value = LEVEL_STEPS[(at + 1) % len(LEVEL_STEPS)]
        rest = [each for each in self.filters if each is not known]
        self.apply([Filter("level", value), *rest] if value else rest)

    def action_filters(self) -> None:
        self.post_message(self.FiltersWanted())

    def action_only_service(self) -> None:
        if line := self.current():
            self.toggle(Filter("service", str(line["service"])))

    def show_service(self, service: str) -> None:
        """Show only rows of a service, and go there."""
        rest = [each for each in self.filters if each.kind != "service"]
        self.apply([*rest, Filter("service", service)])
        self.focus()

    def action_hide_like(self) -> None:
        if line := self.current():
            pattern = str(line["address"]).split(":")[1]
            self.toggle(Filter("like", pattern, exclude=True, label=clean(line["text"])[:40]))

    def action_around(self, rows: int) -> None:
        if not active(self.filters) or self._fold:
            self.notify("All rows are shown." if not self._fold else "Unfold repeats first: R.", markup=False)
            return
        index = self._items_index()
        if self._around is not None and abs(self._around[0] - index) <= self._around[1]:
            index, wide = self._around[0], self._around[1] + rows
        else:
            wide = rows
        self._around = (index, wide) if wide > 0 and index >= 0 else None
        if self.following:
            self.go(self._place)
        self._list_anew()

    # Searching

    def search(self, text: str) -> None:
        """Look for *text*, backwards from the cursor, since the newest rows are the nearest. Raises `re.error`."""
        self._sought = drawing.sought(text)
        self.found = None
        if self._sought:
            self._seek()
            self.action_again(-1)
        self._settle()

    def _seek(self) -> None:
        if self._sought is None:
            return
        said = drawing.expression(self._sought.typed)
        one = Filter("regex", said) if said else Filter("text", self._sought.typed)
        self.found = self.source.selected([each.to_json() for each in [*active(self.filters), one]])
        self.found.scan(FIRST)

    def action_again(self, direction: int) -> None:
        if self.found is not None:
            self.run_worker(self._look(direction, self.found), exclusive=True, group="log")

    async def _look(self, direction: int, found: LogView) -> None:
        came = nearest(found, self._anchor, direction)
        reading = slices(found)
        while came is None and not found.complete:
            await anext(reading, None)
            came = nearest(found, self._anchor, direction)
            self._entitle()
        if came is None:
            self.notify(f"No line with “{clean(self.searched)}”.", markup=False)
        else:
            self.go(self._items.place_of(came))
        async for _ in slices(found):
            self._entitle()
        self._entitle()
        if not self.view.complete:
            await self._read()

    # The mouse

    def on_click(self, event: events.Click) -> None:
        if self.text_selection is not None:
            return
        at = event.get_content_offset(self)
        if at is None:
            return
        if at.y < len(self._head):
            self._clicked(at.x, at.y)
            return
        found = self._line_at(at.y - len(self._head))
        if found is None:
            return
        self.go(self._items.place_of(found[0].index))
        if event.chain == 2 and (line := self.current()):
            self.post_message(self.Opened(line))

    def _clicked(self, x: int, y: int) -> None:
        for piece in self._head[y]:
            x -= cell_len(piece.text)
            if x < 0:
                if piece.filter >= 0:
                    self.switch(piece.filter)
                elif piece.cell >= 0:
                    cells = sum(each.cell >= 0 for each in self._head[y])
                    self.go_to(-(-self._until() * piece.cell // cells))
                return

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self._redraw()
