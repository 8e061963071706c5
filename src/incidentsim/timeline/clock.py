"""Moments of an exercise as UTC text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidentsim.scenario.document import Scenario


EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class UtcClock:
    """Turns milliseconds since the scenario's start into UTC text.

    Where the scenario goes past midnight every moment carries its date; otherwise only those of another day do.
    """

    start: datetime
    duration: int
    """Length of the scenario (ms)."""

    @classmethod
    def of(cls, scenario: Scenario) -> UtcClock:
        """The clock of a scenario."""
        return cls(scenario.start.astimezone(UTC), scenario.duration)

    def moment(self, t: int) -> datetime:
        """The moment itself, UTC; the first or last that a calendar holds where *t* is beyond it."""
        try:
            return self.start + timedelta(milliseconds=t)
        except OverflowError:
            return LATEST if t > 0 else EARLIEST

    @property
    def spans_days(self) -> bool:
        """The scenario touches more than one day, UTC."""
        return self.moment(self.duration).date() != self.start.date()

    def time(self, t: int) -> str:
        """``08:06``, or ``2024-03-13 00:06`` where the day has to be said."""
        moment = self.moment(t)
        plain = moment.date() == self.start.date() and not self.spans_days
        return moment.strftime("%H:%M") if plain else f"{moment:%Y-%m-%d %H:%M}"

    def utc(self, t: int) -> str:
        """``08:06 UTC``."""
        return f"{self.time(t)} UTC"

    def iso(self, t: int) -> str:
        """``2024-03-12T08:06:00Z``, RFC 3339, to the second."""
        return f"{self.moment(t):%Y-%m-%dT%H:%M:%S}Z"

    @property
    def date(self) -> str:
        """The day on which the scenario starts, ``2024-03-12``."""
        return f"{self.start:%Y-%m-%d}"

    @property
    def long_date(self) -> str:
        """The day on which the scenario starts, ``12 March 2024``."""
        return f"{self.start.day} {MONTHS[self.start.month - 1]} {self.start.year}"


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""English names, whatever the machine's language is."""
