"""Counting log lines that hold a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidentsim.simulation.rows import Row

MOST_ROWS = 2_000


def count_rows(rows: Iterable[Row], args: dict[str, Any], clock_text: Callable[[int], str], now: int) -> dict[str, Any]:
    """The answer to a search, as JSON data: how many rows hold the text, by service, level or hour."""
    wanted, service, level = (str(args.get(name) or "") for name in ("text", "service", "level"))
    by = [each for each in ("hour", "service", "level") if each in (args.get("by") or [])]
    counts: dict[tuple[str, ...], int] = {}
    for row in rows:
        if (service and row.service != service) or (level and row.level != level):
            continue
        if wanted.casefold() not in row.text.casefold():
            continue
        parts = {"hour": clock_text(row.t)[:2], "service": row.service, "level": row.level}
        key = tuple(parts[each] for each in by)
        counts[key] = counts.get(key, 0) + 1
    found = [[*key, count] for key, count in sorted(counts.items())] or [[*("–" for _ in by), 0]]
    return {
        "columns": [*by, "rows"],
        "rows": found[:MOST_ROWS],
        "cut": max(0, len(found) - MOST_ROWS),
        "from": 0,
        "to": now,
    }
