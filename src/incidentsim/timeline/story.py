"""The timeline as people tell it: rows with words beside them, joined, marked and in phases, never in another order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incidentsim.timeline.records import TimelineRow

MARKS = {
    "started": "It began",
    "detected": "We knew that something is wrong",
    "acknowledged": "Somebody took it on",
    "mitigated": "No more harm was done",
    "resolved": "All was as it should be",
}
"""Milestones that a person may mark a row with."""


class RowEdit(Protocol):
    """What a person wrote of one row; `incidentsim.case.document.RowEdit` is one."""

    @property
    def wording(self) -> str:
        """Words that stand beside what was recorded."""
        ...

    @property
    def pinned(self) -> bool:
        """It belongs into the story."""
        ...

    @property
    def milestone(self) -> str:
        """One of `MARKS`, or empty."""
        ...

    @property
    def phase(self) -> str:
        """The phase that begins with this row, or empty."""
        ...

    @property
    def into(self) -> str:
        """The key of the row that it is told with, or empty."""
        ...


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A row of the timeline as it is told. *parts*: the rows that are told with it, in their order."""

    row: TimelineRow
    wording: str = ""
    pinned: bool = False
    milestone: str = ""
    phase: str = ""
    parts: tuple[TimelineRow, ...] = ()

    @property
    def touched(self) -> bool:
        """Somebody did something with it."""
        return bool(self.wording or self.pinned or self.milestone or self.phase or self.parts)


def story(rows: Iterable[TimelineRow], edits: Mapping[str, RowEdit]) -> tuple[StoryRow, ...]:
    """The rows with what was written of them, in the rows' order; a row that is told with another stands there.

    A row can be told with an earlier one only. Where that one is not there, or is itself told with another, the
    row goes to where that one stands, or stays.
    """
    rows = tuple(rows)
    places: dict[str, int] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.key, place)
    heads: list[int] = []
    for place, row in enumerate(rows):
        edit = edits.get(row.key)
        target = places.get(edit.into) if edit is not None and edit.into else None
        heads.append(heads[target] if target is not None and target < place else place)
    parts: dict[int, list[TimelineRow]] = {}
    for place, head in enumerate(heads):
        if head != place:
            parts.setdefault(head, []).append(rows[place])
    told = []
    for place, row in enumerate(rows):
        if heads[place] != place:
            continue
        edit, below = edits.get(row.key), tuple(parts.get(place, ()))
        if edit is None:
            told.append(StoryRow(row, parts=below))
        else:
            told.append(StoryRow(row, edit.wording, edit.pinned, edit.milestone, edit.phase, below))
    return tuple(told)
