"""Times, spans, numbers and columns as people read them, in any interface. Text from outside loses its controls."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from incidentsim.text.escaping import one_line

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def clean(text: object) -> str:
    """Text from outside on one line, without control characters."""
    return one_line(str(text))


class Clock:
    """Turns milliseconds since the start into UTC text and back."""

    def __init__(self, start: str) -> None:
        self.start = datetime.fromisoformat(start)

    def utc(self, t: int, seconds: bool = False) -> str:
        """``08:47 UTC``, or ``08:47:09`` with *seconds* and no zone, for columns headed by one."""
        moment = self.start + timedelta(milliseconds=t)
        return moment.strftime("%H:%M:%S") if seconds else moment.strftime("%H:%M UTC")

    def short(self, t: int) -> str:
        """``08:47``, for columns whose heading names the zone."""
        return (self.start + timedelta(milliseconds=t)).strftime("%H:%M")

    def parse(self, text: str) -> int | None:
        """Milliseconds of the first moment at or after the start that reads *text*, as in ``08:47``."""
        found = _CLOCK.fullmatch(text.strip().removesuffix("UTC").strip())
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            return None
        moment = self.start.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        if moment < self.start:
            moment += timedelta(days=1)
        return int((moment - self.start).total_seconds()) * 1000


def elapsed(t: int) -> str:
    """``T+00:47``."""
    minutes = t // 60_000
    return f"T+{minutes // 60:02d}:{minutes % 60:02d}"


def span(milliseconds: int) -> str:
    """A span in words that fit a column: ``now``, ``40s``, ``6m``, ``1h05``."""
    seconds = milliseconds // 1000
    if seconds <= 0:
        return "now"
    if seconds < 60:
        return f"{seconds}s"
    minutes = seconds // 60
    return f"{minutes}m" if minutes < 60 else f"{minutes // 60}h{minutes % 60:02d}"


def number(value: float | None, unit: str = "") -> str:
    """A measured value with its unit, as people read it; an en dash where there is none."""
    if value is None:
        return "–"
    if unit in ("%", "percent"):
        return f"{value:.1f}%"
    size = abs(value)
    if size >= 10_000_000:
        text = f"{value / 1_000_000:,.1f}M"
    elif size >= 100 or value == int(value):
        text = f"{value:,.0f}"
    else:
        text = f"{value:.4g}"
    return f"{text} {unit}".strip()


def column(text: object, width: int) -> str:
    """*text* on one line, cut or padded to *width* characters."""
    line = clean(text)
    return line.ljust(width) if len(line) <= width else line[: max(0, width - 1)] + "…"
