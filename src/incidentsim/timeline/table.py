"""The timeline as a table: a pandas DataFrame, and a CSV file for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentsim.text.escaping import for_csv, one_line
from incidentsim.timeline.story import story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from incidentsim.timeline.clock import UtcClock
    from incidentsim.timeline.records import TimelineRow
    from incidentsim.timeline.story import RowEdit, StoryRow

COLUMNS = (
    "exercise", "time_utc", "minutes", "marker", "kind", "who", "what", "source", "changes_system", "learned_after",
    "wording", "phase", "marked", "told_with",
)  # fmt: skip
MARKER = "EXERCISE"


def frame(rows: Iterable[TimelineRow], clock: UtcClock, edits: Mapping[str, RowEdit] | None = None) -> pd.DataFrame:
    """The rows as a DataFrame with `COLUMNS`; *minutes* since the start, *time_utc* in RFC 3339.

    *edits*: what people wrote of rows, by key. Each row keeps a line of its own: *told_with* is the time of the row
    with which it is told.
    """
    import pandas as pd

    return pd.DataFrame(
        [
            (MARKER, clock.iso(row.t), round(row.t / 60_000, 3), row.marker, row.kind, row.who, row.what, row.source,
             "yes" if row.changes else "no", "yes" if row.learned_after else "no", *_written(row, told, clock))
            for row, told in _told(rows, edits or {})
        ],
        columns=list(COLUMNS),
    )  # fmt: skip


def _told(rows: Iterable[TimelineRow], edits: Mapping[str, RowEdit]) -> Iterator[tuple[TimelineRow, StoryRow]]:
    """Each row, in order, with the row of the story that tells it."""
    rows = tuple(rows)
    heads = {id(each): told for told in story(rows, edits) for each in (told.row, *told.parts)}
    return ((row, heads[id(row)]) for row in rows)


def _written(row: TimelineRow, told: StoryRow, clock: UtcClock) -> tuple[str, str, str, str]:
    if told.row is not row:
        return "", "", "", clock.iso(told.row.t)
    return told.wording, told.phase, told.milestone, ""


def timeline_csv(rows: Iterable[TimelineRow], clock: UtcClock, edits: Mapping[str, RowEdit] | None = None) -> str:
    """The rows as CSV, each marked EXERCISE; no cell of text is a formula to a spreadsheet."""
    table = frame(rows, clock, edits)
    for column in ("marker", "kind", "who", "what", "source", "wording", "phase"):
        table[column] = [for_csv(one_line(text)) for text in table[column]]
    return str(table.to_csv(index=False, lineterminator="\n"))
