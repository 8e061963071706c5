"""Patterns for tests of rows."""

from __future__ import annotations

from typing import Any

from incidentsim.scenario.logs import Pattern, TimedEvent
from incidentsim.simulation.rows import RowEngine

MINUTE = 60_000

NASTY = "100% %s %(x)s \\ \" ' \u2028 \u2029 \x1b[31m \x00 \t\n <b>& [red] 🦀 é"
"""Text that something might want to interpret."""


def pattern(**more: Any) -> Pattern:
    """A pattern that says "ok" at most six times a minute."""
    return Pattern.model_validate({"id": "p", "service": "edge", "text": "ok", "most": 6, **more})


def engine(*patterns: Pattern, events: tuple[TimedEvent, ...] = (), seed: int = 1, step: int = MINUTE) -> RowEngine:
    """An engine of those patterns."""
    return RowEngine(patterns, events, seed, step)


def shown(field: dict[str, Any], milli: list[int], most: int = 6) -> list[tuple[int, str]]:
    """(step, text) of each row of a pattern that says nothing but one field, over columns ``q`` = *milli*."""
    only = engine(pattern(text="{f}", fields={"f": field}, most=most))
    block = only.block(0, len(milli) * MINUTE, {"q": milli} if only.expressions() else {})
    return [(row.t // MINUTE, row.text) for row in block.rows()]
