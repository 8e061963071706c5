"""The log as a seat sees it: rows up to now, kept as columns and rendered when looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from incidentsim.exercise.log_filter import LEVEL_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from incidentsim.simulation.rows import Row, RowBlock, RowEngine
    from incidentsim.simulation.world import World


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

    @property
    def engine(self) -> RowEngine:
        """What writes the rows."""
        return self._world.row_engine

    def pieces(self, first: int, last: int) -> Iterator[tuple[RowBlock, int, int, int]]:
        """The blocks of the rows first ≤ i < last: (block, from, to, index of the block's first row)."""
        self._take_in()
        number = max(0, bisect_right(self._starts, first) - 1)
        for block, start in zip(self._blocks[number:], self._starts[number:], strict=True):
            here, to = max(first - start, 0), min(last - start, len(block))
            if here < to:
                yield block, here, to, start

    def block_of(self, index: int) -> tuple[RowBlock, int]:
        """The block that holds a row, and the index of the block's first row."""
        self._take_in()
        number = bisect_right(self._starts, index) - 1
        return self._blocks[number], self._starts[number]

    def loud(self, block: RowBlock, positions: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of a block's rows are at WARN or above."""
        found: NDArray[np.bool_] = self._loud[block.codes[positions]]
        others = np.flatnonzero(block.codes[positions] == len(self.engine.patterns))
        if len(others):
            rows = block.at(positions[others]).rows()
            found[others] = [LEVEL_ORDER.get(row.level, 2) >= LEVEL_ORDER["WARN"] for row in rows]
        return found

    @cached_property
    def _loud(self) -> NDArray[np.bool_]:
        levels = [LEVEL_ORDER[pattern.level] for pattern in self.engine.patterns]
        return np.array([*(level >= LEVEL_ORDER["WARN"] for level in levels), False], dtype=np.bool_)

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
