"""The log as a seat sees it: rows up to now, kept as columns and rendered when looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidentsim.simulation.rows import Row, RowBlock
    from incidentsim.simulation.world import World

LEVEL_ORDER = {"TRACE": 0, "DEBUG": 1, "INFO": 2, "WARN": 3, "ERROR": 4, "FATAL": 5}


class RowStore:
    """Blocks of rows in order. They are added as time passes; looking back reads what is stored."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._blocks: list[RowBlock] = []
        self._starts: list[int] = []
        """Index of each block's first row."""
        self._times: list[int] = []
        """Where each block begins (ms)."""
        self._upto = 0
        self._now = 0
        self._size = 0

    def extend(self, now: int) -> None:
        """Let the rows before *now* (ms) be seen. They are taken in when somebody looks."""
        self._now = now

    def _take_in(self) -> None:
        now = self._now
        if now <= self._upto:
            return
        block = self._world.block(self._upto, now)
        self._times.append(self._upto)
        self._upto = now
        self._starts.append(self._size)
        self._blocks.append(block)
        self._size += len(block)

    def __len__(self) -> int:
        self._take_in()
        return self._size

    def row(self, index: int) -> Row:
        """One row, rendered. Raises `IndexError`."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        number = bisect_right(self._starts, index) - 1
        return self._blocks[number].row(index - self._starts[number])

    def rows(self, first: int, last: int) -> Iterator[Row]:
        """Rows first ≤ i < last, rendered a page at a time."""
        self._take_in()
        for block, start in zip(self._blocks, self._starts, strict=True):
            here, to = max(first - start, 0), min(last - start, len(block))
            if here < to:
                yield from block.part(here, to).rows()

    def all_rows(self, first: int = 0) -> Iterator[tuple[int, Row]]:
        """(index, row) from *first* on, rendered a block at a time."""
        self._take_in()
        number = max(0, bisect_right(self._starts, first) - 1)
        for block, start in zip(self._blocks[number:], self._starts[number:], strict=True):
            for offset, row in enumerate(block.rows()):
                if start + offset >= first:
                    yield start + offset, row

    def first_at(self, t: int) -> int:
        """The index of the first row at or after *t* (ms)."""
        self._take_in()
        number = max(0, bisect_right(self._times, t) - 1)
        if not self._blocks:
            return 0
        block, start = self._blocks[number], self._starts[number]
        return start + bisect_left(range(len(block)), t, key=block.time)

    def find(self, pattern: str, index: int) -> Row | None:
        """The row of an address, if it has appeared by now."""
        row = self._world.row_at(pattern, index)
        return row if row is not None and row.t < self._now else None


class LogView:
    """What a log pane needs: how many rows there are, and any of them as JSON data.

    A filter keeps the indices of rows that match, and grows as rows arrive.
    """

    def __init__(
        self,
        store: RowStore,
        clock: Any,
        level: str = "",
        service: str = "",
        text: str = "",
        exclude: str = "",
    ) -> None:
        self._store = store
        self._clock = clock
        self._level = LEVEL_ORDER.get(level, -1)
        self._service = service
        self._text = text.casefold()
        self._exclude = exclude.casefold()
        self._plain = self._level < 0 and not (service or text or exclude)
        self._indices: list[int] = []
        self._seen = 0

    def size(self) -> int:
        """How many rows match so far."""
        if self._plain:
            return len(self._store)
        if self._seen < len(self._store):
            for index, row in self._store.all_rows(self._seen):
                if self._matches(row):
                    self._indices.append(index)
            self._seen = len(self._store)
        return len(self._indices)

    def line(self, position: int) -> dict[str, Any]:
        """One row as JSON data. Raises `IndexError`."""
        return self._data(self._store.row(position if self._plain else self._indices[position]))

    def lines(self, first: int, last: int) -> list[dict[str, Any]]:
        """Rows first ≤ i < last as JSON data; quicker than one by one."""
        if self._plain:
            return [self._data(row) for row in self._store.rows(first, last)]
        return [self.line(position) for position in range(max(0, first), min(last, self.size()))]

    def _data(self, row: Row) -> dict[str, Any]:
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
        return LogView(self._store, self._clock, level, service, text, exclude)

    def _matches(self, row: Row) -> bool:
        if LEVEL_ORDER.get(row.level, 2) < self._level or (self._service and row.service != self._service):
            return False
        folded = row.text.casefold()
        return self._text in folded and not (self._exclude and self._exclude in folded)
