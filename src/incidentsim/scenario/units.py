"""Durations, identifiers and other small value types of the document.

All times are integer milliseconds since the scenario's start.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

SECOND = 1_000
MINUTE = 60_000
HOUR = 3_600_000
DAY = 86_400_000

_UNITS = {"ms": 1, "s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY}
_DURATION = re.compile(r"(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?")
_PART = re.compile(r"(\d+)(ms|s|m|h|d)")
LONGEST = 400 * DAY


def parse_duration(value: Any) -> int:
    """Milliseconds of a duration such as ``"1h30m"``, ``"45s"``, ``"250ms"`` or a whole number of ms.

    Raises `ValueError` for anything else, for a negative one, and for one of more than 400 days.
    """
    if isinstance(value, bool):
        raise ValueError("write a duration such as 90s, 6m or 1h30m")
    if isinstance(value, int):
        milliseconds = value
    elif isinstance(value, str) and value and len(value) < 40 and _DURATION.fullmatch(value):
        milliseconds = sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(value))
    else:
        raise ValueError("write a duration such as 90s, 6m or 1h30m")
    if not 0 <= milliseconds <= LONGEST:
        raise ValueError("a duration lies between 0 and 400 days")
    return milliseconds


def format_duration(milliseconds: int) -> str:
    """A duration as people write it: ``"1h30m"``, ``"45s"``, ``"0m"``."""
    rest = abs(milliseconds)
    parts = []
    for unit in ("d", "h", "m", "s", "ms"):
        count, rest = divmod(rest, _UNITS[unit])
        if count:
            parts.append(f"{count}{unit}")
    return ("-" if milliseconds < 0 else "") + ("".join(parts) or "0m")


Duration = Annotated[
    int,
    BeforeValidator(parse_duration),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "description": "A duration or a time since the start: 90s, 6m, 1h30m, or whole milliseconds.",
        }
    ),
]
"""A span, or a time since the scenario's start, in ms."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-._][a-z0-9]+)*$", max_length=64)]
"""A name for use in the document: lower case, digits, hyphens, dots, underscores."""

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=48)]
"""A name that can stand in an expression: lower case, digits, underscores."""

Expression = Annotated[str, StringConstraints(min_length=1, max_length=500)]
"""Arithmetic over the world's quantities; see `incidentsim.scenario.expression`."""

Text = Annotated[str, StringConstraints(max_length=20_000)]
"""Text that people read. It may hold anything, and is escaped where it is shown."""

Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""One line that people read."""

Ppm = Annotated[int, Field(ge=0, le=1_000_000)]
"""A share in parts per million, so that it is an exact integer."""
