"""The timeline as a table: a pandas DataFrame, and a CSV file for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.text.escaping import for_csv, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from incidentsim.timeline.clock import UtcClock
    from incidentsim.timeline.records import TimelineRow

COLUMNS = (
    "exercise", "time_utc", "minutes", "marker", "kind", "who", "what", "source", "changes_system", "learned_after",
)  # fmt: skip
MARKER = "EXERCISE"


def frame(rows: Iterable[TimelineRow], clock: UtcClock) -> pd.DataFrame:
    """The rows as a DataFrame with `COLUMNS`; *minutes* since the start, *time_utc* in RFC 3339."""
    import pandas as pd

    return pd.DataFrame(
        [
            (MARKER, clock.iso(row.t), round(row.t / 60_000, 3), row.marker, row.kind, row.who, row.what, row.source,
             "yes" if row.changes else "no", "yes" if row.learned_after else "no")
            for row in rows
        ],
        columns=list(COLUMNS),
    )  # fmt: skip


def timeline_csv(rows: Iterable[TimelineRow], clock: UtcClock) -> str:
    """The rows as CSV, each marked EXERCISE; no cell of text is a formula to a spreadsheet."""
    table = frame(rows, clock)
    for column in ("marker", "kind", "who", "what", "source"):
        table[column] = [for_csv(one_line(text)) for text in table[column]]
    return str(table.to_csv(index=False, lineterminator="\n"))
