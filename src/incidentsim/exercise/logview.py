"""What a log pane needs: how many rows pass its filters, any of them as JSON data, and where in time they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from incidentsim.exercise.log_filter import Filter, filters_of
from incidentsim.exercise.log_selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from incidentsim.exercise.rowstore import RowStore
    from incidentsim.simulation.rows import Row

Data = dict[str, Any]


class LogView:
    """The rows of the log up to now that pass every filter.

    Positions count the rows that pass, *index* counts all rows. A view made by `filtered` has looked at every row
    whenever it is asked; one made by `selected` goes on in pieces (`scan`), the newest first, so that nobody waits.
    """

    def __init__(
        self, store: RowStore, clock: Callable[[int], str], filters: Sequence[Filter] = (), whole: bool = True
    ) -> None:
        self._store = store
        self._clock = clock
        self._whole = whole
        self._selection = Selection(store, filters)
        self._plain = not self._selection.filters

    @property
    def complete(self) -> bool:
        """Every row up to now has been looked at."""
        return self._plain or self._selection.complete

    @property
    def seen(self) -> float:
        """How much of the log has been looked at, 0 to 1."""
        return 1.0 if self._plain else self._selection.seen

    @property
    def reached(self) -> int:
        """The index from which on every row has been looked at."""
        return 0 if self._plain else self._selection.reached

    def scan(self, cost: int = 2_000) -> bool:
        """Go on looking at older rows, about so many of them read; True when there are none left."""
        return self._plain or self._selection.scan(cost)

    def size(self) -> int:
        """How many rows pass, as far as they have been looked at."""
        if self._plain:
            return len(self._store)
        if self._whole and not self._selection.complete:
            self._selection.finish()
        self._selection.take_up()
        return len(self._selection)

    def all_size(self) -> int:
        """How many rows there are, filters or not."""
        return len(self._store)

    def index(self, position: int) -> int:
        """The index of the row at a position. Raises `IndexError`."""
        return position if self._plain else int(self._selection.hits()[position])

    def position(self, index: int) -> int:
        """The first position whose row's index is at least *index*; the size where there is none."""
        if self._plain:
            return max(0, min(index, len(self._store)))
        return int(np.searchsorted(self._selection.hits(), index))

    def first_at(self, t: int) -> int:
        """The first position whose row was written at or after *t* (ms)."""
        return self.position(self._store.first_at(t))

    def row(self, index: int) -> Data:
        """A row by its index, whether it passes or not. Raises `IndexError`."""
        return self._data(self._store.row(index))

    def line(self, position: int) -> Data:
        """One row as JSON data. Raises `IndexError`."""
        return self.row(self.index(position))

    def lines(self, first: int, last: int) -> list[Data]:
        """Rows first ≤ i < last as JSON data; quicker than one by one."""
        first, last = max(0, first), min(last, self.size())
        if self._plain:
            return [self._data(row) for row in self._store.rows(first, last)]
        return [self.line(position) for position in range(first, last)]

    def runs(self) -> NDArray[np.int64]:
        """The first position of each run of rows that one pattern wrote; a repeat is within a run."""
        selection = self._selection
        if self._plain:
            selection.take_up()
            while not selection.scan(1_000_000):
                pass
        codes = selection.codes()
        if not len(codes):
            return np.zeros(0, dtype=np.int64)
        return np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1]).astype(np.int64)

    def counts(self, edges: Sequence[int]) -> tuple[list[int], list[int]]:
        """Rows that pass between each two moments (ms), to ten seconds: all of them, and those at WARN or above."""
        if self._plain:
            self._selection.take_up()
            while not self._selection.scan(1_000_000):
                pass
        return self._selection.counts(edges)

    def _data(self, row: Row) -> Data:
        return {
            "t": row.t,
            "time": self._clock(row.t),
            "service": row.service,
            "level": row.level,
            "text": row.text,
            "address": f"row:{row.pattern}:{row.index}",
        }

    def filtered(self, level: str = "", service: str = "", text: str = "", exclude: str = "") -> LogView:
        """A view of the rows at *level* or above, of *service*, that hold *text* and not *exclude*."""
        wanted: list[Data] = [
            {"kind": "level", "value": level},
            {"kind": "service", "value": service},
            {"kind": "text", "value": text},
            {"kind": "text", "value": exclude, "exclude": True},
        ]
        return LogView(self._store, self._clock, filters_of(each for each in wanted if each["value"]))

    def selected(self, filters: Iterable[Data]) -> LogView:
        """A view of the rows that pass *filters* (see `incidentsim.exercise.log_filter`), to be scanned in pieces.

        Raises `Problem` for a filter that cannot be one.
        """
        return LogView(self._store, self._clock, filters_of(filters), whole=False)
