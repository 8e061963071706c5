"""What the log pane lists: rows that pass, repeats folded into one, and the rows around one that passed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from incidentsim.tui.session import LogView


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the list: a row by its index in the whole log."""

    index: int
    count: int = 1
    """How many rows it stands for."""
    around: bool = False
    """It does not pass; it is shown because a row near it does."""


class Items:
    """The entries over a view. *fold*: one for each run of repeats. *around*: (index, rows) shows what is near a row.

    Asked again after `refresh`, it knows the rows that have arrived since.
    """

    def __init__(self, view: LogView, fold: bool = False, around: tuple[int, int] | None = None) -> None:
        self._view = view
        self._fold = fold
        self._near = around if not fold else None
        self._runs: Any = ()
        self._positions = 0
        self._low = self._high = self._first = self._last = 0
        self.refresh()

    def refresh(self) -> None:
        """Take up what has arrived or was found since."""
        self._positions = self._view.size()
        if self._fold:
            self._runs = self._view.runs()
        if self._near is not None:
            index, rows = self._near
            self._low, self._high = max(0, index - rows), min(self._view.all_size(), index + rows + 1)
            self._first, self._last = self._view.position(self._low), self._view.position(self._high)

    def __len__(self) -> int:
        if self._fold:
            return len(self._runs)
        return self._positions - (self._last - self._first) + (self._high - self._low)

    def __getitem__(self, place: int) -> Item:
        if self._fold:
            start = int(self._runs[place])
            end = int(self._runs[place + 1]) if place + 1 < len(self._runs) else self._positions
            return Item(self._view.index(end - 1), end - start)
        if place < self._first or self._high == self._low:
            return Item(self._view.index(place))
        if place < self._first + self._high - self._low:
            index = self._low + place - self._first
            position = self._view.position(index)
            passes = position < self._positions and self._view.index(position) == index
            return Item(index, 1, not passes)
        return Item(self._view.index(place - (self._high - self._low) + (self._last - self._first)))

    def place_of(self, index: int) -> int:
        """The place of the row of that index, or of the next that is listed, or of the last."""
        if self._low <= index < self._high:
            return self._first + index - self._low
        position = self._view.position(index)
        if self._fold:
            place = bisect_right(self._runs, position) - 1
        elif position < self._first or self._high == self._low:
            place = position
        else:
            place = position + (self._high - self._low) - (self._last - self._first)
        return max(0, min(place, len(self) - 1))
