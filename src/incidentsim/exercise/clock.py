"""The fair clock: maps wall time to the scenario's time, anchored, never a sum of ticks."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

ASSESSED_PAUSES = 3
ASSESSED_PAUSED_MS = 10 * 60_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much pausing is allowed (*pauses* in number, *wall_ms* in all); None is: as much as one likes."""

    pauses: int | None = None
    wall_ms: int | None = None


FREE = Allowance()
LIMITED = Allowance(ASSESSED_PAUSES, ASSESSED_PAUSED_MS)


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause: the scenario's time at which it was taken (ms), why, and how long it lasted (wall ms)."""

    t: int
    reason: str
    wall_ms: int


class Clock:
    """Scenario time (whole ms) as a function of wall time.

    *wall* gives monotonic wall ms; *pace* is scenario ms for each wall ms; the clock stops at *limit* (ms). It
    starts paused at *start*, and that first stop is not counted. The position is kept exactly, as a ratio, so
    no number of looks, pauses, skips and changes of pace loses a part of a millisecond. A wall clock that steps
    back is taken as standing still.

    With a limited *allowance* a pause is refused when the allowance is used up, and a pause that uses it up ends
    by itself. *taken* pauses and *paused_ms* are what an earlier sitting of the same exercise has used.
    """

    def __init__(
        self,
        wall: Callable[[], int],
        pace: Fraction,
        limit: int,
        *,
        start: int = 0,
        allowance: Allowance = FREE,
        taken: int = 0,
        paused_ms: int = 0,
    ) -> None:
        if not 0 <= start <= limit:
            raise ValueError("a clock starts between 0 and its limit")
        self._wall = wall
        self._pace = _checked(pace)
        self._limit = limit
        self._allowance = allowance
        self._latest = wall()
        self._anchor_wall = self._latest
        self._anchor = Fraction(start)
        self._running = False
        self._open: Pause | None = None
        self._pauses: list[Pause] = []
        self._taken = taken
        self._paused_ms = paused_ms

    @classmethod
    def fitted(
        cls,
        wall: Callable[[], int],
        duration: int,
        format_wall: int,
        *,
        mode: Literal["learn", "assessed"] = "learn",
        start: int = 0,
        taken: int = 0,
        paused_ms: int = 0,
    ) -> Clock:
        """A clock that fits a scenario's *duration* (ms) into a format's wall time (ms).

        In ``learn`` mode pausing is free; in ``assessed`` mode it is limited.
        """
        if format_wall <= 0:
            raise ValueError("a format's wall time is more than nothing")
        allowance = FREE if mode == "learn" else LIMITED
        pace = Fraction(duration, format_wall)
        return cls(wall, pace, duration, start=start, allowance=allowance, taken=taken, paused_ms=paused_ms)

    @property
    def pace(self) -> Fraction:
        """Scenario ms for each wall ms."""
        return self._pace

    @property
    def paused(self) -> bool:
        """The clock stands still: it has not been started, or a pause is on."""
        self._look()
        return not self._running

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The pauses of this sitting that have ended, in order."""
        self._look()
        return tuple(self._pauses)

    @property
    def pauses_taken(self) -> int:
        """How many pauses were taken, those of earlier sittings included."""
        return self._taken

    @property
    def paused_ms(self) -> int:
        """Wall ms spent in pauses, those of earlier sittings and one that is on included."""
        now = self._look()
        return self._paused_ms + (now - self._anchor_wall if self._open is not None else 0)

    def now(self) -> int:
        """The scenario's time (whole ms, rounded down). It never goes back."""
        return int(self._position(self._look()))

    def pause(self, reason: str = "") -> str | None:
        """Stop the clock. Gives None, or why that is refused."""
        wall = self._look()
        if not self._running:
            return "The clock is already paused."
        most, most_ms = self._allowance.pauses, self._allowance.wall_ms
        if most is not None and self._taken >= most:
            return f"All {most} pauses of an assessed exercise are used. The clock goes on."
        if most_ms is not None and self._paused_ms >= most_ms:
            return f"The {most_ms // 60_000} minutes of pause of an assessed exercise are used. The clock goes on."
        self._move(self._position(wall), wall)
        self._running = False
        self._open = Pause(int(self._anchor), reason, 0)
        self._taken += 1
        return None

    def resume(self) -> str | None:
        """Start the clock, or go on after a pause. Gives None, or why there is nothing to do."""
        wall = self._look()
        if self._running:
            return "The clock is running."
        self._go_on(wall)
        return None

    def skip_to(self, t: int) -> None:
        """Be at *t* (ms) now, where that is ahead: an action's duration and waiting pass quickly."""
        wall = self._look()
        target = max(Fraction(min(t, self._limit)), self._position(wall))
        if self._running:
            self._move(target, wall)
        else:
            self._anchor = target

    def set_pace(self, pace: Fraction) -> None:
        """Go on from here at another pace, without a jump."""
        _checked(pace)
        wall = self._look()
        if self._running:
            self._move(self._position(wall), wall)
        self._pace = pace

    def note(self) -> dict[str, Any]:
        """The clock's state as a record of the journal (kind ``clock``)."""
        return {
            "k": "clock",
            "t": self.now(),
            "paused": self.paused,
            "pace": [self._pace.numerator, self._pace.denominator],
            "pauses": self.pauses_taken,
            "paused_ms": self.paused_ms,
        }

    def _position(self, wall: int) -> Fraction:
        if not self._running:
            return self._anchor
        return min(self._anchor + (wall - self._anchor_wall) * self._pace, Fraction(self._limit))

    def _look(self) -> int:
        """Wall ms, never less than before. Ends a pause whose allowance has run out, at the moment it did."""
        self._latest = wall = max(self._latest, self._wall())
        most = self._allowance.wall_ms
        if self._open is not None and most is not None:
            ends = self._anchor_wall + most - self._paused_ms
            if wall >= ends:
                self._go_on(ends)
        return wall

    def _go_on(self, wall: int) -> None:
        if self._open is not None:
            lasted = wall - self._anchor_wall
            self._pauses.append(Pause(self._open.t, self._open.reason, lasted))
            self._paused_ms += lasted
            self._open = None
        self._move(self._anchor, wall)
        self._running = True

    def _move(self, position: Fraction, wall: int) -> None:
        self._anchor, self._anchor_wall = position, wall


def _checked(pace: Fraction) -> Fraction:
    if pace <= 0:
        raise ValueError("a pace is more than nothing")
    return pace
