"""Moments and spans as a query's line writes them: ``08:30``, ``06:00+1d``, ``1h30m``."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from incidentsim.exercise.query_words import Fit

if TYPE_CHECKING:
    from incidentsim.exercise.query_words import Words

DAY = 86_400_000
HOUR, MINUTE, SECOND = 3_600_000, 60_000, 1_000

_MOMENT = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?(?:\+(\d{1,4})d)?", re.ASCII)
_SPAN = re.compile(r"(?:(\d{1,9})h)?(?:(\d{1,9})m(?!s))?(?:(\d{1,9})s)?(?:(\d{1,9})ms)?", re.ASCII)


class Moments:
    """Turns milliseconds since the start into UTC clock times and back, each exactly.

    A clock time is the first one at or after the start; ``+1d`` is a day later.
    """

    def __init__(self, briefing: dict[str, Any]) -> None:
        start = datetime.fromisoformat(str(briefing["start"]))
        self._start = (start.hour * 3600 + start.minute * 60 + start.second) * 1000 + start.microsecond // 1000

    def of_day(self, t: int) -> int:
        """Milliseconds since midnight, UTC."""
        return (self._start + t) % DAY

    def text(self, t: int) -> str:
        """A moment as ``08:30``, with seconds and days only where they are needed."""
        of_day = self.of_day(t)
        text = f"{of_day // HOUR:02d}:{of_day // MINUTE % 60:02d}"
        seconds, rest = of_day // SECOND % 60, of_day % SECOND
        if seconds or rest:
            text += f":{seconds:02d}"
        if rest:
            text += f".{rest:03d}"
        return f"{text}+{t // DAY}d" if t >= DAY else text

    def moment(self, text: str) -> int | None:
        """Milliseconds since the start, or None where *text* is no clock time."""
        found = _MOMENT.fullmatch(text)
        if not found:
            return None
        hours, minutes, seconds, rest, days = (int(each or 0) for each in found.groups())
        if hours > 23 or minutes > 59 or seconds > 59:
            return None
        of_day = hours * HOUR + minutes * MINUTE + seconds * SECOND + rest
        return (of_day - self._start) % DAY + days * DAY

    def near(self, text: str, duration: int) -> int | None:
        """As `moment`, but nearest to an incident of that *duration* (ms): shortly before its start is no day later."""
        t = self.moment(text)
        return t - DAY if t is not None and "+" not in text and DAY - t < t - duration else t

    def read(self, words: Words) -> int:
        """The moment that comes next. Raises `NotReadError`."""
        word = words.look([Fit(TIME_HERE)])
        found = None if word is None else self.moment(word)
        if found is None:
            raise words.wrong("a time, UTC, such as 08:30")
        words.next()
        return found


TIME_HERE = "08:30"
"""Stands in what fits for any time; completion puts times of this exercise there."""


def duration(text: str) -> int | None:
    """Milliseconds of ``1h30m``, or None."""
    found = _SPAN.fullmatch(text)
    if not text or not found:
        return None
    hours, minutes, seconds, rest = (int(each or 0) for each in found.groups())
    return hours * HOUR + minutes * MINUTE + seconds * SECOND + rest


def duration_text(milliseconds: int) -> str:
    """``1h30m``."""
    parts = (
        (milliseconds // HOUR, "h"), (milliseconds // MINUTE % 60, "m"),
        (milliseconds // SECOND % 60, "s"), (milliseconds % SECOND, "ms"),
    )  # fmt: skip
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0s"
