"""What has arrived, as the inbox lists it: messages and alerts with their state, and the filters by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.tui.wording import clean, span

if TYPE_CHECKING:
    from incidentsim.tui.session import Data

TOLD = ("result", "reply", "query")
"""Channels of what was asked for: they need no answer."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message or an alert. *due*: its asker wants an answer by then (ms); *answered*: one was given.

    *firing*: an alert that has not ended; *again*: the how-manieth firing of an alert of this name it is.
    """

    id: str
    t: int
    kind: str
    sender: str
    title: str
    unread: bool
    due: int | None = None
    answered: bool = False
    pinned: bool = False
    firing: bool = False
    again: int = 1

    @property
    def alert(self) -> bool:
        """It is an alert, and no message."""
        return self.id.startswith("A-")

    @property
    def told(self) -> bool:
        """It answers what was asked."""
        return self.kind in TOLD

    @property
    def asks(self) -> bool:
        """Somebody waits for an answer, or did."""
        return self.due is not None

    def state(self, now: int) -> tuple[str, bool]:
        """Its deadline or its alert's state in words, and whether that is urgent; empty where it has neither."""
        if self.alert:
            times = f" ×{self.again}" if self.again > 1 else ""
            return (f"firing{times}", True) if self.firing else (f"ended{times}", False)
        if self.answered:
            return "answered", False
        if self.due is None:
            return "", False
        return ("past due", False) if self.due <= now else (f"{span(self.due - now)} left", True)


KINDS: dict[str, Callable[[Arrival], bool]] = {
    "all": lambda item: True,
    "unread": lambda item: item.unread,
    "asks": lambda item: item.asks,
    "alerts": lambda item: item.alert,
    "answers": lambda item: item.told,
}
"""The inbox's filters."""


def arrivals(
    messages: Sequence[Data], alerts: Sequence[Data], standing: Mapping[str, Data], seen: AbstractSet[str]
) -> list[Arrival]:
    """Everything that has arrived, newest first. *seen*: ids of answers that were looked at; a seat counts those as
    opened when they arrive.
    """
    nothing: Data = {"answered_at": None, "pinned": False}
    result = []
    for item in messages:
        state = standing.get(item["id"], nothing)
        unread = not item["opened"] or (item["channel"] in TOLD and item["id"] not in seen)
        sender = "" if item["sender"] == item["channel"] else str(item["sender"])
        result.append(
            Arrival(item["id"], item["t"], item["channel"], sender, item["title"], unread, item["asks_by"],
                    state["answered_at"] is not None, state["pinned"])
        )  # fmt: skip
    fired: Counter[tuple[str, str]] = Counter()
    for item in alerts:
        name = (item["service"], item["title"])
        fired[name] += 1
        pinned = standing.get(item["id"], nothing)["pinned"]
        result.append(
            Arrival(item["id"], item["t"], str(item["severity"]), str(item["service"]), item["title"],
                    not item["opened"], pinned=pinned, firing=item["resolved_at"] is None, again=fired[name])
        )  # fmt: skip
    return sorted(result, key=lambda item: (item.t, item.id), reverse=True)


def headline(item: Arrival) -> str:
    """``analyst: revenue board is under``, ``ticket · broker disk 78%``."""
    title = clean(item.title)
    if item.alert:
        return f"{clean(item.kind)} · {title}"
    return f"{clean(item.sender)}: {title}" if item.sender else title
