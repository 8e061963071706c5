"""Rows that pass filters, as indices into the row store: found in pieces, the newest first, growing as rows arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from incidentsim.exercise.log_filter import LEVEL_ORDER, Filter, active
from incidentsim.exercise.log_reach import Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from incidentsim.exercise.rowstore import RowStore
    from incidentsim.simulation.rows import RowBlock, RowEngine

BUCKET = 10_000
"""ms of one count of the histogram."""
PIECE = 8_192
"""Rows of a block that are looked at together."""
FREE = 64
"""Rows that need no reading cost as much as one that does."""
MOST_BUCKETS = 24 * 60 * 6 * 14


class Selection:
    """The rows of a store that pass every filter that is on.

    Rows that have arrived are taken up by `take_up`; `scan` goes on with what stood there before. *filters* are
    checked ones. Indices are kept as 32-bit numbers, with the pattern of each: eight bytes a hit.
    """

    def __init__(self, store: RowStore, filters: Sequence[Filter] = ()) -> None:
        self._store = store
        self.filters = active(filters)
        self._table: NDArray[np.int8] | None = None
        self._low = self._high = len(store)
        """Rows low ≤ i < high have been looked at."""
        self._hits: list[NDArray[np.int32]] = []
        self._codes: list[NDArray[np.int32]] = []
        self._buckets: NDArray[np.int64] = np.zeros((2, 64), dtype=np.int64)

    @property
    def complete(self) -> bool:
        """Every row has been looked at."""
        return self._low == 0

    @property
    def reached(self) -> int:
        """The index from which on every row has been looked at."""
        return self._low

    @property
    def seen(self) -> float:
        """How much of the store has been looked at, 0 to 1."""
        return 1.0 if self._high == 0 else (self._high - self._low) / self._high

    def take_up(self) -> int:
        """Look at the rows that have arrived since; gives how many of them pass."""
        size, found = len(self._store), 0
        for block, first, last, start in self._store.pieces(self._high, size):
            for at in range(first, last, PIECE):
                hits, codes = self._passing(block, at, min(at + PIECE, last))
                self._count(block, hits)
                self._append((hits + start).astype(np.int32), codes)
                found += len(hits)
        self._high = size
        return found

    def scan(self, cost: int = 2_000) -> bool:
        """Look at rows before those that were looked at, until about so many were read; True when there are none left.

        A row that has to be read costs 1, one that its pattern decides 1/64.
        """
        spent = 0.0
        while self._low > 0 and spent < cost:
            block, start = self._store.block_of(self._low - 1)
            last = self._low - start
            first = max(0, last - PIECE)
            read = self._reading(block, first, last)
            if read > cost:
                # A piece that has to be read is halved until it fits.
                first = max(0, last - max(64, (last - first) * cost // max(1, read)))
            hits, codes = self._passing(block, first, last)
            self._count(block, hits)
            self._hits.insert(0, (hits + start).astype(np.int32))
            self._codes.insert(0, codes)
            self._tidy()
            self._low = start + first
            spent += self._reading(block, first, last) + (last - first) / FREE
        return self._low == 0

    def finish(self) -> None:
        """Look at everything now."""
        self.take_up()
        while not self.scan(1_000_000):
            pass

    def __len__(self) -> int:
        return sum(map(len, self._hits))

    def hits(self) -> NDArray[np.int32]:
        """Indices of the rows found so far, ascending."""
        return _joined(self._hits)

    def codes(self) -> NDArray[np.int32]:
        """Which pattern wrote each of `hits`."""
        return _joined(self._codes)

    def counts(self, edges: Sequence[int]) -> tuple[list[int], list[int]]:
        """Rows found between each two moments (ms) that follow each other: all, and those at WARN or above.

        Moments are rounded to whole `BUCKET`.
        """
        places = np.clip(np.array(edges, dtype=np.int64) // BUCKET, 0, self._buckets.shape[1])
        sums = np.concatenate([np.zeros((2, 1), dtype=np.int64), np.cumsum(self._buckets, axis=1)], axis=1)
        found = np.diff(sums[:, places], axis=1)
        return found[0].tolist(), found[1].tolist()

    def _verdicts(self, engine: RowEngine) -> NDArray[np.int8]:
        if self._table is None:
            found = [verdict(self.filters, pattern, writer)
                     for pattern, writer in zip(engine.patterns, engine.writers, strict=True)]  # fmt: skip
            # Rows of events and effects belong to no pattern: each is read.
            last = Verdict.READ if self.filters else Verdict.YES
            self._table = np.array([*found, last], dtype=np.int8)
        return self._table

    def _reading(self, block: RowBlock, first: int, last: int) -> int:
        """How many rows of a piece have to be read."""
        table = self._verdicts(self._store.engine)
        return int(np.count_nonzero(table[block.codes[first:last]] == Verdict.READ))

    def _passing(self, block: RowBlock, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Positions in *block* of the rows first ≤ i < last that pass, and their patterns."""
        codes = block.codes[first:last]
        known = self._verdicts(self._store.engine)[codes]
        passing = known == Verdict.YES
        unread = np.flatnonzero(known == Verdict.READ)
        if len(unread):
            rows = block.at(unread + first).rows()
            passing[unread] = [self._passes(row.service, row.level, row.text, row.pattern) for row in rows]
        found = np.flatnonzero(passing)
        return found + first, codes[found].astype(np.int32)

    def _passes(self, service: str, level: str, text: str, pattern: str) -> bool:
        for one in self.filters:
            match one.kind:
                case "level":
                    passes = (LEVEL_ORDER.get(level, 2) >= LEVEL_ORDER[one.value]) is not one.exclude
                case "service":
                    passes = (service == one.value) is not one.exclude
                case "like":
                    passes = (pattern == one.value) is not one.exclude
                case _:
                    passes = one.says(text)
            if not passes:
                return False
        return True

    def _count(self, block: RowBlock, positions: NDArray[np.int64]) -> None:
        if not len(positions):
            return
        at = block.times[positions] // BUCKET
        most = min(int(at.max()) + 1, MOST_BUCKETS)
        if most > self._buckets.shape[1]:
            wider = np.zeros((2, max(most, 2 * self._buckets.shape[1])), dtype=np.int64)
            wider[:, : self._buckets.shape[1]] = self._buckets
            self._buckets = wider
        size = self._buckets.shape[1]
        self._buckets[0] += np.bincount(at, minlength=size)[:size]
        loud = self._store.loud(block, positions)
        self._buckets[1] += np.bincount(at[loud], minlength=size)[:size]

    def _append(self, hits: NDArray[np.int32], codes: NDArray[np.int32]) -> None:
        if len(hits):
            self._hits.append(hits)
            self._codes.append(codes)
            self._tidy()

    def _tidy(self) -> None:
        """Few long pieces instead of many short ones."""
        if len(self._hits) > 256:
            self._hits, self._codes = [self.hits()], [self.codes()]


def _joined(parts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    if len(parts) > 1:
        parts[:] = [np.concatenate(parts)]
    return parts[0] if parts else np.zeros(0, dtype=np.int32)
