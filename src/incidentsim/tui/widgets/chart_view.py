"""What part of a plot is looked at, and where its cursor stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 6
"""Zooming in stops where so many samples are left."""


@dataclass(slots=True)
class View:
    """A window of time (ms) over samples, with a cursor on one of them.

    While the cursor is on the newest sample it stays there when more arrive, and the window with it.
    """

    times: Sequence[int] = ()
    """When each sample was there (ms), rising."""
    begin: int = 0
    """The earliest moment that can be shown."""
    start: int = 0
    end: int = 0
    cursor: int = -1
    """Index of a sample; -1 where there is none."""
    whole: bool = True
    """All of the time is shown, also when it grows."""

    @property
    def last(self) -> int:
        """The latest moment that can be shown."""
        return self.times[-1] if self.times else self.begin

    @property
    def at(self) -> int | None:
        """The cursor's moment."""
        return self.times[self.cursor] if 0 <= self.cursor < len(self.times) else None

    def take(self, times: Sequence[int], begin: int) -> None:
        """Look at other or more samples; the cursor stays at its moment, or follows the newest."""
        before, follows = self.at, self.cursor == len(self.times) - 1
        old_last, self.times, self.begin = self.last, times, begin
        if not times:
            self.cursor = -1
            return
        self.cursor = len(times) - 1 if follows or before is None else self._nearest(before)
        if self.whole:
            self.start, self.end = begin, self.last
        elif follows and self.end >= old_last:
            self._shift(self.last - self.end)

    def move(self, samples: int) -> None:
        """Move the cursor by so many samples; the window goes along."""
        if self.times:
            self._put(max(0, min(len(self.times) - 1, self.cursor + samples)))

    def point(self, t: int) -> None:
        """Put the cursor on the sample nearest to a moment."""
        if self.times:
            self._put(self._nearest(t))

    def zoom(self, closer: bool) -> None:
        """Half or double the window, with the cursor at the same place in it."""
        if not self.times:
            return
        at = self.at if self.at is not None else self.end
        span = self.end - self.start
        least = min(self.last - self.begin, LEAST * self._spacing())
        new = max(least, span // 2) if closer else min(self.last - self.begin, span * 2)
        share = (at - self.start) / span if span else 1.0
        self.start = round(at - share * new)
        self.end = self.start + new
        self._shift(0)
        self.whole = self.start <= self.begin and self.end >= self.last

    def all(self) -> None:
        """Show everything."""
        self.start, self.end, self.whole = self.begin, self.last, True

    def _spacing(self) -> int:
        return max(1, (self.last - self.begin) // max(1, len(self.times)))

    def _put(self, index: int) -> None:
        self.cursor = index
        at = self.times[index]
        if at < self.start:
            self._shift(at - self.start)
        elif at > self.end:
            self._shift(at - self.end)

    def _shift(self, by: int) -> None:
        """Move the window, as far as there is something to show."""
        span = self.end - self.start
        self.start = max(self.begin, min(self.start + by, self.last - span))
        self.end = min(self.last, self.start + span)

    def _nearest(self, t: int) -> int:
        right = bisect_left(self.times, t)
        if right == 0:
            return 0
        if right == len(self.times):
            return right - 1
        return right if self.times[right] - t < t - self.times[right - 1] else right - 1

    def shown(self) -> range:
        """Indices of the samples in the window, and of one on each side, so that the line goes on to the edge."""
        first, last = bisect_left(self.times, self.start), bisect_right(self.times, self.end)
        return range(max(0, first - 1), min(len(self.times), last + 1))
